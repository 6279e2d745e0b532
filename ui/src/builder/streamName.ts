import type { Definition } from "../api";
import { freeName } from "../forms/edit";
import { rename } from "./edits";

/** Segments that name no collection, where another one does. */
const PLAIN = new Set(["search", "list", "query", "all", "export", "index", "get", "find", "json", "api", "rest"]);

/** What a stream is called by its path: the last segment that names a collection, `items` of `/v1/orders/{id}/items`; null where none does. */
export function nameByPath(path: string): string | null {
  const plain = path.replace(/\{\{.*?\}\}/g, "{}").replace(/[?#].*$/, "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  const names = plain
    .split("/")
    .map((segment) => segment.replace(/\.(json|csv|xml|jsonl|php|aspx|ashx)$/i, ""))
    .filter(namesCollection);
  const found = names.findLast((name) => !PLAIN.has(name.toLowerCase())) ?? names.at(-1);
  if (found === undefined) return null;
  const name = found
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 60);
  return name === "" ? null : name;
}

function namesCollection(segment: string): boolean {
  const digits = segment.replace(/\D/g, "").length;
  const opaque = (segment.length >= 12 && digits > 0 && /^[0-9a-f-]+$/i.test(segment)) || (segment.length >= 20 && digits >= 3);
  return /\p{L}/u.test(segment) && !opaque && !/[%{}@:]/.test(segment) && !/^v?\d[\d.-]*([ab]\w*)?$/i.test(segment) && !/^v\d+(alpha|beta|p)\d*$/i.test(segment);
}

/** A name for a stream of this path that no other has. */
export function freeStream(path: string, taken: string[]): string {
  return freeName(nameByPath(path) ?? "stream", taken);
}

/** The definition whose stream is called by its path, where nobody named it yet; null where it stays as it is. */
export function namedByPath(definition: Definition, name: string): { definition: Definition; name: string } | null {
  if (!/^stream(_\d+)?$/.test(name)) return null;
  const streams = definition.streams ?? [];
  const index = streams.findIndex((each) => each.name === name);
  const path = streams[index]?.request?.path ?? "";
  if (index < 0 || nameByPath(path) === null) return null;
  const next = freeStream(path, streams.filter((_, at) => at !== index).map((each) => each.name));
  return next === name ? null : { definition: rename(definition, "streams", index, next), name: next };
}
