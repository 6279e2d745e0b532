import { readFileSync } from "node:fs";
import { describe as group, expect, it } from "vitest";
import { placeAt } from "./context";
import { describe, offers, type Schema } from "./schema";

const root = JSON.parse(readFileSync("../schemas/connector.schema.json", "utf8")) as Schema;

/** The place at the bar in a text. */
function at(text: string) {
  const lines = text.split("\n");
  const row = lines.findIndex((line) => line.includes("|"));
  const line = lines[row] ?? "";
  const column = line.indexOf("|");
  return placeAt(lines.slice(0, row), line.replace("|", ""), column, lines.slice(row + 1));
}

function offered(text: string, streams: string[] = []): string[] {
  const place = at(text);
  return place === null ? [] : offers(root, place, streams).map((offer) => offer.label);
}

group("the place in a text", () => {
  it("is told from the lines above", () => {
    const cases: [string, (string | number)[], "key" | "value", string, string][] = [
      ["|", [], "key", "", ""],
      ["name: x\nhttp:\n  ba|", ["http"], "key", "http", "ba"],
      ["http:\n  auth:\n    type: be|", ["http", "auth"], "value", "type", "be"],
      ["streams:\n  - name: a\n    |", ["streams", 0], "key", "streams", ""],
      ["streams:\n  - name: a\n  - name: b\n    paginate:\n      type: |", ["streams", 1, "paginate"], "value", "type", ""],
      ["streams:\n- name: a\n- name: b\n  request:\n    |", ["streams", 1, "request"], "key", "request", ""],
      ["streams:\n  - |", ["streams", 0], "key", "streams", ""],
      ["streams:\n  - name: a\n    paginate: {type: page, in|", ["streams", 0, "paginate"], "key", "paginate", "in"],
      ["streams:\n  - name: a\n    paginate: {type: page, inject: {query: |", ["streams", 0, "paginate", "inject"], "value", "query", ""],
      ["streams:\n  - name: a\n    fields:\n      - {name: x, type: in|", ["streams", 0, "fields", 0], "value", "type", "in"],
      ["streams:\n  - name: a\n    fields:\n      - name: x\n        transform: [trim, lo|", ["streams", 0, "fields", 0, "transform", 1], "key", "transform", "lo"],
    ];
    for (const [text, path, kind, key, word] of cases) {
      const place = at(text);
      expect([place?.path, place?.kind, place?.key, place?.word], text).toEqual([path, kind, key, word]);
    }
    expect(at("name: x # a comm|")).toBeNull();
    expect(at("name: x\ntitle: y\n|\nhttp:\n  base_url: z")?.siblings).toEqual({ name: "x", title: "y", http: "" });
  });
});

group("what is offered", () => {
  it("are keys that are not there yet, the needed ones first", () => {
    const top = offered("tapwright: 1\n|");
    expect(top[0]).toBe("name");
    expect(top).toContain("streams");
    expect(top).not.toContain("tapwright");
  });

  it("are the kinds, and the settings of the kind that is chosen", () => {
    expect(offered("streams:\n  - name: a\n    paginate: {type: |")).toEqual(expect.arrayContaining(["page", "offset", "cursor", "next_url", "link_header"]));
    const page = offered("streams:\n  - name: a\n    paginate:\n      type: page\n      |");
    expect(page).toContain("omit_first");
    expect(page).not.toContain("next");
    expect(offered("http:\n  auth:\n    type: |")).toEqual(expect.arrayContaining(["bearer", "oauth2"]));
  });

  it("are words, yes and no, and names of streams", () => {
    expect(offered("streams:\n  - name: a\n    fields:\n      - name: x\n        type: |")).toEqual(expect.arrayContaining(["string", "decimal", "datetime"]));
    expect(offered("streams:\n  - name: a\n    paginate: {type: page, omit_first: |")).toEqual(["true", "false"]);
    expect(offered("streams:\n  - name: a\n    partitions:\n      - type: parent\n        stream: |", ["people", "orders"])).toEqual(["people", "orders"]);
    expect(offered("streams:\n  - name: a\n    fields:\n      - name: x\n        transform:\n          - |")).toEqual(expect.arrayContaining(["trim", "replace"]));
  });

  it("comes with what it is", () => {
    const place = at("streams:\n  - name: a\n    paginate:\n      type: page\n      start: |");
    expect(place === null ? "" : describe(root, place)).toContain("first page's number");
  });
});
