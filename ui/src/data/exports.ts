import { create } from "zustand";
import { call, saveRows, type AskExport, type ExportFormat, type ExportView } from "../api";
import { count } from "../app/format";
import { say, toastFault } from "../app/store";
import { dataWords as words } from "../strings/data";

/** The export that was begun last. */
export const useExport = create<{ view: ExportView | null }>(() => ({ view: null }));

/** What is written: all but the place. */
export type Wanted = Omit<AskExport, "path" | "format">;

/** Asks where to, and writes. */
export async function exportTo(wanted: Wanted, name: string, format: ExportFormat): Promise<void> {
  try {
    const path = await saveRows(`${name}.${format}`);
    if (path === null) return;
    takeExport(await call("export_start", { ...wanted, path, format: /\.(csv|jsonl|ndjson|parquet)$/i.test(path) ? null : format }));
  } catch (thrown) {
    toastFault(thrown);
  }
}

/** Takes an export's news. */
export function takeExport(view: ExportView): void {
  const before = useExport.getState().view;
  // An older word on an export that ended is dropped, and so is one on an earlier export.
  if (before !== null && before.id === view.id && before.outcome != null) return;
  if (before !== null && before.id !== view.id && before.outcome == null && view.outcome != null) return;
  useExport.setState({ view });
  if (view.outcome === "done") say(words.export.done(count(view.rows), view.path));
}

/** Shows it no more. */
export function dropExport(): void {
  useExport.setState({ view: null });
}
