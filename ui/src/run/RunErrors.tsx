import { PencilLine } from "lucide-react";
import { useEffect, useState } from "react";
import { call, type Problem, type RunError, type RunView, type SentRequest } from "../api";
import { count, duration } from "../app/format";
import { app, toastFault } from "../app/store";
import { startSync } from "../app/sync";
import { openConnector } from "../app/workbench";
import { fieldOf } from "../builder/cause";
import { goToField } from "../builder/go";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { ConnectionSignIn } from "../forms/ConnectionSignIn";
import { words as all } from "../strings";
import { runWords as words } from "../strings/runs";
import { keepsState } from "./proof";

/** What went wrong in a run: the cause, the request that met it, what to do, and the way to the field. */
export function RunErrors({ view }: { view: RunView }) {
  const [found, setFound] = useState<RunError[]>([]);
  const known = problemsOf(view);
  const failed = known.length;
  const { id } = view.run;
  useEffect(() => {
    if (failed === 0) return;
    let here = true;
    call("run_errors", { id })
      .then((list) => here && setFound(list))
      // The problem itself stands on the screen already.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [id, failed]);
  if (failed === 0) return null;
  // The problems stand in the view; what was sent comes after them.
  const errors = known.map((error) => found.find((one) => one.stream === error.stream && one.problem.code === error.problem.code) ?? error);
  // Who has to sign in does it once, however many streams were refused.
  const refused = errors.findIndex((error) => error.problem.kind === "auth");
  return (
    <section className="section" aria-labelledby="run-errors" data-testid="run-errors">
      <h2 id="run-errors">{words.errors}</h2>
      {errors.map((error, at) => (
        <OneError key={`${error.stream} ${error.problem.code}`} error={error} view={view} signs={at === refused} />
      ))}
    </section>
  );
}

/** The problems of the streams; that of the run, where no stream has it. */
function problemsOf(view: RunView): RunError[] {
  const streams = view.streams.flatMap((stream) => (stream.problem == null ? [] : [{ stream: stream.stream, problem: stream.problem }]));
  const { problem } = view;
  const own = problem != null && !streams.some((one) => one.problem.code === problem.code && one.problem.message === problem.message);
  return own ? [{ stream: "", problem }, ...streams] : streams;
}

function OneError({ error, view, signs }: { error: RunError; view: RunView; signs: boolean }) {
  const { problem, sent, curl } = error;
  const { connection, outcome } = view.run;
  const { destination } = view;
  return (
    <div className="run-error" data-testid={`run-error-${error.stream}`}>
      {error.stream !== "" && <h3>{words.errorOf(error.stream)}</h3>}
      <ProblemView problem={sent == null ? problem : { ...problem, request: null as never }} onRetry={outcome == null ? undefined : () => void startSync(connection)}>
        <Button icon={<PencilLine className="icon" aria-hidden />} data-testid="run-error-field" onClick={() => void toBuilder(connection, error.stream, problem)}>
          {words.toField}
        </Button>
      </ProblemView>
      {signs && <ConnectionSignIn connection={connection} />}
      {outcome === "partial" && <p className="soft">{keepsState(destination) ? all.run.kept : words.keptFiles}</p>}
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

/** Opens the connector, at the field that most likely has to change. */
async function toBuilder(connection: string, stream: string, problem: Problem): Promise<void> {
  const view = await call("connection_get", { id: connection }).catch(toastFault);
  if (view === undefined) return;
  await openConnector(view.connector);
  const { workbench } = app.get();
  if (workbench?.id !== view.connector) return;
  const { definition } = workbench;
  const at = (definition.streams ?? []).findIndex((each) => each.name === stream);
  await goToField(fieldOf(problem, definition, stream) ?? (at < 0 ? "http.base_url" : `streams[${at}].request.path`));
}
