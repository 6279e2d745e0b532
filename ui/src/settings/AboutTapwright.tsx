import { Fragment, useEffect, useState } from "react";
import { call, toProblem, type About, type Problem } from "../api";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { factSaid } from "../strings/named";
import { settingsWords as words } from "../strings/settings";

/** Versions and numbers of this program, to be read or copied into a report. */
export function AboutTapwright() {
  const [about, setAbout] = useState<About | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    call("about", {})
      .then((next) => here && setAbout(next))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, []);
  if (problem !== null) return <ProblemView problem={problem} />;
  if (about === null) return null;
  return (
    <div className="settings-part" data-testid="about">
      <dl className="facts">
        <dt>{words.version}</dt>
        <dd className="num">{about.version}</dd>
        {about.facts.map((fact) => (
          <Fragment key={fact.name}>
            <dt>{factSaid(fact.name)}</dt>
            <dd className="num">{factSaid(fact.value)}</dd>
          </Fragment>
        ))}
      </dl>
      <div className="settings-add">
        <CopyButton text={() => about.text} label={words.copy} />
        <p className="dim">{words.copyHelp}</p>
      </div>
      <p className="dim">{words.licence}</p>
    </div>
  );
}
