import type { Transform } from "../api";

/** One setting of a transform. */
export interface Setting {
  /** Its member in the definition; empty where the transform is the value itself. */
  key: string;
  label: string;
  kind: "text" | "integer" | "number" | "type";
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
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === null ? "" : String(each)]));
  }
  return { "": value === null || value === undefined ? "" : String(value) };
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
  return text;
}

/** A transform in a few letters, for its chip. */
export function chipText(transform: Transform): string {
  const kind = KINDS.find((each) => each.id === transformId(transform));
  const form = Object.values(toForm(transform)).filter((text) => text !== "");
  return [kind?.label ?? transformId(transform), ...form.map((text) => (text.length > 14 ? `${text.slice(0, 13)}…` : text))].join(" ");
}
