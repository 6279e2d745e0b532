import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Column, DataSort } from "../api";
import { count } from "../app/format";
import type { Rows } from "./windows";
import { dataWords as words } from "../strings";

/** A row's height in pixels; as `--row`. */
const ROW = 28;
/** The tallest box that the engine lays out whole is 33,554,428 pixels; above this many rows they share it. */
const MOST = 1_100_000;

interface DataTableViewProps {
  table: string;
  columns: Column[];
  rows: Rows;
  sort: DataSort | null;
  onSort: (sort: DataSort | null) => void;
}

/** The rows on the screen and a few around them; all others are only room to scroll. */
export function DataTableView({ table, columns, rows, sort, onSort }: DataTableViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const total = Math.min(rows.total ?? 0, MOST);
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { see } = rows;
  useEffect(() => see(first, last), [first, last, see]);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const widths = useMemo(() => `4.5rem ${columns.map((column) => width(column)).join(" ")}`, [columns]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = step(event, at, total, columns.length);
    if (to === null) return;
    event.preventDefault();
    setAt(to);
    virtual.scrollToIndex(to.row);
  };
  return (
    <div
      ref={scroller}
      className="data-scroll"
      role="grid"
      aria-label={words.label(table)}
      aria-rowcount={(rows.total ?? 0) + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={`data-${at.row}-${at.column}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="data-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: widths }}>
        <div role="columnheader" className="data-number">
          <span className="sr-only">{words.row}</span>
        </div>
        {columns.map((column) => (
          <Head key={column.name} column={column} sort={sort?.column === column.name ? sort : null} onSort={onSort} />
        ))}
      </div>
      <div className="data-room" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <div
            key={item.key}
            className="data-row"
            role="row"
            aria-rowindex={item.index + 2}
            style={{ gridTemplateColumns: widths, transform: `translateY(${item.start}px)` }}
          >
            <div role="rowheader" className="data-number num dim">
              {count(item.index + 1)}
            </div>
            {columns.map((column, place) => (
              <Cell
                key={column.name}
                id={`data-${item.index}-${place}`}
                column={column}
                value={rows.row(item.index)?.[place]}
                active={at.row === item.index && at.column === place}
                onFocus={() => setAt({ row: item.index, column: place })}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function width(column: Column): string {
  if (column.type === "boolean") return "6rem";
  if (column.type === "date") return "8rem";
  // A whole number of 64 bits has up to 20 places.
  if (column.type === "integer" || column.type === "number") return "11rem";
  return "13rem";
}

function step(event: KeyboardEvent, at: { row: number; column: number }, rows: number, columns: number) {
  const clamp = (n: number, most: number) => Math.max(0, Math.min(n, most - 1));
  const page = 20;
  const rowBy: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  const columnBy: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
  const byRow = rowBy[event.key];
  const byColumn = columnBy[event.key];
  if (byRow !== undefined) return { ...at, row: clamp(at.row + byRow, rows) };
  if (byColumn !== undefined) return { ...at, column: clamp(at.column + byColumn, columns) };
  if (event.key === "Home") return event.ctrlKey ? { row: 0, column: 0 } : { ...at, column: 0 };
  if (event.key === "End") return event.ctrlKey ? { row: clamp(rows, rows), column: at.column } : { ...at, column: clamp(columns, columns) };
  return null;
}

function Head({ column, sort, onSort }: { column: Column; sort: DataSort | null; onSort: (sort: DataSort | null) => void }) {
  const next = sort === null ? { column: column.name, descending: false } : sort.descending ? null : { column: column.name, descending: true };
  const state = sort === null ? "none" : sort.descending ? "descending" : "ascending";
  return (
    <div role="columnheader" aria-sort={state}>
      <button type="button" tabIndex={-1} onClick={() => onSort(next)}>
        <span className="data-name">{column.name}</span>
        <span className="dim">{column.type}</span>
        {state === "ascending" && <ArrowUp className="icon" aria-label={words.sorted.ascending} />}
        {state === "descending" && <ArrowDown className="icon" aria-label={words.sorted.descending} />}
      </button>
    </div>
  );
}

interface CellProps {
  id: string;
  column: Column;
  value: string | null | undefined;
  active: boolean;
  onFocus: () => void;
}

function Cell({ id, column, value, active, onFocus }: CellProps) {
  const number = column.type === "integer" || column.type === "number" || column.type === "decimal";
  return (
    <div
      id={id}
      role="gridcell"
      className={`data-cell mono${number ? " right" : ""}${active ? " active" : ""}`}
      title={value ?? undefined}
      onClick={onFocus}
    >
      {value === undefined ? <span className="dim">…</span> : value === null ? <span className="dim">{words.null}</span> : value}
    </div>
  );
}
