import { memo, useCallback, useMemo, useRef, useState } from "react";
import { call, toProblem, type Problem, type RunLogLine } from "../api";
import { clock } from "../app/format";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { Segmented } from "../components/Segmented";
import { words } from "../strings";
import { runWords } from "../strings/runs";
import { usePaced } from "../components/usePaced";
import { said } from "../app/said";

const STEP = 200;
/** While a run goes on, its log is asked for this often at most, in milliseconds. */
const PACE = 1000;

/** A run's log, grown as the run goes on. */
export function RunLog({ id, going, pages }: { id: string; going: boolean; pages: number }) {
  const [lines, setLines] = useState<RunLogLine[]>([]);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const held = useRef(0);
  const load = useCallback(async () => {
    try {
      const next = await call("run_log", { id, offset: held.current, limit: STEP });
      held.current += next.length;
      if (next.length > 0) setLines((before) => [...before, ...next]);
      setMore(next.length === STEP);
      setProblem(null);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  }, [id]);
  const again = usePaced(load, `${pages} ${going}`, going ? PACE : 0);
  const [level, setLevel] = useState<"all" | "warn" | "error">("all");
  const shown = useMemo(() => lines.filter((line) => level === "all" || line.level === "error" || line.level === level), [lines, level]);
  if (lines.length === 0 && problem === null) return null;
  const text = () => shown.map((line) => `${line.at} ${line.level} ${line.stream == null ? "" : `${line.stream}: `}${line.message}`).join("\n");
  return (
    <section className="section" aria-labelledby="run-log">
      <div className="section-head">
        <h2 id="run-log">{words.run.log}</h2>
        <div className="run-log-ways">
          <Segmented
            label={runWords.level}
            value={level}
            options={[
              { value: "all", label: runWords.levels.all, testId: "log-all" },
              { value: "warn", label: runWords.levels.warn, testId: "log-warn" },
              { value: "error", label: runWords.levels.error, testId: "log-error" },
            ]}
            onChange={setLevel}
          />
          <CopyButton look="quiet" text={text} label={runWords.copyLog} testId="log-copy" disabled={shown.length === 0} />
        </div>
      </div>
      {problem !== null && <ProblemView problem={problem} onRetry={again} />}
      {/* A list that scrolls must be reachable by keyboard. */}
      <div className="run-log" tabIndex={0} role="log" aria-live="off" aria-label={words.run.log}>
        <Lines lines={shown} />
        {shown.length === 0 && <p className="dim">{runWords.noLines}</p>}
      </div>
      {more && !going && <Button onClick={again}>{words.run.more}</Button>}
    </section>
  );
}

const Lines = memo(function Lines({ lines }: { lines: RunLogLine[] }) {
  return (
    <ol className="log-lines mono" data-testid="run-log">
      {lines.map((line, index) => (
        // Lines are only ever added at the end.
        <li key={index} className={line.level}>
          <span className="dim">{clock(line.at)}</span> {said(line.message)}
        </li>
      ))}
    </ol>
  );
});
