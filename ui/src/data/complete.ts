import type { DataTable } from "../api";

const KEYWORDS = "SELECT FROM WHERE GROUP BY ORDER BY HAVING LIMIT JOIN LEFT JOIN ON AND OR NOT NULL IS IN LIKE BETWEEN AS DISTINCT CASE WHEN THEN ELSE END UNION ALL WITH COUNT SUM AVG MIN MAX CAST DESC ASC".split(" ");
const MOST = 8;

/** The word that is being typed, and where it begins. */
export function wordAt(text: string, caret: number): { from: number; word: string } {
  const before = /[\p{L}\p{N}_$]*$/u.exec(text.slice(0, caret))?.[0] ?? "";
  return { from: caret - before.length, word: before };
}

/** Names that begin with a word: columns of tables that the text names first, then tables, other columns and words of SQL. */
export function completions(text: string, caret: number, tables: DataTable[]): string[] {
  const { word } = wordAt(text, caret);
  if (word === "") return [];
  const small = word.toLowerCase();
  const named = tables.filter((table) => text.toLowerCase().includes(table.name.toLowerCase()));
  const columns = (of: DataTable[]) => of.flatMap((table) => table.columns.map(([name]) => name));
  const all = [...columns(named), ...tables.map((table) => table.name), ...columns(tables), ...KEYWORDS.filter((key) => key.length > 2)];
  const fits = [...new Set(all)].filter((name) => name.toLowerCase().startsWith(small) && name.toLowerCase() !== small);
  return fits.slice(0, MOST);
}

/** A name as SQL takes it. */
export function quotedName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
