import { Copy } from "lucide-react";
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import type { TreeNode } from "../api";
import { copy } from "../app/copy";
import { Menu } from "../components/Menu";
import { words } from "../strings";
import { nodesOf } from "./json";
import { linesOf, treeStep, type Branch } from "./tree";
import { TreeRow } from "./TreeRow";
import "./panel.css";

const LINE = 24;
/** A longer text is shown as it is. */
const LONGEST = 200_000;

/** The body of a request beside the pages, or of a problem: a tree where it is JSON, else the text. */
export function BodyTree({ text, label }: { text: string; label: string }) {
  const nodes = useMemo(() => (text.length > LONGEST ? null : nodesOf(text)), [text]);
  if (nodes === null) return <pre className="text">{text}</pre>;
  return <Tree nodes={nodes} label={label} />;
}

function Tree({ nodes, label }: { nodes: Map<string, TreeNode[]>; label: string }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set((nodes.get("$") ?? []).filter((node) => node.children > 0 && node.children < 12).map((node) => node.path)));
  const [at, setAt] = useState(0);
  const [menu, setMenu] = useState<{ node: TreeNode; anchor: DOMRect } | null>(null);
  const base = useId();
  const lines = useMemo(() => linesOf(new Map([...nodes].map(([path, list]): [string, Branch] => [path, { nodes: list, more: false }])), open), [nodes, open]);
  const toggle = (path: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  const openMenu = (index: number) => {
    const node = lines[index]?.node;
    const element = document.getElementById(`${base}-${index}`);
    if (node != null && element !== null) setMenu({ node, anchor: element.getBoundingClientRect() });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      openMenu(at);
    }
    if (event.key.toLowerCase() === "c") void copy(lines[at]?.node?.path ?? "");
    const step = treeStep(event.key, at, lines);
    if (step === null) return;
    event.preventDefault();
    if (step.toggle !== undefined) toggle(step.toggle);
    if (step.to === undefined) return;
    setAt(step.to);
    document.getElementById(`${base}-${step.to}`)?.scrollIntoView?.({ block: "nearest" });
  };
  const icon = <Copy className="icon" aria-hidden />;
  return (
    <div className="tree body-tree" role="tree" tabIndex={0} aria-label={label} aria-activedescendant={`${base}-${at}`} data-testid="body-tree" onKeyDown={onKeyDown}>
      <div className="tree-in" role="presentation" style={{ height: lines.length * LINE }}>
        {lines.map((line, index) => (
          <TreeRow
            key={line.node?.path ?? index}
            id={`${base}-${index}`}
            line={line}
            top={index * LINE}
            here={index === at}
            onPick={() => {
              setAt(index);
              openMenu(index);
            }}
            onToggle={() => {
              setAt(index);
              if (line.node !== null) toggle(line.node.path);
            }}
          />
        ))}
      </div>
      {menu !== null && (
        <Menu
          label={words.tree.use(menu.node.path)}
          anchor={menu.anchor}
          onClose={() => setMenu(null)}
          items={[
            { id: "copy-path", label: words.tree.copyPath, icon, end: menu.node.path.length > 24 ? "" : menu.node.path, run: () => void copy(menu.node.path) },
            { id: "copy-value", label: words.tree.copyValue, icon, run: () => void copy(menu.node.value) },
          ]}
        />
      )}
    </div>
  );
}
