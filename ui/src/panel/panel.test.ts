import { describe, expect, it } from "vitest";
import type { Stream, StreamPreview } from "../api";
import { further } from "./further";
import { matching, partNames, partWords, typedPart } from "./parts";
import { isPlain, turned } from "../result/useLook";
import { differences } from "./differences";

const known = ['{"region":"eu"}', '{"region":"us"}', '{"region":"south africa"}'];
const spans = ['{"month":{"start":"2024-01-01","end":"2024-01-31"}}'];

describe("parts of a stream", () => {
  it.each([
    ["eu", known, ["region"], '{"region":"eu"}'],
    ["region eu", known, ["region"], '{"region":"eu"}'],
    ["region=mars", known, ["region"], '{"region":"mars"}'],
    ["south africa", known, ["region"], '{"region":"south africa"}'],
    ["17", [], ["customer_id"], '{"customer_id":17}'],
    ["007", [], ["customer_id"], '{"customer_id":"007"}'],
    ["month 2024-01-01 – 2024-01-31", spans, ["month"], spans[0]],
    ["2024-01-15", spans, ["month"], '{"month":"2024-01-15"}'],
    ["org acme, repo=web", [], ["org", "repo"], '{"org":"acme","repo":"web"}'],
    ["org=acme, id=3", [], ["id"], '{"org":"acme","id":3}'],
    ["acme", [], ["org", "repo"], null],
    ["  ", known, ["region"], null],
  ])("%s", (text, parts, names, expected) => {
    expect(typedPart(text, parts, names)).toBe(expected);
  });

  it("are named as a person says them", () => {
    expect(partWords(spans[0] ?? "")).toBe("month 2024-01-01 – 2024-01-31");
    expect(partWords('{"id":3,"parent":{"name":"x"}}')).toBe("id 3");
    expect(matching("REG us", known)).toEqual(['{"region":"us"}']);
    expect(partNames({ name: "s", partitions: [{ type: "list", as: "region" }] } as unknown as Stream)).toEqual(["region"]);
  });
});

describe("reading further", () => {
  const preview = (pages: number, records: number, ended: StreamPreview["ended"], limited = true) => ({ limited, ended, asked: { pages, records } }) as StreamPreview;
  it.each([
    [preview(3, 500, "pages"), { pages: 10, records: 5_000 }],
    [preview(10, 5_000, "records"), { pages: 50, records: 20_000 }],
    [preview(3, 500, "stopped"), { pages: 10, records: 5_000 }],
    [preview(1_000, 100_000, "pages"), null],
    [preview(50, 20_000, "bytes"), null],
    [preview(3, 500, null, false), null],
  ])("goes on in steps (%#)", (given, expected) => {
    expect(further(given)).toEqual(expected);
  });
});

describe("what is declared against what was seen", () => {
  const stream = {
    name: "s",
    fields: [{ name: "id", type: "integer" }, { name: "price", type: "number" }, { name: "at", type: "string" }, { name: "user", type: "object" }, { name: "both", template: "{{ record.a }}", type: "string" }],
  } as unknown as Stream;
  const seen = (name: string, type: string, from = `$.${name}`) => ({ field: { name, from, type }, type: { field: name, path: from, type, seen: 3, evidence: "" } });
  const given = (...all: ReturnType<typeof seen>[]) => ({ records: 3, of: 3, fields: all.map((each) => each.field), types: all.map((each) => each.type) }) as never;

  it("names types that differ and columns that are new", () => {
    const found = differences(stream, given(seen("id", "integer"), seen("price", "integer"), seen("at", "datetime"), seen("name", "string", "$.user.name"), seen("a", "string"), seen("late", "date")), new Set());
    expect(found.types.map(({ name, field }) => [name, field.type])).toEqual([["at", "datetime"]]);
    expect(found.fresh.map((field) => field.name)).toEqual(["late"]);
  });

  it("leaves a locked type and a column of nulls alone", () => {
    const none = seen("id", "string");
    none.type.seen = 0;
    const found = differences(stream, given(none, seen("at", "datetime")), new Set(["at"]));
    expect(found.types).toEqual([]);
  });

  it("gives a new column a name of its own", () => {
    const found = differences(stream, given(seen("ID", "integer")), new Set());
    expect(found.fresh.map((field) => [field.name, field.from])).toEqual([["ID_2", "$.ID"]]);
  });
});

describe("the order of records", () => {
  it("goes from smallest first to greatest first to none", () => {
    const up = turned(null, "id");
    expect(up).toEqual({ column: "id", descending: false });
    const down = turned(up, "id");
    expect(down).toEqual({ column: "id", descending: true });
    expect(turned(down, "id")).toBeNull();
    expect(turned(down, "name")).toEqual({ column: "name", descending: false });
    expect(isPlain({ filter: " ", sort: null }) && !isPlain({ filter: "", sort: up })).toBe(true);
  });
});
