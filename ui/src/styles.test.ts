import { expect, test } from "vitest";

const sheets = import.meta.glob<string>("./**/*.css", { query: "?raw", import: "default", eager: true });

/** Classes that begin a rule, per sheet. */
function named(text: string): Set<string> {
  return new Set([...text.matchAll(/^\.([a-z][\w-]*)(?=[\s,{:>[.])/gm)].map(([, name]) => name ?? ""));
}

// All sheets are one when the window is built: two rooms that mean different things by a name spoil each other.
test("no two style sheets give the same class its looks", () => {
  const places = new Map<string, string[]>();
  for (const [path, text] of Object.entries(sheets)) for (const name of named(text)) places.set(name, [...(places.get(name) ?? []), path]);
  const shared = [...places].filter(([name, paths]) => paths.length > 1 && name !== "btn").map(([name, paths]) => `.${name}: ${paths.join(", ")}`);
  expect(Object.keys(sheets).length).toBeGreaterThan(10);
  expect(shared).toEqual([]);
});

test("colours stand in the tokens alone", () => {
  const own = Object.entries(sheets).flatMap(([path, text]) => (path === "./tokens.css" ? [] : [...text.matchAll(/#[0-9a-f]{3,8}\b/gi)].map(([colour]) => `${path}: ${colour}`)));
  expect(own).toEqual([]);
});
