import type { KeyBinding } from "@codemirror/view";
import { chord, commandAt } from "../../app/keymap";

/** Keys of the window that mean the same in a text: there the editor's own doing is the right one. */
const OWN_TOO = ["undo", "redo", "find"];

/** The keys of a binding as the window writes them: `Mod-/` is `Ctrl+/`. */
function chordOf(key: string): string | null {
  const parts = key.split(/-(?!$)/);
  const last = parts.at(-1) ?? "";
  const has = (...names: string[]) => parts.slice(0, -1).some((part) => names.includes(part));
  return chord({ key: last, ctrlKey: has("Mod", "Ctrl"), metaKey: has("Meta"), altKey: has("Alt"), shiftKey: has("Shift") });
}

/** Bindings of an editor without those whose keys are the window's: they do there what they do everywhere. */
export function besideWindow(bindings: readonly KeyBinding[], changed?: Parameters<typeof commandAt>[1]): KeyBinding[] {
  const ofWindow = (key: string | undefined) => {
    const keys = key === undefined ? null : chordOf(key);
    const command = keys === null ? null : commandAt(keys, changed);
    return command !== null && !OWN_TOO.includes(command);
  };
  return bindings.filter((binding) => !ofWindow(binding.linux ?? binding.key));
}
