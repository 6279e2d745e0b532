import { useEffect, useState } from "react";
import { call, toProblem, type Difference, type Problem, type VersionView } from "../api";
import { ago } from "../app/format";
import { refreshHome } from "../app/navigate";
import { app, say } from "../app/store";
import { flushEdit, renew } from "../app/workbench";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import { nameSaid } from "../strings/named";
import { ChangeList, DiffLines } from "./ChangeList";
import { said } from "../app/said";

const W = words.management.versions;

/** A connector's versions, what is different between any two, and the way back. */
export function VersionsSheet({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const [versions, setVersions] = useState<VersionView[] | null>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    const load = async () => {
      if (app.get().workbench?.id === id) await flushEdit();
      return call("versions", { id });
    };
    load()
      .then((list) => {
        if (!here) return;
        setVersions(list);
        setFrom((list[1] ?? list[0])?.number ?? null);
      })
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [id]);
  const back = async (number: number) => {
    try {
      const list = await call("version_restore", { id, number });
      setVersions(list);
      setFrom((list[1] ?? list[0])?.number ?? null);
      setTo(null);
      setProblem(null);
      say(W.wentBack(number));
      void refreshHome();
      await renew(id);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  return (
    <Sheet title={W.title(title)} size="large" onClose={onClose}>
      {problem !== null && <ProblemView problem={problem} />}
      {versions?.length === 0 && <p className="soft">{W.none}</p>}
      {versions !== null && versions.length > 0 && (
        <>
          <ul className="rows" data-testid="versions">
            {versions.map((version) => (
              <li key={version.number} className="row">
                <span className="row-main version">
                  <span className="row-title">{W.number(version.number)}</span>
                  <span className="row-sub">
                    {said(version.why)}
                    {version.made_by !== "" && `, ${nameSaid(version.made_by)}`}
                    {version.changes != null && `, ${W.differences(version.changes)}`}
                  </span>
                  <span className="row-end dim">{version.current ? W.current : ago(version.at)}</span>
                </span>
                {!version.current && (
                  <Button look="quiet" data-testid={`version-back-${version.number}`} onClick={() => void back(version.number)}>
                    {W.back(version.number)}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <Compare key={versions[0]?.number} id={id} versions={versions} from={from} to={to} onFrom={setFrom} onTo={setTo} />
        </>
      )}
    </Sheet>
  );
}

interface CompareProps {
  id: string;
  versions: VersionView[];
  from: number | null;
  to: number | null;
  onFrom: (number: number) => void;
  onTo: (number: number | null) => void;
}

function Compare({ id, versions, from, to, onFrom, onTo }: CompareProps) {
  const [difference, setDifference] = useState<Difference | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (from === null) return;
    let here = true;
    call("version_diff", { id, from, to })
      .then((next) => here && setDifference(next))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [id, from, to]);
  const options = versions.map((version) => (
    <option key={version.number} value={version.number}>
      {W.number(version.number)}
    </option>
  ));
  return (
    <section className="section" aria-label={W.compare}>
      <div className="section-head versions-compare">
        <h3>{W.compare}</h3>
        <select className="input" aria-label={W.from} data-testid="versions-from" value={from ?? ""} onChange={(event) => onFrom(Number(event.target.value))}>
          {options}
        </select>
        <select className="input" aria-label={W.to} data-testid="versions-to" value={to ?? ""} onChange={(event) => onTo(event.target.value === "" ? null : Number(event.target.value))}>
          <option value="">{W.now}</option>
          {options}
        </select>
      </div>
      {problem !== null && <ProblemView problem={problem} />}
      {difference !== null && <Told difference={difference} />}
    </section>
  );
}

function Told({ difference }: { difference: Difference }) {
  const differs = difference.lines.some((line) => line.kind !== "same");
  if (difference.changes.length === 0) return <p className="soft">{differs ? W.same : W.equal}</p>;
  return (
    <>
      <ChangeList changes={difference.changes} />
      <details>
        <summary>{W.lines}</summary>
        <DiffLines lines={difference.lines} />
      </details>
    </>
  );
}
