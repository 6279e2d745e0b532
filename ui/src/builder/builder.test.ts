import { describe, expect, it } from "vitest";
import type { Definition } from "../api";
import { descriptors, withLists } from "../../tests/dev/forms";
import { add, duplicate, move, remove, rename } from "./edits";
import { spotOf } from "./place";
import { listAt, rowOf, rowsOf, type GroupName, type Unfolded } from "./rows";
import { step } from "./step";
import { parent } from "./useGoal";

const all: Unfolded = { groups: new Set<GroupName>(["settings", "streams", "actions", "webhooks", "destinations"]), stream: "b", columns: true };

function made(): Definition {
  return {
    tapwright: 1, name: "x", http: { base_url: "https://a.test" },
    streams: [
      { name: "a", fields: [{ name: "id" }] },
      { name: "b", fields: [{ name: "total" }], partitions: [{ type: "parent", stream: "a", value: "$.id", as: "a_id" }] },
    ],
    actions: [{ name: "send" }],
    webhooks: [{ name: "hook", routes: [{ event: "*", stream: "a" }] }],
    destinations: [{ name: "push", stream: "a", key: [], create: { action: "send" } }],
  } as unknown as Definition;
}

describe("the tree", () => {
  it("has a line for each part, and the parts of one stream", () => {
    const rows = rowsOf(made(), descriptors, [], all);
    expect(rows.map((row) => `${row.level} ${row.kind} ${row.label === "" ? row.group : row.label}`)).toEqual([
      "1 group settings", "2 section Inputs", "2 section Sign-in",
      "1 group streams", "2 stream a", "2 stream b", "3 section Request", "3 section Pages", "3 section Job",
      "1 group actions", "2 item send", "1 group webhooks", "2 item hook", "1 group destinations", "2 item push",
    ]);
  });

  it("finds streams by their name and their columns, and other parts", () => {
    const labels = (filter: string) => rowsOf(made(), descriptors, [], all, filter).filter((row) => row.kind !== "group").map((row) => row.label);
    expect(labels("tot")).toEqual(["b", "total"]);
    expect(labels("SIGN")).toEqual(["Sign-in"]);
    expect(labels("send")).toEqual(["send"]);
    expect(labels("zzz")).toEqual([]);
  });

  it("says at an empty list how it is filled, and knows the list of each line", () => {
    const rows = rowsOf({ ...made(), actions: [], webhooks: undefined } as unknown as Definition, withLists, [], all);
    expect(rows.filter((row) => row.kind === "empty").map((row) => row.id)).toEqual(["actions/none", "webhooks/none"]);
    const place = (id: string) => listAt(rows, rows.findIndex((row) => row.id === id));
    expect([place("settings"), place("auth"), place("streams"), place("streams[1].paginate"), place("actions/none"), place("destinations/0")]).toEqual([
      null, null, "streams", "streams", "actions", "destinations",
    ]);
    expect(rowsOf({ ...made(), actions: [] } as unknown as Definition, withLists, [], all, "zzz")).toEqual([]);
  });

  it("counts faults where they are and above", () => {
    const faults = [{ code: "x", path: "streams[1].paginate.next", message: "m" }, { code: "x", path: "http.auth.token", message: "m" }, { code: "x", path: "actions[0].name", message: "m" }];
    const rows = rowsOf(made(), descriptors, faults, all);
    expect(rows.filter((row) => row.faults > 0).map((row) => row.id)).toEqual(["settings", "auth", "streams", "streams[1]", "streams[1].paginate", "actions", "actions/0"]);
  });

  it("has a line a stream, however many columns they have", () => {
    const streams = Array.from({ length: 200 }, (_, at) => ({ name: `s${at}`, fields: Array.from({ length: 40 }, (__, n) => ({ name: `f${n}` })) }));
    const rows = rowsOf({ ...made(), streams } as Definition, descriptors, [], { ...all, stream: "s7" });
    expect(rows.filter((row) => row.kind === "stream")).toHaveLength(200);
    expect(rows.filter((row) => row.kind === "section" && row.level === 3)).toHaveLength(3);
    expect(rows.filter((row) => row.kind === "column")).toHaveLength(0);
  });

  it("knows the line of what is chosen", () => {
    const rows = rowsOf(made(), descriptors, [], all);
    expect(rows[rowOf(rows, { section: "paginate", stream: "b", item: null })]?.id).toBe("streams[1].paginate");
    expect(rows[rowOf(rows, { section: "actions", stream: "b", item: { list: "actions", index: 0 } })]?.label).toBe("send");
  });

  it("is walked by arrows", () => {
    const rows = rowsOf(made(), descriptors, [], all);
    expect(step("ArrowDown", 0, rows)).toEqual({ to: 1 });
    expect(step("ArrowLeft", 1, rows)).toEqual({ to: 0 });
    expect(step("ArrowLeft", 0, rows)).toEqual({ toggle: true });
    expect(step("ArrowRight", 0, rows)).toEqual({ to: 1 });
    expect(step("ArrowRight", 4, rows)).toEqual({ toggle: true });
    expect(step("End", 0, rows)).toEqual({ to: rows.length - 1 });
    expect(step("x", 0, rows)).toBeNull();
  });
});

describe("changes of the tree", () => {
  it("adds and duplicates under a free name", () => {
    expect(add(made(), "streams", descriptors).definition.streams?.[2]).toEqual({ name: "stream", request: { path: "" } });
    expect(add(made(), "actions", descriptors).definition.actions?.map((each) => each.name)).toEqual(["send", "action"]);
    const twice = duplicate(made(), "streams", 0);
    expect(twice.index).toBe(1);
    expect(twice.definition.streams?.map((each) => each.name)).toEqual(["a", "a_2", "b"]);
  });

  it("removes and moves, and not further than it goes", () => {
    expect(remove(made(), "actions", 0).actions).toBeUndefined();
    expect(move(made(), "streams", 0, 1).streams?.map((each) => each.name)).toEqual(["b", "a"]);
    const before = made();
    expect(move(before, "streams", 0, -1)).toBe(before);
  });

  it("renames a stream, an action and all that refers to them", () => {
    const next = rename(made(), "streams", 0, "people");
    expect(next.streams?.[1]?.partitions?.[0]).toMatchObject({ stream: "people" });
    expect(next.webhooks?.[0]?.routes?.[0]?.stream).toBe("people");
    expect(next.destinations?.[0]?.stream).toBe("people");
    expect(rename(made(), "actions", 0, "post").destinations?.[0]?.create?.action).toBe("post");
    const before = made();
    expect(rename(before, "streams", 0, "")).toBe(before);
  });
});

describe("the way to a field", () => {
  it("leads to the section, the item or the column", () => {
    const spot = (path: string) => spotOf(made(), descriptors, path);
    expect(spot("streams[1].paginate.inject.query")).toEqual({ stream: "b", item: null, section: "paginate", column: null });
    expect(spot("streams[1].fields[0].transform[2]")).toMatchObject({ stream: "b", column: 0 });
    expect(spot("http.auth.token")).toMatchObject({ section: "auth", stream: "" });
    expect(spot("http")).toMatchObject({ section: "auth" });
    expect(spot("actions[0].request.path")).toMatchObject({ section: "actions", item: { list: "actions", index: 0 } });
    expect(spot("nowhere")).toBeNull();
    expect(spot("")).toBeNull();
    expect(spot("streams[9].name")).toBeNull();
  });

  it("goes up by keys and places", () => {
    expect(parent("streams[1].paginate.inject")).toBe("streams[1].paginate");
    expect(parent('query["a.b"]')).toBe("query");
    expect(parent("streams[1]")).toBe("streams");
    expect(parent("http")).toBe("");
  });
});
