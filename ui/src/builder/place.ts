import type { Definition, Descriptors } from "../api";
import { isList, type Chosen } from "./rows";

/** Where a field of the definition is edited: what is chosen for it, or the column of the mapping that it is. */
interface Spot extends Chosen {
  /** The column's place, for a field of a column. */
  column: number | null;
}

/** Where the field at a path is edited; null for the whole file. `streams[1].paginate.inject.query`, `http.auth.token`. */
export function spotOf(definition: Definition, forms: Descriptors, path: string): Spot | null {
  const inList = /^(\w+)\[(\d+)\](?:\.(.*))?$/.exec(path);
  const [, list = "", at = "", rest = ""] = inList ?? [];
  const index = Number(at);
  if (inList !== null && list === "streams") {
    const stream = definition.streams?.[index]?.name;
    if (stream === undefined) return null;
    const column = /^fields\[(\d+)\]/.exec(rest)?.[1];
    return { stream, item: null, section: sectionOf(forms, "stream", rest) ?? "stream", column: column === undefined ? null : Number(column) };
  }
  if (inList !== null && isList(list)) return { stream: "", item: { list, index }, section: list, column: null };
  const section = sectionOf(forms, "connector", path);
  return section === null ? null : { stream: "", item: null, section, column: null };
}

/** The section that holds the longest beginning of a path. */
function sectionOf(forms: Descriptors, scope: "stream" | "connector", path: string): string | null {
  let best: string | null = null;
  let length = -1;
  for (const section of forms.sections.filter((each) => each.scope === scope))
    for (const field of section.fields) {
      const holds = path === field.path || path.startsWith(`${field.path}.`) || path.startsWith(`${field.path}[`);
      // `http` alone belongs to what stands in it first.
      const held = path !== "" && field.path.startsWith(`${path}.`);
      const size = holds ? field.path.length : held ? 0 : -1;
      if (size > length) [best, length] = [section.name, size];
    }
  return best;
}
