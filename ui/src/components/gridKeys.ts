/** A place in a grid. */
export interface Place {
  row: number;
  column: number;
}

interface Size {
  rows: number;
  columns: number;
  page: number;
}

/** Where a key leads to in a grid; null for keys that do not move. */
export function moved(event: { key: string; ctrlKey: boolean; metaKey: boolean }, at: Place, size: Size): Place | null {
  const far = event.ctrlKey || event.metaKey;
  const go = (row: number, column: number): Place => ({
    row: Math.max(0, Math.min(size.rows - 1, row)),
    column: Math.max(0, Math.min(size.columns - 1, column)),
  });
  switch (event.key) {
    case "ArrowDown":
      return go(far ? size.rows : at.row + 1, at.column);
    case "ArrowUp":
      return go(far ? 0 : at.row - 1, at.column);
    case "ArrowRight":
      return go(at.row, far ? size.columns : at.column + 1);
    case "ArrowLeft":
      return go(at.row, far ? 0 : at.column - 1);
    case "PageDown":
      return go(at.row + size.page, at.column);
    case "PageUp":
      return go(at.row - size.page, at.column);
    case "Home":
      return go(far ? 0 : at.row, 0);
    case "End":
      return go(far ? size.rows : at.row, size.columns);
    default:
      return null;
  }
}
