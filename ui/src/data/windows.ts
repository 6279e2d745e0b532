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
  /** Grows where the same is asked anew: the old rows stay until the new ones come. */
  turn?: number;
}

/** The rows of a table, window by window: only what was looked at lately is held. */
export interface Rows {
  total: number | null;
  columns: Column[];
  problem: Problem | null;
  /** Whether the first answer is on its way. */
  pending: boolean;
  /** A row's cells, or undefined while they are on the way. */
  row: (at: number) => Array<string | null> | undefined;
  /** A row's id, once it is there. */
  id: (at: number) => string | undefined;
  /** Says which rows are on the screen. */
  see: (first: number, last: number) => void;
  /** Stops the question. */
  stop: () => void;
}

let questions = 0;

/** Asks for the windows that are seen, and drops those that were not seen for long. */
export function useRows(question: Question): Rows {
  const [, redraw] = useState(0);
  const held = useRef(new Map<number, DataRows>());
  const old = useRef<ReadonlyMap<number, DataRows>>(new Map());
  const asked = useRef(new Set<number>());
  const [about, setAbout] = useState<About>(NOTHING);
  const key = JSON.stringify(question);
  const current = useRef({ key, name: "", bare: "" });

  const fetch = useCallback(
    async (window: number) => {
      if (used(held.current, window) || asked.current.has(window)) return;
      asked.current.add(window);
      const { connection, table, sort, filters } = JSON.parse(key) as Question;
      const { name } = current.current;
      const mine = () => current.current.key === key && current.current.name === name;
      try {
        const rows = await call("data_rows", { connection, table, offset: window * WINDOW, limit: WINDOW, ...(sort ? { sort } : {}), filters, ask: `${name}-${window}` });
        if (!mine()) return;
        held.current.set(window, rows);
        forget(held.current);
        setAbout({ total: rows.total, columns: rows.columns, problem: null, pending: false });
        redraw((n) => n + 1);
      } catch (thrown) {
        if (mine()) setAbout((before) => ({ ...before, problem: toProblem(thrown), pending: false }));
      } finally {
        if (mine()) asked.current.delete(window);
      }
    },
    [key],
  );

  useEffect(() => {
    questions += 1;
    const name = `grid-${questions}`;
    const bare = JSON.stringify({ ...(JSON.parse(key) as Question), turn: 0 });
    const again = current.current.bare === bare;
    current.current = { key, name, bare };
    if (!again) old.current = new Map();
    else if (held.current.size > 0) old.current = held.current;
    held.current = new Map();
    const pending = new Set<number>();
    asked.current = pending;
    setAbout((before) => ({ ...NOTHING, columns: before.columns, total: again ? before.total : null }));
    void fetch(0);
    // A question that nobody looks at any more need not go on.
    return () => cancel(name, pending);
  }, [key, fetch]);

  const see = useCallback(
    (first: number, last: number) => {
      for (let window = Math.floor(first / WINDOW); window <= Math.floor(last / WINDOW); window += 1) void fetch(window);
    },
    [fetch],
  );
  const of = (at: number) => held.current.get(Math.floor(at / WINDOW)) ?? old.current.get(Math.floor(at / WINDOW));
  return {
    ...about,
    row: (at) => of(at)?.rows[at % WINDOW],
    id: (at) => of(at)?.ids[at % WINDOW],
    see,
    stop: () => cancel(current.current.name, asked.current),
  };
}

interface About {
  total: number | null;
  columns: Column[];
  problem: Problem | null;
  pending: boolean;
}

const NOTHING: About = { total: null, columns: [], problem: null, pending: true };

function cancel(name: string, windows: Set<number>) {
  for (const window of windows) void call("data_cancel", { id: `${name}-${window}` }).catch(() => undefined);
}

/** Whether a window is held. One that is looked at is the last that is dropped. */
function used(held: Map<number, DataRows>, window: number): boolean {
  const rows = held.get(window);
  if (rows === undefined) return false;
  held.delete(window);
  held.set(window, rows);
  return true;
}

function forget(held: Map<number, DataRows>) {
  for (const oldest of held.keys()) {
    if (held.size <= KEPT) return;
    held.delete(oldest);
  }
}
