import type { AsideRequest } from "../api";
import { duration } from "../app/format";
import { BodyTree } from "./BodyTree";
import { words } from "../strings";

/** The requests beside the pages: for tokens, for logins. Their secrets are masked. */
export function Asides({ asides }: { asides: AsideRequest[] }) {
  if (asides.length === 0) return null;
  return (
    <section data-testid="asides">
      <h3>{words.request.asides}</h3>
      {asides.map((aside, index) => (
        <details key={index}>
          <summary className="mono">
            {aside.what}: {aside.request.method} {aside.request.url}
            {aside.response != null && ` · ${aside.response.status} · ${duration(aside.response.duration_ms)}`}
          </summary>
          {aside.problem != null && <p className="bad">{aside.problem}</p>}
          {aside.request.body != null && <pre className="text">{aside.request.body}</pre>}
          {aside.body !== "" && <BodyTree text={aside.body} label={words.request.bodyOf(aside.what)} />}
        </details>
      ))}
    </section>
  );
}
