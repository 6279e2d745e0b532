import type { Change, TextLine } from "../api";
import "../connection/settings.css";
import { saidChange } from "../app/said";

/** Differences, in words. */
export function ChangeList({ changes }: { changes: Change[] }) {
  return (
    <ul className="bullets" data-testid="changes">
      {changes.map((change) => (
        <li key={`${change.path} ${change.words}`}>{saidChange(change.words)}</li>
      ))}
    </ul>
  );
}

/** The lines that differ, each with some around it. */
export function DiffLines({ lines }: { lines: TextLine[] }) {
  const near = lines.map((_, place) => lines.slice(Math.max(0, place - 3), place + 4).some((line) => line.kind !== "same"));
  const mark = { same: " ", added: "+", removed: "−" };
  return (
    <pre className="diff-lines mono" tabIndex={0}>
      {lines.map(
        (line, place) =>
          near[place] && (
            <div key={`${line.old ?? ""}:${line.new ?? ""}`} className={line.kind}>
              {mark[line.kind]} {line.text}
            </div>
          ),
      )}
    </pre>
  );
}
