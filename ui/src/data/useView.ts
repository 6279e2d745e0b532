import { useCallback, useLayoutEffect, useRef, useState } from "react";

export const ROW = 28;
export const HEAD = 32;
export const NUMBER = 72;
/** The tallest box that the engine lays out; more rows than fit share it. */
const TALLEST = 30_000_000;

interface Box {
  top: number;
  left: number;
  width: number;
  height: number;
}

/** What is in sight of a table of any length. */
interface Sight {
  /** The height of the room to scroll in. */
  room: number;
  first: number;
  last: number;
  /** Where a row stands in that room. */
  topOf: (row: number) => number;
}

/** The rows in sight. Where all would be taller than a box can be, a scrolled pixel stands for more than one. */
export function sight(total: number, box: { top: number; height: number }): Sight {
  const whole = total * ROW;
  const room = Math.min(whole, TALLEST);
  const height = Math.max(ROW, box.height - HEAD);
  const scale = room <= height ? 1 : (whole - height) / (room - height);
  const offset = Math.min(box.top * scale, Math.max(0, whole - height));
  const first = Math.max(0, Math.floor(offset / ROW) - 6);
  const last = Math.min(total - 1, Math.ceil((offset + height) / ROW) + 6);
  return { room, first, last, topOf: (row) => (scale === 1 ? row * ROW : box.top + row * ROW - offset) };
}

/** Where to scroll to so that a row is in sight; null where it is. */
export function scrollTo(total: number, row: number, box: { top: number; height: number }): number | null {
  const whole = total * ROW;
  const room = Math.min(whole, TALLEST);
  const height = Math.max(ROW, box.height - HEAD);
  const scale = room <= height ? 1 : (whole - height) / (room - height);
  const offset = box.top * scale;
  if (row * ROW < offset) return (row * ROW) / scale;
  if ((row + 1) * ROW > offset + height) return ((row + 1) * ROW - height) / scale;
  return null;
}

/** Follows what is in sight of a scrolling box. */
export function useView() {
  const scroller = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box>({ top: 0, left: 0, width: 1000, height: 600 });
  const look = useCallback(() => {
    const node = scroller.current;
    if (node === null) return;
    // Without a layout (in tests) the usual size holds.
    const size = { width: node.clientWidth || 1000, height: node.clientHeight || 600 };
    const next = { top: node.scrollTop, left: node.scrollLeft, ...size };
    setBox((before) => (before.top === next.top && before.left === next.left && before.width === next.width && before.height === next.height ? before : next));
  }, []);
  useLayoutEffect(() => {
    look();
    const node = scroller.current;
    if (node === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(look);
    observer.observe(node);
    return () => observer.disconnect();
  }, [look]);
  /** Scrolls to a place; what is not named stays. */
  const put = useCallback((place: { top?: number; left?: number }) => {
    scroller.current?.scrollTo?.({ behavior: "instant", ...place });
  }, []);
  return { scroller, box, look, put };
}
