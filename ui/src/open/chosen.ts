import type { TableChoice } from "../api";

/** The most tables that are chosen before a person chose any. */
const AT_FIRST = 50;

/** The tables that a search finds. Views only where they are wanted. */
export function found(tables: TableChoice[], text: string, views: boolean): TableChoice[] {
  const wanted = text.trim().toLowerCase();
  return tables.filter((table) => (views || !table.view || table.taken) && (wanted === "" || table.name.toLowerCase().includes(wanted)));
}

/** What is chosen at first: all tables of a small database, none of a large one, nothing that is read already. */
export function atFirst(tables: TableChoice[]): Set<string> {
  const fitting = tables.filter((table) => !table.view && !table.taken);
  const all = fitting.length <= AT_FIRST && !tables.some((table) => table.taken);
  return new Set(all ? fitting.map((table) => table.name) : []);
}

/** The choice with some tables put in or taken out. */
export function turned(chosen: Set<string>, tables: TableChoice[], on: boolean): Set<string> {
  const next = new Set(chosen);
  for (const table of tables) {
    if (on && !table.taken) next.add(table.name);
    else next.delete(table.name);
  }
  return next;
}
