/**
 * How long typing rests before the text is sent, in milliseconds. While a text is on its way the next ones wait: only the
 * newest of them is sent, so that a slow program is not asked faster than it answers.
 */
const REST = 30;

/** Sends the newest of many texts when the typing rests, one after the other; `rested` when all is sent. */
export function schedule<T>(send: (text: T) => Promise<void>, rested?: () => void) {
  let waiting: { text: T } | null = null;
  let sending: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drain = async (): Promise<void> => {
    while (waiting !== null) {
      const { text } = waiting;
      waiting = null;
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await send(text);
    }
  };
  /** Sends what waits now. Resolves when all is sent. */
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    if (sending === null && waiting !== null) {
      sending = drain().finally(() => {
        sending = null;
        rested?.();
      });
    }
    return sending ?? Promise.resolve();
  };
  return {
    put: (text: T) => {
      waiting = { text };
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), REST);
    },
    flush,
    /** Whether there is text that was not sent yet, or not answered. */
    busy: () => waiting !== null || sending !== null,
  };
}
