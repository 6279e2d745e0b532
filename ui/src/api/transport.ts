import type { AppEvent } from "./types.gen";

/** What stands between the window and the program. The real one is `tauri.ts`; tests bring their own. */
export interface Transport {
  /** Sends one command; rejects with a `Problem`. */
  rpc(command: string, payload: unknown): Promise<unknown>;
  /** Hands over every event from now on. Called once. */
  subscribe(handler: (event: AppEvent) => void): void;
  /** Lets the person choose a file. A connector's text or the path of data, or null where they chose none. */
  pickSource(): Promise<string | null>;
  /** Lets the person choose a folder. Its path, or null where they chose none. */
  pickFolder(): Promise<string | null>;
  /** Lets the person choose where a definition is saved. The path, or null where they chose none. */
  saveShare(id: string): Promise<string | null>;
  /** Lets the person choose a file of rows. Its path, or null where they chose none. */
  pickRows(): Promise<string | null>;
  /** Lets the person choose a file of certificates. Its path, or null where they chose none. */
  pickCertificate(): Promise<string | null>;
  /**
   * Tells that the page painted: a window that stays blank starts again, drawn in software. `ready`: what the first view
   * shows is there, too. `ago`: milliseconds since then.
   */
  painted(ready: boolean, ago: number): Promise<void>;
  /** Whether the window is drawn in software from the next start on; sets it where a value is given. */
  safeRendering(on: boolean | null): Promise<boolean>;
  /** Lets the person choose where rows are written. The path, or null where they chose none. */
  saveRows(name: string): Promise<string | null>;
  /** Opens a page in the person's browser. Rejects with a `Problem` where there is none. */
  openUrl(url: string): Promise<void>;
  /** Draws the page larger or smaller; 1 is as it comes. */
  zoom(factor: number): Promise<void>;
  /** Names the window. */
  title(text: string): Promise<void>;
  /** Shows a notification of the desktop. */
  notify(title: string, text: string): Promise<void>;
  /** Puts text on the clipboard. */
  copyText(text: string): Promise<void>;
}

let current: Transport | null = null;

/** Sets what stands behind all commands. Called once, at start. */
export function connect(next: Transport): void {
  current = next;
}

/** What stands behind all commands. */
export function transport(): Transport {
  if (current === null) throw new Error("No transport is connected.");
  return current;
}
