import { call, toProblem, type AuthGiven, type Choice, type Commands, type Definition, type OfferWay, type Role, type Stream, type StreamState, type Workbench } from "../api";
import { namedByPath } from "../builder/streamName";
import { schedule } from "../builder/yaml/settle";
import { words } from "../strings";
import { busy } from "./busy";
import { refreshHome } from "./navigate";
import { changes, goesOn, patched } from "./patch";
import { sendDefinition, sendText as sendPart, type Ground } from "./parts";
import { app, say, shownPreview, toast } from "./store";
import { said, saidChange } from "./said";

/** Opens a connector that is kept here. */
export async function openConnector(id: string): Promise<void> {
  const opened = await busy(words.working, id, async () => {
    await flushEdit();
    return call("workbench_get", { id });
  });
  if (opened !== null) arrive(opened);
}

/** Sends the key once. */
export async function giveAuth(auth: AuthGiven): Promise<void> {
  const id = app.get().workbench?.id;
  if (id === undefined) return;
  const next = await busy(words.key.sending, id, () => call("auth_give", { id, auth }));
  if (next !== null) arrive(next);
}

/** Sends a first request that may change something: the person said so. */
export async function sendOnce(id: string): Promise<void> {
  const sent = await busy(words.working, id, () => call("send_once", { id }));
  if (sent !== null) arrive(sent);
}

/** Gives what a definition from elsewhere asked for. */
export async function acceptTrust(values: Record<string, string>, secrets: Record<string, string>): Promise<void> {
  const id = app.get().workbench?.id;
  if (id === undefined) return;
  const next = await busy(words.trust.reading, id, () => call("trust_accept", { id, values, secrets }));
  if (next !== null) arrive(next);
}

/** Shows a workbench from its beginning. */
export function arrive(workbench: Workbench): void {
  app.set({ workbench, previews: {}, stream: firstStream(workbench), section: "request", item: null, pane: "none", tab: "records", view: { name: "workbench" }, overlay: null, problem: null });
  // A file of many requests led to its list.
  if (workbench.stage === "endpoints") app.set({ box: "" });
  if (workbench.stage === "ready") {
    app.set({ box: "" });
    say(words.result.records(workbench.preview?.rows ?? 0));
  }
}

function firstStream(workbench: Workbench): string {
  return workbench.preview?.stream ?? workbench.definition.streams?.[0]?.name ?? "";
}

/** Takes a workbench's new state, where it is still the one in front. What was changed meanwhile stays on the screen. */
function take(workbench: Workbench): void {
  const { workbench: current, stream } = app.get();
  if (current?.id !== workbench.id) return;
  const definition = moveEdits(workbench.id, workbench.definition);
  const waits = definition !== workbench.definition;
  const kept = definition.streams?.some((each) => each.name === stream);
  const next = waits ? { ...workbench, definition, can_undo: true, can_redo: false } : workbench;
  app.set({ workbench: next, problem: null, stream: kept ? stream : firstStream(next) });
}

/** Takes a workbench as the program has it, where it is in front: something else changed it. */
export async function renew(id: string): Promise<void> {
  if (app.get().workbench?.id !== id) return;
  const workbench = await call("workbench_get", { id });
  if (app.get().workbench?.id === id) app.set({ previews: {} });
  take(workbench);
}

type OnWorkbench = { [C in keyof Commands]: Commands[C]["answer"] extends Workbench ? C : never }[keyof Commands];

/** Sends one change to the workbench, behind those that wait, and takes the answer. It is left out where `first` says no. */
async function change<C extends OnWorkbench>(command: C, request: Commands[C]["request"], first?: () => boolean): Promise<boolean> {
  await texts.flush();
  void flushForms();
  const done = await inTurn(async () => {
    if (first?.() === false) return false;
    try {
      take((await call(command, request)) as Workbench);
      return true;
    } catch (thrown) {
      app.set({ problem: toProblem(thrown) });
      return false;
    }
  });
  if (done) await showOther();
  return done;
}

/** Takes another reading of a detected part. */
export async function choose(choice: Choice): Promise<void> {
  const id = app.get().workbench?.id;
  if (id === undefined) return;
  const { stream } = app.get();
  await busy(words.working, id, () => change("choose", { id, stream, choice }));
  sayRecords();
}

/** Loosens what stands fixed in the request. */
export async function takeOffer(name: string, way: OfferWay["way"]): Promise<void> {
  const id = app.get().workbench?.id;
  if (id === undefined) return;
  await busy(words.working, id, () => change("offer_take", { id, name, way }));
  sayRecords();
}

/** Uses a value of the response. */
export async function pointAt(path: string, role: Role): Promise<void> {
  const { workbench, stream } = app.get();
  if (workbench === null) return;
  await busy(words.working, workbench.id, () => change("point_at", { id: workbench.id, stream, path, role }));
  sayRecords();
}

function sayRecords(): void {
  const preview = shownPreview(app.get());
  if (preview !== undefined) say(words.result.records(preview.rows));
}

/** Takes the workbench as it stands. */
export async function accept(): Promise<void> {
  const id = app.get().workbench?.id;
  if (id === undefined) return;
  // A second press finds it taken.
  const open = () => app.get().workbench?.accepted !== true || app.get().workbench?.connection == null;
  if (!(await change("accept", { id }, open))) return;
  say(words.result.saved);
  void refreshHome();
}

/** Takes back the last change: the one that was made last on the screen, sent or not. */
export async function undo(): Promise<void> {
  const workbench = app.get().workbench;
  if (workbench?.stage !== "ready" || !(workbench.can_undo || texts.busy())) return;
  let what: string | null | undefined;
  const first = () => {
    what = app.get().workbench?.undo;
    return app.get().workbench?.can_undo === true;
  };
  if ((await change("undo", { id: workbench.id }, first)) && what != null) tell(words.result.undid(saidChange(what)));
}

/** Does it again. */
export async function redo(): Promise<void> {
  const workbench = app.get().workbench;
  if (workbench?.stage !== "ready" || !workbench.can_redo) return;
  let what: string | null | undefined;
  const first = () => {
    what = app.get().workbench?.redo;
    return app.get().workbench?.can_redo === true;
  };
  if ((await change("redo", { id: workbench.id }, first)) && what != null) tell(words.result.redid(saidChange(what)));
}

/** Takes several changes back; below 0 does them again. */
export async function undoMany(steps: number): Promise<void> {
  const id = app.get().workbench?.id;
  if (id !== undefined && steps !== 0) await change("undo_many", { id, steps });
}

/** Shows what an undo did, in place of what the one before did. */
function tell(text: string): void {
  app.set((state) => ({ toasts: state.toasts.filter((each) => each.undo !== true) }));
  toast(text, undefined, true);
}

/** How long typing waits before it is sent while another change is on its way, in milliseconds. */
const SETTLE = 80;
/** The same where none is: what one press makes together is sent together. */
const SOON = 10;
interface Edit {
  id: string;
  /** The definition that the change was made to. */
  base: Definition;
  definition: Definition;
}
/** What is typed now. */
let edit: Edit | null = null;
/** What waits for its turn or its answer, the oldest first. */
let sent: Edit[] = [];
/** Whether the last change was made just now, by the same press. */
let fresh = false;
let timer: ReturnType<typeof setTimeout> | undefined;
/** All that changes a workbench goes one after the other. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Shows another definition at once, and sends it when the typing rests. */
export function setDefinition(definition: Definition): void {
  const workbench = app.get().workbench;
  if (workbench === null) return;
  const made = changes(workbench.definition, definition);
  if (made.length === 0) return;
  // Each action is a step of its own that can be taken back, however late it is sent.
  const more = edit !== null && edit.id === workbench.id && (fresh || goesOn(changes(edit.base, edit.definition), made));
  if (!more) void flushForms();
  edit = { id: workbench.id, base: (more ? edit?.base : undefined) ?? workbench.definition, definition };
  app.set({ workbench: { ...workbench, definition, can_undo: true, can_redo: false } });
  fresh = true;
  queueMicrotask(() => {
    fresh = false;
  });
  clearTimeout(timer);
  timer = setTimeout(() => void flushEdit(), sent.length === 0 ? SOON : SETTLE);
}

/** Makes what waits again, on top of what the program says now. What then stands on the screen. */
function moveEdits(id: string, definition: Definition): Definition {
  let ground = definition;
  for (const each of [...sent, ...(edit === null ? [] : [edit])]) {
    if (each.id !== id) continue;
    const next = patched(ground, changes(each.base, each.definition)) as Definition;
    each.base = ground;
    each.definition = next;
    ground = next;
  }
  return ground;
}

/** Gives values of inputs, and reads again. Whether they were taken. */
export async function giveInputs(values: Record<string, string>, secrets: Record<string, string>): Promise<boolean> {
  const id = app.get().workbench?.id;
  if (id === undefined) return false;
  await flushEdit();
  const next = await busy(words.forms.saving, id, () => call("inputs_give", { id, values, secrets }));
  if (next !== null) take(next);
  return next !== null;
}

const texts = schedule(
  ({ id, text }: { id: string; text: string }) => inTurn(() => sendText(id, text)),
  () => app.set({ typing: false }),
);

/** What the program has: the oldest change that it did not take yet was made to that. */
function known(id: string): Ground | null {
  const workbench = app.get().workbench;
  if (workbench?.id !== id) return null;
  const waits = [...sent, ...(edit === null ? [] : [edit])].find((each) => each.id === id);
  return { workbench, definition: waits?.base ?? workbench.definition };
}

async function sendText(id: string, text: string): Promise<void> {
  try {
    take(await sendPart(known(id), id, text));
  } catch (thrown) {
    app.set({ problem: toProblem(thrown) });
  }
}

/** Keeps another text, with its comments: it is sent when the typing rests, to the connector it was typed for. */
export function typeText(id: string, text: string): void {
  app.set({ typing: true });
  texts.put({ id, text });
}

/** Sends the text that waits. */
export const flushText = texts.flush;

/** Puts a changed stream in the place of the one of its old name. */
export function setStream(name: string, stream: Stream): void {
  const definition = app.get().workbench?.definition;
  if (definition === undefined) return;
  const streams = (definition.streams ?? []).map((each) => (each.name === name ? stream : each));
  setDefinition({ ...definition, streams });
}

/** Sends what waits of text and forms, and comes back when the program has it. The text goes first. */
export async function flushEdit(): Promise<void> {
  await texts.flush();
  await flushForms();
}

function flushForms(): Promise<unknown> {
  clearTimeout(timer);
  const pending = edit;
  edit = null;
  if (pending !== null) {
    sent.push(pending);
    void inTurn(() => sendEdit(pending));
  }
  return turn;
}

async function sendEdit(one: Edit): Promise<void> {
  try {
    const answer = await sendDefinition(known(one.id), one.id, one.definition);
    sent = sent.filter((each) => each !== one);
    take(answer);
    // The program mapped what is at hand anew; while more is on its way, its answer brings the newest.
    if (edit === null && sent.length === 0 && answer.faults.length === 0) void showOther();
  } catch (thrown) {
    sent = sent.filter((each) => each !== one);
    app.set({ problem: toProblem(thrown) });
  }
}

/** Whether a stream's preview does not come with the workbench. */
function isOther(workbench: Workbench, stream: string): boolean {
  return workbench.stage === "ready" && stream !== "" && workbench.preview?.stream !== stream;
}

/** Shows another stream of the definition. */
export async function selectStream(stream: string): Promise<void> {
  app.set({ stream, page: 0 });
  if (await showOther()) return;
  const { workbench } = app.get();
  // What nobody described yet is asked when the person says so.
  if (workbench !== null && isOther(workbench, stream) && !isBare(workbench, stream)) await reread();
}

/** Whether nothing but the request of a stream is known. */
export function isBare(workbench: Workbench, name: string): boolean {
  const stream = workbench.definition.streams?.find((each) => each.name === name);
  if (stream === undefined || stream.source !== undefined || stream.job != null || stream.decode !== undefined) return false;
  return stream.records?.path == null && stream.paginate === undefined && (stream.key ?? []).length === 0 && (stream.fields ?? []).length === 0;
}

/** Calls the shown stream by its path, where nobody named it. */
export async function nameStream(): Promise<void> {
  const { workbench, stream } = app.get();
  const named = workbench === null ? null : namedByPath(workbench.definition, stream);
  if (named === null) return;
  setDefinition(named.definition);
  app.set({ stream: named.name });
  await flushEdit();
}

/** Asks a stream's first answer for its records, key, pages and columns: one step that can be taken back. */
export async function detectStream(): Promise<void> {
  await nameStream();
  const { workbench, stream } = app.get();
  if (workbench === null) return;
  await busy(words.result.rereading, workbench.id, () => change("stream_detect", { id: workbench.id, stream }));
  sayRecords();
}

/** Tries a parameter as the filter of the shown stream's cursor, and takes it where it filters. Says why it does not. */
export async function tryFilter(name: string): Promise<string | null> {
  await flushEdit();
  const { workbench, stream } = app.get();
  if (workbench === null) return null;
  if (await change("filter_try", { id: workbench.id, stream, name })) return null;
  const { problem } = app.get();
  // It is told where the name stands.
  app.set({ problem: null });
  return problem === null ? null : [problem.message, problem.hint ?? ""].filter((part) => part !== "").map(said).join(" ");
}

/** Reads the first pages of the shown stream anew. */
export async function reread(): Promise<void> {
  const { workbench, stream } = app.get();
  if (workbench === null) return;
  await flushEdit();
  const now = app.get().workbench;
  if (now !== null && shownPreview(app.get()) === undefined && isBare(now, stream)) {
    await detectStream();
    return;
  }
  // A parent that came after the stream was read makes a column, and belongs to the key.
  if ((now?.definition.streams?.find((each) => each.name === stream)?.partitions ?? []).length > 0) await change("stream_belongs", { id: workbench.id, stream });
  // As far as before, and the same part.
  const { pages, records, part } = shownPreview(app.get())?.asked ?? {};
  const parted = (now?.definition.streams?.find((each) => each.name === stream)?.partitions ?? []).length > 0;
  const request = { id: workbench.id, stream, state: null, pages, records, part: parted ? part : null };
  const preview = await busy(words.result.rereading, workbench.id, () => call("preview_from", request), true);
  if (preview === null) return;
  keepPreview(workbench.id, preview);
  say(words.result.records(preview.rows));
}

/** The same from a state, as a sync would read on; null: from the beginning. */
export async function rereadFrom(state: StreamState | null): Promise<void> {
  const { workbench, stream } = app.get();
  if (workbench === null) return;
  await flushEdit();
  const preview = await busy(words.result.rereading, workbench.id, () => call("preview_from", { id: workbench.id, stream, state }), true);
  if (preview === null) return;
  keepPreview(workbench.id, preview);
  say(words.result.records(preview.rows));
}

/** Shows a preview, where its workbench is still in front. */
export function keepPreview(id: string, preview: NonNullable<Workbench["preview"]>): void {
  const current = app.get().workbench;
  if (current?.id !== id) return;
  if (current.preview == null || current.preview.stream === preview.stream) app.set({ workbench: { ...current, preview } });
  else app.set((state) => ({ previews: { ...state.previews, [preview.stream]: preview } }));
}

/** The workbench carries the first stream's preview only; that of another one is asked for. Whether there is one. */
async function showOther(): Promise<boolean> {
  const { workbench, stream } = app.get();
  if (workbench === null || !isOther(workbench, stream)) return workbench?.preview != null;
  try {
    const preview = await call("preview_shown", { id: workbench.id, stream });
    if (preview !== null) keepPreview(workbench.id, preview);
    return preview !== null;
  } catch (thrown) {
    if (app.get().workbench?.id === workbench.id) app.set({ problem: toProblem(thrown) });
    return false;
  }
}

