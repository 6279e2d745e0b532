import { useState } from "react";

const stash = new Map<string, unknown>();

/** What was kept under a name as long as the window is open. */
export function stashed<T>(name: string, first: T): T {
  return stash.has(name) ? (stash.get(name) as T) : first;
}

/** Keeps something as long as the window is open. */
export function keepInStash(name: string, value: unknown): void {
  stash.set(name, value);
}

/** A state that outlives its view: what was typed is there again after a look elsewhere. */
export function useStash<T>(name: string, first: T): [T, (next: T) => void] {
  const [value, setValue] = useState(() => stashed(name, first));
  const put = (next: T) => {
    setValue(next);
    keepInStash(name, next);
  };
  return [value, put];
}
