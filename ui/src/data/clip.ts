import { call, type DataFilter, type DataSort } from "../api";
import { copy } from "../app/copy";
import { count } from "../app/format";
import { toast, toastFault } from "../app/store";
import { dataWords as words } from "../strings/data";
import type { Shown } from "./layout";
import { asJson, asTsv, type Range } from "./range";

/** Rows that are copied at most: a clipboard is no file. */
const MOST = 10_000;
const STEP = 500;
/** Characters of a value that a window holds; a longer one is fetched whole. */
const WHOLE = 500;
/** Long values that are fetched whole for one copy. */
const LONG = 200;

interface From {
  connection: string;
  table: string;
  sort: DataSort | null;
  filters: DataFilter[];
}

/** Copies chosen cells of a table. Rows that are not on the screen are fetched, and long values are had whole. */
export async function copyCells(from: From, columns: Shown[], range: Range, as: "tsv" | "json"): Promise<void> {
  const chosen = columns.slice(range.left, range.right + 1);
  const wanted = range.bottom - range.top + 1;
  const rows: Array<Array<string | null>> = [];
  let long = 0;
  try {
    for (let offset = range.top; offset <= range.bottom && rows.length < MOST; offset += STEP) {
      const limit = Math.min(STEP, range.bottom - offset + 1, MOST - rows.length);
      const { connection, table, sort, filters } = from;
      const window = await call("data_rows", { connection, table, offset, limit, ...(sort ? { sort } : {}), filters });
      for (const [at, cells] of window.rows.entries()) {
        const row = chosen.map((column) => cells[column.place] ?? null);
        for (const [place, cell] of row.entries()) {
          const column = chosen[place];
          if (cell === null || column === undefined || cell.length <= WHOLE || !cell.endsWith("…") || long >= LONG) continue;
          long += 1;
          const whole = await call("data_cell", { connection, table, id: window.ids[at] ?? "", column: column.name });
          row[place] = whole.text ?? null;
        }
        rows.push(row);
      }
      if (window.rows.length < limit) break;
    }
  } catch (thrown) {
    toastFault(thrown);
    return;
  }
  const text = as === "json" ? asJson(chosen, rows) : rows.length === 1 && chosen.length === 1 ? (rows[0]?.[0] ?? "") : asTsv(rows);
  if (!(await copy(text))) return;
  if (wanted > rows.length && rows.length === MOST) toast(words.tooMany(count(MOST)));
  else if (rows.length > 1) toast(words.copied(count(rows.length)));
}
