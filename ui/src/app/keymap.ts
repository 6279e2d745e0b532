import { words } from "../strings";
import { keyWords } from "../strings/keys";
import { settingsWords } from "../strings/settings";
import { app } from "./store";

/** What keys can do in the whole window. */
export const KEY_COMMANDS = ["palette", "box", "find", "new", "next", "undo", "redo", "share", "rename", "home", "settings", "keys", "larger", "smaller", "usual"] as const;
export type KeyCommand = (typeof KEY_COMMANDS)[number];

/** The keys as they come. */
export const FIRST_KEYS: Record<KeyCommand, string> = {
  palette: "Ctrl+K",
  box: "Ctrl+L",
  find: "Ctrl+F",
  new: "Ctrl+N",
  next: "Ctrl+Enter",
  undo: "Ctrl+Z",
  redo: "Ctrl+Shift+Z",
  share: "Ctrl+S",
  rename: "F2",
  home: "Alt+Home",
  settings: "Ctrl+,",
  keys: "Ctrl+/",
  larger: "Ctrl+=",
  smaller: "Ctrl+-",
  usual: "Ctrl+0",
};

/** Keys that were changed, by command; empty for none. */
type Changed = Partial<Record<string, string>>;

/** Keys that move, type or close: they stay what they are. */
const FIXED = ["Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "Alt+F4", "Ctrl+Q"];
const MODIFIERS = ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead"];

/** The changed keys of this person. */
function changedKeys(): Changed {
  return app.get().info?.settings.keys ?? {};
}

/** A command's keys now. */
export function keysOf(command: KeyCommand, changed: Changed = changedKeys()): string {
  return changed[command] ?? FIRST_KEYS[command];
}

/** The same as people read it: `Ctrl K`; nothing where there are none. */
export function shownKeys(command: KeyCommand, changed?: Changed): string | undefined {
  const keys = keysOf(command, changed);
  return keys === "" ? undefined : words.keys.named(keys.replaceAll("+", " "));
}

/** What a command does. */
export function labelOf(command: KeyCommand): string {
  if (command === "find") return keyWords.find;
  if (command === "home") return words.nav.home;
  if (command === "settings") return words.nav.settings;
  if (command === "larger" || command === "smaller" || command === "usual") return settingsWords.sizes[command];
  const rows: Record<Exclude<KeyCommand, "find" | "home" | "settings" | "larger" | "smaller" | "usual">, number> = { palette: 0, box: 1, new: 2, next: 3, undo: 4, redo: 5, share: 6, rename: 7, keys: 8 };
  return words.keys.rows[rows[command]]?.[1] ?? command;
}

/** The keys of an event as they are written, `Ctrl+Shift+K`; null while only a modifier is held. */
export function chord(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string | null {
  if (MODIFIERS.includes(event.key) || event.key === "") return null;
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  // On some keyboards a sign needs Shift: it is the same sign.
  const shift = event.shiftKey && (key.length > 1 || /[A-Z0-9]/.test(key));
  return [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", shift ? "Shift" : "", key].filter((part) => part !== "").join("+");
}

/** The command of some keys. */
export function commandAt(keys: string, changed: Changed = changedKeys()): KeyCommand | null {
  const found = KEY_COMMANDS.find((command) => keysOf(command, changed) === keys);
  if (found !== undefined) return found;
  // On some keyboards the plus sign is a key of its own.
  if (keys === "Ctrl++" && keysOf("larger", changed) === FIRST_KEYS.larger) return "larger";
  // What other programs call redo, unless it was given to something else.
  return keys === "Ctrl+Y" && keysOf("redo", changed) === FIRST_KEYS.redo ? "redo" : null;
}

/** Why keys can't be taken, or null. */
export function refusal(keys: string): "plain" | "fixed" | null {
  if (FIXED.includes(keys)) return "fixed";
  return /^(Ctrl|Alt)\+/.test(keys) || /^(Shift\+)?F\d{1,2}$/.test(keys) ? null : "plain";
}
