import type { Place } from "./context";

/** A JSON Schema, as far as the definition's uses it. */
export interface Schema {
  description?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** Something to be offered. */
export interface Offer {
  label: string;
  /** What is put there. */
  insert: string;
  kind: "key" | "value" | "stream";
  about: string;
  required: boolean;
}

const DEPTH = 12;

/** All shapes that a schema allows, with the description of whoever refers to them. */
function shapes(root: Schema, schema: Schema, depth = 0): Schema[] {
  if (depth > DEPTH) return [];
  const target = schema.$ref?.startsWith("#/$defs/") === true ? root.$defs?.[schema.$ref.slice("#/$defs/".length)] : undefined;
  if (target !== undefined) return shapes(root, target, depth + 1).map((each) => ({ ...each, description: each.description ?? schema.description ?? "" }));
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return choices.flatMap((each) => shapes(root, each, depth + 1));
  return [schema];
}

/** Those shapes that fit what a mapping says of itself: `type: page` leaves one of many. */
function fitting(all: Schema[], siblings: Record<string, string>): Schema[] {
  const objects = all.filter((each) => each.properties !== undefined || typeof each.additionalProperties === "object");
  const fits = (each: Schema) =>
    Object.entries(siblings).every(([key, value]) => {
      const own = each.properties?.[key];
      if (own === undefined) return typeof each.additionalProperties === "object";
      return own.const === undefined || value === "" || String(own.const) === plain(value);
    });
  const found = objects.filter(fits);
  return found.length > 0 ? found : objects;
}

/** A value without its quotes. */
export function plain(value: string): string {
  const text = value.trim();
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** The shapes at a path. `type` of the mappings on the way is not known: all of their shapes count. */
function shapesAt(root: Schema, path: (string | number)[]): Schema[] {
  let at = shapes(root, root);
  for (const step of path) {
    at = at.flatMap((schema) => {
      if (typeof step === "number") return schema.items === undefined ? [] : shapes(root, schema.items);
      const own = schema.properties?.[step];
      if (own !== undefined) return shapes(root, own).map((each) => ({ ...each, description: each.description ?? own.description ?? "" }));
      return typeof schema.additionalProperties === "object" ? shapes(root, schema.additionalProperties) : [];
    });
  }
  return at;
}

/** What can stand at a place: keys that are not there yet, kinds, words, names of streams. */
export function offers(root: Schema, place: Place, streams: string[]): Offer[] {
  if (place.kind === "value") return values(root, [...place.path, place.key], place.key, streams, place.siblings);
  const all = shapesAt(root, place.path);
  const found = new Map<string, Offer>();
  for (const shape of fitting(all, place.siblings))
    for (const [key, schema] of Object.entries(shape.properties ?? {})) {
      if (key in place.siblings && key !== plain(place.word)) continue;
      const required = shape.required?.includes(key) ?? false;
      const before = found.get(key);
      if (before === undefined) found.set(key, { label: key, insert: opening(root, key, schema), kind: "key", about: about(root, schema), required });
      else if (required) before.required = true;
    }
  // An item of a list may be a word by itself.
  const items = typeof place.path.at(-1) === "number" ? values(root, place.path, place.key, streams, {}) : [];
  return [...[...found.values()].toSorted((a, b) => Number(b.required) - Number(a.required)), ...items];
}

function values(root: Schema, path: (string | number)[], key: string, streams: string[], siblings: Record<string, string>): Offer[] {
  const found = new Map<string, Offer>();
  const add = (value: unknown, text: string) => {
    const label = String(value);
    if (!found.has(label)) found.set(label, { label, insert: label, kind: "value", about: text, required: false });
  };
  const parents = path.length === 0 ? [] : shapesAt(root, path.slice(0, -1));
  const own = typeof path.at(-1) === "string" && Object.keys(siblings).length > 0 ? fitting(parents, { ...siblings, [String(path.at(-1))]: "" }) : null;
  const all = own === null ? shapesAt(root, path) : own.flatMap((each) => (each.properties?.[String(path.at(-1))] === undefined ? [] : shapes(root, each.properties[String(path.at(-1))] as Schema).map((shape) => ({ ...shape, whose: each.description }))));
  for (const shape of all as (Schema & { whose?: string })[]) {
    if (shape.const !== undefined) add(shape.const, (key === "type" ? shape.whose : undefined) ?? shape.description ?? "");
    for (const each of shape.enum ?? []) if (each !== null) add(each, "");
    if (shape.type === "boolean" || (Array.isArray(shape.type) && shape.type.includes("boolean") && shape.type.length <= 2)) for (const each of ["true", "false"]) add(each, "");
  }
  if (key === "type")
    for (const shape of parents) {
      const one = shape.properties?.["type"];
      if (one?.const !== undefined) found.set(String(one.const), { label: String(one.const), insert: String(one.const), kind: "value", about: shape.description ?? "", required: false });
    }
  if (key === "stream") for (const name of streams) found.set(name, { label: name, insert: name, kind: "stream", about: "", required: false });
  return [...found.values()];
}

/** A key with what begins its value. */
function opening(root: Schema, key: string, schema: Schema): string {
  const all = shapes(root, schema).filter((each) => each.type !== "null");
  const nested = all.length > 0 && all.every((each) => each.type === "object" || each.type === "array");
  return nested ? `${key}:` : `${key}: `;
}

function about(root: Schema, schema: Schema): string {
  return schema.description ?? shapes(root, schema)[0]?.description ?? "";
}

/** What a key is, for who points at it. */
export function describe(root: Schema, place: Place): string {
  for (const shape of fitting(shapesAt(root, place.path), place.siblings)) {
    const own = shape.properties?.[place.key];
    if (own !== undefined) return about(root, own);
  }
  for (const shape of shapesAt(root, place.path)) {
    const own = shape.properties?.[place.key];
    if (own !== undefined) return about(root, own);
  }
  return "";
}
