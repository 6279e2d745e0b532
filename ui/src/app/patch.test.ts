import { describe, expect, it } from "vitest";
import { changes, goesOn, patched } from "./patch";

const before = { title: "a", streams: [{ name: "s", fields: [{ name: "id" }, { name: "x", type: "string" }, { name: "y" }] }] };
const stream = before.streams[0] as (typeof before.streams)[number];
const withFields = (fields: object[]) => ({ ...before, streams: [{ ...stream, fields }] });
const made = (after: object) => changes(before, after);

describe("changes", () => {
  it("are none where nothing is different, and look into what is", () => {
    expect(made(structuredClone(before))).toEqual([]);
    expect(made({ ...before, more: undefined })).toEqual([]);
    expect(made({ ...before, title: "b" })).toEqual([{ way: ["title"], value: "b" }]);
    expect(made({ streams: before.streams })).toEqual([{ way: ["title"], value: undefined }]);
  });

  it.each([
    ["a text", { ...before, title: "b" }],
    ["a member that comes", { ...before, http: { base_url: "x" } }],
    ["a member that goes", { streams: before.streams }],
    ["a name", withFields([{ name: "id" }, { name: "z", type: "string" }, { name: "y" }])],
    ["two names that change places", withFields([{ name: "id" }, { name: "y", type: "string" }, { name: "x" }])],
    ["items that go", withFields([{ name: "id" }])],
    ["nothing left", {}],
  ])("make the same of the same: %s", (_, after) => {
    expect(patched(before, made(after))).toEqual(after);
  });

  it("find their item by its name where the places are others", () => {
    const typed = made(withFields([{ name: "id" }, { name: "x", type: "integer" }, { name: "y" }]));
    const ground = withFields([{ name: "x", type: "string" }, { name: "new" }]);
    expect(patched(ground, typed)).toEqual(withFields([{ name: "x", type: "integer" }, { name: "new" }]));
  });

  it("leave out what is about an item that is gone", () => {
    const typed = made(withFields([{ name: "id" }, { name: "x", type: "integer" }, { name: "y" }]));
    const ground = withFields([{ name: "id" }]);
    expect(patched(ground, typed)).toEqual(ground);
  });

  it("keep both where others were made meanwhile", () => {
    const typed = made({ ...before, title: "b" });
    const ground = withFields([{ name: "id" }]);
    expect(patched(ground, typed)).toEqual({ ...ground, title: "b" });
  });
});

describe("typing", () => {
  const next = (first: object, second: object) => goesOn(changes(before, first), changes(first, second));
  it("goes on in the same text only", () => {
    expect(next({ ...before, title: "ab" }, { ...before, title: "abc" })).toBe(true);
    expect(next({ ...before, title: "ab" }, { ...before, title: "ab", about: "x" })).toBe(false);
  });

  it("goes on in a name of a member", () => {
    expect(next({ ...before, headers: { a: "" } }, { ...before, headers: { ab: "" } })).toBe(false);
    const typed = { ...before, headers: { k: "v", a: "" } };
    const start = { ...before, headers: { k: "v" } };
    expect(goesOn(changes(start, typed), changes(typed, { ...before, headers: { k: "v", ab: "" } }))).toBe(true);
  });

  it("does not take an action with it", () => {
    const prefixed = withFields([{ name: "id" }, { name: "o_x", type: "string" }, { name: "o_y" }]);
    expect(next(prefixed, withFields([{ name: "id" }]))).toBe(false);
    expect(next(withFields([{ name: "id" }, { name: "x" }]), withFields([{ name: "id" }]))).toBe(false);
  });
});
