import { useEffect, useRef } from "react";
import type { ActionCall, RequestSnapshot } from "../api";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { actionWords as words } from "../strings/actions";
import { words as all } from "../strings";

const LOOKS = { done: "good", failed: "bad", unknown: "warn" };

/** How a call ended, as a word. */
export function CallTag({ call }: { call: Pick<ActionCall, "outcome" | "status" | "rows"> }) {
  return (
    <span className={`tag ${LOOKS[call.outcome]}`} data-testid="call-outcome" data-outcome={call.outcome}>
      {words.outcomes[call.outcome]}
      {call.status != null && ` ${call.status}`}
      {call.rows != null && ` · ${words.rows(call.rows)}`}
    </span>
  );
}

/** What came of a call: its records, the raw answer, and the request as sent. */
export function CallView({ call }: { call: ActionCall }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    // Below a long form nobody would see that it came.
    place.current?.scrollIntoView?.({ block: "nearest" });
  }, [call]);
  return (
    <section ref={place} className="section" aria-label={words.answer} data-testid="action-answer">
      <div className="section-head">
        <h3>
          {words.answer} <CallTag call={call} />
        </h3>
        <span className="dim num">{words.took(call.duration_ms)}</span>
      </div>
      {call.problem != null && <ProblemView problem={call.problem} />}
      {call.outcome === "done" && (call.rows == null || call.records.length > 0) && <RecordTable records={call.records} />}
      {call.idempotency_key != null && <p className="soft">{words.keySent(call.idempotency_key)}</p>}
      {call.body !== "" && (
        <details>
          <summary>{words.raw}</summary>
          <pre className="action-text" data-testid="action-raw">
            {call.body}
          </pre>
        </details>
      )}
      <details>
        <summary>{words.sent}</summary>
        <RequestText request={call.request} />
      </details>
    </section>
  );
}

/** The exact request, masked. */
export function RequestText({ request, curl }: { request: RequestSnapshot; curl?: string }) {
  const sql = request.method === "SQL";
  const pairs = request.headers.map(([name, value]) => (sql ? `${name} = ${value}` : `${name}: ${value}`));
  const body = request.body == null ? [] : [request.body];
  // A statement stands before its parameters.
  const lines = sql ? [`SQL ${request.url}`, "", ...body, "", ...pairs] : [`${request.method} ${request.url}`, ...pairs, ...body.flatMap((text) => ["", text])];
  return (
    <div>
      <pre className="action-text" data-testid="action-request">
        {lines.join("\n")}
      </pre>
      {curl !== undefined && <CopyButton text={() => curl} label={sql ? words.copySql : words.copyCurl} testId="action-curl" />}
    </div>
  );
}

function RecordTable({ records }: { records: unknown[] }) {
  if (records.length === 0) return <p className="soft">{words.noRecords}</p>;
  const rows = records.map((record) => (typeof record === "object" && record !== null ? (record as Record<string, unknown>) : { value: record }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <div className="action-table" tabIndex={0} role="region" aria-label={words.records}>
      <table data-testid="action-records">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>{cell(row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return all.none;
  return typeof value === "string" ? value : JSON.stringify(value);
}
