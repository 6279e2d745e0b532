import { words } from "../strings";
import { RunList } from "./RunList";

/** The runs of a connection, beside the one on the screen. */
export function RunHistory({ connection, current, streams }: { connection: string; current: string; streams: string[] }) {
  return (
    <section className="section" aria-labelledby="run-history" data-testid="run-history">
      <h2 id="run-history">{words.run.history}</h2>
      <RunList connection={connection} current={current} streams={streams} />
    </section>
  );
}
