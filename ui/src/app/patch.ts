/** A step of a way into a value: a member, or an item of a list by its name, where it has one, and its place. */
type Step = string | { at: number; of: number; name: string | null };

/** One difference: where it is, and what stands there then; `undefined` for nothing. */
interface Patch {
  way: Step[];
  value: unknown;
}

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(item: unknown): string | null {
  return isPlain(item) && typeof item["name"] === "string" ? item["name"] : null;
}

/** What is different afterwards. What both share is not looked into; a list that grew or shrank is one difference. */
export function changes(before: unknown, after: unknown, way: Step[] = []): Patch[] {
  if (Object.is(before, after)) return [];
  if (isPlain(before) && isPlain(after)) return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => changes(before[key], after[key], [...way, key]));
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item: unknown, at) => changes(item, after[at], [...way, { at, of: before.length, name: nameOf(item) }]));
  return [{ way, value: after }];
}

/** The same changes made to another value. What a change is about may be gone there: then it is left out. */
export function patched(value: unknown, patches: Patch[]): unknown {
  // The names that items are found by are those of before: a new name is given last.
  const last = (patch: Patch) => Number(patch.way.at(-1) === "name");
  return patches.toSorted((a, b) => last(a) - last(b)).reduce((all, { way, value: next }) => put(all, way, next), value);
}

function put(value: unknown, [step, ...rest]: Step[], next: unknown): unknown {
  if (step === undefined) return next;
  if (typeof step !== "string") {
    if (!Array.isArray(value)) return value;
    const at = placeOf(value, step);
    return at < 0 ? value : value.with(at, put(value[at], rest, next));
  }
  if (value !== undefined && value !== null && !isPlain(value)) return value;
  const after: Plain = { ...value };
  const inner = put(after[step], rest, next);
  if (inner === undefined) delete after[step];
  else after[step] = inner;
  return inner === undefined && value == null ? value : after;
}

function placeOf(list: unknown[], { at, of, name }: Exclude<Step, string>): number {
  if (nameOf(list[at]) === name && at < list.length) return at;
  const found = name === null ? -1 : list.findIndex((item) => nameOf(item) === name);
  return found < 0 && list.length === of ? at : found;
}

/** Whether a change goes on with what was typed a moment ago: the same texts again, or another name for the same member. */
export function goesOn(typed: Patch[], next: Patch[]): boolean {
  const keys = new Set(typed.map((patch) => JSON.stringify(patch.way)));
  const had = (patch: Patch) => keys.has(JSON.stringify(patch.way));
  const gone = new Set(next.filter((patch) => patch.value === undefined && had(patch)).map(parent));
  return next.every((patch) => isTyped(patch.value) && (had(patch) || gone.has(parent(patch))));
}

function parent(patch: Patch): string {
  return JSON.stringify(patch.way.slice(0, -1));
}

/** What a field of a form makes while somebody types in it; a list comes from an action. */
function isTyped(value: unknown): boolean {
  return !Array.isArray(value);
}
