import { useEffect, useState } from "react";
import { call, toProblem, type Problem, type SyncLines as Lines } from "../api";
import { limitOf } from "../app/sync";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { runWords } from "../strings/runs";

const words = runWords.lineOf;

/** How a run is done without the window. */
export function SyncLines({ run, connection }: { run: string; connection: string }) {
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState<Lines | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (!open) return;
    let here = true;
    call("sync_lines", { connection, records: limitOf(run) ?? null }).then(
      (next) => here && setLines(next),
      (thrown: unknown) => here && setProblem(toProblem(thrown)),
    );
    return () => {
      here = false;
    };
  }, [open, connection, run]);
  return (
    <details className="sync-lines" data-testid="sync-lines" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-testid="sync-lines-open">{words.title}</summary>
      {problem !== null && <ProblemView problem={problem} />}
      {lines !== null && (
        <>
          <Line about={words.here} text={lines.here} testId="sync-line-here" />
          <Line about={words.elsewhere(lines.file)} text={lines.elsewhere} testId="sync-line-elsewhere" />
          {lines.variables.length > 0 && <p className="soft">{words.variables(lines.variables.join(", "))}</p>}
        </>
      )}
    </details>
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
