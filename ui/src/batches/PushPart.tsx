import { useEffect, useRef, useState } from "react";
import { call, toProblem, type BatchSource, type ConnectionView, type Problem, type PushDiff, type PushView } from "../api";
import { ago, count } from "../app/format";
import { toastFault } from "../app/store";
import { AddThere } from "../builder/AddThere";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { Working } from "../components/Working";
import { words } from "../strings";
import { EndTag } from "./EndTag";
import { begun, onPush } from "./news";
import { SourceFields } from "./SourceFields";
import "./batches.css";
import { said } from "../app/said";

/** Writes a table to the API: the difference first, then the push. */
export function PushPart({ view }: { view: ConnectionView }) {
  const destinations = view.definition.destinations ?? [];
  const [name, setName] = useState(destinations[0]?.name ?? "");
  const [source, setSource] = useState<BatchSource>({ type: "file", path: "" });
  const [remove, setRemove] = useState(false);
  const [diff, setDiff] = useState<PushDiff | null>(null);
  const [pushes, setPushes] = useState<PushView[]>([]);
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const turn = useRef(0);
  useEffect(() => {
    let here = true;
    call("pushes", { id: view.id })
      // There may be news already.
      .then((list) => here && setPushes((now) => now.toReversed().reduce(put, list)))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    const stop = onPush((next) => next.connection === view.id && setPushes((list) => put(list, next)));
    return () => {
      here = false;
      stop();
    };
  }, [view.id]);
  if (destinations.length === 0) {
    return (
      <EmptyState title={words.batches.push.none}>
        <p>{words.batches.push.noneText}</p>
        <AddThere connector={view.connector} list="destinations" />
      </EmptyState>
    );
  }
  const own = source.type === "file" && source.path === "";
  const ask = {
    connection: view.id,
    destination: name,
    source: own ? null : source,
    delete: remove,
    skip_errors: false,
    resend_uncertain: false,
  };
  const run = async (what: string, work: () => Promise<void>) => {
    setBusy(what);
    setProblem(null);
    try {
      await work();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy("");
    }
  };
  /** What was compared is not what would be written any more. */
  const forget = () => {
    turn.current += 1;
    setDiff(null);
  };
  const compare = () =>
    run(words.batches.push.comparing, async () => {
      const mine = turn.current;
      const found = await call("push_diff", ask);
      if (mine === turn.current) setDiff(found);
    });
  const start = () =>
    run(words.batches.push.starting, async () => {
      await begun(() => call("push_start", ask), (next) => setPushes((list) => put(list, next)));
      forget();
    });
  return (
    <div className="batches" data-testid="push">
      <section className="section" aria-label={words.batches.pushTab}>
        <p className="soft">{words.batches.push.teach}</p>
        <div className="batch-ask">
          <Field label={words.batches.push.destination}>
            {({ id }) => (
              <select id={id} className="input" data-testid="push-destination" value={name} onChange={(event) => {
                  setName(event.target.value);
                  forget();
                }}
              >
                {destinations.map((each) => (
                  <option key={each.name}>{each.name}</option>
                ))}
              </select>
            )}
          </Field>
          <SourceFields
            view={view}
            source={source}
            onChange={(next) => {
              setSource(next);
              forget();
            }}
          />
          <label className="batch-check">
            <input type="checkbox" data-testid="push-delete" checked={remove}
              onChange={(event) => {
                setRemove(event.target.checked);
                forget();
              }}
            /> {words.batches.push.delete}
          </label>
          <div className="batch-line">
            <Button data-testid="push-diff" main={diff === null} disabled={busy !== ""} onClick={() => void compare()}>
              {words.batches.push.diff}
            </Button>
            {diff !== null && (
              <Button look="primary" main data-testid="push-start" disabled={busy !== ""} onClick={() => void start()}>
                {words.batches.push.start}
              </Button>
            )}
          </div>
        </div>
        {busy !== "" && <Working message={busy} />}
        {problem !== null && <ProblemView problem={problem} />}
        {diff !== null && <Difference diff={diff} />}
      </section>
      <section className="section" aria-labelledby="pushes-past">
        <h2 id="pushes-past">{words.batches.push.past}</h2>
        {pushes.length === 0 && <p className="soft">{words.batches.none}</p>}
        {pushes.map((push) => (
          <PushCard key={push.id} push={push} />
        ))}
      </section>
    </div>
  );
}

function put(list: PushView[], next: PushView): PushView[] {
  return list.some((one) => one.id === next.id) ? list.map((one) => (one.id === next.id ? next : one)) : [next, ...list];
}

function Difference({ diff }: { diff: PushDiff }) {
  const text = words.batches.push;
  const parts: [number, string][] = [
    [diff.create, text.create],
    [diff.update, text.update],
    [diff.delete, text.remove],
    [diff.same, text.same],
    [diff.kept, text.kept],
    [diff.without_action, text.withoutAction],
    [diff.uncertain, text.uncertain],
    [diff.invalid, text.invalid],
  ];
  const shown = parts.filter(([number], at) => at < 4 || number > 0);
  return (
    <div data-testid="push-difference">
      <p role="status">{shown.map(([number, word]) => `${count(number)} ${word}`).join(", ")}</p>
      {diff.faults.length > 0 && (
        <ul className="batch-faults">
          {diff.faults.map((fault) => (
            <li key={`${fault.row} ${fault.faults.join(" ")}`}>
              {words.batches.row} {fault.row}: {fault.faults.join(" ")}
            </li>
          ))}
        </ul>
      )}
      {diff.examples.length > 0 && (
        <details open>
          <summary>{text.examples}</summary>
          {diff.examples.map((example) => (
            <pre key={`${example.what} ${example.key}`}>{`${example.what} ${example.key}\n${example.request}`}</pre>
          ))}
        </details>
      )}
    </div>
  );
}

function PushCard({ push }: { push: PushView }) {
  const { counts } = push;
  const going = push.outcome == null;
  return (
    <article className="batch-card" data-testid="push-card" data-outcome={push.outcome ?? "running"}>
      <div className="batch-line">
        <EndTag outcome={push.outcome} word={push.outcome == null ? words.batches.going : words.batches.outcome[push.outcome]} />
        <strong>{push.destination}</strong>
        <span className="soft">{push.source}</span>
        <span className="dim">{ago(push.started_at)}</span>
        {going && push.ended_at == null && (
          <Button data-testid="push-stop" onClick={() => void call("push_cancel", { id: push.id }).catch(toastFault)}>
            {words.batches.stop}
          </Button>
        )}
      </div>
      <p className="num">{words.batches.push.done(count(counts.created), count(counts.updated), count(counts.deleted), count(counts.failed))}</p>
      {push.failures.length > 0 && (
        <ul className="batch-faults">
          {push.failures.slice(0, 20).map((failure) => (
            <li key={`${failure.what} ${failure.key}`}>
              {failure.what} {failure.key}: {said(failure.message)}
            </li>
          ))}
        </ul>
      )}
      {push.problem != null && <ProblemView problem={push.problem} />}
    </article>
  );
}
