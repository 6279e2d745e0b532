import { Send } from "lucide-react";
import type { AsideRequest, PagePreview } from "../api";
import { bytes, count, duration } from "../app/format";
import { CopyButton } from "../components/CopyButton";
import { words } from "../strings";
import { Asides } from "./Asides";
import { NotRead } from "./NotRead";
import { Pager, usePage } from "./Pager";

/** The request of a page as it was sent, its secrets masked, and what came back. */
export function RequestTab({ pages, asides }: { pages: PagePreview[]; asides: AsideRequest[] }) {
  const { page: place, show } = usePage(pages);
  const page = pages[place];
  if (page === undefined) {
    if (asides.length === 0) return <NotRead icon={<Send aria-hidden />} title={words.request.none} text={words.request.noneText} />;
    return (
      <div className="scroll" tabIndex={0} role="region" aria-label={words.request.asides}>
        <Asides asides={asides} />
      </div>
    );
  }
  const { request, response } = page;
  const facts: [string, string][] = [
    [words.request.status, String(response.status)],
    [words.request.duration, duration(response.duration_ms)],
    [words.request.size, bytes(response.bytes)],
    [words.request.attempts, String(response.attempts)],
    [words.request.records, count(page.records)],
  ];
  return (
    <>
      <div className="bar">
        <Pager page={place} pages={pages} onChange={show} />
        <CopyButton text={() => page.curl} label={words.request.curl} testId="copy-curl" />
        <span className="dim">{words.request.masked}</span>
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label={words.request.sent} data-testid="request">
        <p className="url mono">
          <strong>{request.method}</strong> {request.url}
        </p>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Headers title={words.request.sent} headers={request.headers} />
        {request.body != null && request.body !== "" && (
          <div>
            <h3>{words.request.body}</h3>
            <pre className="text">{request.body}</pre>
          </div>
        )}
        <Headers title={words.request.answer} headers={response.headers} />
        <Asides asides={asides} />
      </div>
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
