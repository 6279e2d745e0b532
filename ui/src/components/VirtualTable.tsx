import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { copy } from "../app/copy";
import { moved, type Place } from "./gridKeys";
import "./table.css";

export interface TableColumn {
  id: string;
  /** What readers hear and what stands in the head unless `head` is given. */
  label: string;
  head?: ReactNode;
  width: number;
  align?: "right";
}

interface TableCell {
  /** What is shown; null stands for null. */
  text: string | null;
  /** Why the value is at fault. */
  fault?: string;
  look?: string;
}

interface VirtualTableProps {
  label: string;
  testId?: string;
  columns: TableColumn[];
  rowCount: number;
  /** The cell, or undefined while it is on its way. */
  cell: (row: number, column: number) => TableCell | undefined;
  /** Tells which rows came into sight. */
  onSeen: (first: number, last: number) => void;
  nullText: string;
  /** Enter or a double click on a cell. */
  onOpen?: (row: number, column: number, cell: TableCell) => void;
  /** The order of its rows: a click on a head, or S in a column, asks for another. */
  sort?: { column: string; descending: boolean } | null;
  onSort?: (column: string) => void;
  /** What a row is counted as; its place where it is left out. */
  number?: (row: number) => number | undefined;
  /** Tells which row the keys are at. */
  onRow?: (row: number) => void;
}

const ROW = 28;
/** An element can't be taller than this in the window's engine; rows behind it are out of reach by scrolling. */
const MAX_ROWS = Math.floor(33_000_000 / ROW);
const NUMBER_WIDTH = 64;

/** A table of any length: only what is in sight is drawn. Arrow keys, Home, End and Page keys move; C copies a cell. */
export function VirtualTable(props: VirtualTableProps) {
  const { columns, rowCount, onSeen } = props;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [from, setAt] = useState<Place>({ row: 0, column: 0 });
  // Rows and columns may have become fewer.
  const at: Place = { row: Math.max(0, Math.min(from.row, rowCount - 1)), column: Math.max(0, Math.min(from.column, columns.length - 1)) };
  const rows = useVirtualizer({
    count: Math.min(rowCount, MAX_ROWS),
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 8,
    initialRect: { width: 1000, height: 600 },
  });
  const cols = useVirtualizer({
    count: columns.length,
    horizontal: true,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => columns[index]?.width ?? 0,
    paddingStart: NUMBER_WIDTH,
    scrollPaddingStart: NUMBER_WIDTH,
    overscan: 2,
    initialRect: { width: 1000, height: 600 },
  });
  const shape = columns.map((column) => `${column.id}:${column.width}`).join(" ");
  useEffect(() => cols.measure(), [cols, shape]);

  const visible = rows.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rowCount > 0) onSeen(first, last);
  }, [first, last, rowCount, onSeen]);

  const { onRow, onSort, sort } = props;
  useEffect(() => {
    if (rowCount > 0) onRow?.(at.row);
  }, [at.row, rowCount, onRow]);

  const onKeyDown = (event: KeyboardEvent) => {
    const sorted = columns[at.column]?.id;
    if (event.key.toLowerCase() === "s" && !event.ctrlKey && !event.metaKey && !event.altKey && sorted !== undefined) onSort?.(sorted);
    const cell = props.cell(at.row, at.column);
    if (event.key === "Enter" && !event.ctrlKey && cell !== undefined) {
      // What opens takes the focus: the key must not press what is in it.
      event.preventDefault();
      props.onOpen?.(at.row, at.column, cell);
    }
    if (event.key.toLowerCase() === "c" && cell !== undefined) void copy(cell.text ?? "");
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 280) / ROW) - 2);
    const to = moved(event, at, { rows: rowCount, columns: columns.length, page });
    if (to === null) return;
    event.preventDefault();
    setAt(to);
    rows.scrollToIndex(to.row, { align: "auto" });
    cols.scrollToIndex(to.column, { align: "auto" });
  };

  const across = cols.getVirtualItems();
  const drawn = visible.some((row) => row.index === at.row) && across.some((column) => column.index === at.column);
  return (
    <div
      ref={scroll}
      className="vtable"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-activedescendant={drawn ? `${id}-${at.row}-${at.column}` : undefined}
      data-testid={props.testId}
      onKeyDown={onKeyDown}
    >
      <div className="vtable-in" style={{ width: cols.getTotalSize(), height: rows.getTotalSize() + ROW + 4 }}>
        <div className="vtable-head" role="row" aria-rowindex={1}>
          <span className="vtable-no" aria-hidden />
          {across.map(({ index, start }) => {
            const column = columns[index];
            if (column === undefined) return null;
            const order = sort?.column === column.id ? (sort.descending ? "descending" : "ascending") : "none";
            return (
              <div
                key={column.id}
                className={`vtable-cell ${column.align ?? ""} ${onSort === undefined ? "" : "sorts"}`}
                role="columnheader"
                aria-colindex={index + 1}
                aria-sort={onSort === undefined ? undefined : order}
                style={{ left: start, width: column.width }}
                title={column.label}
                data-testid={onSort === undefined ? undefined : `head-${column.id}`}
                onClick={() => onSort?.(column.id)}
              >
                {column.head ?? column.label}
                {order === "ascending" && <ArrowUp className="icon" aria-hidden />}
                {order === "descending" && <ArrowDown className="icon" aria-hidden />}
              </div>
            );
          })}
        </div>
        {visible.map(({ index: row, start }) => (
          <div key={row} className="vtable-row" role="row" aria-rowindex={row + 2} style={{ top: start + ROW + 4 }}>
            <span className="vtable-no" aria-hidden>
              {(props.number?.(row) ?? row) + 1}
            </span>
            {across.map(({ index, start: left }) => {
              const column = columns[index];
              if (column === undefined) return null;
              const here = at.row === row && at.column === index;
              return (
                <Cell
                  key={column.id}
                  id={`${id}-${row}-${index}`}
                  column={column}
                  index={index}
                  left={left}
                  here={here}
                  cell={props.cell(row, index)}
                  nullText={props.nullText}
                  onPick={() => setAt({ row, column: index })}
                  onOpen={(cell) => props.onOpen?.(row, index, cell)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

interface CellProps {
  id: string;
  column: TableColumn;
  index: number;
  left: number;
  here: boolean;
  cell: TableCell | undefined;
  nullText: string;
  onPick: () => void;
  onOpen: (cell: TableCell) => void;
}

function Cell({ id, column, index, left, here, cell, nullText, onPick, onOpen }: CellProps) {
  const classes = ["vtable-cell", column.align ?? "", cell?.look ?? "", here ? "here" : ""];
  if (cell?.text === null) classes.push("null");
  if (cell?.fault !== undefined) classes.push("faulty");
  return (
    // The grid itself has the keys; a click only moves its place.
    <div
      id={id}
      className={classes.join(" ")}
      role="gridcell"
      aria-colindex={index + 1}
      aria-selected={here}
      aria-invalid={cell?.fault !== undefined ? true : undefined}
      style={{ left, width: column.width }}
      title={cell?.fault ?? (cell?.text != null && cell.text.length > 20 ? cell.text : undefined)}
      onClick={onPick}
      onDoubleClick={() => cell !== undefined && onOpen(cell)}
    >
      {cell === undefined ? "" : (cell.text ?? nullText)}
    </div>
  );
}
