import type { Row } from "./rows";

/** Where an arrow leads in the tree: another line, or folding and unfolding the one that it stands on. */
export function step(key: string, at: number, rows: Row[]): { to?: number; toggle?: true } | null {
  const row = rows[at];
  if (row === undefined) return null;
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(rows.length - 1, at + 1) };
    case "ArrowUp":
      return { to: Math.max(0, at - 1) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: rows.length - 1 };
    case "PageDown":
      return { to: Math.min(rows.length - 1, at + 15) };
    case "PageUp":
      return { to: Math.max(0, at - 15) };
    case "ArrowRight":
      if (row.open === undefined) return {};
      return row.open ? { to: Math.min(rows.length - 1, at + 1) } : { toggle: true };
    case "ArrowLeft":
      if (row.open === true) return { toggle: true };
      return { to: Math.max(0, rows.findLastIndex((each, place) => place < at && each.level < row.level)) };
    default:
      return null;
  }
}
