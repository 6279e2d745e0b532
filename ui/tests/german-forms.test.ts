import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Schema } from "../src/builder/yaml/schema";
import { germanForms, germanSchema, groupName, RENAMED, sectionField, usualIn, wordOf } from "../src/forms/german";
import { groups, kindDe, sections, values } from "../src/strings/de/forms";
import { expressions } from "../src/strings/de/forms/expressions";
import type { FieldsDe } from "../src/strings/de/forms/words";

const WORDS = "../crates/definition/src/forms/words";
const schema = JSON.parse(readFileSync("../schemas/connector.schema.json", "utf8")) as Schema;
const types = Object.entries(schema.$defs ?? {}).filter(([type]) => values[type] === undefined);

/** What the English table says, as far as names go: the types with a name of their own, and the sections. */
const table = readdirSync(WORDS).map((file) => readFileSync(`${WORDS}/${file}`, "utf8"));
const named = table.flatMap((text) => [...text.matchAll(/^(\w+):\n {2}name: (\w+)$/gm)].map(([, type = "", name = ""]) => [type, name] as const));
const parts = table.flatMap((text) =>
  [...text.matchAll(/^- \{name: (\w+), scope: (connector|stream), .*?fields: \[([^\]]*)\]/gm)].map(([, name = "", scope = "", fields = ""]) => ({
    name,
    scope: scope as "connector" | "stream",
    fields: fields.split(", "),
  })),
);

interface Place {
  place: string;
  /** Whether English has a help there. */
  helped: boolean;
  words: readonly [string, string, string?] | undefined;
}

const isWord = (each: Schema) => each.const !== undefined || each.enum !== undefined;

function resolve(inner: Schema): Schema {
  const type = inner.$ref?.slice("#/$defs/".length) ?? "";
  return schema.$defs?.[type] ?? inner;
}

function helps(inner: Schema): boolean {
  return (inner.description ?? resolve(inner).description ?? "") !== "";
}

/** The settings of a mapping. */
function settings(place: string, inner: Schema, fields: FieldsDe, skip = ""): Place[] {
  const all = Object.entries(inner.properties ?? {}).filter(([name]) => name !== skip);
  return all.map(([name, each]) => ({ place: `${place}.${name}`, helped: helps(each), words: fields[name] }));
}

/** One branch of a choice: its kinds with their settings. */
function branch(group: string, inner: Schema): Place[] {
  const words = inner.enum === undefined ? [wordOf(inner) ?? ""] : inner.enum.map(String);
  return words.flatMap((word) => {
    const said = kindDe(group, word);
    const own: Place = { place: `${group} ${word}`, helped: inner.description !== undefined, words: said.words };
    if (isWord(inner)) return [own];
    if (inner.properties?.["type"]?.const !== undefined) return [own, ...settings(own.place, inner, said.fields, "type")];
    const value = inner.properties?.[word] ?? {};
    const target = resolve(value);
    if (target.properties !== undefined && target.oneOf === undefined) return [own, ...settings(own.place, target, said.fields)];
    return [own, { place: `${own.place}.`, helped: value.description !== undefined, words: said.fields[""] }];
  });
}

/** Every place that needs words. */
const needed: Place[] = [
  ...settings("connector", schema, groups["connector"]?.fields ?? {}),
  ...types.flatMap(([type, inner]) => {
    const name = groupName(type);
    const own: Place = { place: name, helped: inner.description !== undefined, words: groups[name]?.words };
    const kinds = inner.oneOf ?? (inner.enum === undefined ? null : [inner]);
    return [own, ...(kinds === null ? settings(name, inner, groups[name]?.fields ?? {}) : kinds.flatMap((each) => branch(name, each)))];
  }),
];

/** Every place that has German words. */
const given: [place: string, words: readonly [string, string, string?]][] = Object.entries(groups).flatMap(([group, { words, fields, kinds }]) => [
  [group, words],
  ...Object.entries(fields ?? {}).map(([name, said]) => [`${group}.${name}`, said] as [string, typeof said]),
  ...Object.entries(kinds ?? {}).flatMap(([word, kind]) => [
    [`${group} ${word}`, kind.words] as [string, typeof kind.words],
    ...Object.entries(kind.fields ?? {}).map(([name, said]) => [`${group} ${word}.${name}`, said] as [string, typeof said]),
  ]),
]);

function descriptions(inner: unknown, path: string): [string, string][] {
  if (typeof inner !== "object" || inner === null) return [];
  return Object.entries(inner).flatMap(([key, value]) =>
    key === "description" && typeof value === "string" ? [[path, value] as [string, string]] : descriptions(value, `${path}/${key}`),
  );
}

describe("the German words of the forms", () => {
  it("are there for every kind and setting that the definition knows", () => {
    expect(needed.filter(({ words }) => words === undefined || words[0] === "").map(({ place }) => place)).toEqual([]);
  });

  it("help wherever English does", () => {
    expect(needed.filter(({ words, helped }) => helped && words?.[1] === "").map(({ place }) => place)).toEqual([]);
  });

  it("are for nothing that the definition does not know", () => {
    const known = new Set(["connector", ...needed.map(({ place }) => place)]);
    expect(given.filter(([place]) => !known.has(place)).map(([place]) => place)).toEqual([]);
  });

  it("belong to the groups that the English table names", () => {
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(([type, name]) => groupName(type) !== name)).toEqual([]);
    expect(Object.keys(RENAMED).filter((type) => schema.$defs?.[type] === undefined)).toEqual([]);
  });

  it("are there for every section and its fields, and for no other", () => {
    expect(parts.map(({ name }) => name).toSorted()).toEqual(Object.keys(sections).toSorted());
    expect(parts.flatMap(({ name, scope, fields }) => fields.filter((path) => sectionField(scope, path) === undefined).map((path) => `${name}: ${path}`))).toEqual([]);
  });

  it("reach every description that the text of a definition is explained by", () => {
    const german = new Map(descriptions(germanSchema(schema), ""));
    const same = new Set(given.map(([, words]) => words[1]));
    const left = descriptions(schema, "").filter(([path, text]) => german.get(path) === text && !same.has(text));
    expect(left.map(([path, text]) => `${path}: ${text}`)).toEqual([]);
  });

  it("have typographic marks", () => {
    const texts = [...given, ...Object.entries(sections)].flatMap(([place, words]) => words.map((text = "") => [place, text.replace(/`[^`]*`/g, "")] as const));
    const wrong = texts.filter(([, text]) => /["`]|“(?<!„[^“]*“)|\.\.\.|\S…| - |\s$|\bSie (können|müssen|haben|möchten)\b/.test(text));
    expect(wrong.map(([place, text]) => `${place}: ${text}`)).toEqual([]);
  });

  it("say what holds where nothing is given, as English does", () => {
    const said = (text: string) => /\bDefault:?\s/.test(text);
    const english = new Map(descriptions(schema, ""));
    const lost = descriptions(germanSchema(schema), "").filter(([path, text]) => said(english.get(path) ?? "") !== (usualIn(text) !== null));
    expect(lost.map(([path]) => path)).toEqual([]);
    expect(usualIn("Wie lange. Standard: `30s`. Mehr.")).toBe("30s");
    expect(usualIn("Seiten. Standard: 1.000.000.")).toBe("1.000.000");
    expect(usualIn("Wie lange.")).toBeNull();
  });
});

describe("the German words of expressions", () => {
  const entriesOf = (file: string, made: string) =>
    [...readFileSync(`../crates/definition/src/expression/${file}.rs`, "utf8").matchAll(new RegExp(`^ {4}(?:${made})\\(\\s*\\[\\s*"(\\w+)"`, "gm"))].map((found) => found[1]);

  it("are there for every name, function and filter that is completed, and for no other", () => {
    expect(Object.keys(expressions.name).toSorted()).toEqual(entriesOf("names", "name").toSorted());
    expect(Object.keys(expressions.function).toSorted()).toEqual(entriesOf("functions", "function|both").toSorted());
    expect(Object.keys(expressions.filter).toSorted()).toEqual(entriesOf("filters", "filter").toSorted());
  });
});

describe("the forms in German", () => {
  const field = (path: string, more: object) => ({ path, label: "English", help: "English.", kind: "text" as const, required: false, secret: false, advanced: false, ...more });
  const word = (type: string) => ({ type, form: "word" as const, title: `The ${type}`, help: "", fields: [], example: type });
  const places = ["header", "query", "cookie", "body"];
  const option = (value: string) => ({ value, label: `The ${value}`, help: "" });
  const key = {
    type: "api_key", form: "tagged" as const, title: "API key", help: "English.", example: null,
    fields: [field("in", { kind: "choice", default: "header", options: places.map(option) }), field("list", { kind: "list", item: { kind: "choice", options: places.map(option) } })],
  };
  const forms = germanForms({
    sections: [{ name: "pace", scope: "connector", title: "Pace", help: "English.", fields: [field("http.concurrency", { default: "4" })] }],
    groups: [
      { name: "auth", title: "Sign-in", help: "English.", place: "http.auth", kinds: [key] },
      { name: "api_key_place", title: "Place", help: "", place: "", kinds: places.map(word) },
      { name: "new_group", title: "New", help: "New.", place: "", kinds: [] },
    ],
  });

  it("have the words of their places, whatever the English ones are", () => {
    expect(forms.sections[0]).toMatchObject({ title: "Tempo und Versuche", fields: [{ label: "Anfragen zugleich", default: "4" }] });
    expect(forms.groups[0]?.kinds[0]).toMatchObject({ title: "API-Schlüssel", type: "api_key" });
  });

  it("have the words of a choice, in a list too", () => {
    const [one, list] = forms.groups[0]?.kinds[0]?.fields ?? [];
    expect(one).toMatchObject({ label: "Wo er steht", default: "header" });
    expect(one?.options?.[1]).toMatchObject({ value: "query", label: "In der Query" });
    expect(list?.item?.options?.[2]?.label).toBe("In einem Cookie");
  });

  it("stay English where German is not there yet", () => {
    expect(forms.groups[2]?.title).toBe("New");
  });
});
