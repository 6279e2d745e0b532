import { useState } from "react";
import { read, write } from "../app/kept";

/** The columns whose types a person locked: what is detected does not change them. Kept on this machine. */
export function useLocks(id: string, stream: string) {
  const name = `locks.${id}.${stream}`;
  const [, redraw] = useState(0);
  const locked: ReadonlySet<string> = new Set((read(name) ?? "").split("\n").filter((each) => each !== ""));
  const put = (next: Iterable<string>) => {
    write(name, [...next].join("\n"));
    redraw((n) => n + 1);
  };
  return {
    locked,
    toggle: (column: string) => put(locked.has(column) ? [...locked].filter((each) => each !== column) : [...locked, column]),
    lock: (columns: string[], on: boolean) => put(on ? new Set([...locked, ...columns]) : [...locked].filter((each) => !columns.includes(each))),
  };
}
