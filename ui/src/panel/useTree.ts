import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call, toProblem } from "../api";
import { app } from "../app/store";
import { BRANCH, linesOf, toggled, type Branch } from "./tree";

/** The open part of a page's tree. Children are fetched as they come into sight; `version` fetches their marks anew. */
export function useTree(id: string, stream: string, page: number, version: number) {
  const [branches, setBranches] = useState<ReadonlyMap<string, Branch>>(new Map());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const asked = useRef(new Set<string>());
  const led = useRef("");
  const key = `${id} ${stream} ${page} ${version}`;
  const current = useRef(key);

  const load = useCallback(
    async (path: string, offset: number, limit: number = BRANCH) => {
      const mark = `${key} ${path} ${offset}`;
      if (asked.current.has(mark)) return;
      asked.current.add(mark);
      try {
        const nodes = await call("response_nodes", { id, stream, page, path, offset, limit });
        if (current.current !== key) return;
        setBranches((before) => {
          const had = before.get(path)?.nodes.slice(0, offset) ?? [];
          return new Map(before).set(path, { nodes: [...had, ...nodes], more: nodes.length === limit });
        });
      } catch (thrown) {
        asked.current.delete(mark);
        if (current.current === key) app.set({ problem: toProblem(thrown) });
      }
    },
    [id, stream, page, key],
  );

  const shown = useRef({ branches, open });
  useEffect(() => {
    shown.current = { branches, open };
  });
  useEffect(() => {
    current.current = key;
    asked.current.clear();
    const place = `${id} ${stream} ${page}`;
    const again = led.current === place;
    led.current = place;
    if (!again) {
      setBranches(new Map());
      setOpen(new Set());
      void load("$", 0);
      return;
    }
    for (const [path, branch] of shown.current.branches) void load(path, 0, Math.min(500, Math.max(BRANCH, branch.nodes.length)));
  }, [key, id, stream, page, load]);

  // Opens the way to the records, once: the root's only long list, and its first item.
  const first = useRef("");
  useEffect(() => {
    const place = `${id} ${stream} ${page}`;
    const root = branches.get("$");
    if (first.current === place || root === undefined) return;
    first.current = place;
    const marked = root.nodes.find((node) => node.marks.some((mark) => mark.role === "records"));
    const way = marked ?? root.nodes.find((node) => node.children > 0);
    if (way === undefined) return;
    setOpen(new Set([way.path, `${way.path}[0]`]));
  }, [branches, id, stream, page]);

  const toggle = useCallback((path: string) => setOpen((before) => toggled(before, path)), []);

  const lines = useMemo(() => linesOf(branches, open), [branches, open]);
  const more = useCallback((path: string) => void load(path, branches.get(path)?.nodes.length ?? 0), [branches, load]);
  return { lines, toggle, more };
}
