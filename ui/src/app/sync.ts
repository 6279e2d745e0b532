import { call, notify, type RunView } from "../api";
import { words } from "../strings";
import { busy } from "./busy";
import { count } from "./format";
import { go, refreshHome } from "./navigate";
import { app, say } from "./store";
import { flushEdit } from "./workbench";

/** How many records of each stream runs of this window were limited to. */
const limits = new Map<string, number>();

/** How many records of each stream a run of this window was limited to. */
export function limitOf(run: string): number | undefined {
  return limits.get(run);
}

/** Runs that were started by hand in this window, while they go on. */
const byHand = new Set<string>();

/** Starts a sync and shows it; with `records`, of so many of each stream. */
export async function startSync(connection: string, full = false, records?: number): Promise<void> {
  const view = await busy(words.run.starting, "", async () => {
    await flushEdit();
    return call("sync_start", { connection, full, records: records ?? null });
  });
  if (view === null) return;
  byHand.add(view.run.id);
  if (records !== undefined) limits.set(view.run.id, records);
  takeRun(view);
  go({ name: "run", id: view.run.id });
}

/** Shows a run. */
export async function openRun(id: string): Promise<void> {
  const view = await busy(words.working, "", () => call("run_get", { id }));
  if (view === null) return;
  app.set((state) => ({ runs: { ...state.runs, [id]: view } }));
  go({ name: "run", id });
}

/** Takes a run's news. An older word on a run that ended is dropped. */
export function takeRun(view: RunView): void {
  const before = app.get().runs[view.run.id];
  if (before?.run.outcome != null && view.run.outcome == null) return;
  app.set((state) => ({ runs: { ...state.runs, [view.run.id]: view } }));
  if (view.run.outcome == null || before?.run.outcome != null) return;
  const text = words.run.finished(words.run.outcome[view.run.outcome], countsText(view));
  say(text);
  // Who looks at another window is told by the desktop.
  if (byHand.delete(view.run.id) && !document.hasFocus()) notify(view.run.name === "" ? words.run.title : view.run.name, text);
  void refreshHome();
}

/** A run's counts in words: `100 new, 0 updated, 0 unchanged`. */
export function countsText({ run: { counts } }: Pick<RunView, "run">): string {
  const parts = [`${count(counts.new)} ${words.run.new}`, `${count(counts.updated)} ${words.run.updated}`];
  parts.push(`${count(counts.unchanged)} ${words.run.unchanged}`);
  if (counts.skipped > 0) parts.push(`${count(counts.skipped)} ${words.run.skipped}`);
  return parts.join(", ");
}
