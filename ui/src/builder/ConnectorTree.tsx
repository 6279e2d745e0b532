import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Descriptors, Workbench } from "../api";
import { useApp } from "../app/store";
import { reread } from "../app/workbench";
import { Menu, type MenuItem } from "../components/Menu";
import { words } from "../strings";
import type { ParentValue } from "./child";
import { ConnectorRow } from "./ConnectorRow";
import { adopt } from "./drag";
import { addItem, duplicateItem, moveItem, openRow, removeItem, renameItem } from "./go";
import { listAt, rowId, rowOf, rowsOf, type GroupName, type ListName, type Row } from "./rows";
import { step } from "./step";

const W = words.builder;
const LINE = 28;

/** The parts of a connector: its settings, streams, actions, webhooks and destinations. */
export function ConnectorTree({ workbench, forms }: { workbench: Workbench; forms: Descriptors }) {
  const chosenStream = useApp((state) => state.stream);
  const section = useApp((state) => state.section);
  const item = useApp((state) => state.item);
  const shown = useApp((state) => state.pane !== "none");
  const [filter, setFilter] = useState("");
  const [groups, setGroups] = useState<ReadonlySet<GroupName>>(new Set<GroupName>(["settings", "streams", "actions", "webhooks", "destinations"]));
  const [folded, setFolded] = useState(false);
  const [columns, setColumns] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ row: Row; anchor: DOMRect } | null>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const base = useId();
  const { definition, faults } = workbench;
  const stream = folded ? null : chosenStream;
  const rows = useMemo(() => rowsOf(definition, forms, faults, { groups, stream, columns }, filter), [definition, forms, faults, groups, stream, columns, filter]);
  const chosen = shown ? rowOf(rows, { section, stream: chosenStream, item }) : rows.findIndex((row) => row.kind === "stream" && row.label === chosenStream);
  const place = rows.findIndex((row) => row.id === at);
  const here = place >= 0 ? place : Math.max(0, chosen);
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => LINE,
    // A short tree is drawn whole.
    overscan: rows.length < 120 ? 120 : 12,
    initialRect: { width: 240, height: 600 },
  });
  useEffect(() => {
    if (chosen >= 0) lines.scrollToIndex(chosen, { align: "auto" });
    // Only when another thing is chosen: not at each edit.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [section, chosenStream, item]);

  const streamOf = (index: number): string | null => {
    for (let up = index; up >= 0; up -= 1) {
      const row = rows[up];
      if (row?.kind === "stream") return row.label;
      if (row?.kind === "group") return null;
    }
    return null;
  };
  const toggle = (row: Row) => {
    if (row.kind === "group" && row.group !== undefined) setGroups((before) => flipped(before, row.group as GroupName));
    if (row.kind === "stream") {
      setFolded(row.label === chosenStream ? !folded : false);
      if (row.label !== chosenStream) openRow(row, row.label);
    }
    if (row.kind === "section") setColumns(!columns);
  };
  const addAt = (index: number) => {
    const list = listAt(rows, index);
    if (list === null) return;
    setGroups((before) => new Set(before).add(list));
    setAt(rowId(list, addItem(list)));
  };
  const pick = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    setAt(row.id);
    if (row.kind === "group") return toggle(row);
    if (row.kind === "empty") return addAt(index);
    if (row.kind === "stream") setFolded(row.label === chosenStream && !folded && row.open === true && row.id === at);
    openRow(row, streamOf(index));
  };
  const focus = (index: number) => {
    setAt(rows[index]?.id ?? null);
    lines.scrollToIndex(index, { align: "auto" });
  };
  const openMenu = (row: Row, element: Element | null | undefined) => {
    if ((row.list !== undefined || listOf(row) !== null) && element != null) setMenu({ row, anchor: element.getBoundingClientRect() });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[here];
    if (row === undefined || renaming !== null || event.target !== event.currentTarget) return;
    if (event.key === "Insert" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      return addAt(here);
    }
    if (row.list === undefined && (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10"))) {
      event.preventDefault();
      return openMenu(row, document.getElementById(`${base}-${here}`));
    }
    const done = itemKey(event, row, () => setRenaming(row.id), () => openMenu(row, document.getElementById(`${base}-${here}`)), (id) => setAt(id));
    if (done || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return pick(here);
    }
    const to = step(event.key, here, rows);
    if (to === null) return;
    event.preventDefault();
    if (to.toggle === true) toggle(row);
    if (to.to !== undefined) focus(to.to);
  };
  const visible = lines.getVirtualItems();
  return (
    <nav className="ctree" aria-label={W.tree}>
      <div className="ctree-filter">
        <input className="input" type="search" placeholder={W.filter} aria-label={W.filterLabel} data-testid="tree-filter" value={filter} onChange={(event) => setFilter(event.target.value)} />
      </div>
      <div
        ref={scroll}
        className="ctree-rows"
        role="tree"
        tabIndex={0}
        aria-label={W.tree}
        aria-activedescendant={visible.some((line) => line.index === here) ? `${base}-${here}` : undefined}
        aria-describedby={`${base}-keys`}
        data-testid="connector-tree"
        onKeyDown={onKeyDown}
      >
        <div className="ctree-in" role="presentation" style={{ height: lines.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <ConnectorRow
                key={row.id}
                id={`${base}-${index}`}
                row={row}
                top={start}
                here={index === here}
                chosen={index === chosen}
                renaming={renaming === row.id}
                onPick={() => pick(index)}
                onToggle={() => {
                  setAt(row.id);
                  toggle(row);
                }}
                onAdd={row.kind === "group" && row.group !== "settings" ? () => addAt(index) : undefined}
                onDrop={dropOn(row, chosenStream)}
                onMenu={(element) => openMenu(row, element)}
                onRename={(name) => {
                  setRenaming(null);
                  scroll.current?.focus();
                  if (name !== null && row.list !== undefined && row.index !== undefined) renameItem(row.list, row.index, name);
                }}
              />
            );
          })}
        </div>
        {rows.length === 0 && <p className="dim ctree-none">{W.nothing}</p>}
      </div>
      <p id={`${base}-keys`} className="sr-only">
        {W.keys}
      </p>
      {menu !== null && (
        <Menu
          label={W.more(nameOf(menu.row))}
          anchor={menu.anchor}
          items={itemsOf(menu.row, () => setRenaming(menu.row.id), () => addAt(rows.findIndex((row) => row.id === menu.row.id)))}
          onClose={() => setMenu(null)}
        />
      )}
    </nav>
  );
}

/** The list that a group's row, or the one that says that it is empty, stands for. */
function listOf({ kind, group }: Row): ListName | null {
  return (kind === "group" || kind === "empty") && group !== undefined && group !== "settings" ? group : null;
}

function nameOf(row: Row): string {
  return row.label === "" && row.group !== undefined ? W.groups[row.group] : row.label;
}

/** What becomes of a value that is dropped on a row: the row's stream, or a new one, is read by it. */
function dropOn(row: Row, current: string): ((value: ParentValue) => void) | undefined {
  if (row.kind === "group" && row.group === "streams") return (value) => adopt(value, null);
  return row.kind === "stream" && row.label !== current ? (value) => adopt(value, row.label) : undefined;
}

function flipped<T>(all: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(all);
  if (!next.delete(one)) next.add(one);
  return next;
}

/** The keys of an item of a list. Whether one was pressed. */
function itemKey(event: KeyboardEvent, row: Row, rename: () => void, menu: () => void, follow: (id: string) => void): boolean {
  const { list, index } = row;
  if (list === undefined || index === undefined) return false;
  const far = event.ctrlKey || event.metaKey;
  const id = (place: number) => rowId(list, place);
  const run = event.altKey
    ? { ArrowUp: () => follow(id(moveItem(list, index, -1))), ArrowDown: () => follow(id(moveItem(list, index, 1))) }[event.key]
    : far
      ? { d: () => duplicateItem(list, index) }[event.key.toLowerCase()]
      : event.shiftKey
        ? { F10: menu }[event.key]
        : { F2: rename, Delete: () => removeItem(list, index), ContextMenu: menu }[event.key];
  if (run === undefined) return false;
  event.preventDefault();
  run();
  return true;
}

function itemsOf(row: Row, rename: () => void, add: () => void): MenuItem[] {
  const { list, index = 0 } = row;
  const group = list ?? listOf(row);
  if (group === null) return [];
  const more: MenuItem = { id: "add", label: W.add[group], end: "Ins", run: add };
  if (list === undefined) return [more];
  const items: MenuItem[] = [
    { id: "rename", label: W.menu.rename, end: "F2", run: () => setTimeout(rename) },
    { id: "duplicate", label: W.menu.duplicate, end: "Ctrl D", run: () => duplicateItem(list, index) },
    { id: "up", label: W.menu.up, end: "Alt ↑", run: () => void moveItem(list, index, -1) },
    { id: "down", label: W.menu.down, end: "Alt ↓", run: () => void moveItem(list, index, 1) },
    { id: "remove", label: W.menu.remove, end: "Del", run: () => removeItem(list, index) },
  ];
  return [...items, ...(list === "streams" ? [{ id: "read", label: W.menu.read, run: () => void openAndRead(row) }] : []), more];
}

async function openAndRead(row: Row): Promise<void> {
  openRow(row, row.label);
  await reread();
}
