import { useEffect, useState } from "react";
import { call, toProblem, type Problem, type RunComparison, type RunView, type SchemaChange } from "../api";
import { bytes, count, duration, moment } from "../app/format";
import { OutcomeTag } from "../components/OutcomeTag";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { words as all } from "../strings";
import { runWords as words } from "../strings/runs";
import { saidOf } from "../app/said";

/** Two runs side by side: counts, rates, requests, errors, and what changed in the columns. */
export function CompareSheet({ before, after, onClose }: { before: string; after: string; onClose: () => void }) {
  const [two, setTwo] = useState<RunComparison | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    call("run_compare", { before, after }).then(
      (found) => here && setTwo(found),
      (thrown: unknown) => here && setProblem(toProblem(thrown)),
    );
    return () => {
      here = false;
    };
  }, [before, after]);
  return (
    <Sheet title={words.compareTitle} size="large" onClose={onClose}>
      <div className="compare" data-testid="compare">
        {problem !== null && <ProblemView problem={problem} />}
        {two !== null && <Compared two={two} />}
      </div>
    </Sheet>
  );
}

interface Row {
  name: string;
  of: (view: RunView) => number | null;
  format: (value: number) => string;
}

const { rows } = words;
const ROWS: Row[] = [
  { name: rows.read, of: (view) => view.run.counts.read, format: count },
  { name: rows.new, of: (view) => view.run.counts.new, format: count },
  { name: rows.updated, of: (view) => view.run.counts.updated, format: count },
  { name: rows.unchanged, of: (view) => view.run.counts.unchanged, format: count },
  { name: rows.deleted, of: (view) => view.run.counts.deleted, format: count },
  { name: rows.skipped, of: (view) => view.run.counts.skipped, format: count },
  { name: rows.faults, of: (view) => view.run.counts.faults, format: count },
  { name: rows.pages, of: (view) => view.run.counts.pages, format: count },
  { name: rows.requests, of: (view) => view.run.counts.requests, format: count },
  { name: rows.retries, of: (view) => view.run.counts.retries, format: count },
  { name: rows.bytes, of: (view) => view.run.counts.bytes, format: bytes },
  { name: rows.took, of: (view) => view.duration_ms, format: duration },
  { name: rows.rate, of: (view) => Math.round(view.rate), format: count },
  { name: rows.p50, of: (view) => slowest(view, "p50_ms"), format: duration },
  { name: rows.p95, of: (view) => slowest(view, "p95_ms"), format: duration },
  { name: rows.p99, of: (view) => slowest(view, "p99_ms"), format: duration },
];

function Compared({ two }: { two: RunComparison }) {
  const { before, after } = two;
  return (
    <>
      <table className="plain-table compare-table">
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            {[before, after].map((view, index) => (
              <th key={view.run.id} scope="col" className="num">
                {index === 0 ? words.before : words.after} <span className="dim">{moment(view.run.started_at)}</span>
              </th>
            ))}
            <th scope="col" className="num">
              {words.difference}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{rows.result}</th>
            {[before, after].map((view) => (
              <td key={view.run.id} className="num">
                <OutcomeTag outcome={view.run.outcome} />
              </td>
            ))}
            <td />
          </tr>
          {ROWS.map((row) => (
            <OneRow key={row.name} row={row} before={before} after={after} />
          ))}
        </tbody>
      </table>
      <Streams two={two} />
      <section>
        <h3>{words.schema}</h3>
        {!two.schema_known && <p className="soft">{words.schemaUnknown}</p>}
        {two.schema_known && two.schema.length === 0 && <p className="soft">{words.schemaSame}</p>}
        {two.schema.length > 0 && (
          <ul data-testid="compare-schema">
            {two.schema.map((change) => (
              <li key={`${change.stream} ${change.column}`} className="mono">
                {change.stream}
                {change.column !== "" && `.${change.column}`} <span className={tone(change)}>{said(change)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function OneRow({ row, before, after }: { row: Row; before: RunView; after: RunView }) {
  const [old, now] = [row.of(before), row.of(after)];
  const by = old === null || now === null ? null : now - old;
  return (
    <tr>
      <th scope="row">{row.name}</th>
      {[old, now].map((value, index) => (
        // The columns do not change.
        <td key={index} className="num">
          {value === null ? "–" : row.format(value)}
        </td>
      ))}
      <td className={by === null || by === 0 ? "num dim" : "num"}>{by === null ? "" : by === 0 ? "=" : `${by > 0 ? "+" : "−"}${row.format(Math.abs(by))}`}</td>
    </tr>
  );
}

/** Each stream's records and error, where there is more than one stream or an error. */
function Streams({ two }: { two: RunComparison }) {
  const names = [...new Set([...two.before.streams, ...two.after.streams].map((stream) => stream.stream))];
  const of = (view: RunView, name: string) => view.streams.find((stream) => stream.stream === name);
  const failed = [...two.before.streams, ...two.after.streams].some((stream) => stream.problem != null);
  if (names.length < 2 && !failed) return null;
  return (
    <table className="plain-table compare-table">
      <thead>
        <tr>
          <th scope="col">{all.run.stream}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row" className="mono">
              {name}
            </th>
            {[two.before, two.after].map((view) => {
              const stream = of(view, name);
              return (
                <td key={view.run.id} className="num-left">
                  {stream === undefined ? "–" : `${count(stream.counts.read)} ${all.run.records}`}
                  {stream?.problem != null && <p className="bad">{saidOf(stream.problem).message}</p>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The slowest stream's percentile: streams do not add up. */
function slowest(view: RunView, which: "p50_ms" | "p95_ms" | "p99_ms"): number | null {
  const known = view.streams.map((stream) => stream.latency[which]).filter((value) => value != null);
  return known.length === 0 ? null : Math.max(...known);
}

function tone(change: SchemaChange): string {
  return change.before == null ? "good" : change.after == null ? "bad" : "warn";
}

function said(change: SchemaChange): string {
  if (change.before == null) return `${words.fresh} (${change.after ?? ""})`;
  if (change.after == null) return `${words.gone} (${words.was(change.before)})`;
  return `${change.after} (${words.was(change.before)})`;
}
