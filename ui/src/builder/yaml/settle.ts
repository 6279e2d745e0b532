/** How long typing rests before the text is sent, in milliseconds. */
const REST = 250;

/** Sends the newest of many texts when the typing rests, one after the other. */
export function schedule(send: (text: string) => Promise<void>) {
  let waiting: string | null = null;
  let sending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    if (sending || waiting === null) return;
    const text = waiting;
    waiting = null;
    sending = true;
    try {
      await send(text);
    } finally {
      sending = false;
    }
    if (waiting !== null) await flush();
  };
  return {
    put: (text: string) => {
      waiting = text;
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), REST);
    },
    flush: () => void flush(),
    /** Whether there is text that the program does not have yet. */
    busy: () => waiting !== null,
  };
}
