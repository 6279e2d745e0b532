import { act, screen, waitFor } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import type { Definition } from "../src/api";
import { goToField } from "../src/builder/go";
import { useApp } from "../src/app/store";
import { withLists } from "./dev/forms";
import { at, last, toBench } from "./window";

const names = (definition: Definition) => (definition.streams ?? []).map((stream) => stream.name);

describe("the connector's tree", () => {
  it("adds, renames, duplicates, moves and deletes streams by keys alone", async () => {
    const { backend, user } = await toBench();
    (await at("connector-tree")).focus();
    await user.keyboard("{Home}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{F2}");
    await at("tree-rename");
    await user.keyboard("people{Enter}");
    await waitFor(() => expect(names(last(backend))).toEqual(["people"]));
    await user.keyboard("{Control>}d{/Control}");
    await waitFor(() => expect(names(last(backend))).toEqual(["people", "people_2"]));
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    await waitFor(() => expect(names(last(backend))).toEqual(["people_2", "people"]));
    await user.keyboard("{Delete}");
    await waitFor(() => expect(names(last(backend))).toEqual(["people_2"]));
    expect((await at("toast")).textContent).toContain("Deleted the stream people.");
    await user.keyboard("{Insert}");
    await waitFor(() => expect(names(last(backend))).toEqual(["people_2", "stream"]));
    await user.keyboard("{Home}{End}{Insert}");
    await waitFor(() => expect(names(last(backend)).length + (last(backend).destinations?.length ?? 0)).toBe(3));
  });

  it("adds an action from the palette", async () => {
    const { backend, user } = await toBench();
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("add an action{Enter}");
    await waitFor(() => expect(last(backend).actions).toHaveLength(1));
    expect(useApp.getState()).toMatchObject({ item: { list: "actions", index: 0 }, pane: "form", overlay: null });
  });

  it("gives a rename up on Escape, and offers all in a menu", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("more-streams[0]"));
    await user.click(await at("menu-rename"));
    await at("tree-rename");
    await user.keyboard("x{Escape}");
    expect(backend.sent("definition_set")).toHaveLength(0);
    await user.click(await at("more-streams[0]"));
    await user.click(await at("menu-duplicate"));
    await waitFor(() => expect(names(last(backend))).toEqual(["customers", "customers_2"]));
  });

  it("adds a stream and opens its form", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("stream-add"));
    await at("form-section-request");
    await waitFor(() => expect(names(last(backend))).toEqual(["customers", "stream"]));
  });

  it("adds to each list by Insert, by a menu and by the line of an empty list, without a pointer", async () => {
    const { backend, user } = await toBench();
    act(() => useApp.setState({ forms: withLists }));
    const tree = await at("connector-tree");
    const goTo = async (id: string) => {
      tree.focus();
      await user.keyboard("{Home}");
      for (let tries = 0; tries < 60 && document.getElementById(tree.getAttribute("aria-activedescendant") ?? "")?.dataset["testid"] !== id; tries += 1) await user.keyboard("{ArrowDown}");
    };
    await goTo("group-streams");
    await user.keyboard("{Insert}");
    await waitFor(() => expect(names(last(backend))).toEqual(["customers", "stream"]));
    await goTo("group-actions");
    await user.keyboard("{Shift>}{F10}{/Shift}");
    await user.click(await at("menu-add"));
    await waitFor(() => expect(last(backend).actions?.map((each) => each.name)).toEqual(["action"]));
    expect(screen.queryByTestId("none-actions")).toBeNull();
    await goTo("none-webhooks");
    expect(screen.getByTestId("none-webhooks").getAttribute("aria-label")).toContain("No webhooks yet");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(last(backend).webhooks?.map((each) => each.name)).toEqual(["webhook"]));
    await goTo("actions-action");
    await user.keyboard("{Insert}");
    await waitFor(() => expect(last(backend).actions).toHaveLength(2));
  });

  it("says that a new stream was not read yet, and reads it", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("stream-add"));
    await screen.findByText("Not read yet");
    await user.click(await at("read-first"));
    await waitFor(() => expect(backend.sent("stream_detect")).toHaveLength(1));
  });

  it("filters, and says when there is nothing", async () => {
    const { user } = await toBench();
    await user.type(await at("tree-filter"), "updated");
    await at("column-updated_at");
    await user.click(await at("column-updated_at"));
    await at("field-name-6");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("field-name-6")));
    await user.clear(await at("tree-filter"));
    await user.type(await at("tree-filter"), "zzz");
    await screen.findByText("Nothing has this in its name.");
  });
});

describe("the builder", () => {
  it("shows the form, the text or neither beside the table, and resizes by arrow keys", async () => {
    const { user } = await toBench();
    expect(screen.queryByTestId("builder-pane")).toBeNull();
    await user.click(await at("view-form"));
    await at("builder-pane");
    const line = screen.getByRole("separator", { name: "Width of the form" });
    const before = Number(line.getAttribute("aria-valuenow"));
    line.focus();
    await user.keyboard("{ArrowLeft}");
    expect(Number(line.getAttribute("aria-valuenow"))).toBe(before - 16);
    await waitFor(() => expect(localStorage.getItem("tapwright.builder.form")).toBe(String(before - 16)));
    await user.click(await at("view-table"));
    expect(screen.queryByTestId("builder-pane")).toBeNull();
  });

  it("goes to the field of a fault", async () => {
    await toBench();
    await goToField("http.auth.token");
    await at("form-section-auth");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("form-http.auth.token"));
    expect(useApp.getState().goal).toBeNull();
  });

  it("has nothing that axe finds, with tree and form", async () => {
    const { user } = await toBench();
    await user.click(await at("section-auth"));
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(violations.map((each) => `${each.id} ${each.nodes[0]?.html}`)).toEqual([]);
  });
});
