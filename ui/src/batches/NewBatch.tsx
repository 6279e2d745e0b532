import { useRef, useState } from "react";
import { call, toProblem, type BatchCheck, type BatchLook, type BatchParam, type BatchSource, type BatchView, type ConnectionView, type Problem } from "../api";
import { count } from "../app/format";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { Working } from "../components/Working";
import { words } from "../strings";
import { HowFields } from "./HowFields";
import { begun } from "./news";
import { sentHow, toSend, type How } from "./mapping";
import { MappingTable } from "./MappingTable";
import { SourceFields } from "./SourceFields";

/** A new batch: rows, what goes where, a check, and off it goes. */
export function NewBatch({ view, onStart }: { view: ConnectionView; onStart: (batch: BatchView) => void }) {
  const [action, setAction] = useState(view.definition.actions?.[0]?.name ?? "");
  const [source, setSource] = useState<BatchSource>({ type: "file", path: "" });
  const [look, setLook] = useState<BatchLook | null>(null);
  const [params, setParams] = useState<BatchParam[]>([]);
  const [check, setCheck] = useState<BatchCheck | null>(null);
  const [how, setHow] = useState<How>({ skip: false, most: "", concurrency: "", chunk: "" });
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const turn = useRef(0);
  const forget = () => {
    turn.current += 1;
    setLook(null);
    setCheck(null);
    setProblem(null);
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
  const ask = { connection: view.id, action, source, params: toSend(params) };
  const looking = () =>
    run(words.batches.looking, async () => {
      setParams([]);
      setCheck(null);
      const mine = turn.current;
      const found = await call("batch_look", { ...ask, params: [] });
      // Other rows may be meant by now.
      if (mine === turn.current) setLook(found);
    });
  const checking = () =>
    run(words.batches.checking, async () => {
      const mine = turn.current;
      const found = await call("batch_check", ask);
      if (mine === turn.current) setCheck(found);
    });
  const starting = () =>
    run(words.batches.starting, async () => {
      await begun(() => call("batch_start", { ...ask, how: sentHow(how), anew: false }), onStart);
      forget();
    });
  return (
    <section className="section" aria-label={words.batches.tab}>
      <p className="soft">{words.batches.teach}</p>
      <div className="batch-ask">
        <Field label={words.batches.action}>
          {({ id }) => (
            <select
              id={id}
              className="input"
              data-testid="batch-action"
              value={action}
              onChange={(event) => {
                setAction(event.target.value);
                forget();
              }}
            >
              {view.definition.actions?.map((each) => (
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
        <Button data-testid="batch-look" main={look === null} disabled={busy !== "" || (source.type === "file" && source.path === "")} onClick={() => void looking()}>
          {words.batches.look}
        </Button>
      </div>
      {busy !== "" && <Working message={busy} />}
      {problem !== null && <ProblemView problem={problem} />}
      {look !== null && (
        <>
          <p data-testid="batch-format">{words.batches.rows(count(look.rows), look.format)}</p>
          <MappingTable
            look={look}
            params={params}
            onChange={(next) => {
              turn.current += 1;
              setParams(next);
              setCheck(null);
            }}
          />
          <HowFields how={how} onChange={setHow} />
          <div className="batch-line">
            <Button data-testid="batch-check" disabled={busy !== ""} onClick={() => void checking()}>
              {words.batches.check}
            </Button>
            <Button look="primary" main data-testid="batch-start" disabled={busy !== ""} onClick={() => void starting()}>
              {words.batches.start}
            </Button>
          </div>
        </>
      )}
      {check !== null && <Checked check={check} />}
    </section>
  );
}

function Checked({ check }: { check: BatchCheck }) {
  return (
    <div data-testid="batch-checked">
      <p role="status">{words.batches.checked(count(check.good), count(check.bad))}</p>
      {check.faults.length > 0 && (
        <ul className="batch-faults">
          {check.faults.map((fault) => (
            <li key={fault.row}>
              {words.batches.row} {fault.row}: {fault.faults.join(" ")}
            </li>
          ))}
        </ul>
      )}
      {check.first_request != null && (
        <details>
          <summary>{words.batches.firstRequest}</summary>
          <pre>{check.first_request}</pre>
        </details>
      )}
    </div>
  );
}
