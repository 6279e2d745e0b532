import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ActionForm, Definition } from "../src/api";
import { useApp } from "../src/app/store";
import { MockBackend } from "./dev/backend";
import { definition, workbench } from "./dev/made";
import { at, last, open, toBench } from "./window";

beforeEach(() => localStorage.clear());

const FORM: ActionForm = {
  name: "send", description: "Sends a note.", kind: "create", has_idempotency: false,
  params: [{ name: "text", title: "Text", type: "string", required: true }],
} as unknown as ActionForm;

function withAction(accepted: boolean) {
  const made = workbench({ definition: { ...definition, actions: [{ name: "send" }] } as unknown as Definition });
  return workbench({ ...made, accepted, connection: accepted ? "n1" : (null as never) });
}

describe("an action beside its form", () => {
  it("is tried by the connection that accepting makes", async () => {
    const request = { method: "POST", url: "http://127.0.0.1:8080/notes", headers: [], body: '{"text":"hi"}' };
    const backend = new MockBackend({
      auth_give: () => withAction(false),
      accept: () => withAction(true),
      actions: () => [FORM],
      action_history: () => [],
      inputs: () => [],
      action_dry_run: () => ({ faults: [], request, curl: "curl …", note: null }) as never,
    });
    const { user } = await toBench(backend);
    act(() => useApp.setState({ item: { list: "actions", index: 0 }, section: "actions", pane: "form" }));
    await at("try-actions");
    await user.click(await at("try-accept"));
    await user.type(await at("param-text"), "hi");
    await user.click(await at("action-dry-run"));
    expect((await at("action-request")).textContent).toContain("POST http://127.0.0.1:8080/notes");
    expect(backend.sent("action_dry_run")).toEqual([{ connection: "n1", action: "send", params: { text: "hi" } }]);
    // The form of a stream has its test panel again.
    act(() => useApp.setState({ item: null, section: "request" }));
    await at("tab-records");
  });

  it("says which values are missing, and leads to them", async () => {
    const ask = { name: "api_token", title: "API token", description: "", type: "secret", required: true, default: null, options: [], goes_to: "", given: false };
    const backend = new MockBackend({ auth_give: () => withAction(true), actions: () => [FORM], action_history: () => [], inputs: () => [ask] as never });
    const { user } = await toBench(backend);
    act(() => useApp.setState({ item: { list: "actions", index: 0 }, section: "actions", pane: "form" }));
    expect((await at("try-missing")).textContent).toContain("API token");
    await user.click(await at("try-give"));
    expect(useApp.getState()).toMatchObject({ section: "config", item: null });
  });
});

describe("the source of a column", () => {
  it("is completed by the paths of what was read, by keys alone", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-mapping"));
    const source = await at("field-from-0");
    await user.clear(source);
    await user.type(source, "$.co");
    const list = await at("source-offers");
    expect(list.getAttribute("role")).toBe("listbox");
    expect(within(list).getAllByRole("option").map((each) => each.textContent)).toEqual(['$.country"DE"']);
    await user.keyboard("{Enter}");
    expect(source).toHaveProperty("value", "$.country");
    await waitFor(() => expect(last(backend).streams?.[0]?.fields?.[0]?.from).toBe("$.country"));
    await user.clear(source);
    await user.keyboard("{Control>} {/Control}");
    expect(within(await at("source-offers")).getAllByRole("option")).toHaveLength(3);
    await user.keyboard("{ArrowDown}{ArrowDown}{Tab}");
    expect(source).toHaveProperty("value", "$.vip");
  });

  it("takes a value that is dropped on it; the grid makes a column of one", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-mapping"));
    const value = (parent: string) => ({
      dataTransfer: { types: ["application/x-tapwright-value"], getData: () => JSON.stringify({ parent, inside: "$.address.city", value: '"Bonn"' }), dropEffect: "link" },
    });
    const source = await at("field-from-0");
    fireEvent.dragOver(source, value("customers"));
    fireEvent.drop(source, value("customers"));
    expect(source).toHaveProperty("value", "$.address.city");
    fireEvent.drop(source, value("other"));
    fireEvent.dragOver(screen.getByTestId("add-field"), value("customers"));
    fireEvent.drop(await at("mapping-drop"), value("customers"));
    await waitFor(() => expect(backend.sent("point_at")).toMatchObject([{ stream: "customers", path: "$.data[0].address.city", role: "column" }]));
  });
});

describe("a stream that is added", () => {
  it("is called by its path once it is left, and not any more once it has a name", async () => {
    const { backend, user } = await toBench();
    act(() => useApp.setState({ pane: "form" }));
    await user.click(await at("stream-add"));
    const path = await at("form-streams[1].request.path");
    await user.click(path);
    await user.paste("/v1/customers/7/orders");
    await user.tab();
    await waitFor(() => expect(last(backend).streams?.[1]?.name).toBe("orders"));
    expect(useApp.getState().stream).toBe("orders");
  });

  it("comes from a URL whose host is known", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("accept"));
    await user.click(await at("nav-home"));
    await user.type(await at("box"), "http://127.0.0.1:8080/orders?status=open&api_key=x");
    await user.click(await at("add-to-sample-customers"));
    await waitFor(() => expect(last(backend).streams?.[1]).toMatchObject({ name: "orders", request: { query: { status: "open" } } }));
    await waitFor(() => expect(backend.sent("stream_detect")).toMatchObject([{ stream: "orders" }]));
    expect(JSON.stringify(last(backend))).not.toContain("api_key");
  });
});

describe("files that are dropped", () => {
  it("are announced while they are held, and each is taken or said why not", async () => {
    const { backend, user } = open();
    await at("box");
    act(() => backend.emit({ type: "dragged", names: ["a.yaml", "b.har"] }));
    expect((await at("drop-hint")).textContent).toContain("b.har");
    act(() => backend.emit({ type: "dragged", names: [] }));
    expect(screen.queryByTestId("drop-hint")).toBeNull();
    act(() => {
      backend.emit({ type: "dropped", name: "a.yaml", text: "tapwright: 1", of: 2 });
      backend.emit({ type: "dropped", name: "b.har", text: "http://fail.test", of: 2 });
    });
    const list = await at("dropped-files");
    await waitFor(() => expect([...list.querySelectorAll("li")].map((line) => line.dataset["state"])).toEqual(["taken", "refused"]));
    expect(list.textContent).toContain("web page instead of JSON");
    await user.click(await at("dropped-open-0"));
    expect(useApp.getState().view.name).toBe("workbench");
  });
});

describe("the desktop", () => {
  it("is told the window's name, and what ended while nobody looked", async () => {
    const { backend, user } = await toBench();
    expect(backend.titles.at(-1)).toBe("Sample customers – Tapwright");
    await user.click(await at("accept"));
    const looks = document.hasFocus.bind(document);
    document.hasFocus = () => false;
    try {
      await user.click(await at("sync-start"));
      await screen.findByTestId("run-counts");
      await waitFor(() => expect(backend.notified).toHaveLength(1));
    } finally {
      document.hasFocus = looks;
    }
    expect(backend.notified[0]).toContain("Sync finished");
  });
});
