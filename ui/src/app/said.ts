import type { Problem, ProblemKind } from "../api";
import { isLocal } from "../api/problem";
import { language } from "../strings/language";

/** The longest text that is looked up: what is longer is no sentence of the program. */
const LONGEST = 2000;
/** How many texts are remembered. */
const KEPT = 1000;

interface Template {
  fits: RegExp;
  start: string;
  end: string;
  /** Of each place: whether it stands in quotes, so that it is a name and no word of ours. */
  quoted: boolean[];
  german: string;
}

const SLOT = /\{[n?]?\}/;

/** What says in German what the program says in English; null where it does not know the sentence. */
export function speaker(sentences: Readonly<Record<string, string>>): (text: string) => string | null {
  const exact = new Map<string, string>();
  const templates: Template[] = [];
  for (const [english, german] of Object.entries(sentences)) {
    if (SLOT.test(english)) templates.push(template(english, german));
    else exact.set(english, german);
  }
  // The one with the most words of its own first: `{} answered {}: it asks for credentials.` before `{} answered {}`.
  templates.sort((a, b) => b.fits.source.length - a.fits.source.length);

  const whole = (text: string, depth: number): string | null => {
    const known = exact.get(text);
    if (known !== undefined || depth > 4) return known ?? null;
    for (const each of templates) {
      if (!text.startsWith(each.start) || !text.endsWith(each.end)) continue;
      const found = each.fits.exec(text);
      if (found === null) continue;
      // A part of many parts, before words that fit only the last of them.
      if (each.start === "" && /; /.test(found[1] ?? "") && all(found[1] ?? "", depth + 1) === null) continue;
      const parts = found.slice(1).map((part, at) => (each.quoted[at] === true ? part : (all(part, depth + 1) ?? number(part))));
      return fill(each.german, parts);
    }
    return null;
  };
  const all = (text: string, depth: number): string | null => whole(text, depth) ?? dotless(text, depth) ?? pieces(text, /(?<=[.?!][”"]?) +(?=\S)/, " ", depth) ?? pieces(text, /; /, "; ", depth);
  // Inside of another sentence a sentence has lost its end.
  const dotless = (text: string, depth: number) => {
    const found = depth > 0 && /\w$/.test(text) && text.includes(" ") ? whole(`${text}.`, depth) : null;
    return found?.replace(/\.$/, "") ?? null;
  };
  /** Several sentences: as many at once as are known together. All must be known, or the text stays as it is. */
  const pieces = (text: string, by: RegExp, mark: string, depth: number): string | null => {
    const parts = text.split(by);
    if (parts.length < 2 || parts.length > 12) return null;
    // From each part on: where what follows is not known, fewer are taken together.
    const from = new Map<number, string | null>([[parts.length, ""]]);
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      from.set(at, null);
      for (let end = at === 0 ? parts.length - 1 : parts.length; end > at; end -= 1) {
        const rest = from.get(end) ?? null;
        const found = rest === null ? null : whole(parts.slice(at, end).join(mark), depth);
        if (found === null) continue;
        from.set(at, rest === "" || rest === null ? found : `${found}${mark}${rest}`);
        break;
      }
    }
    return from.get(0) ?? null;
  };
  const kept = new Map<string, string | null>();
  return (text) => {
    if (text === "" || text.length > LONGEST) return null;
    const before = kept.get(text);
    if (before !== undefined) return before;
    if (kept.size >= KEPT) kept.clear();
    const found = all(text, 0);
    kept.set(text, found);
    return found;
  };
}

function template(english: string, german: string): Template {
  const literals = english.split(/\{[n?]?\}/);
  const slots = english.match(/\{[n?]?\}/g) ?? [];
  const group = (slot: string | undefined) => (slot === undefined ? "" : slot === "{n}" ? "([\\d.,]+)" : slot === "{?}" ? "(.*?)" : "(.+?)");
  const source = literals.map((literal, at) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") + group(slots[at])).join("");
  return {
    fits: new RegExp(`^${source}$`, "s"),
    start: literals[0] ?? "",
    end: literals.at(-1) ?? "",
    quoted: slots.map((_, at) => /[`“"]$/.test(literals[at] ?? "")),
    german,
  };
}

/** A number as it is written in German. */
function number(text: string): string {
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return text.replaceAll(",", ".");
  return /^\d+\.\d{1,2}$/.test(text) ? text.replace(".", ",") : text;
}

function fill(german: string, parts: string[]): string {
  let next = 0;
  return german.replace(/\{(\d+|n|\?)?\}/g, (_, place: string | undefined) => {
    if (place !== undefined && /\d/.test(place)) return parts[Number(place) - 1] ?? "";
    next += 1;
    return parts[next - 1] ?? "";
  });
}

let speak: ((text: string) => string | null) | null = null;
let tellChange: ((text: string) => string) | null = null;
let about: Readonly<Record<ProblemKind, string>> | null = null;

/** Reads the German sentences, where the window speaks German. */
export async function loadSaid(): Promise<void> {
  if (language === "en") return;
  const { sentences, kinds, changes, things } = await import("../strings/de/said");
  speak = speaker(sentences);
  about = kinds;
  tellChange = changer(changes, things);
}

/** A sentence of the program in the window's language; one that is not known stays as it is. */
export function said(text: string): string {
  return speak?.(text) ?? text;
}

/** What was changed in a definition, in the window's language: `stream tickets › field price: type changed from …`. */
export function saidChange(text: string): string {
  return tellChange?.(text) ?? text;
}

/** What says a change in German: where it was, by the German names of the things; then what. */
export function changer(changes: Readonly<Record<string, string>>, things: Readonly<Record<string, string>>): (text: string) => string {
  const tell = speaker(changes);
  const names = new RegExp(`(^|› )(${Object.keys(things).join("|")}) `, "g");
  return (text) => (tell(text) ?? text).replace(names, (_, before: string, thing: string) => `${before}${things[thing] ?? thing} `);
}

/** What a problem says: its message and what to do; and the message as it came, where only its kind could be told. */
export function saidOf(problem: Problem): { message: string; hint: string | null; original: string | null } {
  const message = headline(problem);
  const hint = problem.hint == null ? null : said(problem.hint);
  if (speak === null || about === null || isLocal(problem)) return { message, hint, original: null };
  const german = speak(message);
  return german === null ? { message: about[problem.kind], hint, original: message } : { message: german, hint, original: null };
}

/** The message, without the fault that it repeats where all faults are listed below. */
function headline(problem: Problem): string {
  const end = (problem.faults ?? []).length > 1 ? problem.message.search(/ The first: /) : -1;
  return end > 0 ? problem.message.slice(0, end) : problem.message;
}
