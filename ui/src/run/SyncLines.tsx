import { useEffect, useState } from "react";
import { call, type SyncLines as Lines } from "../api";
import { limitOf } from "../app/sync";
import { CopyButton } from "../components/CopyButton";
import { runWords } from "../strings/runs";

const words = runWords.lineOf;

/** How a run is done without the window. */
export function SyncLines({ run, connection }: { run: string; connection: string }) {
  const [lines, setLines] = useState<Lines | null>(null);
  useEffect(() => {
    let here = true;
    // Without it the run is told all the same.
    call("sync_lines", { connection, records: limitOf(run) ?? null }).then((next) => here && setLines(next), () => undefined);
    return () => {
      here = false;
    };
  }, [connection, run]);
  if (lines === null) return null;
  return (
    <section className="sync-lines" aria-label={words.title} data-testid="sync-lines">
      <Line about={words.title} text={lines.here} testId="sync-line-here" />
      <details>
        <summary data-testid="sync-lines-open">{words.there}</summary>
        <Line about={words.elsewhere(lines.file)} text={lines.elsewhere} testId="sync-line-elsewhere" />
        {lines.variables.length > 0 && <p className="soft">{words.variables(lines.variables.join(", "))}</p>}
      </details>
    </section>
  );
}

function Line({ about, text, testId }: { about: string; text: string; testId: string }) {
  return (
    <div>
      <p className="soft">{about}</p>
      <div className="sync-line">
        <code data-testid={testId}>{text}</code>
        <CopyButton bare look="quiet" text={() => text} label={words.copy} testId={`${testId}-copy`} />
      </div>
    </div>
  );
}
