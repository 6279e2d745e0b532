import { call, type Member } from "../api";
import { complete, expressionAt, type Offered } from "../forms/expression";
import { memberPath } from "./columns";

/** What a source that is being typed wants: members of a place, those that begin with a word. */
export interface Wanted {
  /** The place as expressions call it: `record.user`. */
  place: string;
  /** The path up to there: `$.user`. */
  base: string;
  word: string;
}

const STEP = /^(?:\.([\p{L}_][\p{L}\p{N}_]*)|\['((?:[^'\\.]|\\.)*)'\]|\[(\d+|\*)\])/u;

/** What is wanted at the end of a path; null where nothing can be said. A text without `$` is the name of a member. */
export function wantedOf(text: string): Wanted | null {
  if (!text.startsWith("$")) return /^[\p{L}\p{N}_\- ]*$/u.test(text) ? { place: "record", base: "$", word: text } : null;
  const names = ["record"];
  let at = 1;
  let before = 1;
  for (;;) {
    const found = STEP.exec(text.slice(at));
    if (found === null) break;
    before = at;
    names.push(found[1] ?? found[2] ?? (found[3] === "*" ? "0" : (found[3] ?? "")));
    at += found[0].length;
  }
  const rest = text.slice(at);
  if (rest === "." || rest === "") {
    // What stands behind the last dot is a word that may go on.
    const word = rest === "" && text[before] === "." && names.length > 1 ? (names.pop() ?? "") : "";
    return { place: names.join("."), base: text.slice(0, word === "" ? at : before), word };
  }
  return null;
}

/** A member's path behind another. */
export function joined(base: string, name: string): string {
  return `${base}${memberPath(name).slice(1)}`;
}

/** How many members that hold others are looked into, so that theirs can be found by name. */
const LOOKED_INTO = 6;
const MOST = 60;

/** What completes a source: paths of the last answer, or what completes an expression in a template. */
export async function completeSource(text: string, id: string, stream: string, inputs: string[]): Promise<Offered[]> {
  const inside = expressionAt(text);
  if (inside !== null) return complete(inside, id, stream, inputs);
  if (text.includes("{{") || text.includes("{%")) return [];
  const want = wantedOf(text);
  if (want === null) return [];
  const ask = (path: string) => call("expression_members", { id, stream, path });
  const own = await ask(want.place);
  const offers = own.map((member) => offered(want.base, member));
  if (want.base === "$") {
    const holders = own.filter((member) => member.kind === "object").slice(0, LOOKED_INTO);
    const inner = await Promise.all(holders.map(async ({ name }) => (/[.\s]/.test(name) ? [] : (await ask(`record.${name}`)).map((member) => offered(joined("$", name), member)))));
    offers.push(...inner.flat());
  }
  return fitting(offers, want.word);
}

function offered(base: string, member: Member): Offered {
  const path = joined(base, member.name);
  return { label: path, insert: path, detail: member.value === "" ? member.kind : member.value, about: "" };
}

/** Those that have the word: first where the last name begins with it. */
export function fitting(offers: Offered[], word: string): Offered[] {
  const wanted = word.toLowerCase();
  const rank = ({ label }: Offered) => {
    const name = (/(?:\.|\[')([^.[\]']+)(?:'\])?$/u.exec(label)?.[1] ?? label).toLowerCase();
    return name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : 2;
  };
  return offers
    .map((offer) => ({ offer, at: rank(offer) }))
    .filter(({ at }) => at < 2)
    .toSorted((a, b) => a.at - b.at)
    .map(({ offer }) => offer)
    .slice(0, MOST);
}
