import { useLayoutEffect, useState, type RefObject } from "react";

/** The width of an element as it is drawn, in CSS pixels. `before` until it is. */
export function useWidth(element: RefObject<HTMLElement | null>, before: number): number {
  const [width, setWidth] = useState(before);
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const look = () => setWidth(node.clientWidth);
    look();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(look);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
