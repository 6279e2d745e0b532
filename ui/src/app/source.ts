import { call, pickFolder, pickSource } from "../api";
import { homeWords } from "../strings/home";
import { openWords } from "../strings/open";
import { words } from "../strings";
import { busy } from "./busy";
import { go, show } from "./navigate";
import { app, toast } from "./store";
import { sameStream, streamOf } from "../open/addTo";
import type { TakenEndpoints } from "../open/endpoints";
import { arrive, detectStream, flushEdit, openConnector, selectStream, setDefinition } from "./workbench";

/** A path, or a file's address. */
export const PATH = /^\s*["']?(file:\/\/|~?\/|\.{1,2}\/)[^\n{]*$/;
const DATABASE = /^\s*(postgres(ql)?|mysql|mariadb|sqlite):/i;
const DEFINITION = /^\s*(#|tapwright:|openapi:|swagger:|\{)/;

function message(text: string): string {
  if (PATH.test(text)) return openWords.files;
  if (DATABASE.test(text)) return openWords.asking;
  return DEFINITION.test(text) ? words.box.opening : words.box.sending;
}

/**
 * Opens what was pasted, dropped or chosen. The text stays in the box until it led to something. A folder of connectors
 * is shown first, unless `data` says that its files are meant.
 */
export async function openSource(text: string, data = false): Promise<void> {
  if (app.get().view.name !== "home") go({ name: "home" });
  app.set({ box: text, overlay: null });
  if (PATH.test(text) && !data) {
    const look = await busy(message(text), "", () => call("folder_look", { text }));
    if (look === null) return;
    if (look.connectors.length > 0) {
      show({ name: "workspace", look });
      return;
    }
  }
  const opened = await busy(message(text), "", () => call("source_open", { text }));
  if (opened !== null) arrive(opened);
}

/** Adds a URL to a connector that calls its host already: as a stream, read and described at once. */
export async function addToConnector(connector: string, url: URL): Promise<void> {
  await openConnector(connector);
  const { workbench, view } = app.get();
  if (workbench?.id !== connector || view.name !== "workbench" || workbench.stage !== "ready") return;
  app.set({ box: "" });
  const streams = workbench.definition.streams ?? [];
  const { stream, left } = streamOf(url, workbench.definition);
  const same = sameStream(streams, stream);
  if (same !== undefined) {
    toast(openWords.add.there(same.name));
    return selectStream(same.name);
  }
  setDefinition({ ...workbench.definition, streams: [...streams, stream] });
  app.set({ stream: stream.name, page: 0, item: null, tab: "records" });
  if (left.length > 0) toast(openWords.add.left(left.join(", ")));
  await flushEdit();
  await detectStream();
}

/** Starts the sample API and opens it. */
export async function openSample(): Promise<void> {
  const opened = await busy(words.box.sampling, "", () => call("sample_open", {}));
  if (opened !== null) arrive(opened);
}

/** Opens a bundled example: nothing is sent before it is trusted. */
export async function openExample(name: string, title: string): Promise<void> {
  const opened = await busy(homeWords.opening(title), "", () => call("example_open", { name }));
  if (opened !== null) arrive(opened);
}

/** Lets the person choose a file and opens it. */
export async function openFile(): Promise<void> {
  const text = await busy(words.box.reading, "", pickSource);
  if (text !== null) await openSource(text);
}

/** Lets the person choose a folder and opens it. */
export async function openFolder(): Promise<void> {
  const text = await busy(words.box.reading, "", pickFolder);
  if (text !== null) await openSource(text);
}

/** Gives the password that a database asks for. */
export async function signInToDatabase(id: string, username: string, password: string): Promise<void> {
  const next = await busy(openWords.database.signingIn, id, () => call("database_sign_in", { id, username, password }));
  if (next !== null) arrive(next);
}

/** What becomes streams. */
export interface Chosen {
  tables: string[];
  /** Actions that write to the tables, too. */
  actions?: boolean;
  query?: { name: string; sql: string };
}

/** Makes the streams of a new connector. */
export async function takeTables(id: string, chosen: Chosen): Promise<void> {
  const next = await busy(openWords.tables.taking, id, () => call("tables_take", { id, ...chosen, actions: chosen.actions ?? false }));
  if (next !== null) arrive(next);
}

/** Makes the streams of a new connector of some of a file's requests. */
export async function takeEndpoints(id: string, taken: TakenEndpoints): Promise<void> {
  const next = await busy(openWords.endpoints.taking, id, () => call("endpoints_take", { id, ...taken }));
  if (next !== null) arrive(next);
}

/** Adds streams to a connector, and shows the first of them. Throws what the database said. */
export async function addTables(id: string, chosen: Chosen): Promise<void> {
  await flushEdit();
  const before = (await call("workbench_get", { id })).definition.streams?.length ?? 0;
  const next = await call("tables_take", { id, ...chosen, actions: chosen.actions ?? false });
  const added = next.definition.streams?.slice(before) ?? [];
  arrive(next);
  const first = added[0]?.name;
  toast(openWords.tables.added(added.length));
  if (first !== undefined) await selectStream(first);
}
