import { expect, it } from "vitest";
import { descriptors as forms } from "../../tests/dev/forms";
import { definition } from "../../tests/dev/made";
import { givenForm, isComplete, kindOfForm, otherNames, startForm } from "./authForm";

const basic = kindOfForm(forms, "basic");

it("puts references in the place of values, and the values apart", () => {
  if (basic === undefined) throw new Error("basic");
  const start = startForm(forms, basic);
  expect(isComplete(basic, start)).toBe(false);
  const filled = { auth: { type: "basic", username: "{{ config.user }}" }, texts: { "auth.password": "s3cret" }, others: { user: "ann" } };
  expect(isComplete(basic, filled)).toBe(true);
  const given = givenForm(basic, filled, { ...definition, config: [{ name: "password" }] });
  expect(given).toEqual({
    auth: { type: "basic", username: "{{ config.user }}", password: "{{ config.password_2 }}" },
    inputs: [
      { name: "user", title: "User", required: true },
      { name: "password_2", title: "password", required: true, type: "secret" },
    ],
    values: { user: "ann" },
    secrets: { password_2: "s3cret" },
  });
  expect(JSON.stringify(given.auth)).not.toContain("s3cret");
});

it("leaves out what may be empty", () => {
  if (basic === undefined) throw new Error("basic");
  const given = givenForm(basic, { auth: { type: "basic", username: "ann", password: "" }, texts: {}, others: {} }, definition);
  expect(given).toEqual({ auth: { type: "basic", username: "ann" }, inputs: [], values: {}, secrets: {} });
  expect(otherNames({ a: "{{ config.x }} {{ config.y }}", b: ["{{ config.x }}"] })).toEqual(["x", "y"]);
});
