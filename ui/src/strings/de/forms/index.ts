import { auth } from "./auth";
import { connector } from "./connector";
import { http } from "./http";
import { mapping } from "./mapping";
import { read } from "./read";
import type { FieldsDe, GroupDe, GroupsDe, Said } from "./words";
import { writing } from "./writing";

export { sections } from "./sections";

const base: GroupsDe = { ...connector, ...auth, ...http, ...read, ...mapping, ...writing };

/** Settings that the definition names twice, as a group and as a kind of another one: by the group, the kind. */
const TWICE: Record<string, [group: string, word: string]> = {
  graphql_body: ["body", "graphql"],
  header_pattern: ["wait", "header_regex"],
  keywords_step: ["steps", "keywords"],
  replace_args: ["transform", "replace"],
  regex_args: ["transform", "regex"],
  slice_args: ["transform", "slice"],
  parse_number_args: ["transform", "parse_number"],
  parse_date_args: ["transform", "parse_date"],
  phone_args: ["transform", "phone"],
  hash_args: ["transform", "hash"],
  map_args: ["transform", "map"],
  flatten_args: ["transform", "flatten"],
  markdown_args: ["transform", "markdown"],
  arithmetic: ["transform", "arithmetic"],
  entries_args: ["transform", "entries"],
};

function twice(): Record<string, GroupDe> {
  const found = Object.entries(TWICE).map(([name, [group, word]]) => {
    const kind = base[group]?.kinds?.[word];
    return [name, { words: base[name]?.words ?? kind?.words ?? ["", ""], fields: kind?.fields ?? {} }] as const;
  });
  return Object.fromEntries(found);
}

/** The German words of every group, by its name. */
export const groups: GroupsDe = { ...base, ...twice() };

/** What plain values are, by the model's type; then what each of their forms is. */
export const values: Readonly<Record<string, readonly string[]>> = {
  Template: ["Text, der Jinja-Ausdrücke enthalten darf (`{{ config.subdomain }}`). Ein einzelner ganzer Ausdruck behält seinen Typ."],
  Scalar: ["Der Wert eines Parameters: Text (auch mit Ausdrücken), eine Zahl oder true/false.", "Wahr oder falsch.", "Eine ganze Zahl.", "Eine andere Zahl.", "Text."],
  Duration: ["Eine Dauer: `30s`, `5m`, `1h`, `250ms` oder ISO 8601 (`PT1H`, `P30D`). Sie bleibt, wie sie geschrieben ist."],
  RateLimits: [
    "Ein Limit oder mehrere, die alle gelten: `{requests: 100, per: 1m}`, `[{requests: 10, per: 1s}, {requests: 500, per: 10m}]`.",
    "Ein Limit.",
    "Mehrere Limits.",
  ],
  Distance: ["Wie weit zwei Werte eines Cursors auseinanderliegen: eine Dauer bei Zeitpunkten (`P30D`, `PT1H`), eine ganze Zahl bei Zahlen (`1000`).", "Bei Zahlen.", "Bei Zeitpunkten."],
};

/** The words of the kind of a group; of its settings, where they are no choice. */
export function kindDe(group: string, word: string): { words: Said | undefined; fields: FieldsDe } {
  const own = groups[group];
  const kind = word === "" ? own : own?.kinds?.[word];
  return { words: kind?.words, fields: kind?.fields ?? {} };
}
