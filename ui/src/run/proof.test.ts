import { describe, expect, it } from "vitest";
import type { StreamRun } from "../api";
import { keepsState, proofOf } from "./proof";

function run(change: Partial<StreamRun["counts"]>, since: string | null = null, outcome: StreamRun["outcome"] = "done"): StreamRun {
  const counts = { read: 0, new: 0, updated: 0, unchanged: 0, deleted: 0, skipped: 0, faults: 0, pages: 0, requests: 0, retries: 0, bytes: 0, ...change };
  return { stream: "a", outcome, counts, resumed: false, since, latency: {} } as unknown as StreamRun;
}

const cursor = { incremental: { cursor: "$.at" } } as never;

describe("what a second read proves", () => {
  it.each([
    ["nothing new, one record read once more", run({ unchanged: 1 }, "2024"), cursor, true, { kind: "nothing", again: 1 }],
    ["changes since the cursor", run({ new: 10, updated: 1, deleted: 1 }, "2024"), cursor, true, { kind: "changed", count: 12, since: "2024" }],
    ["a stream without a cursor", run({ unchanged: 5 }), {}, true, { kind: "whole" }],
    ["its first read", run({ new: 5 }), {}, true, null],
    ["the first read of one with a cursor", run({ new: 5 }), cursor, true, null],
    ["files keep no state", run({ new: 5 }), cursor, false, { kind: "stateless" }],
    ["one that failed", run({ unchanged: 5 }, "2024", "failed"), cursor, true, null],
    ["one that is not known any more", run({ unchanged: 5 }), undefined, true, null],
  ])("%s", (_, stream, known, keeps, proof) => {
    expect(proofOf(stream, known, keeps)).toEqual(proof);
  });
});

it("databases keep the state", () => {
  expect(["/home/a/x.db", "postgres://db/x", "csv:/tmp/x", "parquet:/tmp/x"].map(keepsState)).toEqual([true, true, false, false]);
});
