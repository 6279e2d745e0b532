import { describe, expect, it } from "vitest";
import { bytes, count } from "../src/app/format";
import { areas } from "../src/strings/language";

const files = import.meta.glob<object>(["../src/strings.ts", "../src/strings/*.ts"], { eager: true });

/** What is the same word in both languages. */
const SAME = new Set([
  "Tapwright", "updated_since", "AWS", "OAuth 2.0", "Digest", "JSON", "YAML", "README", "SQL", "CSV", "Parquet", "English", "Deutsch", "F2", "Esc",
  "Name", "Version", "Definition", "Schema", "Cursor", "Stream", "Streams", "Webhooks", "Push", "Parameter", "Status", "System", "Port",
  "Header", "Hosts", "Token", "Passphrase", "Code", "Text", "Form", "Algorithm (optional)", "Salt (optional)", "optional", "null", "Proxy", "MiB",
  "Partition", "Body", "95 % in", "99 % in",
]);

interface Pair {
  place: string;
  english: unknown;
  german: unknown;
}

/** Each word of both languages side by side. An area inside of another one is listed once, by itself. */
const pairs: Pair[] = areas.flatMap(({ name, english, german }) => {
  const inner = new Set(areas.map((area) => area.english).filter((each) => each !== english));
  return sideBySide(name, english, german, inner);
});

function sideBySide(place: string, english: unknown, german: unknown, inner: Set<object>): Pair[] {
  if (typeof english !== "object" || english === null || inner.has(english)) return [{ place, english, german }];
  const other = (german ?? {}) as Record<string, unknown>;
  const names = new Set([...Object.keys(english), ...Object.keys(other)]);
  return [...names].flatMap((key) => {
    const word = (english as Record<string, unknown>)[key];
    return typeof word === "object" && word !== null && inner.has(word) ? [] : sideBySide(`${place}.${key}`, word, other[key], inner);
  });
}

type Say = (...given: unknown[]) => unknown;
const functions = pairs.flatMap(({ place, english, german }) =>
  typeof english === "function" && typeof german === "function" ? [{ place, english: english as Say, german: german as Say }] : [],
);
const NUMBERS = [0, 1, 2, 1000];

/** What a function can be given: one parameter is a number and the others are markers, as texts or as lists. */
function givens(parameters: number): { given: unknown[]; marks: string[] }[] {
  const texts = Array.from({ length: parameters }, (_, at) => `‹${at}›`);
  const lists = texts.map((text) => [text]);
  const all: { given: unknown[]; marks: string[] }[] = [
    { given: texts, marks: texts },
    { given: lists, marks: texts },
  ];
  for (let at = 0; at < parameters; at++) {
    for (const n of NUMBERS) {
      const marks = [String(n), bytes(n), ...texts];
      all.push({ given: texts.map((text, place) => (place === at ? n : text)), marks }, { given: lists.map((list, place) => (place === at ? n : list)), marks });
    }
  }
  return all;
}

function said(say: Say, given: unknown[]): string | null {
  try {
    const text = say(...given);
    return typeof text === "string" ? text.replaceAll(count(1000), "1000") : null;
  } catch {
    return null;
  }
}

describe("the German words", () => {
  it("belong to every file of words", () => {
    const known = new Set(areas.map((area) => area.english));
    const without = Object.entries(files).flatMap(([path, exported]) =>
      Object.entries(exported).flatMap(([name, value]) => (typeof value === "object" && value !== null && name !== "areas" && !known.has(value) ? [`${path} ${name}`] : [])),
    );
    expect(without).toEqual([]);
  });

  it("have no gaps", () => {
    expect(areas.flatMap((area) => area.gaps)).toEqual([]);
  });

  it("have nothing that English does not have", () => {
    expect(pairs.filter(({ english }) => english === undefined).map(({ place }) => place)).toEqual([]);
  });

  it("are of the kind that English has", () => {
    const other = pairs.filter(({ english, german }) => english !== undefined && german !== undefined && typeof english !== typeof german);
    expect(other.map(({ place }) => place)).toEqual([]);
  });

  it("differ from the English ones", () => {
    const same = pairs.filter(({ english, german }) => typeof english === "string" && english === german && english !== "" && !SAME.has(english));
    expect(same.map(({ place, english }) => `${place}: ${String(english)}`)).toEqual([]);
  });

  it("name what they are given wherever English does", () => {
    const lost = functions.flatMap(({ place, english, german }) =>
      givens(Math.max(english.length, 1)).flatMap(({ given, marks }) => {
        const text = said(english, given);
        if (text === null) return [];
        const other = said(german, given) ?? "";
        const missing = marks.filter((mark) => text.includes(mark) && !other.includes(mark));
        return missing.length === 0 ? [] : [`${place}: “${text}” / „${other}“`];
      }),
    );
    expect(lost).toEqual([]);
  });

  it("have typographic marks", () => {
    const texts = [
      ...pairs.flatMap(({ place, german }) => (typeof german === "string" ? [[place, german] as const] : [])),
      ...functions.map(({ place, german }) => [place, said(german, ["‹0›", "‹1›", "‹2›", "‹3›", "‹4›"]) ?? ""] as const),
    ];
    const wrong = texts.filter(([, text]) => /["“][^„]*["”]|^“|\.\.\.|\S…| - |\bSie (können|müssen|haben|möchten)\b|\bIhr(e|en|er|em)? (Schlüssel|Definition|Datei)/.test(text));
    expect(wrong.map(([place, text]) => `${place}: ${text}`)).toEqual([]);
  });
});
