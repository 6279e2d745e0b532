import { expect, test } from "vitest";
import { asGiven, chosen, sentHow, toSend } from "./mapping";

const proposal = { param: "email", type: "string" as const, required: true, description: "", column: "E-Mail", reason: "", confidence: 1, candidates: [] };

test("a choice reads back as it was made", () => {
  expect(chosen(proposal, undefined)).toBe(":E-Mail");
  for (const choice of ["", "=", ":E-Mail", ":a:b"]) expect(chosen(proposal, asGiven("email", choice))).toBe(choice);
});

test("nothing is sent as nothing, so that no proposal takes its place", () => {
  expect(toSend([asGiven("email", ""), asGiven("age", ":Age")])).toEqual([
    { param: "email", value: null, transform: [] },
    { param: "age", column: "Age", value: null, transform: [] },
  ]);
});

test("transforms stay when another column is chosen, and go with the value", () => {
  expect(asGiven("email", ":Mail", ["trim"])).toEqual({ param: "email", column: "Mail", value: null, transform: ["trim"] });
  expect(asGiven("email", "", ["trim"]).transform).toEqual([]);
});

test("how a batch goes is left to the connector where nothing is typed", () => {
  const nothing = { skip: false, most: "", concurrency: "", chunk: "" };
  expect(sentHow(nothing)).toMatchObject({ skip_errors: false, max_errors: null, concurrency: null, chunk: null });
  expect(sentHow({ skip: true, most: "10", concurrency: " 4", chunk: "x" })).toMatchObject({ skip_errors: true, max_errors: 10, concurrency: 4, chunk: null });
});
