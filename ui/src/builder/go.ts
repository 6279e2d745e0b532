import { app, say, toast } from "../app/store";
import { loadForms } from "../app/forms";
import { setDefinition, flushEdit, openConnector, selectStream } from "../app/workbench";
import type { Definition } from "../api";
import { words } from "../strings";
import { add, duplicate, move, remove, rename } from "./edits";
import { namesOf, type ListName, type Row } from "./rows";
import { spotOf } from "./place";

const W = words.builder;

/** Shows a pane between the tree and the test panel. */
export function showPane(pane: "none" | "form" | "yaml"): void {
  app.set({ pane });
}

/** Opens what a row of the tree stands for. */
export function openRow(row: Row, stream: string | null): void {
  if (stream !== null && stream !== app.get().stream) void selectStream(stream);
  if (row.kind === "stream") return app.set((state) => ({ item: null, section: state.section in CONNECTOR ? "stream" : state.section }));
  if (row.kind === "section" && row.section !== undefined) return app.set((state) => ({ section: row.section ?? "", item: null, pane: state.pane === "yaml" ? "yaml" : "form" }));
  if (row.kind === "item" && row.list !== undefined && row.index !== undefined) return app.set({ item: { list: row.list, index: row.index }, section: row.list, pane: "form" });
  if (row.kind === "column") {
    app.set({ tab: "mapping", goal: { path: row.id, where: "mapping" } });
  }
}

const CONNECTOR: Record<string, true> = { actions: true, webhooks: true, destinations: true };

/** Goes to where a field is edited, and puts the focus there. */
export async function goToField(path: string): Promise<void> {
  if (app.get().forms === null) await loadForms();
  const { forms, workbench } = app.get();
  if (forms === null || workbench === null) return;
  const spot = spotOf(workbench.definition, forms, path);
  if (spot === null) return showPane("yaml");
  if (spot.stream !== "" && spot.stream !== app.get().stream) void selectStream(spot.stream);
  if (spot.column !== null && workbench.stage === "ready") {
    const narrow = document.querySelector(".builder.narrow") !== null;
    return app.set((state) => ({ tab: "mapping", pane: narrow ? "none" : state.pane, goal: { path, where: "mapping" } }));
  }
  app.set({ section: spot.section, item: spot.item, pane: "form", goal: { path, where: "form" } });
}

function definition(): Definition | undefined {
  return app.get().workbench?.definition;
}

/** Shows an item that is new. */
function show(list: ListName, index: number, name: string): void {
  if (list === "streams") app.set({ stream: name, section: "request", item: null, pane: "form" });
  else app.set({ item: { list, index }, section: list, pane: "form" });
}

/** Adds an item and opens its form. Gives its place. */
export function addItem(list: ListName): number {
  const before = definition();
  const { forms } = app.get();
  if (before === undefined || forms === null) return -1;
  const made = add(before, list, forms);
  setDefinition(made.definition);
  const name = namesOf(made.definition, list)[made.index] ?? "";
  show(list, made.index, name);
  say(W.added(W.one[list], name));
  return made.index;
}

/** Adds an item from anywhere in the connector's room: its form opens, with the focus on its first field. */
export async function addFirst(list: ListName): Promise<void> {
  if (app.get().forms === null) await loadForms();
  const index = addItem(list);
  if (index < 0) return;
  app.set({ view: { name: "workbench" }, overlay: null });
  await goToField(list === "streams" ? `streams[${index}].request.path` : `${list}[${index}].name`);
}

/** Opens a connector at one of its lists: at the form of its first item, or of a new one. */
export async function openList(connector: string, list: ListName): Promise<void> {
  await openConnector(connector);
  const { workbench, view } = app.get();
  if (workbench?.id !== connector || view.name !== "workbench") return;
  if (namesOf(workbench.definition, list).length === 0) await addFirst(list);
  else await goToField(`${list}[0].name`);
}

/** Makes the same again, under another name. */
export function duplicateItem(list: ListName, index: number): void {
  const before = definition();
  if (before === undefined) return;
  const made = duplicate(before, list, index);
  setDefinition(made.definition);
  const name = namesOf(made.definition, list)[made.index] ?? "";
  show(list, made.index, name);
  say(W.added(W.one[list], name));
}

/** Takes an item away. Undo brings it back. */
export function removeItem(list: ListName, index: number): void {
  const before = definition();
  const name = before === undefined ? undefined : namesOf(before, list)[index];
  if (before === undefined || name === undefined) return;
  const after = remove(before, list, index);
  setDefinition(after);
  toast(W.removed(W.one[list], name));
  const { item, stream } = app.get();
  if (item?.list === list) app.set({ item: null, section: list === "streams" ? "stream" : "about" });
  if (list !== "streams" || stream !== name) return;
  const next = after.streams?.[Math.min(index, (after.streams?.length ?? 1) - 1)]?.name ?? "";
  app.set({ stream: next, page: 0 });
  // Somebody may have gone on to another one by then.
  void flushEdit().then(() => (app.get().stream === next ? selectStream(next) : undefined));
}

/** Moves an item up or down. Gives its place. */
export function moveItem(list: ListName, index: number, by: -1 | 1): number {
  const before = definition();
  if (before === undefined) return index;
  const after = move(before, list, index, by);
  if (after === before) return index;
  setDefinition(after);
  const { item } = app.get();
  if (item?.list === list && item.index === index) app.set({ item: { list, index: index + by } });
  return index + by;
}

/** Gives an item another name. */
export function renameItem(list: ListName, index: number, name: string): void {
  const before = definition();
  const old = before === undefined ? undefined : namesOf(before, list)[index];
  if (before === undefined || old === undefined || old === name) return;
  const { stream } = app.get();
  setDefinition(rename(before, list, index, name));
  if (list === "streams" && stream === old && name !== "") app.set((state) => ({ stream: name, previews: moved(state.previews, old, name) }));
}

function moved<T extends { stream: string }>(all: Record<string, T>, from: string, to: string): Record<string, T> {
  const { [from]: one, ...rest } = all;
  return one === undefined ? all : { ...rest, [to]: { ...one, stream: to } };
}
