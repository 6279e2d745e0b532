import { defaultKeymap, historyKeymap } from "@codemirror/commands";
import { searchKeymap } from "@codemirror/search";
import { describe, expect, it } from "vitest";
import { besideWindow } from "./keys";

const all = [...defaultKeymap, ...historyKeymap, ...searchKeymap];
const keys = (changed = {}) => besideWindow(all, changed).map((binding) => binding.linux ?? binding.key);

describe("keys of the text's editor", () => {
  it("leave the window's alone", () => {
    const kept = keys();
    for (const key of ["Mod-/", "Mod-Enter"]) {
      expect(all.some((binding) => binding.key === key)).toBe(true);
      expect(kept).not.toContain(key);
    }
  });

  it("keep their own, and undo", () => {
    const kept = keys();
    for (const key of ["Mod-z", "Mod-y", "Mod-f", "Shift-Mod-k", "ArrowDown", "Mod-Home"]) expect(kept).toContain(key);
  });

  it("follow what a person set", () => {
    expect(keys({ palette: "Ctrl+Shift+K", next: "Ctrl+D" })).not.toContain("Mod-d");
    expect(keys({ palette: "Ctrl+Shift+K" })).not.toContain("Shift-Mod-k");
    expect(keys({ keys: "F1" })).toContain("Mod-/");
  });
});
