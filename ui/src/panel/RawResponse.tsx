import { Braces } from "lucide-react";
import { useState, type DragEvent } from "react";
import type { Stream, StreamPreview, TreeNode } from "../api";
import { insideRecord } from "../builder/child";
import { carry } from "../builder/drag";
import { words } from "../strings";
import { NodeMenu } from "./NodeMenu";
import { NotRead } from "./NotRead";
import { Pager, usePage } from "./Pager";
import { TreeLines } from "./TreeLines";
import { WholeAnswer } from "./ValueSheet";
import { useTree } from "./useTree";

/** A page's answer as a tree. Any value can be used as records, key, cursor, next page or column. */
export function RawResponse({ id, stream, preview }: { id: string; stream: Stream; preview: StreamPreview }) {
  const { page: shown, show } = usePage(preview.pages);
  if (preview.pages.length === 0) return <NotRead icon={<Braces aria-hidden />} title={words.tree.none} text={words.tree.noneText} />;
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
  const [menu, setMenu] = useState<{ node: TreeNode; anchor: DOMRect } | null>(null);
  const only = lines[0]?.node;
  // What is no JSON is one text: it is shown as it is.
  if (lines.length === 1 && only?.path === "$" && only.kind === "string") return <WholeAnswer id={id} stream={stream} page={page} version={version} />;
  const onDragStart = (event: DragEvent, node: TreeNode) => {
    const inside = insideRecord(definition, node.path);
    if (inside === null) event.preventDefault();
    else carry(event, { parent: definition.name, inside, value: node.value }, node.path);
  };
  return (
    <TreeLines label={words.tree.label} testId="tree" lines={lines} onToggle={toggle} onPick={(node, anchor) => setMenu({ node, anchor })} onMissing={more} onDragStart={onDragStart}>
      {menu !== null && <NodeMenu node={menu.node} page={page} stream={definition} anchor={menu.anchor} onClose={() => setMenu(null)} />}
    </TreeLines>
  );
}
