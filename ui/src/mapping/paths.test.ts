import { describe, expect, it } from "vitest";
import { fitting, joined, wantedOf } from "./paths";

describe("what a source wants", () => {
  it.each([
    ["", { place: "record", base: "$", word: "" }],
    ["na", { place: "record", base: "$", word: "na" }],
    ["$", { place: "record", base: "$", word: "" }],
    ["$.", { place: "record", base: "$", word: "" }],
    ["$.na", { place: "record", base: "$", word: "na" }],
    ["$.user.", { place: "record.user", base: "$.user", word: "" }],
    ["$.user.em", { place: "record.user", base: "$.user", word: "em" }],
    ["$.items[0].s", { place: "record.items.0", base: "$.items[0]", word: "s" }],
    ["$.items[*].", { place: "record.items.0", base: "$.items[*]", word: "" }],
    ["$['first name'].x", { place: "record.first name", base: "$['first name']", word: "x" }],
    ["$.größe", { place: "record", base: "$", word: "größe" }],
    ["$..deep", null],
    ["a | b", null],
  ])("%s", (text, wanted) => {
    expect(wantedOf(text)).toEqual(wanted);
  });
});

it("names that are no words are quoted", () => {
  expect(joined("$.user", "first-name")).toBe("$.user['first-name']");
  expect(joined("$", "id")).toBe("$.id");
});

it("the last name counts, and those that begin with the word come first", () => {
  const offer = (label: string) => ({ label, insert: label, detail: "", about: "" });
  const all = ["$.surname", "$.name", "$.id", "$.user.name", "$['name x']"].map(offer);
  expect(fitting(all, "NAME").map((each) => each.label)).toEqual(["$.name", "$.user.name", "$['name x']", "$.surname"]);
});
