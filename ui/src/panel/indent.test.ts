import { expect, it } from "vitest";
import { indented } from "./indent";

it.each([
  ['{"id":12345678901234567890,"at":null}', '{\n  "id": 12345678901234567890,\n  "at": null\n}'],
  ['[{"a":[]},{},[1, 2]]', '[\n  {\n    "a": []\n  },\n  {},\n  [\n    1,\n    2\n  ]\n]'],
  ['{"a":"x, {y}: \\"z\\" [1]"}', '{\n  "a": "x, {y}: \\"z\\" [1]"\n}'],
  ['{ "a" : { } }', '{\n  "a": {}\n}'],
  ["12", "12"],
  ["plain {text}", "plain {text}"],
  ['{"cut": [1, ', '{"cut": [1, '],
  ["[1]]", "[1]]"],
  ["[x]  two  spaces", "[x]  two  spaces"],
])("%s", (text, shown) => {
  expect(indented(text)).toBe(shown);
});

it("leaves what is very long", () => {
  const long = `[${"1,".repeat(200_000)}1]`;
  expect(indented(long)).toBe(long);
});
