import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useId, useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from "react";
import type { TreeNode } from "../api";
import { copy } from "../app/copy";
import { treeStep, type TreeLine } from "./tree";
import { TreeRow } from "./TreeRow";
import "./panel.css";

const LINE = 24;

interface TreeLinesProps {
  label: string;
  testId: string;
  className?: string;
  lines: TreeLine[];
  onToggle: (path: string) => void;
  /** Enter on a line, or a click on it: the node, and where a menu may hang. */
  onPick: (node: TreeNode, anchor: DOMRect) => void;
  /** Children of a node came into sight that are not at hand. */
  onMissing?: ((parent: string) => void) | undefined;
  /** A value that is taken along. */
  onDragStart?: ((event: DragEvent, node: TreeNode) => void) | undefined;
  /** Whether it has the focus as soon as its sheet is open. */
  autoFocus?: boolean;
  /** What hangs on it. */
  children?: ReactNode;
}

/** A tree of any length: only the lines in sight are drawn. Arrows move, open and close; Enter picks, C copies the path. */
export function TreeLines(props: TreeLinesProps) {
  const { lines, onMissing, onDragStart } = props;
  const [at, setAt] = useState(0);
  const scroll = useRef<HTMLDivElement>(null);
  const base = useId();
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    overscan: 10,
    initialRect: { width: 800, height: 480 },
  });
  const visible = rows.getVirtualItems();
  const missing = visible.map(({ index }) => lines[index]).find((line) => line?.node === null)?.parent;
  useEffect(() => {
    if (missing !== undefined) onMissing?.(missing);
  }, [missing, onMissing]);
  const here = Math.max(0, Math.min(at, lines.length - 1));
  const drawn = visible.some((row) => row.index === here) && lines[here]?.node != null;

  const pick = (index: number) => {
    const node = lines[index]?.node;
    const row = document.getElementById(`${base}-${index}`);
    if (node != null && row !== null) props.onPick(node, (row.querySelector(".value") ?? row).getBoundingClientRect());
  };
  const toggle = (index: number) => {
    const node = lines[index]?.node;
    if (node != null) props.onToggle(node.path);
  };
  // The rows keep what they were given: scrolling draws the new ones only.
  const now = useRef({ pick, toggle, onDragStart });
  useEffect(() => {
    now.current = { pick, toggle, onDragStart };
  });
  const onPick = useCallback((index: number) => {
    setAt(index);
    now.current.pick(index);
  }, []);
  const onToggle = useCallback((index: number) => {
    setAt(index);
    now.current.toggle(index);
  }, []);
  const onDrag = useCallback((event: DragEvent, node: TreeNode) => now.current.onDragStart?.(event, node), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      // What opens takes the focus: the key must not press what is in it.
      event.preventDefault();
      pick(here);
    }
    if (event.key.toLowerCase() === "c") void copy(lines[here]?.node?.path ?? "");
    const step = treeStep(event.key, here, lines);
    if (step === null) return;
    event.preventDefault();
    if (step.toggle !== undefined) props.onToggle(step.toggle);
    if (step.to === undefined) return;
    setAt(step.to);
    rows.scrollToIndex(step.to, { align: "auto" });
  };
  return (
    <div
      ref={scroll}
      className={props.className === undefined ? "tree" : `tree ${props.className}`}
      role="tree"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={drawn ? `${base}-${here}` : undefined}
      data-autofocus={props.autoFocus === true ? "" : undefined}
      data-testid={props.testId}
      onKeyDown={onKeyDown}
    >
      <div className="tree-in" role="presentation" style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <TreeRow
              key={line.node?.path ?? `more ${line.parent}`}
              id={`${base}-${index}`}
              index={index}
              line={line}
              top={start}
              here={index === here}
              onPick={onPick}
              onToggle={onToggle}
              onDragStart={onDragStart === undefined ? undefined : onDrag}
            />
          );
        })}
      </div>
      {props.children}
    </div>
  );
}
