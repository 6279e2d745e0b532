import { ChevronDown, ChevronRight, Columns3, Ellipsis, Plus, Rows3, Send, Webhook, Zap } from "lucide-react";
import { useRef, useState } from "react";
import { count } from "../app/format";
import { words } from "../strings";
import type { ParentValue } from "./child";
import { carries, dropped } from "./drag";
import type { ListName, Row } from "./rows";

const W = words.builder;
const ICONS = { streams: Rows3, actions: Zap, webhooks: Webhook, destinations: Send } satisfies Record<ListName, unknown>;

interface ConnectorRowProps {
  id: string;
  row: Row;
  top: number;
  here: boolean;
  chosen: boolean;
  renaming: boolean;
  onPick: () => void;
  onToggle: () => void;
  onAdd: (() => void) | undefined;
  onMenu: (anchor: Element) => void;
  /** Takes a value that is dropped here; none where it can't. */
  onDrop: ((value: ParentValue) => void) | undefined;
  /** Null gives it up. */
  onRename: (name: string | null) => void;
}

/** One line of the connector's tree. The keys belong to the tree itself. */
export function ConnectorRow({ id, row, top, here, chosen, renaming, onPick, onToggle, onAdd, onMenu, onDrop, onRename }: ConnectorRowProps) {
  const label = row.kind === "group" && row.group !== undefined ? W.groups[row.group] : row.label;
  const none = row.kind === "empty" && row.group !== undefined && row.group !== "settings" ? row.group : null;
  const Icon = none !== null ? Plus : row.kind === "column" ? Columns3 : row.list === undefined ? undefined : ICONS[row.list];
  const classes = ["ctree-row", `is-${row.kind}`, here ? "here" : "", chosen ? "chosen" : "", row.unused === true ? "unused" : ""];
  const Twist = row.open === true ? ChevronDown : ChevronRight;
  return (
    <div
      id={id}
      className={classes.join(" ")}
      role="treeitem"
      aria-level={row.level}
      aria-expanded={row.open}
      aria-selected={chosen}
      aria-label={none === null ? undefined : `${W.add[none]}. ${W.empty[none]}`}
      title={none === null ? undefined : W.empty[none]}
      data-testid={testId(row)}
      style={{ top, paddingLeft: 6 + (row.level - 1) * 14 }}
      onClick={onPick}
      onDragOver={(event) => {
        if (onDrop === undefined || !carries(event)) return;
        event.preventDefault();
        event.currentTarget.classList.add("over");
      }}
      onDragLeave={(event) => event.currentTarget.classList.remove("over")}
      onDrop={(event) => {
        event.currentTarget.classList.remove("over");
        const value = dropped(event);
        if (value === null) return;
        event.preventDefault();
        onDrop?.(value);
      }}
      onContextMenu={(event) => {
        if (row.list === undefined && (row.group === undefined || row.group === "settings")) return;
        event.preventDefault();
        onMenu(event.currentTarget);
      }}
    >
      <span
        className="twist"
        aria-hidden
        onClick={(event) => {
          if (row.open === undefined) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {row.open !== undefined && <Twist />}
      </span>
      {Icon !== undefined && <Icon className="icon" aria-hidden />}
      {renaming ? <NameInput name={row.label} onDone={onRename} /> : <span className="ctree-label">{none !== null ? W.add[none] : label === "" ? W.unset : label}</span>}
      {row.count !== undefined && <span className="ctree-count">{count(row.count)}</span>}
      {row.faults > 0 && (
        <span className="form-count" title={W.faults(row.faults)} aria-label={W.faults(row.faults)} role="img">
          {row.faults}
        </span>
      )}
      {onAdd !== undefined && row.kind === "group" && row.group !== undefined && row.group !== "settings" && (
        <button type="button" className="ctree-tool" tabIndex={-1} aria-label={W.add[row.group]} title={W.add[row.group]} data-testid={ADD[row.group]} onClick={(event) => run(event, onAdd)}>
          <Plus className="icon" aria-hidden />
        </button>
      )}
      {row.list !== undefined && !renaming && (
        <button type="button" className="ctree-tool more" tabIndex={-1} aria-label={W.more(label)} data-testid={`more-${row.id}`} onClick={(event) => run(event, () => onMenu(event.currentTarget))}>
          <Ellipsis className="icon" aria-hidden />
        </button>
      )}
    </div>
  );
}

const ADD = { streams: "stream-add", actions: "action-add", webhooks: "webhook-add", destinations: "destination-add" } satisfies Record<ListName, string>;

function run(event: React.MouseEvent, what: () => void): void {
  event.stopPropagation();
  what();
}

function testId(row: Row): string {
  if (row.kind === "empty") return `none-${row.group ?? ""}`;
  if (row.kind === "group") return `group-${row.group ?? ""}`;
  if (row.kind === "section") return `section-${row.section ?? ""}`;
  if (row.kind === "column") return `column-${row.label}`;
  return `${row.list === "streams" ? "stream" : row.list}-${row.label}`;
}

function NameInput({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const [text, setText] = useState(name);
  // Leaving the field takes the name, too: but only where it was not taken or given up before.
  const left = useRef(false);
  const done = (next: string | null) => {
    if (left.current) return;
    left.current = true;
    onDone(next);
  };
  return (
    <input
      className="input ctree-name"
      aria-label={W.rename(name)}
      data-testid="tree-rename"
      autoFocus
      spellCheck={false}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onClick={(event) => event.stopPropagation()}
      onBlur={() => done(text.trim())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") done(text.trim());
        if (event.key === "Escape") done(null);
      }}
    />
  );
}
