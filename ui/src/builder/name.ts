import type { Definition, Descriptors, FormField, FormValue } from "../api";
import { get, groupOf, readKind } from "../forms/edit";
import { spotOf } from "./place";

/** What the forms call the field at a path, from its section on: `["Sign-in", "Token URL"]`. Null where no form has it. */
export function fieldNames(definition: Definition, forms: Descriptors, path: string): string[] | null {
  const spot = spotOf(definition, forms, path);
  if (spot === null) return null;
  const [, list = "", at = "", inside = ""] = /^(\w+)\[(\d+)\](?:\.(.*))?$/.exec(path) ?? [];
  const streams = definition.streams ?? [];
  const ofStream = list === "streams";
  const section = forms.sections.find((each) => each.name === spot.section && (each.scope === "stream") === ofStream);
  if (section === undefined) return null;
  const holder: unknown = ofStream ? streams[Number(at)] : definition;
  const rest = ofStream ? inside : path;
  const field = longest(section.fields, rest);
  const first = ofStream && streams.length > 1 ? [spot.stream, section.title] : [section.title];
  if (field === undefined) return first;
  const below = rest.slice(field.path.length);
  const own = section.fields.length === 1 || field.label === section.title ? [] : [field.label];
  return [...first, ...own, ...inner(forms, field, get(holder, field.path), below)];
}

/** The names below a field: of its kind's settings, or of an item of its list. */
function inner(forms: Descriptors, spec: FormValue, value: unknown, rest: string): string[] {
  const item = /^\[(\d+)\]/.exec(rest);
  if (item !== null && spec.item != null) {
    const one: unknown = Array.isArray(value) ? value[Number(item[1])] : undefined;
    const named = get(one, "name") ?? get(one, "as");
    return [typeof named === "string" && named !== "" ? named : String(Number(item[1]) + 1), ...inner(forms, spec.item, one, rest.slice(item[0].length))];
  }
  const group = groupOf(forms, spec.group);
  if (!rest.startsWith(".") || group === undefined) return [];
  const read = readKind(group, value);
  if (read === null) return [];
  const wrapped = read.kind.form === "keyed" || read.kind.form === "value";
  const path = wrapped && (rest === `.${read.kind.type}` || rest.startsWith(`.${read.kind.type}.`)) ? rest.slice(read.kind.type.length + 2) : rest.slice(1);
  const field = longest(read.kind.fields, path);
  if (field === undefined) return [];
  return [field.label, ...inner(forms, field, get(read.inner, field.path), path.slice(field.path.length))];
}

/** The field with the longest beginning of a path. */
function longest(fields: FormField[], path: string): FormField | undefined {
  const holds = ({ path: own }: FormField) => path === own || (own !== "" && (path.startsWith(`${own}.`) || path.startsWith(`${own}[`)));
  return fields.filter(holds).toSorted((a, b) => b.path.length - a.path.length)[0];
}
