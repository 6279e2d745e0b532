import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** How many rows one request asks for. */
const SIZE = 100;
/** How many such windows are held; the ones used longest ago go first. */
const HELD = 40;

/**
 * Rows that stay on the other side, fetched as they come into sight. `key` names what they are rows of: with another
 * key all are asked for anew, while the old ones stay on screen until the new ones are there.
 */
export function useWindow<T>(key: string, fetch: (offset: number, limit: number) => Promise<T[]>, onError?: (thrown: unknown) => void) {
  const [, redraw] = useState(0);
  const held = useRef({ key, windows: new Map<number, T[]>(), asked: new Set<number>(), stale: new Map<number, T[]>() });
  const ask = useRef({ fetch, onError, range: [0, 1] as [number, number] });
  // Before the effects of what is drawn: a table says what it shows of another key before this one's own effects.
  useLayoutEffect(() => {
    ask.current.fetch = fetch;
    ask.current.onError = onError;
  });

  const seen = useCallback(
    (first: number, last: number) => {
      ask.current.range = [first, last];
      if (held.current.key !== key) {
        held.current = { key, windows: new Map(), asked: new Set(), stale: held.current.windows };
      }
      const mine = held.current;
      for (let index = Math.floor(first / SIZE); index <= Math.floor(last / SIZE); index += 1) {
        if (mine.asked.has(index)) continue;
        mine.asked.add(index);
        ask.current
          .fetch(index * SIZE, SIZE)
          .then((rows) => {
            mine.windows.set(index, rows);
            forget(mine);
            if (held.current === mine) redraw((n) => n + 1);
          })
          .catch((thrown: unknown) => {
            mine.asked.delete(index);
            if (held.current === mine) ask.current.onError?.(thrown);
          });
      }
    },
    [key],
  );

  useEffect(() => {
    seen(...ask.current.range);
  }, [seen]);

  const row = (index: number): T | undefined => {
    const at = Math.floor(index / SIZE);
    return (held.current.windows.get(at) ?? held.current.stale.get(at))?.[index % SIZE];
  };
  return { row, seen };
}

function forget(held: { windows: Map<number, unknown>; asked: Set<number> }) {
  const oldest = held.windows.keys().next();
  if (held.windows.size <= HELD || oldest.done) return;
  held.windows.delete(oldest.value);
  held.asked.delete(oldest.value);
}
