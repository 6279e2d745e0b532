import { call, type StreamPreview } from "../api";
import { busy } from "../app/busy";
import { app, say } from "../app/store";
import { flushEdit, keepPreview } from "../app/workbench";
import { panelWords } from "../strings/panel";
import { further, type Reach } from "./further";

/** Reads the shown stream from its first page up to a reach; of one part alone, where one is named. */
export async function readTo(reach: Reach, part: string | null): Promise<void> {
  const { workbench, stream } = app.get();
  if (workbench === null) return;
  await flushEdit();
  const request = { id: workbench.id, stream, state: null, part, ...reach };
  const preview = await busy(panelWords.reading, workbench.id, () => call("preview_from", request), true);
  if (preview === null) return;
  app.set({ page: 0 });
  keepPreview(workbench.id, preview);
  say(panelWords.read(preview.rows, preview.read, preview.requests, preview.ended === "records"));
}

/** Reads the next step further. */
export async function readFurther(preview: StreamPreview): Promise<void> {
  const reach = further(preview);
  if (reach !== null) await readTo(reach, preview.asked.part ?? null);
}
