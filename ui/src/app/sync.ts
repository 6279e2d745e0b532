import { call, type RunView } from "../api";
import { words } from "../strings";
import { busy } from "./busy";
import { count } from "./format";
import { go, refreshHome } from "./navigate";
import { app, say } from "./store";
import { flushEdit } from "./workbench";

/** Starts a sync and shows it. */
export async function startSync(connection: string, full = false): Promise<void> {
  const view = await busy(words.run.starting, "", async () => {
    await flushEdit();
    return call("sync_start", { connection, full });
  });
  if (view === null) return;
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
  say(words.run.finished(words.run.outcome[view.run.outcome], countsText(view)));
  void refreshHome();
}

/** A run's counts in words: `100 new, 0 updated, 0 unchanged`. */
export function countsText({ run: { counts } }: Pick<RunView, "run">): string {
  const parts = [`${count(counts.new)} ${words.run.new}`, `${count(counts.updated)} ${words.run.updated}`];
  parts.push(`${count(counts.unchanged)} ${words.run.unchanged}`);
  if (counts.skipped > 0) parts.push(`${count(counts.skipped)} ${words.run.skipped}`);
  return parts.join(", ");
}
