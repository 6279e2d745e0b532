import type { Field, FieldType, OnError, Stream } from "../api";

/** The name in snake_case. */
export function snake(name: string): string {
  return words(name).join("_").toLowerCase();
}

/** The name in camelCase. */
export function camel(name: string): string {
  return words(name)
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join("");
}

function words(name: string): string[] {
  const parts = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "");
  return parts.length === 0 ? [name] : parts;
}

/** The stream with one column changed. A key and its column keep the same name. */
export function changeField(stream: Stream, at: number, change: Partial<Field>): Stream {
  const fields = stream.fields ?? [];
  const old = fields[at];
  if (old === undefined) return stream;
  const next: Field = { ...old, ...change };
  // A column without `from` reads the member of its name: a new name must not change what it reads.
  if (change.name !== undefined && change.name !== old.name && next.from == null && next.template == null) next.from = memberPath(old.name);
  const renamed = rename(stream, old.name, next.name);
  return { ...renamed, fields: fields.map((field, place) => (place === at ? next : field)) };
}

function rename(stream: Stream, from: string, to: string): Stream {
  if (from === to || !(stream.key ?? []).includes(from)) return stream;
  return { ...stream, key: (stream.key ?? []).map((name) => (name === from ? to : name)) };
}

/** The JSONPath of a record's member. */
export function memberPath(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `$.${name}` : `$['${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
}

/** The stream without a column, and without it in the key. */
export function removeField(stream: Stream, at: number): Stream {
  const name = stream.fields?.[at]?.name;
  return {
    ...stream,
    fields: (stream.fields ?? []).filter((_, place) => place !== at),
    key: (stream.key ?? []).filter((each) => each !== name),
  };
}

/** The stream with one more column, its name not used yet. */
export function addField(stream: Stream): Stream {
  const taken = new Set((stream.fields ?? []).map((field) => field.name.toLowerCase()));
  let name = "column";
  for (let n = 2; taken.has(name); n += 1) name = `column_${n}`;
  return { ...stream, fields: [...(stream.fields ?? []), { name, from: "$" , type: "string" } as Field] };
}

/** Places of columns; none stands for all of them. */
export type Only = ReadonlySet<number> | undefined;

const counts = (only: Only, place: number) => only === undefined || only.has(place);

/** The stream with all columns, or some, shown or hidden. Columns of the key stay. */
export function showAll(stream: Stream, shown: boolean, only?: Only): Stream {
  const key = stream.key ?? [];
  return { ...stream, fields: (stream.fields ?? []).map((field, place) => (counts(only, place) ? { ...field, hidden: !shown && !key.includes(field.name) } : field)) };
}

/** The stream whose columns, all or some, do the same with values that do not fit. */
export function onErrorAll(stream: Stream, onError: OnError, only?: Only): Stream {
  return { ...stream, fields: (stream.fields ?? []).map((field, place) => (counts(only, place) ? { ...field, on_error: onError } : field)) };
}

/** The stream whose columns, all or some, have this type. */
export function typeAll(stream: Stream, type: FieldType, only?: Only): Stream {
  return { ...stream, fields: (stream.fields ?? []).map((field, place) => (counts(only, place) ? { ...field, type } : field)) };
}

/** The stream with the names of columns, all or some, begun in the same way. One that begins so already stays. */
export function prefixAll(stream: Stream, prefix: string, only?: Only): Stream {
  return renameAll(stream, (name) => (name.startsWith(prefix) ? name : `${prefix}${name}`), only);
}

/** The stream without columns, all or some; those of the key stay. */
export function dropAll(stream: Stream, only?: Only): Stream {
  const key = stream.key ?? [];
  return { ...stream, fields: (stream.fields ?? []).filter((field, place) => !counts(only, place) || key.includes(field.name)) };
}

/** The last part of what a column reads: the name that the API gave it. */
export function ownName(field: Field): string {
  if (field.template != null) return field.name;
  const part = /(?:\.([\p{L}_][\p{L}\p{N}_]*)|\['((?:[^'\\]|\\.)*)'\])$/u.exec(field.from ?? "");
  return part?.[1] ?? part?.[2] ?? field.name;
}

/** The stream with all columns, or some, renamed. A name that would be there twice stays as it is. */
export function renameAll(stream: Stream, by: (name: string, field: Field) => string, only?: Only): Stream {
  const taken = new Set<string>();
  let next = stream;
  for (const [place, field] of (stream.fields ?? []).entries()) {
    const name = counts(only, place) ? by(field.name, field) : field.name;
    const free = !taken.has(name.toLowerCase());
    taken.add((free ? name : field.name).toLowerCase());
    if (free && name !== field.name) next = changeField(next, place, { name });
  }
  return next;
}

/** What a column reads, as it stands in the grid: a path, or a text with expressions. */
export function sourceOf(field: Field): string {
  return field.template ?? field.from ?? memberPath(field.name);
}

/** A column that reads what was typed: text with expressions is a template, anything else a path. */
export function withSource(text: string): Partial<Field> {
  if (text.includes("{{") || text.includes("{%")) return { template: text, from: undefined } as Partial<Field>;
  return { from: text, template: undefined } as Partial<Field>;
}
