import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import type { Workbench } from "../src/api";
import { MockBackend, PROBLEM } from "./dev/backend";
import { at, last, open } from "./window";
import { workbench } from "./dev/made";

async function toForms(backend?: MockBackend, section = "auth") {
  const window = open(backend);
  await window.user.click(await at("try-sample"));
  await at("key-input");
  await window.user.keyboard("{Enter}");
  await window.user.click(await at(`section-${section}`));
  return window;
}

describe("the definition by forms", () => {
  it("changes a kind, its settings and a nested kind, through the one command", async () => {
    const { backend, user } = await toForms(undefined, "paginate");
    await user.selectOptions(await at("form-streams[0].paginate"), "page");
    await user.type(await at("form-streams[0].paginate.inject.query"), "page");
    await user.type(await at("form-streams[0].paginate.start"), "0");
    await user.click(await at("form-streams[0].paginate.omit_first"));
    await waitFor(() => expect(last(backend).streams?.[0]?.paginate).toEqual({ type: "page", inject: { query: "page" }, start: 0, omit_first: true }));
    await user.selectOptions(await at("form-streams[0].paginate"), "none");
    await waitFor(() => expect(last(backend).streams?.[0]?.paginate).toBeUndefined());
    await user.click(await at("undo"));
    expect(backend.sent("undo")).toHaveLength(1);
  });

  it("puts a secret into an input of its own, never into the definition", async () => {
    const { backend, user } = await toForms();
    await user.selectOptions(await at("form-http.auth"), "basic");
    await user.type(await at("form-http.auth.username"), "ann");
    await user.selectOptions(await at("form-http.auth.password"), "+");
    await waitFor(() => expect(last(backend).http?.auth).toEqual({ type: "basic", username: "ann", password: "{{ config.password }}" }));
    expect(last(backend).config).toEqual([{ name: "password", type: "secret", title: "password", required: true }]);
    await user.click(screen.getByText("Give its value"));
    const input = await at("trust-input-password");
    await user.type(input, "s3cret");
    await user.click(await at("values-save"));
    await waitFor(() => expect(backend.sent("inputs_give")).toEqual([{ id: "c1", values: {}, secrets: { password: "s3cret" } }]));
  });

  it("adds, names and removes the values of a map and the items of a list", async () => {
    const { backend, user } = await toForms(undefined, "request");
    await user.click(await at("form-add-streams[0].request.query"));
    await user.type(await at("form-key-streams[0].request.query-0"), "sort");
    await user.type(await at("form-streams[0].request.query.sort"), "5");
    await waitFor(() => expect(last(backend).streams?.[0]?.request?.query).toEqual({ sort: 5 }));
    await user.click(screen.getByRole("button", { name: "Remove sort" }));
    await waitFor(() => expect(last(backend).streams?.[0]?.request?.query).toBeUndefined());
  });

  it("shows a fault at its field and at its section", async () => {
    const faults = [
      { code: "x", path: "http.auth.token", message: "There is no input `t`.", suggestion: "api_token" },
      { code: "y", path: "streams[0].paginate.inject.query", message: "This must not be empty." },
    ];
    const backend: MockBackend = new MockBackend({
      auth_give: () => workbench({ faults } as Partial<Workbench>),
    });
    await toForms(backend);
    const fault = await at("fault-http.auth.token");
    expect(fault.textContent).toContain("Did you mean “api_token”?");
    expect(within(await at("section-paginate")).getByText("1")).toBeTruthy();
    expect((await at("form-http.auth.token")).getAttribute("aria-invalid")).toBe("true");
  });

  it("says what a number must be, and keeps the last good one", async () => {
    const { backend, user } = await toForms(undefined, "paginate");
    await user.selectOptions(await at("form-streams[0].paginate"), "page");
    await user.type(await at("form-streams[0].paginate.start"), "1x");
    await screen.findByText("This must be a whole number.");
    await waitFor(() => expect(last(backend).streams?.[0]?.paginate).toMatchObject({ start: 1 }));
  });

  it("has nothing that axe finds", async () => {
    const { user } = await toForms();
    await user.selectOptions(await at("form-http.auth"), "oauth2");
    const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ""}`)).toEqual([]);
  });
});

describe("a draft that failed", () => {
  it("can be changed by forms and tried again", async () => {
    const failed = workbench({ stage: "failed", problem: PROBLEM, preview: null as never, detection: null as never });
    const backend = new MockBackend({ source_open: () => failed, definition_set: (request) => ({ ...failed, definition: request.definition }) });
    const { user } = open(backend);
    await user.type(await at("box"), "https://fail.test/{Enter}");
    await user.click(await at("failed-edit"));
    await user.click(await at("section-auth"));
    await user.selectOptions(await at("form-http.auth"), "none");
    await user.click(await at("retry"));
    await waitFor(() => expect(backend.sent("workbench_get")).toEqual([{ id: "c1" }]));
    expect(last(backend).http?.auth).toBeUndefined();
  });
});

describe("signing in", () => {
  it("opens the browser, waits, and says who it is", async () => {
    const { backend, user } = await toForms();
    await user.selectOptions(await at("form-http.auth"), "oauth2");
    expect(screen.queryByTestId("sign-in")).toBeNull();
    await user.selectOptions(await at("form-http.auth.grant"), "authorization_code");
    await user.click(await at("sign-in-start"));
    await waitFor(() => expect(backend.opened).toEqual(["https://auth.example.test/authorize"]));
    expect((await screen.findByTestId("sign-in-done", undefined, { timeout: 3000 })).textContent).toContain("Signed in as ann@example.test.");
  });

  it("shows a device code large, to copy, and can be given up", async () => {
    const backend = new MockBackend({
      sign_in_start: () => ({ id: "s2", user_code: "WDJB-MJHT", verification_uri: "https://example.test/device", expires_in: 900 }),
      sign_in_state: () => ({ type: "waiting" }),
    });
    const { user } = await toForms(backend);
    await user.selectOptions(await at("form-http.auth"), "oauth2");
    await user.selectOptions(await at("form-http.auth.grant"), "authorization_code");
    await user.click(await at("sign-in-start"));
    expect((await at("sign-in-code")).textContent).toBe("WDJB-MJHT");
    await user.click(await at("sign-in-copy"));
    expect(backend.copied).toEqual(["WDJB-MJHT"]);
    await user.click(await at("sign-in-cancel"));
    expect(backend.sent("sign_in_cancel")).toEqual([{ id: "s2" }]);
    await at("sign-in-start");
  });
});

describe("a second factor", () => {
  it("is asked for in place, and goes to who asked", async () => {
    const { backend, user } = await toForms();
    backend.emit({ type: "code_asked", id: "q1", who: "Acme", message: "Type the code that was sent to your phone." });
    await user.type(await at("code-input"), "123456{Enter}");
    expect(backend.sent("code_give")).toEqual([{ id: "q1", code: "123456" }]);
    await waitFor(() => expect(screen.queryByTestId("code-input")).toBeNull());
    backend.emit({ type: "code_asked", id: "q2", who: "Acme", message: "Again." });
    await at("code-input");
    await user.keyboard("{Escape}");
    expect(backend.sent("code_give").at(-1)).toEqual({ id: "q2", code: "" });
  });
});
