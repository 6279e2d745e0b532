import { describe, expect, it } from "vitest";
import { chord, commandAt, keysOf, refusal } from "./keymap";

const pressed = (key: string, held: { ctrl?: boolean; alt?: boolean; shift?: boolean } = {}) =>
  chord({ key, ctrlKey: held.ctrl ?? false, metaKey: false, altKey: held.alt ?? false, shiftKey: held.shift ?? false });

describe("the keys of the window", () => {
  it("reads keys as they are written, on any keyboard", () => {
    expect(pressed("k", { ctrl: true })).toBe("Ctrl+K");
    expect(pressed("K", { ctrl: true, shift: true })).toBe("Ctrl+Shift+K");
    expect(pressed("/", { ctrl: true, shift: true })).toBe("Ctrl+/");
    expect(pressed("F2")).toBe("F2");
    expect(pressed("Control", { ctrl: true })).toBeNull();
  });

  it("finds the command, changed or not", () => {
    expect(commandAt("Ctrl+K", {})).toBe("palette");
    expect(commandAt("Ctrl+Y", {})).toBe("redo");
    const changed = { palette: "Ctrl+P", share: "" };
    expect(commandAt("Ctrl+P", changed)).toBe("palette");
    expect(commandAt("Ctrl+K", changed)).toBeNull();
    expect(commandAt("Ctrl+S", changed)).toBeNull();
    expect(keysOf("share", changed)).toBe("");
  });

  it("refuses keys that type, and those of the system", () => {
    expect(refusal("A")).toBe("plain");
    expect(refusal("Shift+A")).toBe("plain");
    expect(refusal("Enter")).toBe("plain");
    expect(refusal("Ctrl+C")).toBe("fixed");
    expect(refusal("Ctrl+Shift+P")).toBeNull();
    expect(refusal("F9")).toBeNull();
  });
});
