import type { Stream, StreamRun } from "../api";

/** What a stream's read proved about the one before it. */
export type Proof =
  /** It read from the cursor on, and there was nothing new. */
  | { kind: "nothing"; again: number }
  /** It read from the cursor on. */
  | { kind: "changed"; count: number; since: string }
  /** It has no cursor: all was read once more. */
  | { kind: "whole" }
  /** It has a cursor, but where its records go no state is kept. */
  | { kind: "stateless" };

/** What a stream's read proved; null where it was the first one, or did not end well. */
export function proofOf(run: StreamRun, stream: Pick<Stream, "incremental"> | undefined, keeps: boolean): Proof | null {
  if (run.outcome !== "done") return null;
  const { counts } = run;
  const count = counts.new + counts.updated + counts.deleted;
  if (run.since != null) return count === 0 ? { kind: "nothing", again: counts.unchanged } : { kind: "changed", count, since: run.since };
  if (stream === undefined) return null;
  if (stream.incremental != null) return keeps ? null : { kind: "stateless" };
  return counts.unchanged + counts.updated > 0 ? { kind: "whole" } : null;
}

/** Whether a destination keeps the state with the records, so that the next read goes on there. */
export function keepsState(destination: string): boolean {
  return !/^(csv|parquet|jsonl):/.test(destination);
}
