import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import type { Workbench } from "../src/api";
import { MockBackend, PROBLEM } from "./dev/backend";
import { preview, workbench } from "./dev/made";
import { at, last, toBench } from "./window";

beforeEach(() => localStorage.clear());

describe("an expression", () => {
  it("is completed by names and members of what was read, and shows its value", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("section-request"));
    const path = await at("form-streams[0].request.path");
    await user.clear(path);
    await user.paste("/x/{{ rec");
    const offers = await at("expression-offers");
    expect(within(offers).getAllByRole("option")).toHaveLength(1);
    await user.keyboard("{Enter}");
    expect(path).toHaveProperty("value", "/x/{{ record }}");
    await user.clear(path);
    await user.paste("/x/{{ record.co");
    await user.click(within(await at("expression-offers")).getByText("country"));
    expect(path).toHaveProperty("value", "/x/{{ record.country }}");
    await waitFor(async () => expect((await at("expression-value")).textContent).toContain('"DE"'));
    await waitFor(() => expect(last(backend).streams?.[0]?.request?.path).toBe("/x/{{ record.country }}"));
  });
});

describe("the raw response", () => {
  it("makes a child stream by the menu, by keys alone", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-response"));
    await screen.findByText('"customer0@example.test"');
    (await at("tree")).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await user.click(await at("menu-parent"));
    await user.click(await at("menu-parent-of-new"));
    await waitFor(() => expect(last(backend).streams?.[1]).toMatchObject({ name: "customer_details", partitions: [{ type: "parent", stream: "customers", value: "$.id", as: "customer_id" }] }));
    await at("form-section-request");
  });
});

describe("a value of a record", () => {
  it("can be used from its cell", async () => {
    const { backend, user } = await toBench();
    const grid = await at("records-grid");
    await within(grid).findByText("customer0@example.test");
    grid.focus();
    await user.keyboard("{ArrowRight}{ArrowRight}{Enter}");
    await user.click(await at("menu-key"));
    await waitFor(() => expect(backend.sent("point_at")).toEqual([{ id: "c1", stream: "customers", path: "$.data[0].email", role: "key" }]));
  });
});

describe("the state", () => {
  it("is edited and read from", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-state"));
    await user.click(await at("state-text"));
    await user.paste('{"cursor": ');
    await user.click(await at("state-read"));
    expect(backend.sent("preview_from")).toEqual([]);
    await user.clear(await at("state-text"));
    await user.click(await at("state-text"));
    await user.paste('{"cursor": "2026-01-31"}');
    await user.click(await at("state-read"));
    await waitFor(() => expect(backend.sent("preview_from")).toEqual([{ id: "c1", stream: "customers", state: { cursor: "2026-01-31" } }]));
    await user.click(await at("state-use-after"));
    expect((await at("state-text")) as HTMLTextAreaElement).toHaveProperty("value", '{\n  "cursor": "2026-11-28T10:00:00Z"\n}');
  });
});

describe("the schema", () => {
  it("takes all differences at once", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-schema"));
    await at("schema-new-vip");
    await user.click(await at("schema-take-all"));
    await waitFor(() => {
      const fields = last(backend).streams?.[0]?.fields ?? [];
      expect(fields.find((field) => field.name === "amount")?.type).toBe("string");
      expect(fields.at(-1)).toMatchObject({ name: "vip", type: "boolean" });
    });
  });

  it("leaves a locked type alone", async () => {
    const { user } = await toBench();
    await user.click(await at("tab-mapping"));
    await user.click(await at("lock-3"));
    await user.click(await at("tab-schema"));
    await screen.findByText("locked; text was seen");
    expect(screen.queryByTestId("schema-take-amount")).toBeNull();
  });
});

describe("the mapping", () => {
  it("does things to the columns that are shown", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-mapping"));
    await user.click(await at("only-faulty"));
    await user.click(await at("bulk-open"));
    await user.click(await at("menu-on-error-skip"));
    await waitFor(() => {
      const fields = last(backend).streams?.[0]?.fields ?? [];
      expect(fields.filter((field) => field.on_error === "skip").map((field) => field.name)).toEqual(["amount"]);
    });
  });

  it("tries a transform while it is typed", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-mapping"));
    await user.click(await at("add-transform-name"));
    await user.click(await at("transform-replace"));
    await user.keyboard("C");
    await waitFor(() => expect(last(backend).streams?.[0]?.fields?.[1]?.transform).toEqual([{ replace: { find: "C" } }]));
    await user.click(await at("transform-done"));
  });
});

describe("undo", () => {
  it("says what it took back, and lists the changes", async () => {
    const { backend, user } = await toBench();
    await user.click(await at("tab-schema"));
    await user.click(await at("schema-take-amount"));
    await waitFor(async () => expect(await at("undo")).toHaveProperty("disabled", false));
    await user.click(await at("changes-open"));
    expect(within(await at("edit-list")).getAllByRole("button")).toHaveLength(2);
    await user.click(await at("edit-1"));
    await waitFor(() => expect(backend.sent("undo_many")).toEqual([{ id: "c1", steps: 2 }]));
  });

  it("shows the change", async () => {
    const { user } = await toBench();
    await user.click(await at("tab-schema"));
    await user.click(await at("schema-take-amount"));
    await waitFor(async () => expect(await at("undo")).toHaveProperty("disabled", false));
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(async () => expect((await at("toast")).textContent).toContain("Undid: stream customers › field amount"));
  });
});

describe("what went wrong", () => {
  it("leads to the field, and shows the answer as a tree", async () => {
    const problem = { ...PROBLEM, kind: "auth", detail: '{"error": {"code": 7}}' } as typeof PROBLEM;
    const backend = new MockBackend({ auth_give: () => workbench({ preview: { ...preview(1), problem } } as Partial<Workbench>) });
    const { user } = await toBench(backend);
    await user.click(screen.getByText("More detail"));
    await at("body-tree");
    await user.click(await at("problem-field"));
    await at("form-section-auth");
  });

  it("keeps text that can't be read, and says so where the forms are", async () => {
    const fault = { code: "bad_yaml", path: "", message: "The text is neither YAML nor JSON.", line: 3 };
    const backend = new MockBackend({ auth_give: () => workbench({ yaml: "tapwright: [[", text_faults: [fault] } as Partial<Workbench>) });
    const { user } = await toBench(backend);
    expect((await at("text-faults")).textContent).toContain("line 3");
    await user.click(await at("section-auth"));
    expect((await at("form-section-auth")).closest("[inert]")).not.toBeNull();
  });
});

describe("pages", () => {
  it("are stepped through by their partitions, the same in each tab", async () => {
    const one = preview(1);
    const page = (partition: string) => ({ ...one.pages[0], partition });
    const pages = [page('{"region":"eu"}'), page('{"region":"eu"}'), page('{"region":"us"}')];
    const backend = new MockBackend({ auth_give: () => workbench({ preview: { ...one, pages } } as Partial<Workbench>) });
    const { user } = await toBench(backend);
    await user.click(await at("tab-request"));
    await screen.findByText("Page 1 of 2");
    await user.selectOptions(await at("partition"), "region us");
    await screen.findByText("Page 1 of 1");
    await user.click(await at("tab-response"));
    expect(await at("partition")).toHaveProperty("value", "1");
  });

  it("has nothing that axe finds in its new parts", async () => {
    const { user } = await toBench();
    for (const tab of ["state", "schema", "mapping"]) {
      await user.click(await at(`tab-${tab}`));
      const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
      expect(violations.map((each) => `${tab} ${each.id} ${each.nodes[0]?.html}`)).toEqual([]);
    }
  });
});
