import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import { MockBackend, PROBLEM } from "./dev/backend";
import { run, workbench, yaml } from "./dev/made";
import { at, open } from "./window";

async function toResult(backend?: MockBackend) {
  const window = open(backend);
  await window.user.click(await at("try-sample"));
  await at("key-input");
  await window.user.keyboard("{Enter}");
  await at("records-grid");
  return window;
}

describe("the main way", () => {
  it("goes from the sample to a synced table and a saved file in five actions", async () => {
    const { backend, user } = open();
    await user.click(await at("try-sample"));
    const key = await at("key-input");
    await waitFor(() => expect(document.activeElement).toBe(key));
    await user.keyboard("{Enter}");
    expect(await at("records-grid")).toHaveProperty("ariaLabel");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await at("sync-start");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect((await at("run-counts")).textContent).toBe("1,240 new, 0 updated, 0 unchanged");
    await user.keyboard("{Control>}s{/Control}");
    expect((await at("share-text")).textContent).toBe(yaml);
    expect((await at("toast")).textContent).toContain("Saved to /home/me/sample-customers.connector.yaml");
    expect(backend.sent("auth_give")).toEqual([{ id: "c1", auth: { kind: "bearer", secret: "sample-key" } }]);
  });

  it("sends each action once, and a second sync is told apart", async () => {
    const { backend, user } = await toResult();
    await user.click(await at("accept"));
    await user.click(await at("sync-start"));
    await at("run-counts");
    await user.click(await at("sync-start"));
    await waitFor(async () => expect((await at("run-counts")).textContent).toBe("0 new, 1 updated, 1,239 unchanged"));
    expect(backend.sent("accept")).toHaveLength(1);
    expect(backend.sent("sync_start")).toHaveLength(2);
  });
});

describe("the box", () => {
  it("has the focus at start and opens on Enter, with more than one line", async () => {
    const { backend, user } = open();
    expect(document.activeElement).toBe(await at("box"));
    await user.paste("curl 'https://api.test/x' \\\n -H 'Accept: */*'");
    await user.keyboard("{Enter}");
    await at("key-input");
    expect(backend.sent("source_open")).toEqual([{ text: "curl 'https://api.test/x' \\\n -H 'Accept: */*'" }]);
  });

  it("keeps the text when it fails, and shows the problem with what to do", async () => {
    const { user } = open();
    await user.type(await at("box"), "https://fail.test/{Enter}");
    const problem = await at("problem");
    expect(problem.textContent).toContain(PROBLEM.message);
    expect(problem.textContent).toContain(PROBLEM.hint);
    await user.click(await at("back"));
    expect(await at("box")).toHaveProperty("value", "https://fail.test/");
  });

  it("shows a rejection as a problem, also one that is a bare string", async () => {
    const { user } = open(new MockBackend({ source_open: () => Promise.reject("boom") }));
    await user.type(await at("box"), "x{Enter}");
    expect((await at("problem")).textContent).toContain("Something in this program went wrong.");
  });

  it("can be left while it waits, and the late answer is dropped", async () => {
    let answer: (value: ReturnType<typeof workbench>) => void = () => undefined;
    const slow = new MockBackend({ source_open: () => new Promise((done) => (answer = done)) });
    const { backend, user } = open(slow);
    await user.type(await at("box"), "https://slow.test/{Enter}");
    backend.emit({ type: "progress", workbench: "c9", message: "Reading page 2 to prove the paging" });
    await screen.findAllByText("Reading page 2 to prove the paging");
    await user.click(await at("cancel"));
    expect(backend.sent("workbench_cancel")).toEqual([{ id: "c9" }]);
    answer(workbench());
    await new Promise((done) => setTimeout(done, 10));
    expect(screen.queryByTestId("records-grid")).toBeNull();
    expect(await at("box")).toHaveProperty("value", "https://slow.test/");
  });

  it("opens a dropped file like pasted text", async () => {
    const { backend } = open();
    await at("box");
    backend.emit({ type: "dropped", of: 1, text: yaml, name: "a.connector.yaml" });
    await at("trust-accept");
  });
});

describe("the key", () => {
  it("says that a key is not kept where there is no keyring, and offers a file", async () => {
    const backend = new MockBackend();
    backend.keyring = "none";
    const { user } = open(backend);
    await user.click(await at("try-sample"));
    expect((await at("key-destination")).textContent).toContain("used now and not kept");
    await user.click(await at("keyring-open"));
    await user.type(await at("passphrase"), "correct horse");
    await user.type(await at("passphrase-again"), "correct horse{Enter}");
    await waitFor(async () => expect((await at("key-destination")).textContent).toContain("Kept in your encrypted file"));
    expect(backend.sent("keyring_unlock")).toEqual([{ passphrase: "correct horse" }]);
  });

  it("sends what its kind needs", async () => {
    const { backend, user } = open();
    await user.type(await at("box"), "https://api.test/{Enter}");
    await user.click(await at("key-kind-basic"));
    await user.type(await at("key-username"), "ann");
    await user.type(await at("key-input"), "pw{Enter}");
    await at("records-grid");
    expect(backend.sent("auth_give")).toEqual([{ id: "c1", auth: { kind: "basic", username: "ann", secret: "pw" } }]);
  });
});

describe("the result", () => {
  it("offers the readings of a part side by side and takes the other one", async () => {
    const { backend, user } = await toResult();
    await user.click(await at("chip-key"));
    await user.click(within(await at("candidate-1")).getByRole("button"));
    await waitFor(() => expect(backend.sent("choose")).toEqual([{ id: "c1", stream: "customers", choice: { part: "key", fields: ["email"] } }]));
  });

  it("uses a value of the raw response", async () => {
    const { backend, user } = await toResult();
    await user.click(await at("tab-response"));
    await user.click(await screen.findByText('"customer0@example.test"'));
    await user.click(await at("menu-key"));
    await waitFor(() =>
      expect(backend.sent("point_at")).toEqual([{ id: "c1", stream: "customers", path: "$.data[0].email", role: "key" }]),
    );
  });

  it("takes a detected type by one click, and takes it back", async () => {
    const { backend, user } = await toResult();
    await user.click(await at("tab-schema"));
    await user.click(await at("schema-take-amount"));
    await waitFor(() => expect(backend.sent("definition_set")).toHaveLength(1));
    await waitFor(async () => expect(await at("undo")).toHaveProperty("disabled", false));
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(backend.sent("undo")).toHaveLength(1));
  });
});

describe("sharing and trust", () => {
  it("blocks what looks like a secret", async () => {
    const findings = [{ path: "http.headers.X-Key", reason: "looks like a key" }];
    const { user } = await toResult(new MockBackend({ share: () => ({ file_name: "a", text: "a", findings, checked: "1" }) }));
    await user.click(await at("share-open"));
    expect((await at("share-findings")).textContent).toContain("http.headers.X-Key");
    expect(await at("share-save")).toHaveProperty("disabled", true);
    expect(await at("share-copy")).toHaveProperty("disabled", true);
  });

  it("saves by the key that shares, from the sheet as well", async () => {
    const backend = new MockBackend();
    const save = vi.spyOn(backend, "saveShare");
    const { user } = await toResult(backend);
    await user.click(await at("share-open"));
    await waitFor(async () => expect(await at("share-save")).toHaveProperty("disabled", false));
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
  });

  it("sends nothing before trust, and asks for what is needed", async () => {
    const { backend, user } = open();
    await user.click(await at("open-file"));
    await user.click(await at("trust-accept"));
    expect(screen.getByText("This is needed.")).toBeTruthy();
    expect(backend.sent("trust_accept")).toEqual([]);
    await user.type(await at("trust-input-api_token"), "k{Enter}");
    await at("records-grid");
    expect(backend.sent("trust_accept")).toEqual([{ id: "c1", values: { region: "eu" }, secrets: { api_token: "k" } }]);
  });
});

describe("the window", () => {
  it("changes the theme at once", async () => {
    const { user } = open();
    await user.click(await at("settings-open"));
    await user.click(await at("theme-dark"));
    expect(document.documentElement.dataset["theme"]).toBe("dark");
  });

  it("tells of a sync that ended while another room is in front", async () => {
    const { backend } = open();
    await at("box");
    backend.emit({ type: "run", view: run("r1", 100, true, false) });
    await waitFor(async () => expect((await at("live")).textContent).toBe("Sync finished: done, 100 new, 0 updated, 0 unchanged"));
  });

  it("has no fault that axe can see, in any tab", async () => {
    const { user } = await toResult();
    for (const tab of ["records", "mapping", "response", "request", "schema", "state", "log"]) {
      await user.click(await at(`tab-${tab}`));
      const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
      expect(violations.map((each) => `${tab} ${each.id} ${each.nodes[0]?.html}`)).toEqual([]);
    }
  });
});
