import { useCallback, useEffect, useRef, useState } from "react";
import { call, toProblem, type Column, type DataFilter, type DataRows, type DataSort, type Problem } from "../api";

/** Rows of one window, as asked for. */
export const WINDOW = 100;
/** Windows that are kept at most. */
const KEPT = 40;

/** Which rows are looked at. */
export interface Question {
  connection: string;
  table: string;
  sort: DataSort | null;
  filters: DataFilter[];
}

/** The rows of a table, window by window: only what was looked at lately is held. */
export interface Rows {
  total: number | null;
  columns: Column[];
  problem: Problem | null;
  /** A row's cells, or undefined while they are on the way. */
  row: (at: number) => Array<string | null> | undefined;
  /** Says which rows are on the screen. */
  see: (first: number, last: number) => void;
}

/** Asks for the windows that are seen, and drops those that were not seen for long. */
export function useRows(question: Question): Rows {
  const [, redraw] = useState(0);
  const held = useRef(new Map<number, DataRows>());
  const asked = useRef(new Set<number>());
  const [about, setAbout] = useState<{ total: number | null; columns: Column[]; problem: Problem | null }>(NOTHING);
  const key = JSON.stringify(question);
  const current = useRef(key);

  const fetch = useCallback(
    async (window: number) => {
      if (held.current.has(window) || asked.current.has(window)) return;
      asked.current.add(window);
      const { connection, table, sort, filters } = JSON.parse(key) as Question;
      try {
        const rows = await call("data_rows", { connection, table, offset: window * WINDOW, limit: WINDOW, ...(sort ? { sort } : {}), filters });
        if (current.current !== key) return;
        held.current.set(window, rows);
        forget(held.current);
        setAbout({ total: rows.total, columns: rows.columns, problem: null });
        redraw((n) => n + 1);
      } catch (thrown) {
        if (current.current === key) setAbout((before) => ({ ...before, problem: toProblem(thrown) }));
      } finally {
        if (current.current === key) asked.current.delete(window);
      }
    },
    [key],
  );

  useEffect(() => {
    current.current = key;
    held.current = new Map();
    asked.current = new Set();
    setAbout((before) => ({ ...NOTHING, columns: before.columns }));
    void fetch(0);
  }, [key, fetch]);

  const see = useCallback(
    (first: number, last: number) => {
      for (let window = Math.floor(first / WINDOW); window <= Math.floor(last / WINDOW); window += 1) void fetch(window);
    },
    [fetch],
  );
  const row = (at: number) => held.current.get(Math.floor(at / WINDOW))?.rows[at % WINDOW];
  return { ...about, row, see };
}

const NOTHING = { total: null, columns: [], problem: null };

function forget(held: Map<number, DataRows>) {
  for (const oldest of held.keys()) {
    if (held.size <= KEPT) return;
    held.delete(oldest);
  }
}
