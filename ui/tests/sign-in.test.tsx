import { act, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConnectorCard, RunView } from "../src/api";
import { shareable } from "../src/app/keys";
import { useApp } from "../src/app/store";
import { MockBackend } from "./dev/backend";
import { failed } from "./dev/rooms";
import { at, open } from "./window";

const BROWSER = { type: "oauth2", grant: "authorization_code", auth_url: "https://a.test", token_url: "https://a.test" };

function view(auth: object) {
  return { id: "n1", name: "Mine", connector: "c1", title: "Mine", destination: "/x", definition: { tapwright: 1, name: "x", http: { base_url: "https://a.test", auth }, streams: [] } };
}

/** A run that was refused. */
function refused(): RunView {
  const one = failed();
  const problem = { ...one.problem, code: "refused", kind: "auth" } as never;
  return { ...one, run: { ...one.run, connection: "n1" }, problem, streams: one.streams.map((stream) => ({ ...stream, problem })) };
}

async function openRoom(auth: object, room: object, more: object = {}) {
  const backend = new MockBackend({
    connection_get: () => view(auth) as never,
    sign_in_start: () => ({ id: "s1", url: "https://a.test/login", expires_in: 60 }) as never,
    sign_in_state: () => ({ type: "done", account: "ada@a.test" }) as never,
    ...more,
  });
  backend.runs = [refused()];
  const window = open(backend);
  await at("box");
  act(() => useApp.setState({ view: room as never, runs: { r0: refused() } }));
  return window;
}

beforeEach(() => localStorage.clear());

describe("signing in where it ran out", () => {
  it("is offered at a run that was refused, by its connection", async () => {
    const { backend, user } = await openRoom(BROWSER, { name: "run", id: "r0" });
    await user.click(await at("sign-in-start"));
    await waitFor(() => expect(backend.sent("sign_in_start")).toEqual([{ id: "n1", device: false, language: "en" }]));
    await at("sign-in-done");
  });

  it("leads to the keys where nobody signs in by themselves", async () => {
    const { user } = await openRoom({ type: "bearer", token: "{{ config.t }}" }, { name: "run", id: "r0" });
    await user.click(await at("to-keys"));
    expect(useApp.getState().view).toEqual({ name: "connection", id: "n1", tab: "settings" });
  });

  it("is offered in the health of a connection that is refused", async () => {
    const check = (problem: object | null) => ({ name: "auth", state: problem === null ? "pass" : "fail", detail: "", duration_ms: 1, problem, streams: [] });
    const report = (problem: object | null) => ({ state: "fail", checked_at: "2026-11-20T10:00:00Z", duration_ms: 1, scopes: [], requests: 1, bytes: 1, checks: [check(problem)] });
    await openRoom(BROWSER, { name: "connection", id: "n1", tab: "health" }, { health_get: () => report({ kind: "auth", code: "refused", message: "no", stage: "auth" }) as never });
    await at("sign-in-start");
  });
});

describe("what can be shared", () => {
  it("is the connector of the room's connection", () => {
    const home = { connectors: [{ id: "c7", connections: [{ id: "n7" }] } as unknown as ConnectorCard], runs: [] } as never;
    useApp.setState({ home, workbench: null, view: { name: "connection", id: "n7", tab: "runs" } });
    expect(shareable()).toBe("c7");
    useApp.setState({ view: { name: "data", connection: "n8", title: "" } });
    expect(shareable()).toBeNull();
  });
});
