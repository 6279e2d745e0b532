import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { Fragment, useCallback, useEffect, type ReactNode, type Ref, type RefObject } from "react";
import { useApp } from "../app/store";

/** Up to this many columns all rows are drawn. */
export const MOST = 60;
/** How high a row is that has no faults and few transforms. */
const ROW = 36;

interface FieldRowsProps {
  /** What scrolls. */
  box: RefObject<HTMLDivElement | null>;
  /** The places of the columns to draw, in order. */
  places: number[];
  /** The column that is worked on: it stays, wherever the others are scrolled to. */
  worked: number | null;
  /** Where the stream stands: `streams[0]`. */
  path: string;
  draw: (place: number, row?: RowOf) => ReactNode;
}

/** What a row carries where only those in sight are drawn. */
export interface RowOf {
  ref: Ref<HTMLTableRowElement>;
  index: number;
}

/** The rows of the mapping: all of them, or of many those in sight. */
export function FieldRows(props: FieldRowsProps) {
  if (props.places.length > MOST) return <Many {...props} />;
  return <tbody>{props.places.map((place) => props.draw(place))}</tbody>;
}

function Many({ box, places, worked, path, draw }: FieldRowsProps) {
  const kept = worked === null ? -1 : places.indexOf(worked);
  const inRange = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      // With its neighbours, so that the arrows lead to them.
      const near = kept < 0 ? [] : [kept - 1, kept, kept + 1].filter((index) => index >= 0 && index < range.count);
      return [...new Set([...shown, ...near])].toSorted((a, b) => a - b);
    },
    [kept],
  );
  const rows = useVirtualizer({
    count: places.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (index) => places[index] ?? index,
    // A place that has no layout is as high as is usual.
    measureElement: (element) => element.getBoundingClientRect().height || ROW,
    rangeExtractor: inRange,
    overscan: 12,
    initialRect: { width: 1000, height: 600 },
  });
  const goal = useApp((state) => state.goal);
  const wanted = goal?.where === "mapping" && goal.path.startsWith(`${path}.fields[`) ? Number(/fields\[(\d+)\]/.exec(goal.path)?.[1]) : -1;
  useEffect(() => {
    const index = wanted < 0 ? -1 : places.indexOf(wanted);
    if (index >= 0) rows.scrollToIndex(index, { align: "center" });
    // Only when somebody wants to go there.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted, goal]);
  const drawn = rows.getVirtualItems();
  const end = drawn.at(-1)?.end ?? 0;
  return (
    <tbody>
      {drawn.map((item, at) => (
        <Fragment key={item.key}>
          <Gap height={item.start - (drawn[at - 1]?.end ?? 0)} />
          {draw(places[item.index] ?? 0, { ref: rows.measureElement, index: item.index })}
        </Fragment>
      ))}
      <Gap height={rows.getTotalSize() - end} />
    </tbody>
  );
}

/** The room of rows that are out of sight. */
function Gap({ height }: { height: number }) {
  return height <= 0 ? null : (
    <tr aria-hidden className="mapping-gap">
      <td colSpan={9} style={{ height }} />
    </tr>
  );
}
