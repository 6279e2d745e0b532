import { beforeEach, describe, expect, it } from "vitest";
import type { Definition } from "../api";
import { isChanged, markExported, windowTitle } from "./windowTitle";

const definition = (title: string) => ({ name: "acme", title, streams: [] }) as unknown as Definition;
const at = (view: object, title = "Customers") => ({ view, workbench: { id: "w1", definition: definition(title) }, runs: { r1: { run: { name: "shop" } } }, home: { connectors: [{ connections: [{ id: "c1", name: "eu" }] }] } }) as never;

beforeEach(() => localStorage.clear());

describe("the window's title", () => {
  it.each([
    [{ name: "home" }, "Tapwright"],
    [{ name: "workbench" }, "Customers – Tapwright"],
    [{ name: "run", id: "r1" }, "shop – Tapwright"],
    [{ name: "data", connection: "c1", title: "Shop" }, "Shop – Tapwright"],
    [{ name: "connection", id: "c1", tab: "runs" }, "eu – Tapwright"],
    [{ name: "connection", id: "gone", tab: "runs" }, "Tapwright"],
    [{ name: "settings" }, "Tapwright"],
  ])("%j", (view, title) => {
    expect(windowTitle(at(view))).toBe(title);
  });

  it("has a dot where it was changed since the export, and only then", () => {
    expect(isChanged("w1", definition("Customers"))).toBe(false);
    markExported("w1", definition("Customers"));
    expect(windowTitle(at({ name: "workbench" }))).toBe("Customers – Tapwright");
    expect(windowTitle(at({ name: "workbench" }, "Clients"))).toBe("• Clients – Tapwright");
    expect(windowTitle(at({ name: "home" }, "Clients"))).toBe("Tapwright");
  });
});
