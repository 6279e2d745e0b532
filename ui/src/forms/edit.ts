import type { Descriptors, Fault, FormField, FormGroup, FormKind, FormValue } from "../api";

/** A mapping of a definition. */
export type Plain = Record<string, unknown>;

/** Whether a value is a mapping. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The group of kinds of a name. */
export function groupOf(forms: Descriptors, name: string | null | undefined): FormGroup | undefined {
  return forms.groups.find((group) => group.name === name);
}

/** A member's place, as faults write it. */
export function atKey(path: string, key: string): string {
  if (!/^[\p{L}\p{N}_$-]+$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** An item's place. */
export function atIndex(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** The value at a dotted path. */
export function get(value: unknown, path: string): unknown {
  if (path === "") return value;
  return path.split(".").reduce<unknown>((at, key) => (isPlain(at) ? at[key] : undefined), value);
}

/** The same value with another one at a dotted path; `undefined` takes it away. */
export function put(value: unknown, path: string, next: unknown): unknown {
  if (path === "") return next;
  const [key = "", ...rest] = path.split(".");
  const before: Plain = isPlain(value) ? value : {};
  const inner = put(before[key], rest.join("."), next);
  const after = { ...before };
  if (inner === undefined) delete after[key];
  else after[key] = inner;
  return after;
}

/** Which kind a value is, and what stands in it. */
export function readKind(group: FormGroup, value: unknown): { kind: FormKind; inner: unknown } | null {
  for (const kind of group.kinds) {
    if (kind.form === "settings") return { kind, inner: isPlain(value) ? value : {} };
    if (kind.form === "word" && value === kind.type) return { kind, inner: undefined };
    if (!isPlain(value)) continue;
    if (kind.form === "tagged" && value["type"] === kind.type) return { kind, inner: value };
    if ((kind.form === "keyed" || kind.form === "value") && kind.type in value) return { kind, inner: value[kind.type] };
  }
  return null;
}

/** A kind with its settings, as it stands in a definition. */
export function writeKind(kind: FormKind, inner: unknown): unknown {
  switch (kind.form) {
    case "word":
      return kind.type;
    case "tagged":
      return { ...(isPlain(inner) ? inner : {}), type: kind.type };
    case "keyed":
      return { [kind.type]: isPlain(inner) ? inner : {} };
    case "value":
      return { [kind.type]: inner };
    case "settings":
      return isPlain(inner) ? inner : {};
  }
}

/** Where a kind's settings stand. */
export function innerPath(kind: FormKind, path: string): string {
  return kind.form === "keyed" || kind.form === "value" ? atKey(path, kind.type) : path;
}

/** A new value of a kind. What the old one had under the same name and of the same control is kept. */
export function makeKind(forms: Descriptors, kind: FormKind, before?: { kind: FormKind; inner: unknown } | null): unknown {
  if (kind.form === "word") return kind.type;
  if (kind.form === "value") {
    const field = kind.fields[0];
    const old = before?.kind.form === "value" && before.kind.fields[0]?.kind === field?.kind ? before.inner : undefined;
    return writeKind(kind, old ?? (field === undefined ? "" : blank(forms, field)));
  }
  const made: Plain = {};
  if (kind.form === "tagged") made["type"] = kind.type;
  for (const field of kind.fields) {
    const old = before?.kind.fields.find((each) => each.path === field.path && each.kind === field.kind && each.group === field.group);
    const kept = old === undefined ? undefined : get(before?.inner, field.path);
    if (kept !== undefined) made[field.path] = kept;
    else if (field.required) made[field.path] = blank(forms, field);
  }
  return writeKind(kind, made);
}

/** The emptiest value that a control can hold. */
export function blank(forms: Descriptors, value: FormValue): unknown {
  switch (value.kind) {
    case "integer":
    case "number":
      return 0;
    case "boolean":
      return false;
    case "choice":
      return value.options?.[0]?.value ?? "";
    case "list":
      return [];
    case "map":
      return {};
    case "json":
      return null;
    case "kind":
    case "settings": {
      const kind = groupOf(forms, value.group)?.kinds[0];
      return kind === undefined ? {} : makeKind(forms, kind);
    }
    default:
      return "";
  }
}

/** Whether settings must be added before they show: some of them are required, and nothing stands there. */
export function isOptional(forms: Descriptors, field: FormField): boolean {
  if (field.required || field.kind !== "settings") return false;
  return groupOf(forms, field.group)?.kinds[0]?.fields.some((each) => each.required) ?? false;
}

/** The fields of a kind that show: those of other ways are left out, unless they hold something. */
export function shownFields(kind: FormKind, inner: unknown): { plain: FormField[]; advanced: FormField[] } {
  const fits = (field: FormField) => {
    if (field.only == null || get(inner, field.path) !== undefined) return true;
    const other = get(inner, field.only.path);
    return typeof other === "string" && field.only.values.includes(other);
  };
  const shown = kind.fields.filter(fits);
  const first = shown.filter((field) => !field.advanced).toSorted((a, b) => Number(b.required) - Number(a.required));
  return { plain: first, advanced: shown.filter((field) => field.advanced) };
}

/** The faults at a place and below it. */
export function faultsBelow(faults: Fault[], path: string): Fault[] {
  return faults.filter((fault) => isBelow(fault.path, path));
}

function isBelow(inner: string, path: string): boolean {
  if (path === "" || inner === path) return true;
  return inner.startsWith(path) && /[.[]/.test(inner.charAt(path.length));
}

/** The faults of a place that none of the places within it shows. */
export function ownFaults(faults: Fault[], path: string, within: string[]): Fault[] {
  return faultsBelow(faults, path).filter((fault) => !within.some((each) => isBelow(fault.path, each)));
}

/** What was typed for a text, a number or yes/no: a whole number and a word stay what they look like. */
export function readScalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text !== "" && String(number) === text && Number.isFinite(number) ? number : text;
}

/** What was typed for any JSON: text that looks like nothing else is text. */
export function readJson(text: string): { value: unknown } | { fault: true } {
  const trimmed = text.trim();
  if (trimmed === "") return { value: undefined };
  try {
    return { value: JSON.parse(trimmed) as unknown };
  } catch {
    return /^[[{"]/.test(trimmed) && !trimmed.startsWith("{{") ? { fault: true } : { value: text };
  }
}

/** Any JSON as it is typed. */
export function showJson(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "string") {
    const back = readJson(value);
    if ("value" in back && back.value === value) return value;
  }
  return JSON.stringify(value, null, 2);
}

/** The input that a secret refers to: `{{ config.NAME }}` and nothing else. */
export function referenceOf(value: unknown): string | null {
  return typeof value === "string" ? (/^\{\{\s*config\.(\w+)\s*\}\}$/.exec(value)?.[1] ?? null) : null;
}

/** A reference to an input. */
export function reference(name: string): string {
  return `{{ config.${name} }}`;
}

/** A name that is not taken: `token`, `token_2`. */
export function freeName(wanted: string, taken: string[]): string {
  const base = wanted.replace(/\W+/g, "_") || "value";
  let name = base;
  for (let next = 2; taken.includes(name); next += 1) name = `${base}_${next}`;
  return name;
}
