import { Columns3, Copy, EyeOff, GitFork, Maximize2 } from "lucide-react";
import { useState } from "react";
import type { Stream } from "../api";
import { copy } from "../app/copy";
import { show } from "../app/navigate";
import { app } from "../app/store";
import { pointAt, setStream } from "../app/workbench";
import { inFirstRecord, type ParentValue } from "../builder/child";
import { goToField } from "../builder/go";
import { Menu, type MenuItem } from "../components/Menu";
import { memberPath } from "../mapping/columns";
import { ParentMenu } from "../panel/NodeMenu";
import { copyWhole, inRecord } from "../panel/whole";
import { words } from "../strings";

interface CellMenuProps {
  stream: Stream;
  /** The column's name. */
  field: string;
  text: string | null;
  /** The record and the column, as they are shown. */
  row: number;
  column: number;
  anchor: DOMRect;
  onClose: () => void;
}

/** What a value of a record can be used as. */
export function CellMenu({ stream, field, text, row, column, anchor, onClose }: CellMenuProps) {
  const [parent, setParent] = useState<ParentValue | null>(null);
  const fields = stream.fields ?? [];
  const at = fields.findIndex((each) => each.name === field);
  const own = fields[at];
  const from = own === undefined ? memberPath(field) : own.template != null ? null : (own.from ?? memberPath(own.name));
  if (parent !== null) return <ParentMenu value={parent} anchor={anchor} onClose={onClose} />;
  const items: MenuItem[] = [];
  if (from !== null) {
    const path = inFirstRecord(stream, from);
    for (const role of ["key", "cursor"] as const) items.push({ id: role, label: words.tree.role[role], run: () => void pointAt(path, role) });
    items.push({
      id: "parent",
      label: words.tree.parent,
      icon: <GitFork className="icon" aria-hidden />,
      stays: true,
      run: () => setParent({ parent: stream.name, inside: from, value: text ?? "" }),
    });
  }
  if (at >= 0) {
    const index = app.get().workbench?.definition.streams?.findIndex((each) => each.name === stream.name) ?? 0;
    items.push({ id: "to-mapping", label: words.records.toMapping, icon: <Columns3 className="icon" aria-hidden />, run: () => void goToField(`streams[${index}].fields[${at}]`) });
    if (!(stream.key ?? []).includes(field))
      items.push({
        id: "hide",
        label: words.records.hide,
        icon: <EyeOff className="icon" aria-hidden />,
        run: () => setStream(stream.name, { ...stream, fields: fields.with(at, { ...fields[at], name: field, hidden: true }) }),
      });
  }
  const icon = <Copy className="icon" aria-hidden />;
  if (from !== null) items.push({ id: "copy-path", label: words.tree.copyPath, icon, end: from.length > 24 ? "" : from, run: () => void copy(from) });
  const ask = inRecord(row, column);
  items.push({ id: "copy-value", label: words.tree.copyValue, icon, run: () => void copyWhole(ask) });
  items.push({ id: "show-value", label: words.tree.showValue, icon: <Maximize2 className="icon" aria-hidden />, run: () => show({ name: "value", ask, title: field }) });
  return <Menu label={words.records.use(field)} anchor={anchor} items={items} onClose={onClose} />;
}
