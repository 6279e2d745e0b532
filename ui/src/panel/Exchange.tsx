import type { ReactNode } from "react";
import type { RequestSnapshot, ResponseSnapshot } from "../api";
import { bytes, duration } from "../app/format";
import { words } from "../strings";

interface ExchangeProps {
  /** Masked. */
  request: RequestSnapshot;
  response: ResponseSnapshot | null;
  /** More facts, each with its name. */
  facts?: [string, string][];
  /** What stands behind the headers of the answer. */
  children?: ReactNode;
}

/** A request as it was sent, and its answer. */
export function Exchange({ request, response, facts = [], children }: ExchangeProps) {
  const all: [string, string][] =
    response === null
      ? facts
      : [
          [words.request.status, String(response.status)],
          [words.request.duration, duration(response.duration_ms)],
          [words.request.size, bytes(response.bytes)],
          [words.request.attempts, String(response.attempts)],
          ...facts,
        ];
  return (
    <>
      <p className="url mono">
        <strong>{request.method}</strong> {request.url}
      </p>
      {all.length > 0 && (
        <dl className="facts">
          {all.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Headers title={words.request.sent} headers={request.headers} />
      {request.body != null && request.body !== "" && (
        <div>
          <h2>{words.request.body}</h2>
          <pre className="text">{request.body}</pre>
        </div>
      )}
      {response !== null && <Headers title={words.request.answer} headers={response.headers} />}
      {children}
    </>
  );
}

function Headers({ title, headers }: { title: string; headers: [string, string][] }) {
  if (headers.length === 0) return null;
  return (
    <table className="plain-table pairs">
      <caption className="sr-only">{`${title}: ${words.request.headers}`}</caption>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{words.request.value}</th>
        </tr>
      </thead>
      <tbody>
        {headers.map(([name, value], index) => (
          // A header may come twice with one value.
          <tr key={`${name} ${index}`}>
            <td className="mono">{name}</td>
            <td className="mono">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
