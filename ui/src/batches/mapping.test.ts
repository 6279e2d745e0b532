import { expect, test } from "vitest";
import { asGiven, chosen, toSend } from "./mapping";

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
