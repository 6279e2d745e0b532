import { useCallback, useEffect, useRef } from "react";

/**
 * Does something now, and again as often as there is news: one after the other, at most every `pace` milliseconds. News that
 * come while it is done are not lost. Gives the way to do it once more. The work must not throw.
 */
export function usePaced(work: () => Promise<void>, news: unknown, pace: number): () => void {
  const state = useRef({ work, busy: false, again: false, last: 0, left: false });
  const run = useCallback(async (): Promise<void> => {
    const mine = state.current;
    if (mine.busy) {
      mine.again = true;
      return;
    }
    mine.busy = true;
    do {
      mine.again = false;
      mine.last = Date.now();
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await mine.work();
    } while (mine.again && !mine.left);
    mine.busy = false;
  }, []);
  useEffect(() => {
    const mine = state.current;
    mine.left = false;
    return () => {
      mine.left = true;
    };
  }, []);
  useEffect(() => {
    const mine = state.current;
    // Other work need not wait.
    if (mine.work !== work) mine.last = 0;
    mine.work = work;
    const timer = setTimeout(() => void run(), Math.max(0, mine.last + pace - Date.now()));
    return () => clearTimeout(timer);
  }, [work, news, pace, run]);
  return useCallback(() => void run(), [run]);
}
