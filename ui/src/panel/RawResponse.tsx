import { useVirtualizer } from "@tanstack/react-virtual";
import { Braces } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import type { Stream, StreamPreview, TreeNode } from "../api";
import { copy } from "../app/copy";
import { insideRecord } from "../builder/child";
import { carry } from "../builder/drag";
import { EmptyState } from "../components/EmptyState";
import { words } from "../strings";
import { NodeMenu } from "./NodeMenu";
import { Pager, usePage } from "./Pager";
import { treeStep } from "./tree";
import { TreeRow } from "./TreeRow";
import { useTree } from "./useTree";

const LINE = 24;

/** A page's answer as a tree. Any value can be used as records, key, cursor, next page or column. */
export function RawResponse({ id, stream, preview }: { id: string; stream: Stream; preview: StreamPreview }) {
  const { page: shown, show } = usePage(preview.pages);
  if (preview.pages.length === 0) return <EmptyState icon={<Braces aria-hidden />} title={words.tree.none} />;
  return (
    <>
      <div className="bar">
        <Pager page={shown} pages={preview.pages} onChange={show} />
        <span className="dim end">{words.tree.keys}</span>
      </div>
      <Tree key={shown} id={id} stream={preview.stream} page={shown} version={preview.version} definition={stream} />
    </>
  );
}

interface TreeProps {
  id: string;
  stream: string;
  page: number;
  version: number;
  definition: Stream;
}

function Tree({ id, stream, page, version, definition }: TreeProps) {
  const { lines, toggle, more } = useTree(id, stream, page, version);
  const [at, setAt] = useState(0);
  const [menu, setMenu] = useState<{ node: TreeNode; anchor: DOMRect } | null>(null);
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
    if (missing !== undefined) more(missing);
  }, [missing, more]);
  const here = Math.min(at, lines.length - 1);
  const drawn = visible.some((row) => row.index === here) && lines[here]?.node != null;

  const openMenu = (index: number) => {
    const node = lines[index]?.node;
    const element = document.getElementById(`${base}-${index}`)?.querySelector(".value") ?? null;
    if (node != null && element !== null) setMenu({ node, anchor: element.getBoundingClientRect() });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      // The menu takes the focus: the key must not press what is in it.
      event.preventDefault();
      openMenu(here);
    }
    if (event.key.toLowerCase() === "c") void copy(lines[here]?.node?.path ?? "");
    const step = treeStep(event.key, here, lines);
    if (step === null) return;
    event.preventDefault();
    if (step.toggle !== undefined) toggle(step.toggle);
    if (step.to === undefined) return;
    setAt(step.to);
    rows.scrollToIndex(step.to, { align: "auto" });
  };
  return (
    <div
      ref={scroll}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-label={words.tree.label}
      aria-activedescendant={drawn ? `${base}-${here}` : undefined}
      data-testid="tree"
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
              line={line}
              top={start}
              here={index === here}
              onDragStart={(event, node) => {
                const inside = insideRecord(definition, node.path);
                if (inside === null) event.preventDefault();
                else carry(event, { parent: definition.name, inside, value: node.value }, node.path);
              }}
              onPick={() => {
                setAt(index);
                openMenu(index);
              }}
              onToggle={() => {
                setAt(index);
                if (line.node !== null) toggle(line.node.path);
              }}
            />
          );
        })}
      </div>
      {menu !== null && <NodeMenu node={menu.node} stream={definition} anchor={menu.anchor} onClose={() => setMenu(null)} />}
    </div>
  );
}
