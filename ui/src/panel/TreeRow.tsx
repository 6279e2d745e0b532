import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type DragEvent } from "react";
import type { TreeNode } from "../api";
import { words } from "../strings";
import type { TreeLine } from "./tree";

interface TreeRowProps {
  id: string;
  index: number;
  line: TreeLine;
  top: number;
  here: boolean;
  /** A click on the value. */
  onPick: (index: number) => void;
  /** A click on the twist. */
  onToggle: (index: number) => void;
  /** A value that is taken along. */
  onDragStart?: ((event: DragEvent, node: TreeNode) => void) | undefined;
}

/** One line of the tree. The keys belong to the tree itself. */
export const TreeRow = memo(function TreeRow({ id, index, line, top, here, onPick, onToggle, onDragStart }: TreeRowProps) {
  const { node, depth, open } = line;
  const style = { top, paddingLeft: 12 + depth * 18 };
  if (node === null)
    return (
      <div className="tree-row dim" style={style} role="none">
        {words.working}
      </div>
    );
  const Twist = open ? ChevronDown : ChevronRight;
  return (
    <div
      id={id}
      className={here ? "tree-row here" : "tree-row"}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={node.children > 0 ? open : undefined}
      aria-selected={here}
      data-path={node.path}
      style={style}
      onClick={() => onPick(index)}
      draggable={onDragStart !== undefined && node.kind !== "object" && node.kind !== "array"}
      onDragStart={(event) => onDragStart?.(event, node)}
    >
      <span
        className="twist"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onToggle(index);
        }}
      >
        {node.children > 0 && <Twist />}
      </span>
      <span className="key">{node.key}</span>
      <span className={`value ${node.kind}`}>{shown(node)}</span>
      {node.marks.map((mark) => (
        <span key={`${mark.role} ${mark.name}`} className="mark">
          {words.tree.mark[mark.role]}
          {mark.role === "column" && mark.name !== node.key && ` ${mark.name}`}
        </span>
      ))}
    </div>
  );
});

function shown(node: TreeNode): string {
  if (node.kind === "array") return `[ ${words.tree.items(node.children)} ]`;
  if (node.kind === "object") return `{ ${words.tree.items(node.children)} }`;
  return node.value;
}
