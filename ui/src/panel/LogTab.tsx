import { ScrollText } from "lucide-react";
import { useState } from "react";
import { words } from "../strings";
import { NotRead } from "./NotRead";

/** What happened while the first pages were read. */
export function LogTab({ lines }: { lines: string[] }) {
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  if (lines.length === 0) return <NotRead icon={<ScrollText aria-hidden />} title={words.log.none} text={words.log.noneText} />;
  const shown = lines.flatMap((line, at) => (line.toLowerCase().includes(wanted) ? [{ line, at }] : []));
  return (
    <>
      <div className="bar">
        <input
          type="search"
          className="input log-filter"
          aria-label={words.log.filter}
          placeholder={words.log.filter}
          data-testid="log-filter"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </div>
      {/* A list that scrolls must be reachable by keyboard. */}
      <div className="scroll" tabIndex={0} role="region" aria-label={words.log.label}>
        <ol className="log-lines mono" data-testid="log">
          {shown.map(({ line, at }) => (
            // Lines are only ever added at the end.
            <li key={at}>{line}</li>
          ))}
        </ol>
        {shown.length === 0 && <p className="dim">{words.log.noMatch}</p>}
      </div>
    </>
  );
}
