import type { Field, FieldType, SchemaSeen, Stream } from "../api";
import { memberPath } from "../mapping/columns";

/** What is declared of a stream and was seen otherwise. */
export interface Differences {
  /** Declared columns whose values are of another type, with the column as it would be. */
  types: { name: string; field: Field }[];
  /** Columns that nothing declared reads. */
  fresh: Field[];
}

/** What takes every value of another type as it is: no difference. */
const TAKES: Partial<Record<FieldType, readonly FieldType[]>> = {
  number: ["integer"],
  decimal: ["integer", "number"],
};

/** Holds the declared columns against those that the records at hand would have. */
export function differences(stream: Stream, seen: SchemaSeen, locked: ReadonlySet<string>): Differences {
  const declared = stream.fields ?? [];
  if (declared.length === 0) return { types: [], fresh: [] };
  const types = declared.flatMap((field) => {
    const at = field.template == null ? seen.types.findIndex((type) => type.path === pathOf(field)) : -1;
    const [type, other] = [seen.types[at], seen.fields[at]];
    const own = field.type ?? "string";
    if (type === undefined || other === undefined || type.seen === 0 || locked.has(field.name)) return [];
    if (type.type === own || own === "json" || TAKES[own]?.includes(type.type) === true) return [];
    const transform = (field.transform ?? []).length > 0 ? {} : { transform: other.transform ?? [] };
    return [{ name: field.name, field: { ...field, type: type.type, ...((transform.transform ?? []).length > 0 ? transform : {}) } as Field }];
  });
  const names = new Set(declared.map((field) => field.name.toLowerCase()));
  const fresh = seen.fields.filter((field) => !declared.some((known) => reads(known, pathOf(field)))).map((field) => named(field, names));
  return { types, fresh };
}

function pathOf(field: Field): string {
  return field.from ?? memberPath(field.name);
}

/** Whether a declared column reads a place, or what is around it, or something in it. */
function reads(field: Field, path: string): boolean {
  if (field.template != null) return field.template.includes(path.replace(/^\$\.?/, ""));
  const own = pathOf(field);
  return own === path || inside(path, own) || inside(own, path);
}

function inside(path: string, around: string): boolean {
  return path.startsWith(`${around}.`) || path.startsWith(`${around}[`);
}

/** The column under a name that no other has. */
function named(field: Field, names: Set<string>): Field {
  const base = field.name.replace(/[^\p{L}\p{N}_]/gu, "_");
  let name = base;
  for (let n = 2; names.has(name.toLowerCase()); n += 1) name = `${base}_${n}`;
  names.add(name.toLowerCase());
  const from = pathOf(field);
  const { from: _, ...rest } = field;
  return { ...rest, name, ...(from === memberPath(name) ? {} : { from }) } as Field;
}
