import { useEffect, useState } from "react";
import { call, openUrl, toProblem, type ConnectionView, type Description, type Problem } from "../api";
import { count } from "../app/format";
import { toastFault } from "../app/store";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { nameSaid } from "../strings/named";
import { aboutWords as words } from "../strings/health";
import "./health.css";

/** What the connector says of itself. */
export function AboutPart({ view }: { view: ConnectionView }) {
  const [about, setAbout] = useState<Description | null>(null);
  const [readme, setReadme] = useState("");
  const [failed, setFailed] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    Promise.all([call("connector_describe", { name: view.connector }), call("connector_docs", { name: view.connector })])
      .then(([description, { text }]) => {
        if (!here) return;
        setAbout(description);
        setReadme(text);
      })
      .catch((thrown: unknown) => here && setFailed(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [view.connector]);
  if (failed !== null) return <ProblemView problem={failed} />;
  if (about === null) return null;
  return (
    <section className="section" aria-label={words.tab} data-testid="about">
      <div className="section-head">
        <p>{about.description}</p>
        <CopyButton testId="about-readme" text={() => readme} label={words.readme} />
      </div>
      <Facts about={about} />
      <Streams about={about} />
    </section>
  );
}

function Facts({ about }: { about: Description }) {
  const limits = [...about.rate_limits, words.atOnce(count(about.concurrency))];
  const facts: [string, string][] = [
    [words.version, about.version],
    [words.can, about.capabilities.map((one) => nameSaid(one)).join(", ")],
    [words.hosts, about.hosts.join(", ")],
    [words.auth, about.auth.map((way) => nameSaid(way.title)).join(", ")],
    [words.inputs, about.inputs.map((input) => (input.required ? `${input.title} (${words.needed})` : input.title)).join(", ")],
    [words.limits, limits.join(", ")],
    [words.actions, about.actions.map((action) => action.name).join(", ")],
    [words.webhooks, about.webhooks.map((webhook) => webhook.name).join(", ")],
    [words.destinations, about.destinations.map((one) => one.name).join(", ")],
  ];
  return (
    <dl className="about-facts">
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      {about.docs !== "" && (
        <>
          <dt className="soft">{words.docs}</dt>
          <dd>
            <Button look="quiet" onClick={() => void openUrl(about.docs).catch(toastFault)}>
              {about.docs}
            </Button>
          </dd>
        </>
      )}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="soft">{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Streams({ about }: { about: Description }) {
  if (about.streams.length === 0) return null;
  return (
    <>
      <h2>{words.streams}</h2>
      <table className="about-table" data-testid="about-streams">
        <thead>
          <tr>
            {[words.stream, words.key, words.columns, words.changed, words.reads].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {about.streams.map((stream) => (
            <tr key={stream.name}>
              <th scope="row" className="mono">
                {stream.name}
              </th>
              <td className="mono">{stream.key.join(", ")}</td>
              <td className="num">{count(stream.fields.length)}</td>
              <td>{stream.incremental != null && words.by(stream.incremental.cursor)}</td>
              <td>
                <code>{stream.reads}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
