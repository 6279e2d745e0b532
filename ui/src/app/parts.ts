import { call, toProblem, type Definition, type DefinitionChange, type Edited, type TextChange, type Workbench } from "../api";

/** From so long a text on a change is sent in parts: less takes no time to send whole. */
const LARGE = 100_000;

/** What the program has, as far as the page knows. */
export interface Ground {
  workbench: Workbench;
  /** Its definition: the page's own may hold changes that were not sent yet. */
  definition: Definition;
}

/** Sends another definition. The workbench after it. */
export function sendDefinition(ground: Ground | null, id: string, definition: Definition): Promise<Workbench> {
  const whole = () => call("definition_set", { id, definition });
  if (ground === null || ground.workbench.yaml.length < LARGE) return whole();
  const { revision, yaml } = ground.workbench;
  const edit = call("definition_edit", { id, revision, change: definitionChange(ground.definition, definition) });
  return edit.then((edited) => joined(edited, definition, yaml)).catch(unlessMoved(whole));
}

/** Sends another text. The workbench after it. */
export function sendText(ground: Ground | null, id: string, text: string): Promise<Workbench> {
  const whole = () => call("text_set", { id, text });
  if (ground === null || ground.workbench.yaml.length < LARGE) return whole();
  const { revision, yaml } = ground.workbench;
  const edit = call("text_edit", { id, revision, change: textChange(yaml, text) });
  return edit.then((edited) => joined(edited, ground.definition, text)).catch(unlessMoved(whole));
}

/** Where something else changed it meanwhile, all is sent. */
function unlessMoved(whole: () => Promise<Workbench>) {
  return (thrown: unknown): Promise<Workbench> => {
    if (toProblem(thrown).code === "moved_on") return whole();
    throw thrown;
  };
}

function joined({ workbench, definition, text }: Edited, ours: Definition, yaml: string): Workbench {
  return {
    ...workbench,
    definition: definition === null ? ours : withChange(ours, definition),
    yaml: text === null ? yaml : yaml.slice(0, text.from) + text.with + yaml.slice(text.from + text.gone),
  };
}

/** What differs: one run of streams, and all that is beside them. What both share is the same object. */
export function definitionChange(before: Definition, after: Definition): DefinitionChange {
  const [old, now] = [before.streams ?? [], after.streams ?? []];
  const most = Math.min(old.length, now.length);
  let from = 0;
  while (from < most && Object.is(old[from], now[from])) from += 1;
  let end = 0;
  while (end < most - from && Object.is(old[old.length - 1 - end], now[now.length - 1 - end])) end += 1;
  return { rest: { ...after, streams: [] }, from, gone: old.length - end - from, streams: now.slice(from, now.length - end) };
}

function withChange(definition: Definition, { rest, from, gone, streams }: DefinitionChange): Definition {
  return { ...rest, streams: (definition.streams ?? []).toSpliced(from, gone, ...streams) };
}

/** What differs between two texts: one place. */
export function textChange(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  let end = 0;
  while (end < most - from && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  // A sign of two units is never cut.
  while (from > 0 && isHalf(before, after, from)) from -= 1;
  while (end > 0 && isHalf(before, after, before.length - end, after.length - end)) end -= 1;
  return { from, gone: before.length - end - from, with: after.slice(from, after.length - end) };
}

function isHalf(before: string, after: string, at: number, other = at): boolean {
  const low = (text: string, place: number) => (text.charCodeAt(place) & 0xfc00) === 0xdc00;
  return low(before, at) || low(after, other);
}
