import type { StreamPreview } from "../api";

/** How much a sync will read, as far as it is known. */
export interface Size {
  total: number;
  ms: number;
}

/** From so many records on, or so long, it is said before the sync begins. */
const LARGE = { records: 50_000, ms: 60_000 };

/** How many records the streams have that tell it, and how long their pages may take; null where none does. */
export function sizeOf(previews: Pick<StreamPreview, "total" | "pages">[]): Size | null {
  let known = false;
  const size = { total: 0, ms: 0 };
  for (const { total, pages } of previews) {
    if (total == null || total <= 0) continue;
    const read = pages.filter((page) => page.records > 0);
    const records = sum(read.map((page) => page.records));
    const took = sum(read.map((page) => page.response.duration_ms));
    known = true;
    size.total += total;
    size.ms += records === 0 ? 0 : (total / records) * took;
  }
  return known ? size : null;
}

/** Whether somebody should know before. */
export function isLong({ total, ms }: Size): boolean {
  return total >= LARGE.records || ms >= LARGE.ms;
}

function sum(values: number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
