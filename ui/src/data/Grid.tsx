import { useEffect, useId, useMemo, useState, type KeyboardEvent, type PointerEvent as Pointer } from "react";
import type { DataSort } from "../api";
import { count } from "../app/format";
import { moved, type Place } from "../components/gridKeys";
import { dataWords as words } from "../strings/data";
import { GridHead } from "./GridHead";
import type { Shown } from "./layout";
import { between, holds, type Range } from "./range";
import { HEAD, NUMBER, ROW, scrollTo, sight, useView } from "./useView";
import "./grid.css";

/** What is asked of the cells that are chosen. */
export interface Chosen {
  at: Place;
  range: Range;
  /** Where a menu may hang. */
  anchor: { left: number; top: number; bottom: number };
}

interface GridProps {
  label: string;
  testId: string;
  columns: Shown[];
  total: number;
  row: (at: number) => Array<string | null> | undefined;
  see?: ((first: number, last: number) => void) | undefined;
  sort?: DataSort | null;
  onSort?: (sort: DataSort | null) => void;
  onWidth?: (name: string, width: number) => void;
  onOpen: (at: Place) => void;
  onCopy: (range: Range) => void;
  onMenu: (chosen: Chosen) => void;
  /** The grid shows its first row again where this changes. */
  question?: string;
}

const HEADER = -1;

/**
 * A table of any length: only what is in sight is drawn. Arrows move, with Shift they choose more cells; above the first
 * row stands the head, where Enter sorts and Alt with an arrow sets the width.
 */
export function Grid(props: GridProps) {
  const { columns, total, see, sort = null, onSort, onWidth, question = "" } = props;
  const base = useId();
  const { scroller, box, look, put } = useView();
  const [from, setAt] = useState<Place>({ row: 0, column: 0 });
  const [away, setCorner] = useState<Place>({ row: 0, column: 0 });
  // Rows and columns may have become fewer.
  const size = { rows: total, columns: columns.length };
  const [at, corner] = [near(from, size), near(away, size)];
  const [asked, setAsked] = useState(question);
  if (asked !== question) {
    setAsked(question);
    // Who sorts from the head stays there: the next Enter sorts the other way.
    setAt({ row: Math.min(at.row, 0), column: Math.min(at.column, Math.max(0, columns.length - 1)) });
    setCorner({ row: 0, column: 0 });
  }
  useEffect(() => {
    put({ top: 0 });
  }, [asked, put]);
  const starts = useMemo(() => columns.reduce<number[]>((all, column) => [...all, (all.at(-1) ?? 0) + column.width], [NUMBER]), [columns]);
  const wide = starts.at(-1) ?? NUMBER;
  const { first, last, room, topOf } = sight(total, box);
  useEffect(() => {
    if (total > 0) see?.(first, Math.max(first, last));
  }, [first, last, total, see]);
  const shown = columns.map((column, index) => ({ column, index, start: starts[index] ?? 0 })).filter(({ column, start }) => start + column.width > box.left && start < box.left + box.width);
  const range = between(at, at.row === HEADER || corner.row === HEADER ? at : corner);

  const bring = (to: Place) => {
    const top = to.row === HEADER ? null : scrollTo(total, to.row, box);
    if (top !== null) put({ top });
    const [start, end] = [starts[to.column] ?? 0, starts[to.column + 1] ?? 0];
    if (start - NUMBER < box.left) put({ left: start - NUMBER });
    else if (end > box.left + box.width) put({ left: end - box.width });
  };
  const go = (to: Place, more: boolean) => {
    setAt(to);
    if (!more) setCorner(to);
    bring(to);
  };
  const menu = (place: Place, anchor: { left: number; top: number; bottom: number }, within: Range) => props.onMenu({ at: place, range: within, anchor });
  const onKeyDown = (event: KeyboardEvent) => {
    const column = columns[at.column];
    if (at.row === HEADER && column !== undefined) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        return onSort?.(nextSort(column.name, sort));
      }
      if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
        event.preventDefault();
        return onWidth?.(column.name, column.width + (event.key === "ArrowLeft" ? -16 : 16));
      }
    } else {
      const far = event.ctrlKey || event.metaKey;
      if (event.key === "Enter" && !far) return props.onOpen(at);
      if (far && event.key.toLowerCase() === "c") {
        event.preventDefault();
        return props.onCopy(range);
      }
      if (far && event.key.toLowerCase() === "a") {
        event.preventDefault();
        setCorner({ row: 0, column: 0 });
        return setAt({ row: Math.max(0, total - 1), column: Math.max(0, columns.length - 1) });
      }
      if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
        event.preventDefault();
        return menu(at, rectOf(document.getElementById(`${base}-${at.row}-${at.column}`) ?? scroller.current), range);
      }
    }
    const page = Math.max(1, Math.floor((box.height - HEAD) / ROW) - 1);
    const up = event.key === "ArrowUp" && at.row === 0 && !event.shiftKey && !event.ctrlKey;
    const to = up ? { ...at, row: HEADER } : moved(event, { ...at, row: at.row }, { rows: total, columns: columns.length, page });
    if (to === null) return;
    event.preventDefault();
    const stays = at.row === HEADER && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key) && !event.ctrlKey;
    go(stays ? { ...to, row: HEADER } : to, event.shiftKey && at.row !== HEADER);
  };
  const onPick = (event: Pointer, place: Place) => {
    if (event.button === 2 && holds(range, place.row, place.column)) return;
    go(place, event.shiftKey);
  };
  const drawn = at.row === HEADER ? shown.some(({ index }) => index === at.column) : at.row >= first && at.row <= last && shown.some(({ index }) => index === at.column);
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={drawn ? `${base}-${at.row}-${at.column}` : undefined}
      data-testid={props.testId}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div className="grid-in" role="presentation" style={{ width: wide, height: room + HEAD }}>
        <div className="grid-head" role="row" aria-rowindex={1}>
          <span className="grid-no" role="columnheader" aria-colindex={1} style={{ width: NUMBER }}>
            <span className="sr-only">{words.row}</span>
          </span>
          {shown.map(({ column, index, start }) => (
            <GridHead
              key={column.name}
              id={`${base}-${HEADER}-${index}`}
              column={column}
              index={index}
              start={start}
              here={at.row === HEADER && at.column === index}
              sort={sort?.column === column.name ? sort : null}
              onSort={onSort === undefined ? undefined : () => onSort(nextSort(column.name, sort))}
              onWidth={onWidth === undefined ? undefined : (width) => onWidth(column.name, width)}
            />
          ))}
        </div>
        {rows.map((row) => {
          const cells = props.row(row);
          return (
            <div key={row} className="grid-row" role="row" aria-rowindex={row + 2} style={{ top: topOf(row) + HEAD }}>
              <span className="grid-no num" role="rowheader" aria-colindex={1} style={{ width: NUMBER }}>
                {count(row + 1)}
              </span>
              {shown.map(({ column, index, start }) => {
                const value = cells === undefined ? undefined : (cells[column.place] ?? null);
                const here = at.row === row && at.column === index;
                const chosen = holds(range, row, index);
                return (
                  <div
                    key={column.name}
                    id={`${base}-${row}-${index}`}
                    role="gridcell"
                    aria-colindex={index + 2}
                    aria-selected={chosen}
                    className={classes(column, value, here, chosen && (range.top !== range.bottom || range.left !== range.right))}
                    style={{ left: start, width: column.width }}
                    title={value != null && value.length > 20 ? value : undefined}
                    onPointerDown={(event) => onPick(event, { row, column: index })}
                    onDoubleClick={() => props.onOpen({ row, column: index })}
                    onContextMenu={(event) => {
                      event.preventDefault();
                      const place = { row, column: index };
                      menu(place, { left: event.clientX, top: event.clientY, bottom: event.clientY }, holds(range, row, index) ? range : between(place, place));
                    }}
                  >
                    {value === undefined ? "…" : (value ?? words.null)}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The same place, or the nearest that there is. The head stays the head. */
function near(place: Place, size: { rows: number; columns: number }): Place {
  const row = place.row === HEADER ? HEADER : Math.max(0, Math.min(place.row, size.rows - 1));
  return { row, column: Math.max(0, Math.min(place.column, size.columns - 1)) };
}

/** The next order of a column: up, down, as written. */
function nextSort(column: string, sort: DataSort | null): DataSort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

function classes(column: Shown, value: string | null | undefined, here: boolean, within: boolean): string {
  const number = column.type === "integer" || column.type === "number" || column.type === "decimal";
  return ["grid-cell", number ? "right" : "", value == null ? "null" : "", within ? "within" : "", here ? "here" : ""].join(" ");
}

function rectOf(element: Element | null): { left: number; top: number; bottom: number } {
  const { left, top, bottom } = element?.getBoundingClientRect() ?? { left: 0, top: 0, bottom: 0 };
  return { left, top, bottom };
}
