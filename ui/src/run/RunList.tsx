import { GitCompareArrows, History } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { call, toProblem, type Problem, type RunSummary } from "../api";
import { ago, count, duration } from "../app/format";
import { toastFault, useApp } from "../app/store";
import { openRun } from "../app/sync";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { OutcomeTag } from "../components/OutcomeTag";
import { ProblemView } from "../components/ProblemView";
import { words as all } from "../strings";
import { runWords as words } from "../strings/runs";
import { CompareSheet } from "./CompareSheet";

const STEP = 50;

interface RunListProps {
  connection: string;
  streams: string[];
  /** The run that is on the screen. */
  current?: string;
  /** What stands where there is no run at all. */
  empty?: { title: string; text: string; action?: ReactNode };
}

/** The runs of a connection, newest first: by result and stream, two of them compared. */
export function RunList({ connection, streams, current, empty }: RunListProps) {
  const [outcome, setOutcome] = useState("");
  const [stream, setStream] = useState("");
  const [runs, setRuns] = useState<RunSummary[] | null>(null);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [pair, setPair] = useState<[string, string] | null>(null);
  // A run that began or ended is news for the list.
  const news = useApp((state) => Object.values(state.runs).map((view) => `${view.run.id} ${view.run.outcome ?? ""}`).join());
  const ask = { id: connection, limit: STEP, ...(outcome === "" ? {} : { outcome }), ...(stream === "" ? {} : { stream }) };
  const key = JSON.stringify(ask);
  const asked = useRef("");
  const list = `${key} ${news}`;
  useEffect(() => {
    asked.current = list;
  }, [list]);
  const [loading, setLoading] = useState(false);
  useEffect(() => {
    let here = true;
    call("run_history", JSON.parse(key) as typeof ask).then(
      (found) => {
        if (!here) return;
        setRuns(found);
        setMore(found.length === STEP);
        setProblem(null);
      },
      (thrown: unknown) => here && setProblem(toProblem(thrown)),
    );
    return () => {
      here = false;
    };
  }, [key, news]);
  const older = async () => {
    const before = runs?.at(-1)?.id;
    if (before === undefined || loading) return;
    setLoading(true);
    try {
      const found = await call("run_history", { ...ask, before });
      // Another list may stand there by now.
      if (asked.current !== list) return;
      setRuns((shown) => [...(shown ?? []), ...found]);
      setMore(found.length === STEP);
    } catch (thrown) {
      toastFault(thrown);
    } finally {
      setLoading(false);
    }
  };
  const toggle = (id: string) => setChosen((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before.slice(-1), id]));
  const filtered = outcome !== "" || stream !== "";
  if (problem !== null) return <ProblemView problem={problem} />;
  if (runs?.length === 0 && !filtered)
    return empty === undefined ? null : (
      <EmptyState icon={<History aria-hidden />} title={empty.title}>
        <p>{empty.text}</p>
        {empty.action}
      </EmptyState>
    );
  return (
    <div data-testid="run-list">
      <div className="run-filters">
        <select className="input" aria-label={words.filterResult} data-testid="run-filter-result" value={outcome} onChange={(event) => setOutcome(event.target.value)}>
          <option value="">{words.anyResult}</option>
          {Object.entries(all.run.outcome).map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        {streams.length > 1 && (
          <select className="input" aria-label={words.filterStream} data-testid="run-filter-stream" value={stream} onChange={(event) => setStream(event.target.value)}>
            <option value="">{words.anyStream}</option>
            {streams.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
        <span className="dim run-hint">{(runs?.length ?? 0) > 1 && chosen.length < 2 && words.compareHint}</span>
        <Button
          icon={<GitCompareArrows className="icon" aria-hidden />}
          disabled={chosen.length !== 2}
          data-testid="run-compare"
          onClick={() => {
            const [before, after] = chosen.toSorted();
            if (before !== undefined && after !== undefined) setPair([before, after]);
          }}
        >
          {words.compare}
        </Button>
      </div>
      {runs?.length === 0 && (
        <EmptyState title={words.noneFits}>
          <p>{words.noneFitsText}</p>
        </EmptyState>
      )}
      {runs !== null && runs.length > 0 && (
        <table className="plain-table run-table">
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{words.head.choose}</span>
              </th>
              <th scope="col">{words.head.when}</th>
              <th scope="col">{words.head.result}</th>
              <th scope="col" className="num">
                {words.head.records}
              </th>
              <th scope="col" className="num wide">
                {words.head.requests}
              </th>
              <th scope="col" className="num">
                {words.head.took}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id} aria-current={run.id === current ? "true" : undefined}>
                <td>
                  <input type="checkbox" aria-label={words.choose(ago(run.started_at))} data-testid={`run-choose-${run.id}`} checked={chosen.includes(run.id)} onChange={() => toggle(run.id)} />
                </td>
                <td>
                  <button type="button" className="link" aria-label={all.run.open(ago(run.started_at))} data-testid="run-open" onClick={() => void openRun(run.id)}>
                    {ago(run.started_at)}
                  </button>
                </td>
                <td>
                  <OutcomeTag outcome={run.outcome} />
                </td>
                <td className="num">{count(run.counts.read)}</td>
                <td className="num wide">{count(run.counts.requests)}</td>
                <td className="num">{took(run)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more && (
        <Button look="quiet" disabled={loading} onClick={() => void older()}>
          {words.older}
        </Button>
      )}
      {pair !== null && <CompareSheet before={pair[0]} after={pair[1]} onClose={() => setPair(null)} />}
    </div>
  );
}

function took(run: RunSummary): string {
  const span = run.ended_at == null ? Number.NaN : Date.parse(run.ended_at) - Date.parse(run.started_at);
  return Number.isNaN(span) ? "" : duration(span);
}
