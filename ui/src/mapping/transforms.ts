import type { Transform } from "../api";

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
  { id: "trim", label: "trim", help: "No white space at both ends", settings: [] },
  { id: "lower", label: "lower", help: "In lower case", settings: [] },
  { id: "upper", label: "upper", help: "In upper case", settings: [] },
  { id: "title", label: "title", help: "Each word with a capital", settings: [] },
  {
    id: "replace",
    label: "replace",
    help: "Text replaced by other text",
    settings: [
      { key: "find", label: "Find", kind: "text", required: true },
      { key: "with", label: "Put there", kind: "text" },
    ],
  },
  {
    id: "regex",
    label: "regex",
    help: "What a regular expression finds, or a replacement of it",
    settings: [
      { key: "pattern", label: "Pattern", kind: "text", required: true, placeholder: "^([^@]+)@" },
      { key: "with", label: "Replace by (optional)", kind: "text", placeholder: "$1" },
    ],
  },
  { id: "split", label: "split", help: "Text cut into a list", settings: [{ key: "", label: "At", kind: "text", required: true, placeholder: "," }] },
  { id: "join", label: "join", help: "A list joined to text", settings: [{ key: "", label: "With", kind: "text", placeholder: ", " }] },
  { id: "first", label: "first", help: "The first item of a list", settings: [] },
  { id: "last", label: "last", help: "The last item of a list", settings: [] },
  { id: "nth", label: "nth", help: "The item at a place", settings: [{ key: "", label: "Place, from 0; negative from the end", kind: "integer", required: true }] },
  {
    id: "slice",
    label: "slice",
    help: "A part of a text or a list",
    settings: [
      { key: "from", label: "From place, from 0; negative from the end", kind: "integer" },
      { key: "to", label: "To before place", kind: "integer" },
    ],
  },
  { id: "unique", label: "unique", help: "A list without repeats", settings: [] },
  { id: "each", label: "each", help: "Steps for each item of a list", settings: [{ key: "", label: "Steps, as JSON", kind: "json", required: true, placeholder: '["trim", "lower"]' }] },
  {
    id: "entries",
    label: "entries",
    help: "A list of pairs as an object: custom fields",
    settings: [
      { key: "key", label: "Member with the name", kind: "text", placeholder: "name" },
      { key: "value", label: "Member with the value", kind: "text", placeholder: "value" },
    ],
  },
  {
    id: "pairs",
    label: "pairs",
    help: "An object as a list of pairs",
    settings: [
      { key: "key", label: "Member with the name", kind: "text", placeholder: "name" },
      { key: "value", label: "Member with the value", kind: "text", placeholder: "value" },
    ],
  },
  { id: "flatten", label: "flatten", help: "Nested objects as one", settings: [{ key: "separator", label: "Between names", kind: "text", placeholder: "_" }] },
  {
    id: "map",
    label: "map",
    help: "Other values for some values",
    settings: [
      { key: "values", label: "Old and new, as JSON", kind: "json", required: true, placeholder: '{"A": "active"}' },
      { key: "other", label: "All others (optional)", kind: "text" },
    ],
  },
  { id: "coalesce", label: "coalesce", help: "Where there is none: the first path that has a value", settings: [{ key: "", label: "Paths", kind: "list", required: true, placeholder: "$.mobile, $.phone" }] },
  { id: "default", label: "default", help: "Stands in for a missing value", settings: [{ key: "", label: "Value", kind: "text" }] },
  { id: "cast", label: "cast", help: "Another type", settings: [{ key: "", label: "Type", kind: "type", required: true }] },
  {
    id: "parse_date",
    label: "parse date",
    help: "A date or a moment read from text or a number",
    settings: [
      { key: "format", label: "Form", kind: "text", required: true, placeholder: "%d/%m/%Y, epoch, epoch_ms, rfc3339" },
      { key: "timezone", label: "Time zone (optional)", kind: "text", placeholder: "Europe/Berlin" },
    ],
  },
  { id: "format_date", label: "format date", help: "A date written in a form", settings: [{ key: "", label: "Form", kind: "text", required: true, placeholder: "%Y-%m-%d" }] },
  {
    id: "arithmetic",
    label: "arithmetic",
    help: "A sum, a product, a rounding, in decimals",
    settings: [
      { key: "op", label: "What", kind: "text", required: true, placeholder: "add, subtract, multiply, divide, round, round_half_even" },
      { key: "by", label: "By a number or an expression", kind: "text", required: true, placeholder: "100" },
    ],
  },
  { id: "phone", label: "phone", help: "A telephone number in E.164", settings: [{ key: "region", label: "Country, or an expression", kind: "text", placeholder: "US" }] },
  {
    id: "hash",
    label: "hash",
    help: "A digest",
    settings: [
      { key: "algorithm", label: "Algorithm (optional)", kind: "text", placeholder: "sha256, sha512, sha1, md5" },
      { key: "salt", label: "Salt (optional)", kind: "text", placeholder: "{{ config.salt }}" },
    ],
  },
  { id: "strip_html", label: "strip HTML", help: "HTML as plain text", settings: [] },
  {
    id: "markdown",
    label: "markdown",
    help: "Blocks, sections or HTML as Markdown",
    settings: [
      { key: "shape", label: "Shape", kind: "text", required: true, placeholder: "blocks, sections, html" },
      { key: "children", label: "Member of what is nested (optional)", kind: "text" },
    ],
  },
  { id: "json", label: "JSON", help: "Text read as JSON", settings: [] },
  { id: "base64", label: "base64", help: "To base64 or back", settings: [{ key: "", label: "Direction", kind: "text", required: true, placeholder: "encode, decode" }] },
  { id: "template", label: "template", help: "Text made from value and record", settings: [{ key: "", label: "Text", kind: "text", required: true, placeholder: "{{ value }} EUR" }] },
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
