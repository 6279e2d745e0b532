import type { StreamPreview } from "../api";

/** How much of a stream a preview reads. */
export interface Reach {
  pages: number;
  records: number;
}

/** From a glance to the most that a preview holds; what is more is a sync's work. */
const STEPS: readonly Reach[] = [
  { pages: 3, records: 500 },
  { pages: 10, records: 5_000 },
  { pages: 50, records: 20_000 },
  { pages: 250, records: 50_000 },
  { pages: 1_000, records: 100_000 },
];

/** How far is read next; null where there is no more, or no more can be held. */
export function further(preview: StreamPreview): Reach | null {
  if (!preview.limited || preview.ended == null || preview.ended === "bytes") return null;
  const { pages, records } = preview.asked;
  return STEPS.find((step) => step.pages > pages && step.records > records) ?? null;
}
