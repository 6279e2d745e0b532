import { useState } from "react";
import type { Column, FieldType } from "../api";
import { read, writeSoon } from "../app/kept";
import { mappingWords } from "../strings";

/** A column as it is shown. */
export interface Shown {
  name: string;
  type: FieldType;
  width: number;
  /** Its place among the row's cells. */
  place: number;
}

/** How a table's columns are shown. Only what differs from the usual is kept. */
export interface Layout {
  order: string[];
  hidden: string[];
  widths: Record<string, number>;
}

const USUAL: Layout = { order: [], hidden: [], widths: {} };
export const LEAST = 48;
const MOST = 1200;

/** A width that fits a type. */
export function usualWidth(type: FieldType): number {
  if (type === "boolean") return 96;
  if (type === "date" || type === "time") return 112;
  // A whole number of 64 bits has up to 20 places.
  if (type === "integer" || type === "number" || type === "decimal") return 144;
  return 208;
}

/** The columns in their order, without those that are hidden. New ones stand at the end. */
export function arranged(columns: Column[], layout: Layout, fits: Record<string, number> = {}): Shown[] {
  const place = (name: string) => {
    const at = layout.order.indexOf(name);
    return at < 0 ? layout.order.length : at;
  };
  return columns
    .map((column, at) => ({ name: column.name, type: column.type, width: layout.widths[column.name] ?? fits[column.name] ?? usualWidth(column.type), place: at }))
    .filter((column) => !layout.hidden.includes(column.name))
    .toSorted((a, b) => place(a.name) - place(b.name) || a.place - b.place);
}

/** All columns' names in their order, hidden ones too. */
export function ordered(columns: Column[], layout: Layout): string[] {
  return arranged(columns, { ...layout, hidden: [] }).map((column) => column.name);
}

/** A table's layout, kept for the next time. */
export function useLayout(connection: string, table: string): [Layout, (change: Partial<Layout>) => void] {
  const name = `grid.${connection}.${table}`;
  const [layout, setLayout] = useState(() => parse(read(name)));
  const change = (part: Partial<Layout>) => {
    const next = { ...layout, ...part };
    setLayout(next);
    writeSoon(name, JSON.stringify(next));
  };
  return [layout, change];
}

/** Widths that the first rows fit into, so that keys and numbers are read whole. */
export function fitted(columns: Column[], rows: Array<Array<string | null>>): Record<string, number> {
  return Object.fromEntries(
    columns.map((column, at) => {
      const longest = Math.max(0, ...rows.map((row) => row[at]?.length ?? 0));
      const head = (column.name.length + mappingWords.types[column.type].length) * 7 + 36;
      return [column.name, Math.round(Math.min(320, Math.max(72, head, longest * 7.3 + 20)))];
    }),
  );
}

/** A width as far as it is sensible. */
export function fitting(width: number): number {
  return Math.round(Math.max(LEAST, Math.min(MOST, width)));
}

function parse(text: string | null): Layout {
  try {
    const kept = JSON.parse(text ?? "{}") as Partial<Layout>;
    const names = (list: unknown) => (Array.isArray(list) ? list.filter((name): name is string => typeof name === "string") : []);
    const widths = Object.entries(kept.widths ?? {}).filter((pair): pair is [string, number] => typeof pair[1] === "number");
    return { order: names(kept.order), hidden: names(kept.hidden), widths: Object.fromEntries(widths.map(([key, width]) => [key, fitting(width)])) };
  } catch {
    return USUAL;
  }
}
