import { useCallback, useEffect, useRef, useState } from "react";
import { call, toProblem, type Problem, type RunLogLine } from "../api";
import { clock } from "../app/format";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";

const STEP = 200;
/** While a run goes on, its log is asked for this often at most, in milliseconds. */
const PACE = 1000;

/** A run's log, grown as the run goes on. */
export function RunLog({ id, going, pages }: { id: string; going: boolean; pages: number }) {
  const [lines, setLines] = useState<RunLogLine[]>([]);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const held = useRef({ count: 0, busy: false, last: 0 });
  const load = useCallback(async () => {
    if (held.current.busy) return;
    held.current.busy = true;
    held.current.last = Date.now();
    try {
      const next = await call("run_log", { id, offset: held.current.count, limit: STEP });
      held.current.count += next.length;
      setLines((before) => [...before, ...next]);
      setMore(next.length === STEP);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      held.current.busy = false;
    }
  }, [id]);
  useEffect(() => {
    // The first lines are loaded as they are; later ones wait for their turn.
    const wait = held.current.count === 0 || !going ? 0 : Math.max(0, held.current.last + PACE - Date.now());
    const timer = setTimeout(() => void load(), wait);
    return () => clearTimeout(timer);
  }, [load, going, pages]);
  if (lines.length === 0 && problem === null) return null;
  return (
    <section className="section" aria-labelledby="run-log">
      <h2 id="run-log">{words.run.log}</h2>
      {problem !== null && <ProblemView problem={problem} />}
      {/* A list that scrolls must be reachable by keyboard. */}
      <div className="run-log" tabIndex={0} role="log" aria-live="off" aria-label={words.run.log}>
        <ol className="log-lines mono" data-testid="run-log">
          {lines.map((line, index) => (
            // Lines are only ever added at the end.
            <li key={index} className={line.level}>
              <span className="dim">{clock(line.at)}</span> {line.message}
            </li>
          ))}
        </ol>
      </div>
      {more && !going && <Button onClick={() => void load()}>{words.run.more}</Button>}
    </section>
  );
}
