import type { Definition, Descriptors, Fault, FormSection, Stream } from "../api";
import { faultsBelow, get } from "../forms/edit";

/** The lists of a connector whose items stand in the tree by themselves. */
export const LISTS = ["streams", "actions", "webhooks", "destinations"] as const;
export type ListName = (typeof LISTS)[number];
export type GroupName = "settings" | ListName;

/** What is chosen: a part of the connector, a part of a stream, or one item of a list. */
export interface Chosen {
  section: string;
  stream: string;
  item: { list: ListName; index: number } | null;
}

/** One line of the tree. */
export interface Row {
  /** The same as long as it is the same thing in the same place. */
  id: string;
  kind: "group" | "section" | "stream" | "item" | "column" | "empty";
  level: number;
  label: string;
  /** Faults at it and below it. */
  faults: number;
  open?: boolean;
  count?: number;
  group?: GroupName;
  list?: ListName;
  index?: number;
  section?: string;
  /** Whether nothing is set there. */
  unused?: boolean;
}

/** What is unfolded. */
export interface Unfolded {
  groups: ReadonlySet<GroupName>;
  /** The one stream whose parts show. */
  stream: string | null;
  /** Whether its columns show. */
  columns: boolean;
}

/** The tree's lines, in order. With a filter, all that has the words in its name, with what it belongs to. */
export function rowsOf(definition: Definition, forms: Descriptors, faults: Fault[], unfolded: Unfolded, filter = ""): Row[] {
  const words = filter.trim().toLowerCase();
  const fits = (label: string) => words !== "" && label.toLowerCase().includes(words);
  const rows: Row[] = [];
  const settings = forms.sections.filter((section) => section.scope === "connector" && !isList(section.name));
  const open = (group: GroupName) => words !== "" || unfolded.groups.has(group);
  const group = (name: GroupName, label: string, at: string, count: number | undefined, inside: Row[]) => {
    if (words !== "" && inside.length === 0) return;
    const row: Row = { id: name, kind: "group", level: 1, label, group: name, open: open(name), faults: faultsIn(faults, at, settings, name) };
    rows.push(count === undefined ? row : { ...row, count });
    if (open(name)) rows.push(...inside);
    // What is empty says how it is filled.
    if (open(name) && count === 0) rows.push({ id: `${name}/none`, kind: "empty", level: 2, label: "", faults: 0, group: name });
  };
  group("settings", "", "", undefined, settings.filter((section) => words === "" || fits(section.title)).map((section) => sectionRow(section, definition, "", 2, faults, {})));
  const streams = definition.streams ?? [];
  group("streams", "", "streams", streams.length, streams.flatMap((stream, index) => streamRows(stream, index, forms, faults, unfolded, words)));
  for (const list of LISTS.slice(1)) {
    const items = namesOf(definition, list);
    const inside = items.flatMap((name, index): Row[] =>
      words !== "" && !fits(name)
        ? []
        : [{ id: `${list}/${index}`, kind: "item", level: 2, label: name, list, index, faults: faultsBelow(faults, `${list}[${index}]`).length }],
    );
    if (forms.sections.some((section) => section.name === list) || items.length > 0) group(list, "", list, items.length, inside);
  }
  return rows;
}

function faultsIn(faults: Fault[], at: string, settings: FormSection[], group: GroupName): number {
  if (group !== "settings") return faultsBelow(faults, at).length;
  return settings.flatMap((section) => section.fields.flatMap((field) => faultsBelow(faults, field.path))).length;
}

function sectionRow(section: FormSection, holder: unknown, root: string, level: number, faults: Fault[], more: Partial<Row>): Row {
  const found = faults.length === 0 ? 0 : section.fields.flatMap((field) => faultsBelow(faults, `${root}${field.path}`)).length;
  const unused = !section.fields.some((field) => get(holder, field.path) !== undefined);
  return { id: `${root}${section.name}`, kind: "section", level, label: section.title, section: section.name, faults: found, unused, ...more };
}

function streamRows(stream: Stream, index: number, forms: Descriptors, faults: Fault[], unfolded: Unfolded, words: string): Row[] {
  const fields = stream.fields ?? [];
  const found = words === "" ? [] : fields.flatMap((field, at) => (field.name.toLowerCase().includes(words) ? [at] : []));
  if (words !== "" && found.length === 0 && !stream.name.toLowerCase().includes(words)) return [];
  const open = words === "" ? unfolded.stream === stream.name : found.length > 0;
  const root = `streams[${index}]`;
  const here = faults.length === 0 ? [] : faultsBelow(faults, root);
  const rows: Row[] = [{ id: root, kind: "stream", level: 2, label: stream.name, list: "streams", index, open, faults: here.length }];
  if (!open) return rows;
  const column = (at: number): Row => ({
    id: `${root}.fields[${at}]`, kind: "column", level: words === "" ? 4 : 3, label: fields[at]?.name ?? "", index: at, faults: faultsBelow(here, `${root}.fields[${at}]`).length,
  });
  if (words !== "") return [...rows, ...found.map(column)];
  for (const section of forms.sections.filter((each) => each.scope === "stream")) {
    const columns = section.name === "fields" && fields.length > 0;
    rows.push(sectionRow(section, stream, `${root}.`, 3, here, columns ? { open: unfolded.columns, count: fields.length } : {}));
    if (columns && unfolded.columns) rows.push(...fields.map((_, at) => column(at)));
  }
  return rows;
}

/** Whether a section is one of the lists of the tree. */
export function isList(name: string): name is ListName {
  return (LISTS as readonly string[]).includes(name);
}

/** The names of a list's items. */
export function namesOf(definition: Definition, list: ListName): string[] {
  return (definition[list] ?? []).map((item) => item.name);
}

/** The list that a row stands in, or that an addition at it belongs to; null for the settings. */
export function listAt(rows: Row[], at: number): ListName | null {
  for (let up = at; up >= 0; up -= 1) {
    const group = rows[up]?.kind === "group" ? rows[up]?.group : undefined;
    if (group !== undefined) return group === "settings" ? null : group;
  }
  return null;
}

/** The row of an item of a list. */
export function rowId(list: ListName, index: number): string {
  return list === "streams" ? `streams[${index}]` : `${list}/${index}`;
}

/** The row of what is chosen. */
export function rowOf(rows: Row[], chosen: Chosen): number {
  if (chosen.item !== null && chosen.item.list !== "streams") {
    const id = `${chosen.item.list}/${chosen.item.index}`;
    return rows.findIndex((row) => row.id === id);
  }
  const own = rows.findIndex((row) => row.kind === "section" && row.section === chosen.section);
  return own >= 0 ? own : rows.findIndex((row) => row.kind === "stream" && row.label === chosen.stream);
}
