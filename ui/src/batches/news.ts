import type { BatchView, PushView } from "../api";

type Hear<T> = (view: T) => void;

const batches = new Set<Hear<BatchView>>();
const pushes = new Set<Hear<PushView>>();

/** Hands over a batch's news. */
export function takeBatch(view: BatchView): void {
  batches.forEach((hear) => hear(view));
}

/** Hands over a push's news. */
export function takePush(view: PushView): void {
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
