import type { Transform } from "../api";
import { transformWords } from "../strings/transforms";

const { help, settings: words } = transformWords;

/** One setting of a transform. */
export interface Setting {
  /** Its member in the definition; empty where the transform is the value itself. */
  key: string;
  label: string;
  /** A `list` is texts with commas between them, `json` anything as JSON. */
  kind: "text" | "integer" | "number" | "type" | "list" | "json";
  required?: boolean;
  placeholder?: string;
}

/** How a transform is offered and edited. */
export interface Kind {
  id: string;
  label: string;
  help: string;
  settings: Setting[];
}

/** The transforms that a person can choose, in the order of the list. */
export const KINDS: Kind[] = [
  { id: "trim", label: "trim", help: help.trim, settings: [] },
  { id: "lower", label: "lower", help: help.lower, settings: [] },
  { id: "upper", label: "upper", help: help.upper, settings: [] },
  { id: "title", label: "title", help: help.title, settings: [] },
  {
    id: "replace",
    label: "replace",
    help: help.replace,
    settings: [
      { key: "find", label: words.find, kind: "text", required: true },
      { key: "with", label: words.putThere, kind: "text" },
    ],
  },
  {
    id: "regex",
    label: "regex",
    help: help.regex,
    settings: [
      { key: "pattern", label: words.pattern, kind: "text", required: true, placeholder: "^([^@]+)@" },
      { key: "with", label: words.replaceBy, kind: "text", placeholder: "$1" },
    ],
  },
  { id: "split", label: "split", help: help.split, settings: [{ key: "", label: words.at, kind: "text", required: true, placeholder: "," }] },
  { id: "join", label: "join", help: help.join, settings: [{ key: "", label: words.with, kind: "text", placeholder: ", " }] },
  { id: "first", label: "first", help: help.first, settings: [] },
  { id: "last", label: "last", help: help.last, settings: [] },
  { id: "nth", label: "nth", help: help.nth, settings: [{ key: "", label: words.place, kind: "integer", required: true }] },
  {
    id: "slice",
    label: "slice",
    help: help.slice,
    settings: [
      { key: "from", label: words.fromPlace, kind: "integer" },
      { key: "to", label: words.toPlace, kind: "integer" },
    ],
  },
  { id: "unique", label: "unique", help: help.unique, settings: [] },
  { id: "each", label: "each", help: help.each, settings: [{ key: "", label: words.steps, kind: "json", required: true, placeholder: '["trim", "lower"]' }] },
  {
    id: "entries",
    label: "entries",
    help: help.entries,
    settings: [
      { key: "key", label: words.nameMember, kind: "text", placeholder: "name" },
      { key: "value", label: words.valueMember, kind: "text", placeholder: "value" },
    ],
  },
  {
    id: "pairs",
    label: "pairs",
    help: help.pairs,
    settings: [
      { key: "key", label: words.nameMember, kind: "text", placeholder: "name" },
      { key: "value", label: words.valueMember, kind: "text", placeholder: "value" },
    ],
  },
  { id: "flatten", label: "flatten", help: help.flatten, settings: [{ key: "separator", label: words.between, kind: "text", placeholder: "_" }] },
  {
    id: "map",
    label: "map",
    help: help.map,
    settings: [
      { key: "values", label: words.pairs, kind: "json", required: true, placeholder: '{"A": "active"}' },
      { key: "other", label: words.others, kind: "text" },
    ],
  },
  { id: "coalesce", label: "coalesce", help: help.coalesce, settings: [{ key: "", label: words.paths, kind: "list", required: true, placeholder: "$.mobile, $.phone" }] },
  { id: "default", label: "default", help: help.default, settings: [{ key: "", label: words.value, kind: "text" }] },
  { id: "cast", label: "cast", help: help.cast, settings: [{ key: "", label: words.type, kind: "type", required: true }] },
  {
    id: "parse_number",
    label: "parse number",
    help: help.parse_number,
    settings: [
      { key: "decimal", label: words.decimal, kind: "text", placeholder: "." },
      { key: "group", label: words.group, kind: "text", placeholder: "," },
      { key: "percent", label: words.percent, kind: "text", placeholder: "points, fraction" },
    ],
  },
  {
    id: "parse_date",
    label: "parse date",
    help: help.parse_date,
    settings: [
      { key: "format", label: words.form, kind: "text", required: true, placeholder: "%d/%m/%Y, epoch, epoch_ms, rfc3339" },
      { key: "timezone", label: words.zone, kind: "text", placeholder: "Europe/Berlin" },
    ],
  },
  { id: "format_date", label: "format date", help: help.format_date, settings: [{ key: "", label: words.form, kind: "text", required: true, placeholder: "%Y-%m-%d" }] },
  {
    id: "arithmetic",
    label: "arithmetic",
    help: help.arithmetic,
    settings: [
      { key: "op", label: words.what, kind: "text", required: true, placeholder: "add, subtract, multiply, divide, round, round_half_even" },
      { key: "by", label: words.by, kind: "text", required: true, placeholder: "100" },
    ],
  },
  { id: "phone", label: "phone", help: help.phone, settings: [{ key: "region", label: words.country, kind: "text", placeholder: "US" }] },
  {
    id: "hash",
    label: "hash",
    help: help.hash,
    settings: [
      { key: "algorithm", label: words.algorithm, kind: "text", placeholder: "sha256, sha512, sha1, md5" },
      { key: "salt", label: words.salt, kind: "text", placeholder: "{{ config.salt }}" },
    ],
  },
  { id: "strip_html", label: "strip HTML", help: help.strip_html, settings: [] },
  {
    id: "markdown",
    label: "markdown",
    help: help.markdown,
    settings: [
      { key: "shape", label: words.shape, kind: "text", required: true, placeholder: "blocks, sections, html" },
      { key: "children", label: words.nested, kind: "text" },
    ],
  },
  { id: "json", label: "JSON", help: help.json, settings: [] },
  { id: "base64", label: "base64", help: help.base64, settings: [{ key: "", label: words.direction, kind: "text", required: true, placeholder: "encode, decode" }] },
  { id: "template", label: "template", help: help.template, settings: [{ key: "", label: words.text, kind: "text", required: true, placeholder: "{{ value }} EUR" }] },
];

/** The word of a transform. */
export function transformId(transform: Transform): string {
  return typeof transform === "string" ? transform : (Object.keys(transform)[0] ?? "");
}

/** A transform's settings as the texts of a form. */
export function toForm(transform: Transform): Record<string, string> {
  if (typeof transform === "string") return {};
  const value: unknown = Object.values(transform)[0];
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, written(each)]));
  }
  return { "": written(value) };
}

function written(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value) && transformsAre(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Whether a list holds steps rather than paths. */
function transformsAre(items: unknown[]): boolean {
  return items.some((item) => typeof item !== "string" || !item.startsWith("$"));
}

/** The transform that a form describes, or the label of the setting at fault. */
export function fromForm(kind: Kind, form: Record<string, string>): { transform: Transform } | { fault: string } {
  if (kind.settings.length === 0) return { transform: kind.id as Transform };
  const values: Record<string, unknown> = {};
  for (const setting of kind.settings) {
    const text = form[setting.key] ?? "";
    if (text === "" && setting.required === true) return { fault: setting.label };
    if (text === "" && setting.key !== "") continue;
    const value = readSetting(setting, text);
    if (value === undefined) return { fault: setting.label };
    values[setting.key] = value;
  }
  const args = "" in values ? values[""] : values;
  return { transform: { [kind.id]: args } as unknown as Transform };
}

function readSetting(setting: Setting, text: string): unknown {
  if (setting.kind === "integer") return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
  if (setting.kind === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (setting.kind === "list") return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
  if (setting.kind === "json") {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }
  return text;
}

/** A transform in a few letters, for its chip. */
export function chipText(transform: Transform): string {
  const kind = KINDS.find((each) => each.id === transformId(transform));
  const form = Object.values(toForm(transform)).filter((text) => text !== "");
  return [kind?.label ?? transformId(transform), ...form.map((text) => (text.length > 14 ? `${text.slice(0, 13)}…` : text))].join(" ");
}
