import { expect, test } from "vitest";
import { kindOf, placeOf, written } from "./place";

test("places are taken apart and put together", () => {
  for (const place of ["parquet:/data/p", "csv:/data/c", "postgres://ann@db.test/x?schema=raw"]) {
    expect(written(kindOf(place), placeOf(place))).toBe(place);
  }
  expect(written(kindOf("/data/x.db"), placeOf("/data/x.db"))).toBe("sqlite:/data/x.db");
  expect(written("own", "anything")).toBe("");
});
