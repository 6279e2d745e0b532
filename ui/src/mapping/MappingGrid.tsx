import { ChevronDown, Plus, TriangleAlert } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Fault, Field, FieldSample, OnError, Stream, TypeEvidence } from "../api";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Menu, type MenuItem } from "../components/Menu";
import { useGoal } from "../builder/useGoal";
import { inFirstRecord, type ParentValue } from "../builder/child";
import { carries, dropped } from "../builder/drag";
import { pointAt } from "../app/workbench";
import { BulkBar } from "./BulkBar";
import { FieldRow } from "./FieldRow";
import { FieldRows, MOST, type RowOf } from "./FieldRows";
import { addField, camel, changeField, onErrorAll, ownName, removeField, renameAll, showAll, snake } from "./columns";
import { useLocks } from "./locks";
import "./mapping.css";
import { mappingWords as words } from "../strings";

/** What the mapping grid is given. */
interface MappingGridProps {
  /** The stream as it stands; its `fields` are the rows. Members that equal their default may be missing. */
  stream: Stream;
  /** Before and after of each declared column, in the order of `stream.fields`. Empty while faults stand in the way. */
  samples: FieldSample[];
  /** What detection saw of each column. Empty for a definition that came as a file. */
  types: TypeEvidence[];
  /** Faults of this stream's fields; `path` ends like `fields[3].transform[0]`. */
  faults: Fault[];
  /** Where the stream stands: `streams[0]`. */
  path: string;
  /** The stream with a change. May be called at each key press: it is shown at once and sent 80 ms after the last. */
  onChange: (stream: Stream) => void;
}

/** One row a field: name, source path, type, transforms, on error, example in and out. */
export function MappingGrid({ stream, path, samples, types, faults, onChange }: MappingGridProps) {
  const [filter, setFilter] = useState("");
  const box = useRef<HTMLDivElement>(null);
  useGoal(box, "mapping");
  const fields = useMemo(() => stream.fields ?? [], [stream.fields]);
  const [only, setOnly] = useState(false);
  const [bulk, setBulk] = useState<DOMRect | null>(null);
  const locks = useLocks(useApp((state) => state.workbench?.id ?? ""), stream.name);
  const own = useMemo(() => byColumn(faults), [faults]);
  const faulty = useMemo(() => fields.flatMap((_, at) => ((samples[at]?.faults ?? 0) > 0 || own.has(at) ? [at] : [])), [fields, samples, own]);
  const shown = useMemo(() => {
    const found = matching(fields.map((field) => field.name), filter);
    return only && faulty.length > 0 ? new Set([...found].filter((at) => faulty.includes(at))) : found;
  }, [fields, filter, only, faulty]);
  // A column that is worked on stays, though it may not fit the filter any more.
  const [worked, setWorked] = useState<number | null>(null);
  const drawn = worked === null || shown.has(worked) ? shown : new Set([...shown, worked]);
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const [last, setLast] = useState(0);
  const [about, setAbout] = useState(`${path} ${fields.length}`);
  if (about !== `${path} ${fields.length}`) {
    // Columns are chosen by their places: where those move, nothing is chosen.
    setAbout(`${path} ${fields.length}`);
    setMarked(new Set());
  }
  const chosen = new Set([...marked].filter((at) => shown.has(at)));
  const mark = (at: number, on: boolean, range: boolean) => {
    const [from, to] = range ? [Math.min(at, last), Math.max(at, last)] : [at, at];
    const next = new Set(marked);
    for (const place of shown) {
      if (place < from || place > to) continue;
      if (on) next.add(place);
      else next.delete(place);
    }
    setMarked(next);
    setLast(at);
  };
  // The rows keep what they were given: what is done then is done to the columns as they are.
  const now = useRef({ mark, toggle: locks.toggle, stream, onChange });
  useEffect(() => {
    now.current = { mark, toggle: locks.toggle, stream, onChange };
  });
  const onMark = useCallback((at: number, on: boolean, range: boolean) => now.current.mark(at, on, range), []);
  const onLock = useCallback((name: string) => now.current.toggle(name), []);
  const onField = useCallback((at: number, change: Partial<Field>) => now.current.onChange(changeField(now.current.stream, at, change)), []);
  const onRemove = useCallback((at: number) => now.current.onChange(removeField(now.current.stream, at)), []);
  const narrowed = chosen.size > 0 || shown.size < fields.length;
  const some = chosen.size > 0 ? chosen : narrowed ? shown : undefined;
  const key = stream.key ?? [];
  const names = [...(some ?? shown)].map((at) => fields[at]?.name ?? "");
  const bulkItems: MenuItem[] = [
    { id: "show-all", label: words.showAll, run: () => onChange(showAll(stream, true, some)) },
    { id: "hide-all", label: words.hideAll, run: () => onChange(showAll(stream, false, some)) },
    { id: "snake", label: words.snake, run: () => onChange(renameAll(stream, snake, some)) },
    { id: "camel", label: words.camel, run: () => onChange(renameAll(stream, camel, some)) },
    { id: "own-names", label: words.ownNames, run: () => onChange(renameAll(stream, (_, field) => ownName(field), some)) },
    { id: "lock-all", label: words.lockAll, run: () => locks.lock(names, true) },
    { id: "unlock-all", label: words.unlockAll, run: () => locks.lock(names, false) },
    ...(Object.entries(words.onErrors) as [OnError, string][]).map(([id, label]) => ({ id: `on-error-${id}`, label: words.onErrorAll(label), run: () => onChange(onErrorAll(stream, id, some)) })),
  ];
  const rowAt = (at: number, row?: RowOf) => {
    const field = fields[at];
    return field === undefined ? null : (
      <FieldRow
        // A row is its place: the name changes while it is typed.
        key={at}
        rowRef={row?.ref}
        index={row?.index}
        field={field}
        path={`${path}.fields[${at}]`}
        at={at}
        isKey={key.includes(field.name)}
        marked={chosen.has(at)}
        onMark={onMark}
        sample={samples[at]}
        locked={locks.locked.has(field.name)}
        onLock={onLock}
        evidence={types.find((type) => type.field === field.name)}
        faults={own.get(at) ?? NONE}
        onChange={onField}
        onRemove={onRemove}
      />
    );
  };
  const [held, setHeld] = useState(false);
  // What is held over the grid goes to a source, or becomes a column of its own.
  const takes = (value: ParentValue | null) => {
    setHeld(false);
    if (value !== null && value.parent === stream.name) void pointAt(inFirstRecord(stream, value.inside), "column");
  };
  return (
    <div
      className="mapping"
      onDragOver={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        if (!held) setHeld(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setHeld(false);
      }}
      onDrop={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        takes(dropped(event));
      }}
    >
      <div className="mapping-tools" role="toolbar" aria-label={words.bulk}>
        <input
          type="search"
          className="input mapping-filter"
          aria-label={words.filter}
          placeholder={words.filter}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        {faulty.length > 0 && (
          <button type="button" className="tag warn mapping-faulty" aria-pressed={only} data-testid="only-faulty" onClick={() => setOnly(!only)}>
            <TriangleAlert aria-hidden />
            {words.faultyColumns(faulty.length)}
          </button>
        )}
        <Button data-testid="add-field" icon={<Plus className="icon" aria-hidden />} onClick={() => onChange(addField(stream))}>
          {words.add}
        </Button>
        <Button
          look="quiet"
          aria-haspopup="menu"
          data-testid="bulk-open"
          onClick={(event) => setBulk(event.currentTarget.getBoundingClientRect())}
        >
          {chosen.size > 0 ? words.chosen(chosen.size) : narrowed ? words.bulkSome(shown.size) : words.bulk}
          <ChevronDown className="icon" aria-hidden />
        </Button>
        {bulk !== null && <Menu label={narrowed ? words.bulkSome(shown.size) : words.bulk} anchor={bulk} items={bulkItems} onClose={() => setBulk(null)} />}
      </div>
      {chosen.size > 0 && <BulkBar stream={stream} chosen={chosen} onChange={onChange} onClear={() => setMarked(new Set())} />}
      {fields.length === 0 ? (
        <EmptyState title={words.none}>{words.noneHint}</EmptyState>
      ) : (
        <div ref={box} className="mapping-scroll">
          <table
            className="mapping-table"
            aria-label={words.label}
            aria-rowcount={drawn.size > MOST ? drawn.size + 1 : undefined}
            data-app-undo
            onKeyDown={moveBetweenRows}
            onFocus={(event) => setWorked(placeOf(event.target))}
            onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setWorked(null)}
          >
            <thead>
              <tr>
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label={words.chooseAll}
                    data-testid="choose-all"
                    checked={chosen.size > 0 && chosen.size === shown.size}
                    onChange={(event) => setMarked(event.target.checked ? new Set(shown) : new Set())}
                  />
                </th>
                <th scope="col">{words.show}</th>
                <th scope="col">{words.name}</th>
                <th scope="col">{words.from}</th>
                <th scope="col">{words.type}</th>
                <th scope="col">{words.transform}</th>
                <th scope="col">{words.onError}</th>
                <th scope="col">{words.example}</th>
                <th scope="col">
                  <span className="sr-only">{words.remove}</span>
                </th>
              </tr>
            </thead>
            <FieldRows
              box={box}
              places={fields.flatMap((_, at) => (drawn.has(at) ? [at] : []))}
              worked={worked}
              path={path}
              draw={rowAt}
            />
          </table>
        </div>
      )}
      {held && (
        <p className="mapping-drop over" data-testid="mapping-drop">
          {words.dropHere}
        </p>
      )}
    </div>
  );
}

const NONE: Fault[] = [];

/** The faults of each column, by its place. */
function byColumn(faults: Fault[]): Map<number, Fault[]> {
  const all = new Map<number, Fault[]>();
  for (const fault of faults) {
    const at = Number(/fields\[(\d+)\]/.exec(fault.path)?.[1] ?? -1);
    all.set(at, [...(all.get(at) ?? []), fault]);
  }
  return all;
}

/** The place of the column whose row holds an element. */
function placeOf(element: Element): number | null {
  const at = /\.fields\[(\d+)\]$/.exec(element.closest("tr")?.dataset["path"] ?? "")?.[1];
  return at === undefined ? null : Number(at);
}

function matching(names: string[], filter: string): Set<number> {
  const wanted = filter.trim().toLowerCase();
  return new Set(names.flatMap((name, at) => (name.toLowerCase().includes(wanted) ? [at] : [])));
}

/** Up and down go to the same control of the row above and below. A list of choices keeps them for itself. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>) {
  const from = event.target;
  if (!(from instanceof HTMLInputElement) || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(`[data-column="${from.dataset["column"] ?? ""}"]`)];
  const to = all[all.indexOf(from) + (event.key === "ArrowDown" ? 1 : -1)];
  if (to === undefined) return;
  event.preventDefault();
  to.focus();
}
