import { describe, expect, it } from "vitest";
import { nodesOf } from "./json";
import { linesOf, toggled, treeStep, type Branch } from "./tree";

const branches = new Map([...(nodesOf('{"a": {"b": [1, 2]}, "c": 3}') ?? [])].map(([path, nodes]): [string, Branch] => [path, { nodes, more: false }]));
const open = toggled(toggled(new Set(), "$.a"), "$.a.b");
const lines = linesOf(branches, open);

describe("the lines of a tree", () => {
  it("are those of what is open", () => {
    expect(lines.map((line) => line.node?.path)).toEqual(["$.a", "$.a.b", "$.a.b[0]", "$.a.b[1]", "$.c"]);
    expect(linesOf(branches, toggled(open, "$.a")).map((line) => line.node?.path)).toEqual(["$.a", "$.c"]);
  });

  it("say where children are missing", () => {
    expect(linesOf(new Map(), new Set())).toMatchObject([{ node: null, parent: "$" }]);
  });
});

describe("the keys of a tree", () => {
  it.each([
    ["ArrowDown", 0, { to: 1 }],
    ["ArrowDown", 4, { to: 4 }],
    ["ArrowRight", 0, { to: 1 }],
    ["ArrowRight", 4, {}],
    ["ArrowLeft", 1, { toggle: "$.a.b" }],
    ["ArrowLeft", 3, { to: 1 }],
    // The outermost line has none that holds it.
    ["ArrowLeft", 4, {}],
    ["End", 0, { to: 4 }],
    ["x", 0, null],
  ])("%s at line %i", (key, at, to) => {
    expect(treeStep(key, at, lines)).toEqual(to);
  });
});
