import { ArrowDown, ArrowUp } from "lucide-react";
import { useState, type PointerEvent } from "react";
import type { DataSort } from "../api";
import { mappingWords } from "../strings";
import { dataWords as words } from "../strings/data";
import { fitting, type Shown } from "./layout";

interface GridHeadProps {
  id: string;
  column: Shown;
  index: number;
  start: number;
  here: boolean;
  sort: DataSort | null;
  onSort: (() => void) | undefined;
  onWidth: ((width: number) => void) | undefined;
}

/** A column's head: a click sorts, its right edge is dragged. */
export function GridHead({ id, column, index, start, here, sort, onSort, onWidth }: GridHeadProps) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null);
  const state = sort === null ? "none" : sort.descending ? "descending" : "ascending";
  const begin = (event: PointerEvent<HTMLSpanElement>) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ x: event.clientX, width: column.width });
  };
  const number = column.type === "integer" || column.type === "number" || column.type === "decimal";
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={onSort === undefined ? undefined : state}
      className={here ? "grid-cell head here" : "grid-cell head"}
      style={{ left: start, width: column.width }}
    >
      <span className={number ? "grid-name right" : "grid-name"} data-testid={`grid-head-${column.name}`} title={`${column.name} (${mappingWords.types[column.type]})`} onClick={onSort}>
        <span className="name">{column.name}</span>
        <span className="type">{mappingWords.types[column.type]}</span>
        {state === "ascending" && <ArrowUp className="icon" aria-label={words.sorted.ascending} />}
        {state === "descending" && <ArrowDown className="icon" aria-label={words.sorted.descending} />}
      </span>
      {onWidth !== undefined && (
        <span
          className="grid-edge"
          aria-hidden
          onPointerDown={begin}
          onPointerMove={(event) => from !== null && onWidth(fitting(from.width + event.clientX - from.x))}
          onPointerUp={() => setFrom(null)}
          onPointerCancel={() => setFrom(null)}
        />
      )}
    </div>
  );
}
