import { expect, it } from "vitest";
import { isLong, sizeOf } from "./size";

const page = (records: number, duration_ms: number) => ({ records, response: { duration_ms } }) as never;

it("a known total tells how long a sync may take", () => {
  expect(sizeOf([])).toBeNull();
  expect(sizeOf([{ total: null, pages: [page(100, 50)] }])).toBeNull();
  const size = sizeOf([{ total: 1_000, pages: [page(100, 200), page(100, 400)] }, { total: 10, pages: [] }]);
  expect(size).toEqual({ total: 1_010, ms: 3_000 });
  expect(isLong({ total: 1_010, ms: 3_000 })).toBe(false);
  expect(isLong({ total: 1_010, ms: 61_000 })).toBe(true);
  expect(isLong({ total: 1_240_000, ms: 0 })).toBe(true);
});
