import { waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { commands, ranked } from "../src/app/commands";
import { useApp } from "../src/app/store";
import { at, toBench } from "./window";

const ids = (text: string) => ranked(commands(useApp.getState()), text).map((each) => each.id);

describe("the palette", () => {
  it("names streams, tabs, views, additions, themes and parts of the settings", async () => {
    await toBench();
    const all = ids("");
    for (const id of ["reread", "view-form", "view-yaml", "tab-log", "tab-state", "stream-customers", "add-streams", "add-actions", "add-webhooks", "add-destinations", "theme-dark", "settings-about"])
      expect(all).toContain(id);
    expect(all[0]).toBe("accept");
    expect(new Set(all).size).toBe(all.length);
  });

  it("puts what begins with the words before what only has them", () => {
    const made = ["Undo the sync", "Test sync", "Syncing", "Resync all"].map((label) => ({ id: label, label, run: () => undefined }));
    expect(ranked(made, "sync").map((each) => each.label)).toEqual(["Syncing", "Undo the sync", "Test sync", "Resync all"]);
    expect(ranked(made, "sync test").map((each) => each.label)).toEqual(["Test sync"]);
    expect(ranked(made, " ")).toEqual(made);
  });

  it("goes to a tab, and to a part of the settings with the focus on it, twice as well", async () => {
    const { user } = await toBench();
    const run = async (text: string) => {
      await user.keyboard("{Control>}k{/Control}");
      await user.type(await at("palette"), text);
      await user.keyboard("{Enter}");
    };
    await run("Test panel: Log");
    await waitFor(() => expect(document.activeElement?.id).toBe("test-panel-log"));
    for (const part of ["About", "Shortcuts", "Shortcuts"]) {
      await run(`Settings: ${part}`);
      await waitFor(() => expect(document.activeElement?.textContent).toBe(part));
    }
  });

  it("adds an action, and the focus is in its form", async () => {
    const { user, backend } = await toBench();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await at("palette"), "Add an action");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.sent("definition_set").length).toBe(1));
    await at("builder-pane");
  });
});
