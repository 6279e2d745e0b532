import type { Definition, Partition, Stream } from "../api";
import { freeName } from "../forms/edit";

/** The path of a value within its record: `$.data[3].user.id` with the records at `$.data[*]` is `$.user.id`; null outside of them. */
export function insideRecord(stream: Stream, path: string): string | null {
  const records = stream.records?.path ?? (path.startsWith("$[") && /^\$\[\d+\]/.test(path) ? "$[*]" : "$");
  const at = records.split("[*]").map(escaped).join("\\[\\d+\\]");
  const found = new RegExp(`^${at}(?=[.[]|$)(.*)$`).exec(path);
  const rest = found?.[1] ?? "";
  return found === null || rest === "" ? null : `$${rest}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The path of a record's member in the first record of a response: `$.id` at `$.data[*]` is `$.data[0].id`. */
export function inFirstRecord(stream: Stream, from: string): string {
  return `${(stream.records?.path ?? "$[*]").replaceAll("[*]", "[0]")}${from.slice(1)}`;
}

/** A value of a parent's records that a child is read by. */
export interface ParentValue {
  parent: string;
  /** Its path within a record: `$.id`. */
  inside: string;
  /** The value that was looked at, to find it in a path. */
  value: string;
}

/** The definition with a stream that is read once for each record of another one; the stream's place. */
export function makeChild(definition: Definition, from: ParentValue, target: string | null): { definition: Definition; index: number } {
  const streams = [...(definition.streams ?? [])];
  const parent = streams.find((each) => each.name === from.parent);
  const named = nameOf(from);
  let index = target === null ? -1 : streams.findIndex((each) => each.name === target);
  if (index < 0) {
    const base = (parent?.request?.path ?? "").replace(/\?.*$/, "").replace(/\/$/, "");
    streams.push({ name: freeName(`${singular(from.parent)}_details`, streams.map((each) => each.name)), request: { path: `${base}/{id}` } } as Stream);
    index = streams.length - 1;
  }
  const child = streams[index];
  if (child === undefined) return { definition, index: -1 };
  const name = freeName(named, (child.partitions ?? []).map((each) => each.as));
  const path = child.request?.path ?? "";
  const filled = fill(path, name, from.value);
  const partition = { type: "parent", stream: from.parent, value: from.inside, as: name, ...(filled === null ? { inject: { query: name } } : {}) } as Partition;
  const request = filled === null ? child.request : { ...child.request, path: filled };
  streams[index] = { ...child, partitions: [...(child.partitions ?? []), partition], ...(request == null ? {} : { request }) };
  return { definition: { ...definition, streams }, index };
}

/** A path whose placeholder (`{id}`, `:id`), or whose own copy of the value, is the partition's; null where it has none. */
export function fill(path: string, name: string, value: string): string | null {
  const reference = `{{ partition.${name} }}`;
  const placeholder = /(?<!\{)\{\w+\}(?!\})|(?<=\/):\w+/.exec(path);
  if (placeholder !== null) return path.replace(placeholder[0], reference);
  const plain = value.replace(/^"(.*)"$/, "$1");
  const parts = path.split("/");
  const at = plain === "" ? -1 : parts.findIndex((part) => part === plain || part === encodeURIComponent(plain));
  return at < 0 ? null : parts.with(at, reference).join("/");
}

function nameOf({ parent, inside }: ParentValue): string {
  const key = inside.split(/[.[\]'"]+/).findLast((part) => /^[A-Za-z_]\w*$/.test(part)) ?? "id";
  return key.toLowerCase().includes(singular(parent).toLowerCase()) ? key : `${singular(parent)}_${key}`;
}

function singular(name: string): string {
  const clean = name.replace(/\W+/g, "_");
  if (/ies$/i.test(clean)) return clean.replace(/ies$/i, "y");
  if (/(ss|us)$/i.test(clean)) return clean;
  return /(ses|xes|ches|shes)$/i.test(clean) ? clean.slice(0, -2) : clean.replace(/s$/i, "");
}
