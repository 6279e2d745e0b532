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
    write(name, String(next));
  };
  return [value, put];
}

/** What was kept under a name. */
export function read(name: string): string | null {
  try {
    return localStorage.getItem(`tapwright.${name}`);
  } catch {
    // Where nothing can be kept the usual holds.
    return null;
  }
}

/** Keeps a text under a name. */
export function write(name: string, value: string): void {
  try {
    localStorage.setItem(`tapwright.${name}`, value);
  } catch {
    // It holds until the window is closed.
  }
}
