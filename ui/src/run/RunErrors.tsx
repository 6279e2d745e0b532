import { PencilLine } from "lucide-react";
import { useEffect, useState } from "react";
import { call, type RunError, type RunView, type SentRequest } from "../api";
import { count, duration } from "../app/format";
import { app } from "../app/store";
import { openConnector } from "../app/workbench";
import { goToField } from "../builder/go";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { runWords as words } from "../strings/runs";

/** What went wrong in a run: the cause, the request that met it, what to do, and the way to the field. */
export function RunErrors({ view }: { view: RunView }) {
  const [errors, setErrors] = useState<RunError[]>([]);
  const failed = view.streams.filter((stream) => stream.problem != null).length + (view.problem == null ? 0 : 1);
  const { id } = view.run;
  useEffect(() => {
    if (failed === 0) return;
    let here = true;
    call("run_errors", { id })
      .then((list) => here && setErrors(list))
      // The problem itself stands on the screen already.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [id, failed]);
  if (failed === 0 || errors.length === 0) return null;
  return (
    <section className="section" aria-labelledby="run-errors" data-testid="run-errors">
      <h2 id="run-errors">{words.errors}</h2>
      {errors.map((error) => (
        <OneError key={`${error.stream} ${error.problem.code}`} error={error} connection={view.run.connection} />
      ))}
    </section>
  );
}

function OneError({ error, connection }: { error: RunError; connection: string }) {
  const { problem, sent, curl } = error;
  const field = problem.field ?? "";
  return (
    <div className="run-error" data-testid={`run-error-${error.stream}`}>
      {error.stream !== "" && <h3>{words.errorOf(error.stream)}</h3>}
      <ProblemView problem={{ ...problem, request: null as never }}>
        <Button icon={<PencilLine className="icon" aria-hidden />} data-testid="run-error-field" onClick={() => void toBuilder(connection, error.stream, field)}>
          {words.toField}
        </Button>
      </ProblemView>
      {sent != null && <Sent sent={sent} curl={curl ?? null} />}
    </div>
  );
}

function Sent({ sent, curl }: { sent: SentRequest; curl: string | null }) {
  const { request, response } = sent;
  return (
    <div className="run-sent" data-testid="run-sent">
      <div className="section-head">
        <h3>{words.request}</h3>
        {curl !== null && <CopyButton look="quiet" text={() => curl} label={words.curl} testId="run-curl" />}
      </div>
      <p className="mono run-url">
        <strong>{request.method}</strong> {request.url}
      </p>
      <p className="soft num">
        {response == null ? words.noAnswer : words.answered(String(response.status), duration(response.duration_ms))}
        {response != null && response.attempts > 1 && `, ${words.tries(count(response.attempts))}`} <span className="dim">{words.masked}</span>
      </p>
      <Part title={words.headers} text={request.headers.map(([name, value]) => `${name}: ${value}`).join("\n")} />
      <Part title={words.body} text={request.body ?? ""} />
      {response != null && <Part open title={words.answer} text={[...response.headers.map(([name, value]) => `${name}: ${value}`), "", sent.body].join("\n")} />}
    </div>
  );
}

function Part({ title, text, open = false }: { title: string; text: string; open?: boolean }) {
  if (text.trim() === "") return null;
  return (
    <details open={open}>
      <summary>{title}</summary>
      <pre className="run-text" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}

/** Opens the connector, at the field where there is one. */
async function toBuilder(connection: string, stream: string, field: string): Promise<void> {
  const view = await call("connection_get", { id: connection }).catch(() => null);
  if (view === null) return;
  await openConnector(view.connector);
  const { workbench } = app.get();
  const streams = workbench?.definition.streams ?? [];
  const at = streams.findIndex((each) => each.name === stream);
  await goToField(field !== "" ? field : at < 0 ? "http.base_url" : `streams[${at}].request.path`);
}
