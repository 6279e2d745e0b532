import { describe, expect, it } from "vitest";
import { completions, quotedName, wordAt } from "../src/data/complete";
import { arranged, fitting, ordered } from "../src/data/layout";
import { asJson, asTsv, between, holds } from "../src/data/range";
import { ROW, scrollTo, sight } from "../src/data/useView";
import { nearest, path, ticks } from "../src/run/scale";

describe("what is in sight", () => {
  it.each([0, 1, 100, 1_000_000, 5_000_000])("is bounded and reaches the last of %i rows", (total) => {
    const box = { height: 600, top: 0 };
    const { room } = sight(total, box);
    expect(room).toBeLessThanOrEqual(30_000_000);
    for (const top of [0, room / 3, Math.max(0, room - (box.height - 32))]) {
      const seen = sight(total, { ...box, top });
      expect(seen.last - seen.first).toBeLessThan(40);
      expect(seen.last).toBeLessThan(Math.max(1, total));
    }
    if (total > 0) expect(sight(total, { ...box, top: room - 568 }).last).toBe(total - 1);
  });

  it("comes to any row that is gone to", () => {
    for (const [total, row] of [[1_000_000, 500_000], [5_000_000, 4_999_999], [5_000_000, 17], [10, 9]] as const) {
      let box = { height: 600, top: 0 };
      for (let tries = 0; tries < 3; tries += 1) {
        const top = scrollTo(total, row, box);
        if (top !== null) box = { ...box, top };
      }
      const seen = sight(total, box);
      expect(seen.first).toBeLessThanOrEqual(row);
      expect(seen.last).toBeGreaterThanOrEqual(row);
      const at = seen.topOf(row) - box.top;
      expect(at).toBeGreaterThanOrEqual(-1);
      expect(at).toBeLessThanOrEqual(568 - ROW + 1);
    }
  });
});

describe("the layout of columns", () => {
  const columns = ["a", "b", "c"].map((name) => ({ name, type: "string" as const, key: false }));

  it("orders, hides and widens, and lets new ones stand at the end", () => {
    const layout = { order: ["c", "a"], hidden: ["a"], widths: { c: 300 } };
    expect(arranged(columns, layout).map(({ name, place, width }) => [name, place, width])).toEqual([["c", 2, 300], ["b", 1, 208]]);
    expect(ordered(columns, layout)).toEqual(["c", "a", "b"]);
    expect([fitting(1), fitting(99_999)]).toEqual([48, 1200]);
  });
});

describe("what is copied", () => {
  it("is a rectangle from corner to corner", () => {
    const range = between({ row: 5, column: 1 }, { row: 2, column: 3 });
    expect(range).toEqual({ top: 2, bottom: 5, left: 1, right: 3 });
    expect([holds(range, 5, 3), holds(range, 6, 3)]).toEqual([true, false]);
  });

  it("is quoted where a spreadsheet would be misled", () => {
    expect(asTsv([["a", null, 'say "x"'], ["line\nend", "tab\there", ""]])).toBe('a\t\t"say ""x"""\n"line\nend"\t"tab\there"\t');
  });

  it("keeps every digit as JSON", () => {
    const columns = [{ name: "id", type: "integer" }, { name: "doc", type: "json" }, { name: "t", type: "string" }, { name: "d", type: "decimal" }];
    expect(asJson(columns, [["12345678901234567890", '{"a":1}', "007", "1.10"]])).toBe('{"id": 12345678901234567890, "doc": {"a":1}, "t": "007", "d": 1.10}');
    expect(asJson(columns, [["007", "{no", null, "NaN"]])).toBe('{"id": "007", "doc": "{no", "t": null, "d": "NaN"}');
  });
});

describe("names in SQL", () => {
  const tables = [
    { name: "customers", rows: 1, columns: [["id", "integer"], ["city", "string"]] as [string, "integer" | "string"][] },
    { name: "odd name", rows: 1, columns: [["order", "string"]] as [string, "string"][] },
  ];

  it("are completed: columns of the tables that are named first", () => {
    expect(completions("SELECT c", 8, tables)[0]).toBe("customers");
    expect(completions("SELECT ci FROM customers", 9, tables)).toEqual(["city"]);
    expect(completions("sel", 3, tables)).toEqual(["SELECT"]);
    expect(completions("SELECT ", 7, tables)).toEqual([]);
    expect(wordAt("a.ci", 4)).toEqual({ from: 2, word: "ci" });
  });

  it("are quoted where they must be", () => {
    expect([quotedName("customers"), quotedName("odd name"), quotedName('a"b')]).toEqual(["customers", '"odd name"', '"a""b"']);
  });
});

describe("a chart", () => {
  it("has round marks that reach over the greatest value", () => {
    for (const most of [0, 0.4, 1, 7, 99, 100, 101, 123_456, 9e9]) {
      const marks = ticks(most);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(marks.length).toBeLessThanOrEqual(5);
      expect(marks[0]).toBe(0);
    }
  });

  it("breaks its line where there is no value, and finds the nearest point", () => {
    const points = [[0, 1], [10, null], [20, 3], [30, 4]].map(([at, value]) => ({ at: at ?? 0, values: [value ?? null] }));
    expect(path(points, 0, (x) => x, (y) => y)).toBe("M0.0 1.0M20.0 3.0L30.0 4.0");
    expect([nearest(points, -5), nearest(points, 17), nearest(points, 99)]).toEqual([0, 2, 3]);
  });
});
