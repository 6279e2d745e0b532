import { useEffect, useState } from "react";
import { call, type RunSummary } from "../api";
import { RunRows } from "../home/RunRows";
import { words } from "../strings";

/** The other runs of a connection. */
export function RunHistory({ connection, current }: { connection: string; current: string }) {
  const [runs, setRuns] = useState<RunSummary[]>([]);
  useEffect(() => {
    let here = true;
    call("runs", { id: connection })
      .then((list) => here && setRuns(list))
      // The history is an extra: the run itself is on screen.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [connection, current]);
  if (runs.length < 2) return null;
  return (
    <section className="section" aria-labelledby="run-history" data-testid="run-history">
      <h2 id="run-history">{words.run.history}</h2>
      <RunRows runs={runs} current={current} />
    </section>
  );
}
