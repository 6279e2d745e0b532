import { act, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectorCard, ScheduleView } from "../src/api";
import { useApp } from "../src/app/store";
import { linesOf } from "../src/home/Connections";
import { MockBackend } from "./dev/backend";
import { at, open } from "./window";

const current = () => document.querySelector("[aria-current=step]")?.getAttribute("data-testid");

beforeEach(() => localStorage.clear());

describe("the five steps", () => {
  it("lead from the key to the shared file", async () => {
    const { backend, user } = open();
    await user.click(await at("try-sample"));
    await at("key-input");
    expect(current()).toBe("step-connect");
    await user.click(await at("step-share"));
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(await at("key-input"));
    await user.keyboard("{Enter}");
    await at("connector-tree");
    await waitFor(() => expect(current()).toBe("step-fields"));
    expect((await at("steps")).textContent).toContain("Step 3 of 5: Fields");
    await user.click(await at("step-fields"));
    await waitFor(() => expect(useApp.getState().tab).toBe("mapping"));
    await user.click(await at("step-test"));
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("accept"));
    await user.click(await at("accept"));
    await waitFor(() => expect(current()).toBe("step-test"));
    expect((await at("step-fields")).getAttribute("title")).toBe("Fields: done");
    await user.click(await at("step-share"));
    await user.click(await at("share-save"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.getByTestId("step-share").dataset["done"]).toBe("true"));
    await user.click(await at("step-connect"));
    await at("form-section-auth");
    await user.click(await at("step-test"));
    await waitFor(() => expect(backend.sent("sync_start")).toHaveLength(1));
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(violations.map((each) => `${each.id} ${each.nodes[0]?.html}`)).toEqual([]);
  });

  it("are hidden for good, and shown again from the palette", async () => {
    const { user } = open();
    await user.click(await at("try-sample"));
    await user.click(await at("steps-hide"));
    expect(screen.queryByTestId("steps")).toBeNull();
    expect(localStorage.getItem("tapwright.guide")).toBe("no");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await at("palette"), "Show the five");
    await user.keyboard("{Enter}");
    await at("steps");
  });

  it("collapse to a menu", async () => {
    const { user } = open();
    await user.click(await at("try-sample"));
    await user.click(await at("steps-few"));
    expect((await at("menu-step-connect")).textContent).toContain("The server wants a key.");
  });
});

describe("connections and schedules", () => {
  const card = (id: string, ...connections: string[]) => ({ id, name: id, title: "", host: "", streams: [], draft: false, connections: connections.map((name) => ({ id: `${id}-${name}`, name, connector: id })) }) as unknown as ConnectorCard;
  const schedule = (connection: string, next_at: string | null, paused = false) => ({ connection, name: connection, words: "every hour", zone: "UTC", next_at, paused, upcoming: [], failures: 0 }) as unknown as ScheduleView;

  it("come by what runs next, then what is paused, then the rest by name", () => {
    const lines = linesOf([card("a", "z", "y"), card("b", "x", "w")], [schedule("b-w", "2026-01-02T00:00:00Z"), schedule("a-z", "2026-01-01T00:00:00Z"), schedule("b-x", null, true)]);
    expect(lines.map(({ connection }) => connection.name)).toEqual(["z", "w", "x", "y"]);
  });

  it("are one list with the way to each, and teach where there is none", async () => {
    const backend = new MockBackend();
    const { user } = open(backend);
    await at("box");
    act(() => useApp.setState({ view: { name: "connections" } }));
    await screen.findByText("No connections yet");
    const home = useApp.getState().home;
    act(() => useApp.setState({ home: { connectors: [card("a", "z")], runs: home?.runs ?? [] } as never }));
    await at("connection-row-z");
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(violations.map((each) => `${each.id} ${each.nodes[0]?.html}`)).toEqual([]);
    await user.click(await at("schedule-of-z"));
    expect(useApp.getState().view).toEqual({ name: "connection", id: "a-z", tab: "schedule" });
  });
});

describe("keys", () => {
  it("are listed for each part of the window", async () => {
    const { user } = open();
    await at("box");
    await user.keyboard("{Control>}/{/Control}");
    for (const part of ["tree", "grid", "response", "mapping", "yaml"]) await at(`keys-${part}`);
    expect((await at("keys-tree")).textContent).toContain("InsAdd to this list");
  });

  it("go to the filter that is near, and nowhere from a tab that has none", async () => {
    const { user } = open();
    await user.click(await at("try-sample"));
    await at("key-input");
    await user.keyboard("{Enter}");
    (await at("connector-tree")).focus();
    await user.keyboard("{Control>}f{/Control}");
    expect(document.activeElement).toBe(await at("tree-filter"));
    await user.click(await at("tab-log"));
    (await screen.findByRole("region", { name: "Log" })).focus();
    await user.keyboard("{Control>}f{/Control}");
    expect(document.activeElement).toBe(await at("log-filter"));
    await user.click(await at("tab-response"));
    const tree = await at("tree");
    tree.focus();
    await user.keyboard("{Control>}f{/Control}");
    expect(document.activeElement).toBe(tree);
  });
});
