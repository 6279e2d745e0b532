import type { TreeNode } from "../api";

/** How many children one request asks for. */
export const BRANCH = 200;

/** The children of a node that are at hand. */
export interface Branch {
  nodes: TreeNode[];
  /** Whether there are more than those. */
  more: boolean;
}

/** One line of the tree as it is drawn. */
export interface TreeLine {
  node: TreeNode | null;
  /** The node whose children these are. */
  parent: string;
  depth: number;
  open: boolean;
}

/** The lines of what is open, in order. A line without a node stands for children that are not at hand yet. */
export function linesOf(branches: ReadonlyMap<string, Branch>, open: ReadonlySet<string>): TreeLine[] {
  const lines: TreeLine[] = [];
  const walk = (parent: string, depth: number) => {
    const branch = branches.get(parent);
    for (const node of branch?.nodes ?? []) {
      const isOpen = node.children > 0 && open.has(node.path);
      lines.push({ node, parent, depth, open: isOpen });
      if (isOpen) walk(node.path, depth + 1);
    }
    if (branch === undefined || branch.more) lines.push({ node: null, parent, depth, open: false });
  };
  walk("$", 0);
  return lines;
}

/** Where an arrow leads: another line, or a node to open or close. */
export function treeStep(key: string, at: number, lines: TreeLine[]): { to?: number; toggle?: string } | null {
  const line = lines[at];
  if (line === undefined) return null;
  const { node } = line;
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(lines.length - 1, at + 1) };
    case "ArrowUp":
      return { to: Math.max(0, at - 1) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: lines.length - 1 };
    case "PageDown":
      return { to: Math.min(lines.length - 1, at + 15) };
    case "PageUp":
      return { to: Math.max(0, at - 15) };
    case "ArrowRight":
      if (node === null || node.children === 0) return {};
      return line.open ? { to: at + 1 } : { toggle: node.path };
    case "ArrowLeft":
      if (node !== null && line.open) return { toggle: node.path };
      return parentOf(line, lines);
    default:
      return null;
  }
}

/** The line that holds a line; the outermost ones have none. */
function parentOf(line: TreeLine, lines: TreeLine[]): { to?: number } {
  const to = lines.findIndex((each) => each.node?.path === line.parent);
  return to < 0 ? {} : { to };
}

/** What is open when one more is, or one less. */
export function toggled(open: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(open);
  if (!next.delete(path)) next.add(path);
  return next;
}
