import { Copy } from "lucide-react";
import { useMemo, useState } from "react";
import type { TreeNode } from "../api";
import { copy } from "../app/copy";
import { Menu, type MenuItem } from "../components/Menu";
import { words } from "../strings";
import { nodesOf } from "./json";
import { toggled, linesOf, type Branch } from "./tree";
import { TreeLines } from "./TreeLines";

/** A longer text is shown as it is. */
const LONGEST = 200_000;

interface BodyTreeProps {
  text: string;
  label: string;
  /** What a value can be used as, besides being copied. */
  uses?: ((node: TreeNode) => MenuItem[]) | undefined;
  className?: string;
}

/** The body of a request beside the pages, or of a problem: a tree where it is JSON, else the text. */
export function BodyTree({ text, label, uses, className = "body-tree" }: BodyTreeProps) {
  const nodes = useMemo(() => (text.length > LONGEST ? null : nodesOf(text)), [text]);
  if (nodes === null) return <pre className="text">{text}</pre>;
  // Another text has other branches to open.
  return <Tree key={text} nodes={nodes} label={label} uses={uses} className={className} />;
}

function Tree({ nodes, label, uses, className }: Omit<BodyTreeProps, "text"> & { nodes: Map<string, TreeNode[]> }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set((nodes.get("$") ?? []).filter((node) => node.children > 0 && node.children < 12).map((node) => node.path)));
  const [menu, setMenu] = useState<{ node: TreeNode; anchor: DOMRect } | null>(null);
  const branches = useMemo(() => new Map([...nodes].map(([path, list]): [string, Branch] => [path, { nodes: list, more: false }])), [nodes]);
  const lines = useMemo(() => linesOf(branches, open), [branches, open]);
  const icon = <Copy className="icon" aria-hidden />;
  return (
    <TreeLines
      className={className ?? ""}
      label={label}
      testId="body-tree"
      lines={lines}
      onToggle={(path) => setOpen((before) => toggled(before, path))}
      onPick={(node, anchor) => setMenu({ node, anchor })}
    >
      {menu !== null && (
        <Menu
          label={words.tree.use(menu.node.path)}
          anchor={menu.anchor}
          onClose={() => setMenu(null)}
          items={[
            ...(uses?.(menu.node) ?? []),
            { id: "copy-path", label: words.tree.copyPath, icon, end: menu.node.path.length > 24 ? "" : menu.node.path, run: () => void copy(menu.node.path) },
            { id: "copy-value", label: words.tree.copyValue, icon, run: () => void copy(menu.node.value) },
          ]}
        />
      )}
    </TreeLines>
  );
}
