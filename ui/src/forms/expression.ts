import { call, type ExpressionEntry, type Member } from "../api";
import { language } from "../strings/language";

/** The expression that is open at the end of a text: what stands behind the last `{{` or `{%`; null where none is open. */
export function expressionAt(before: string): string | null {
  const open = Math.max(before.lastIndexOf("{{"), before.lastIndexOf("{%"));
  if (open < 0) return null;
  const inside = before.slice(open + 2);
  return inside.includes("}}") || inside.includes("%}") || inside.includes("\n") ? null : inside;
}

/** What is wanted at the end of an expression: members of a name, a filter, or a name or function. */
export function wanted(inside: string): { kind: "member"; path: string; word: string } | { kind: "filter" | "name"; word: string } | null {
  // Inside of a text nothing is completed.
  const quotes = inside.replace(/\\./g, "");
  if ((quotes.match(/'/g)?.length ?? 0) % 2 === 1 || (quotes.match(/"/g)?.length ?? 0) % 2 === 1) return null;
  const member = /((?:[A-Za-z_]\w*\.)+)(\w*)$/.exec(inside);
  if (member !== null) return { kind: "member", path: (member[1] ?? "").slice(0, -1), word: member[2] ?? "" };
  const filter = /\|\s*(\w*)$/.exec(inside);
  if (filter !== null) return { kind: "filter", word: filter[1] ?? "" };
  const name = /(?:^|[^\w.)\]])(\w*)$/.exec(inside);
  return name === null ? null : { kind: "name", word: name[1] ?? "" };
}

/** Something that completes an expression. */
export interface Offered {
  label: string;
  insert: string;
  detail: string;
  about: string;
}

let catalog: Promise<ExpressionEntry[]> | null = null;

/** All that expressions may use; asked for once. */
function expressionCatalog(): Promise<ExpressionEntry[]> {
  catalog ??= spoken().catch((thrown: unknown) => {
    catalog = null;
    throw thrown;
  });
  return catalog;
}

async function spoken(): Promise<ExpressionEntry[]> {
  const entries = await call("expression_catalog", {});
  if (language === "en") return entries;
  const { germanCatalog } = await import("./german");
  return germanCatalog(entries);
}

const CALLED = new Set(["function", "filter_or_function"]);
const PIPED = new Set(["filter", "filter_or_function"]);

/** What fits at the end of an expression. */
export async function complete(inside: string, id: string, stream: string, inputs: string[]): Promise<Offered[]> {
  const want = wanted(inside);
  if (want === null) return [];
  const fits = (each: Offered) => each.label.toLowerCase().startsWith(want.word.toLowerCase());
  if (want.kind === "member") {
    if (want.path === "config") return inputs.map((name) => ({ label: name, insert: name, detail: "", about: "" })).filter(fits);
    const members = await call("expression_members", { id, stream, path: want.path });
    return members.map(ofMember).filter(fits);
  }
  const entries = await expressionCatalog();
  const kinds = want.kind === "filter" ? PIPED : CALLED;
  const found = entries.filter((entry) => kinds.has(entry.kind) || (want.kind === "name" && entry.kind === "name")).map(ofEntry).filter(fits);
  // Names first: they are what most expressions begin with.
  return found.toSorted((a, b) => Number(a.insert.endsWith("()")) - Number(b.insert.endsWith("()")));
}

function ofMember(member: Member): Offered {
  return { label: member.name, insert: member.name, detail: member.value === "" ? member.kind : member.value, about: "" };
}

function ofEntry(entry: ExpressionEntry): Offered {
  const insert = entry.kind === "function" ? `${entry.name}()` : entry.name;
  return { label: entry.name, insert, detail: entry.signature === entry.name ? "" : entry.signature, about: entry.words };
}
