import { Copy } from "lucide-react";
import type { Role, TreeNode } from "../api";
import { copy } from "../app/copy";
import { pointAt } from "../app/workbench";
import { Menu } from "../components/Menu";
import { words } from "../strings";

const ROLES: Role[] = ["records", "key", "cursor", "next_page", "column"];

/** What a value of the response can be used as. */
export function NodeMenu({ node, anchor, onClose }: { node: TreeNode; anchor: DOMRect; onClose: () => void }) {
  const scalar = node.kind !== "object" && node.kind !== "array";
  const roles = ROLES.filter((role) => role === "records" || role === "column" || scalar);
  const items = roles.map((role) => ({ id: role, label: words.tree.role[role], run: () => void pointAt(node.path, role) }));
  const icon = <Copy className="icon" aria-hidden />;
  return (
    <Menu
      label={words.tree.use(node.path)}
      anchor={anchor}
      onClose={onClose}
      items={[
        ...items,
        { id: "copy-path", label: words.tree.copyPath, icon, end: node.path.length > 24 ? "" : node.path, run: () => void copy(node.path) },
        ...(scalar ? [{ id: "copy-value", label: words.tree.copyValue, icon, run: () => void copy(node.value) }] : []),
      ]}
    />
  );
}
