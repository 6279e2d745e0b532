import { toProblem } from "./problem";
import { transport } from "./transport";
import type { AppEvent, Commands } from "./types.gen";

export { localProblem, toProblem } from "./problem";
export { connect, type Transport } from "./transport";
export type * from "./types.gen";

/** Asks the program. The answer's type follows from the command; a rejection is always a `Problem`. */
export async function call<C extends keyof Commands>(
  command: C,
  request: Commands[C]["request"],
): Promise<Commands[C]["answer"]> {
  return (await guarded(transport().rpc(command, request))) as Commands[C]["answer"];
}

/** Hands over every event from now on. */
export function subscribe(handler: (event: AppEvent) => void): void {
  transport().subscribe(handler);
}

/** Lets the person choose a file; a connector's text or the path of data, or null. */
export function pickSource(): Promise<string | null> {
  return guarded(transport().pickSource());
}

/** Lets the person choose a folder; its path, or null. */
export function pickFolder(): Promise<string | null> {
  return guarded(transport().pickFolder());
}

/** Lets the person choose where a definition is saved; the path, or null. */
export function saveShare(id: string): Promise<string | null> {
  return guarded(transport().saveShare(id));
}

/** Lets the person choose a file of rows; its path, or null. */
export function pickRows(): Promise<string | null> {
  return guarded(transport().pickRows());
}

/** Lets the person choose a file of certificates; its path, or null. */
export function pickCertificate(): Promise<string | null> {
  return guarded(transport().pickCertificate());
}

/** Tells that the page painted, so many milliseconds ago. */
export function painted(ready: boolean, ago: number): void {
  transport().painted(ready, ago).catch(() => undefined);
}

/** Whether the window is drawn in software from the next start on; with null it is only asked. */
export function safeRendering(on: boolean | null): Promise<boolean> {
  return guarded(transport().safeRendering(on));
}

/** Lets the person choose where rows are written; the path, or null. */
export function saveRows(name: string): Promise<string | null> {
  return guarded(transport().saveRows(name));
}

/** Opens a page in the person's browser. */
export function openUrl(url: string): Promise<void> {
  return guarded(transport().openUrl(url));
}

/** Draws the page larger or smaller; 1 is as it comes. */
export function zoom(factor: number): Promise<void> {
  return guarded(transport().zoom(factor));
}

/** Names the window. */
export function nameWindow(text: string): void {
  transport().title(text).catch(() => undefined);
}

/** Shows a notification of the desktop. Where there is none, the window says the same. */
export function notify(title: string, text: string): void {
  transport().notify(title, text).catch(() => undefined);
}

/** Puts text on the clipboard. */
export function copyText(text: string): Promise<void> {
  return guarded(transport().copyText(text));
}

async function guarded<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (thrown) {
    throw toProblem(thrown);
  }
}
