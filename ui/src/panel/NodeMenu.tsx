import { Copy, GitFork, Maximize2 } from "lucide-react";
import { useState } from "react";
import type { Role, Stream, TreeNode } from "../api";
import { copy } from "../app/copy";
import { show } from "../app/navigate";
import { app } from "../app/store";
import { pointAt } from "../app/workbench";
import { insideRecord, type ParentValue } from "../builder/child";
import { adopt } from "../builder/drag";
import { Menu, type MenuItem } from "../components/Menu";
import { words } from "../strings";
import { copyWhole, inResponse } from "./whole";

const ROLES: Role[] = ["records", "key", "cursor", "next_page", "column"];

/** What a value of the response can be used as. */
export function NodeMenu({ node, page, stream, anchor, onClose }: { node: TreeNode; page: number; stream: Stream | undefined; anchor: DOMRect; onClose: () => void }) {
  const [parent, setParent] = useState<ParentValue | null>(null);
  const scalar = node.kind !== "object" && node.kind !== "array";
  const roles = ROLES.filter((role) => role === "records" || role === "column" || scalar);
  const items: MenuItem[] = roles.map((role) => ({ id: role, label: words.tree.role[role], run: () => void pointAt(node.path, role) }));
  const inside = stream === undefined || !scalar ? null : insideRecord(stream, node.path);
  if (parent !== null) return <ParentMenu value={parent} anchor={anchor} onClose={onClose} />;
  const icon = <Copy className="icon" aria-hidden />;
  return (
    <Menu
      label={words.tree.use(node.path)}
      anchor={anchor}
      onClose={onClose}
      items={[
        ...items,
        ...(inside === null || stream === undefined
          ? []
          : [{ id: "parent", label: words.tree.parent, icon: <GitFork className="icon" aria-hidden />, stays: true, run: () => setParent({ parent: stream.name, inside, value: node.value }) }]),
        { id: "copy-path", label: words.tree.copyPath, icon, end: node.path.length > 24 ? "" : node.path, run: () => void copy(node.path) },
        { id: "copy-value", label: words.tree.copyValue, icon, run: () => void copyWhole(inResponse(page, node.path)) },
        { id: "show-value", label: words.tree.showValue, icon: <Maximize2 className="icon" aria-hidden />, run: () => show({ name: "value", ask: inResponse(page, node.path), title: node.path }) },
      ]}
    />
  );
}

/** The streams that a value can be the parent's id of. */
export function ParentMenu({ value, anchor, onClose }: { value: ParentValue; anchor: DOMRect; onClose: () => void }) {
  const others = (app.get().workbench?.definition.streams ?? []).filter((each) => each.name !== value.parent);
  return (
    <Menu
      key="parent"
      label={words.tree.parent}
      anchor={anchor}
      onClose={onClose}
      items={[
        ...others.map((each) => ({ id: `parent-of-${each.name}`, label: each.name, end: each.request?.path ?? "", run: () => adopt(value, each.name) })),
        { id: "parent-of-new", label: words.tree.newChild, run: () => adopt(value, null) },
      ]}
    />
  );
}
