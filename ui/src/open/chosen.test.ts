import { expect, it } from "vitest";
import type { TableChoice } from "../api";
import { atFirst, found, turned } from "./chosen";

const table = (name: string, more: Partial<TableChoice> = {}): TableChoice => ({ name, schema: null, table: name, view: false, rows: 1, columns: 2, key: ["id"], cursor: null, taken: false, ...more });
const tables = [table("public.orders"), table("public.customers"), table("public.totals", { view: true }), table("audit.log", { taken: true })];

it("finds tables by a part of their name, views only where they are wanted", () => {
  expect(found(tables, "", false).map((each) => each.name)).toEqual(["public.orders", "public.customers", "audit.log"]);
  expect(found(tables, " TOT", true).map((each) => each.name)).toEqual(["public.totals"]);
});

it("chooses all tables of a small database, none of a large one and none beside those that are read", () => {
  expect([...atFirst(tables.slice(0, 3))]).toEqual(["public.orders", "public.customers"]);
  expect(atFirst(tables).size).toBe(0);
  expect(atFirst(Array.from({ length: 51 }, (_, index) => table(`t${index}`))).size).toBe(0);
});

it("never chooses what is read already", () => {
  const all = turned(new Set(), tables, true);
  expect([...all]).toEqual(["public.orders", "public.customers", "public.totals"]);
  expect([...turned(all, tables.slice(0, 2), false)]).toEqual(["public.totals"]);
});
