import type { BatchView, PushView } from "../api";

type Hear<T> = (view: T) => void;

const batches = new Set<Hear<BatchView>>();
const pushes = new Set<Hear<PushView>>();

/** How often there was news of a batch or a push, by its id. */
const heard = new Map<string, number>();

function count(id: string): void {
  heard.set(id, (heard.get(id) ?? 0) + 1);
}

/**
 * Begins something, and hands over the answer; not where there was news of it meanwhile: those are newer, and a short one
 * may have ended.
 */
export async function begun<T extends { id: string }>(work: () => Promise<T>, take: (view: T) => void): Promise<void> {
  const before = new Map(heard);
  const view = await work();
  if (heard.get(view.id) === before.get(view.id)) take(view);
}

/** Hands over a batch's news. */
export function takeBatch(view: BatchView): void {
  count(view.id);
  batches.forEach((hear) => hear(view));
}

/** Hands over a push's news. */
export function takePush(view: PushView): void {
  count(view.id);
  pushes.forEach((hear) => hear(view));
}

/** Hears of batches until the returned function is called. */
export function onBatch(hear: Hear<BatchView>): () => void {
  batches.add(hear);
  return () => void batches.delete(hear);
}

/** Hears of pushes until the returned function is called. */
export function onPush(hear: Hear<PushView>): () => void {
  pushes.add(hear);
  return () => void pushes.delete(hear);
}
