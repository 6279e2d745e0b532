import { isJson } from "../app/json";
import type { Place } from "../components/gridKeys";

/** Cells from one corner to the other, both within. */
export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The range between two corners. */
export function between(a: Place, b: Place): Range {
  return { top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row), left: Math.min(a.column, b.column), right: Math.max(a.column, b.column) };
}

/** Whether a cell is in it. */
export function holds(range: Range, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

type Cell = string | null;

/** Cells as tab-separated text, as spreadsheets take it. A value with a tab, a line's end or a quote is quoted. */
export function asTsv(rows: Cell[][]): string {
  const field = (cell: Cell) => (cell === null ? "" : /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(field).join("\t")).join("\n");
}

/** Cells as JSON: one object a row. Numbers keep every digit: they are written as they came. */
export function asJson(columns: { name: string; type: string }[], rows: Cell[][]): string {
  const value = (cell: Cell, type: string) => {
    if (cell === null) return "null";
    if ((type === "integer" || type === "number" || type === "decimal") && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(cell)) return cell;
    if (type === "boolean" && (cell === "true" || cell === "false")) return cell;
    if ((type === "json" || type === "object" || type === "array") && isJson(cell)) return cell;
    return JSON.stringify(cell);
  };
  const one = (row: Cell[]) => `{${columns.map((column, at) => `${JSON.stringify(column.name)}: ${value(row[at] ?? null, column.type)}`).join(", ")}}`;
  return rows.length === 1 ? one(rows[0] ?? []) : `[\n${rows.map((row) => `  ${one(row)}`).join(",\n")}\n]`;
}
