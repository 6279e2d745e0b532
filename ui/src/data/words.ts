import type { FilterOp } from "../api";

/** Every word of the data grid. */
export const dataWords = {
  label: (table: string) => `Records of ${table}`,
  tables: "Tables",
  rows: (n: string) => `${n} rows`,
  row: "Row",
  null: "null",
  none: "Nothing was synced yet",
  noneHint: "Run a sync; its records show here.",
  noMatch: "No row fits this filter",
  filterColumn: "Column to filter",
  filterOp: "Comparison",
  filterValue: "Value",
  any: "any column",
  clear: "Clear",
  sorted: { ascending: "sorted, smallest first", descending: "sorted, greatest first" },
  ops: {
    contains: "contains",
    equals: "is",
    greater: "is more than",
    less: "is less than",
    is_null: "is null",
    not_null: "is not null",
  } satisfies Record<FilterOp, string>,
};
