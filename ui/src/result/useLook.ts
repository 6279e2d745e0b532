import { useEffect, useState } from "react";
import { call, toProblem, type DataSort, type RowsLook } from "../api";
import { app } from "../app/store";

/** How long typing rests before records are looked for, in milliseconds. */
const REST = 150;

/** The next order of a column: smallest first, greatest first, as they came. */
export function turned(sort: DataSort | null, column: string): DataSort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** Whether all records are shown as they came. */
export function isPlain(look: RowsLook): boolean {
  return look.filter.trim() === "" && look.sort == null;
}

interface Found {
  look: RowsLook;
  rows: number;
  version: number;
}

/** The records that are looked for, counted on the other side. What was found before stays until the new count is there. */
export function useFound(id: string, stream: string, version: number, all: number, look: RowsLook): Found {
  const [found, setFound] = useState<Found>({ look: { filter: "", sort: null }, rows: all, version });
  const { filter, sort } = look;
  useEffect(() => {
    const plain = isPlain({ filter, sort });
    let here = true;
    const ask = async () => {
      try {
        const { rows } = plain ? { rows: all } : await call("preview_find", { id, stream, look: { filter, sort } });
        if (here) setFound({ look: { filter, sort }, rows, version });
      } catch (thrown) {
        if (here) app.set({ problem: toProblem(thrown) });
      }
    };
    const timer = setTimeout(() => void ask(), plain ? 0 : REST);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [id, stream, version, all, filter, sort]);
  return isPlain(look) ? { look, rows: all, version } : found;
}
