import { useState } from "react";

/** A number that the window keeps for the next time: the width of a pane. */
export function useKept(name: string, usual: number): [number, (value: number) => void] {
  const [value, setValue] = useState(() => {
    const text = read(name);
    const kept = text === null ? Number.NaN : Number(text);
    return Number.isFinite(kept) ? kept : usual;
  });
  const put = (next: number) => {
    setValue(next);
    writeSoon(name, String(next));
  };
  return [value, put];
}

/** What was kept under a name. */
export function read(name: string): string | null {
  const soon = waiting.get(name);
  if (soon !== undefined) return soon.value;
  try {
    return localStorage.getItem(`tapwright.${name}`);
  } catch {
    // Where nothing can be kept the usual holds.
    return null;
  }
}

/** How long a value rests before it is written, in milliseconds. */
const REST = 300;
const waiting = new Map<string, { value: string; timer: ReturnType<typeof setTimeout> }>();

/** The same for what changes with each move of a pointer, or each key: it is written when it rests. */
export function writeSoon(name: string, value: string): void {
  clearTimeout(waiting.get(name)?.timer);
  waiting.set(name, { value, timer: setTimeout(() => write(name, value), REST) });
}

/** Keeps a text under a name. */
export function write(name: string, value: string): void {
  clearTimeout(waiting.get(name)?.timer);
  waiting.delete(name);
  try {
    localStorage.setItem(`tapwright.${name}`, value);
  } catch {
    // It holds until the window is closed.
  }
}
