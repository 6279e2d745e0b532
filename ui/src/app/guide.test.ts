import { describe, expect, it } from "vitest";
import type { Workbench } from "../api";
import { guideWords } from "../strings/guide";
import { lastRun, nextStep, stepsOf, STEPS, type Standing } from "./guide";

const W = guideWords.missing;

function at(more: Partial<Workbench>, rest: Partial<Standing> = {}) {
  const workbench = { id: "w1", stage: "ready", accepted: false, connection: null, faults: [], definition: { streams: [{ name: "a" }] }, ...more } as unknown as Workbench;
  return stepsOf({ workbench, rows: 5, last: undefined, shared: false, ...rest });
}

const missing = (steps: ReturnType<typeof at>) => steps.map((step) => step.missing);
const fault = (path: string) => ({ code: "x", path, message: "m" });

describe("the five steps", () => {
  it("say in order what is missing", () => {
    const cases: [string, string[], number][] = [
      ["key", missing(at({ stage: "key" })), 0],
      ["ready", missing(at({})), 2],
      ["accepted", missing(at({ accepted: true, connection: "n1" })), 3],
      ["synced", missing(at({ accepted: true, connection: "n1" }, { last: "done" })), 4],
    ];
    expect(cases.map(([name, all]) => [name, ...all])).toEqual([
      ["key", W.key, W.before, W.before, W.before, W.before],
      ["ready", "", "", W.accept, W.before, W.before],
      ["accepted", "", "", "", W.sync, W.share],
      ["synced", "", "", "", "", W.share],
    ]);
    const done = at({ accepted: true, connection: "n1" }, { last: "limited", shared: true });
    expect(done.every((step) => step.done)).toBe(true);
    expect(nextStep(done)).toBe(STEPS.length - 1);
    expect([nextStep(at({ stage: "trust" })), nextStep(at({})), nextStep(at({ accepted: true, connection: "n1" }))]).toEqual([0, 2, 3]);
  });

  it("count faults where they are mended", () => {
    expect(missing(at({ faults: [fault("streams[0].fields[1].name"), fault("streams[0].request.path"), fault("http.base_url")] })).slice(1, 3)).toEqual([W.faults(2), W.faults(1)]);
    expect(missing(at({ definition: { streams: [] } as never }))[1]).toBe(W.stream);
    expect(missing(at({}, { rows: null }))[1]).toBe(W.unread);
    expect(missing(at({}, { rows: 0 }))[1]).toBe(W.records);
    expect(missing(at({ problem: { kind: "auth" } as never }))[0]).toBe(W.signIn);
  });

  it("tell a sync that goes on, or went wrong, from one that is done", () => {
    const test = (last: Standing["last"]) => missing(at({ accepted: true, connection: "n1" }, { last }))[3];
    expect([test(undefined), test(null), test("failed"), test("partial"), test("done")]).toEqual([W.sync, W.going, W.synced, W.synced, ""]);
  });

  it("take the newest run of the own connection", () => {
    const run = (id: string, connection: string, started_at: string, outcome: string | null) => ({ run: { id, connection, started_at, outcome } });
    const state = {
      workbench: { connection: "n1" }, home: { connectors: [{ connections: [{ id: "n1", last_run: run("r1", "n1", "2026-01-01T00:00:00Z", "done").run }] }] },
      runs: { r2: run("r2", "n1", "2026-01-02T00:00:00Z", null), r3: run("r3", "n2", "2026-01-03T00:00:00Z", "failed") },
    } as never;
    expect(lastRun(state)).toEqual({ id: "r2", outcome: null });
  });
});
