import { zoom } from "../api";
import { read, write } from "./kept";
import { app, say } from "./store";
import { settingsWords as words } from "../strings/settings";

/** Sizes that the window is drawn in, in percent. */
export const SIZES = [75, 90, 100, 110, 125, 150, 175, 200] as const;
const KEPT = "window.size";

/** The size that was chosen, in percent. */
function sizeNow(): number {
  const kept = Number(read(KEPT));
  return SIZES.some((size) => size === kept) ? kept : 100;
}

/** Draws the window in a size and keeps it. */
export async function setSize(size: number): Promise<void> {
  write(KEPT, String(size));
  app.set({ size });
  await zoom(size / 100).catch(() => undefined);
  say(words.sizeIs(size));
}

/** The next larger or smaller size; 0 is the usual one. */
export function step(by: -1 | 0 | 1): void {
  const at = SIZES.findIndex((size) => size === sizeNow());
  void setSize(by === 0 ? 100 : (SIZES[Math.max(0, Math.min(SIZES.length - 1, at + by))] ?? 100));
}

/** Draws the window as it was left. */
export function applySize(): void {
  const size = sizeNow();
  app.set({ size });
  if (size !== 100) void zoom(size / 100).catch(() => undefined);
}
