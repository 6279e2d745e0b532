import { beforeEach, describe, expect, it } from "vitest";
import { connect, type Definition, type StreamPreview, type Workbench } from "../api";
import type { Transport } from "../api/transport";
import { app } from "./store";
import { flushEdit, setStream, typeText } from "./workbench";

/** What was sent, and how to answer it. */
const sent: { command: string; payload: Record<string, unknown>; answer: (with_: unknown) => void }[] = [];

const transport = {
  rpc: (command: string, payload: unknown) =>
    new Promise((resolve) => {
      sent.push({ command, payload: payload as Record<string, unknown>, answer: resolve });
    }),
} as unknown as Transport;

function workbench(definition: Definition, yaml = ""): Workbench {
  return { id: "1", stage: "ready", definition, yaml, faults: [], accepted: false, notes: [], can_undo: false, can_redo: false, preview: { stream: "one", version: 1, rows: 0 } } as unknown as Workbench;
}

const two: Definition = { tapwright: 1, name: "a", streams: [{ name: "one" }, { name: "two" }] };
const preview = (version: number) => ({ stream: "two", version, rows: version }) as unknown as StreamPreview;

/** Waits until so many commands were sent. */
async function until(count: number): Promise<void> {
  for (let turn = 0; turn < 200 && sent.length < count; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(sent.map((each) => each.command)).toHaveLength(count);
}

beforeEach(() => {
  connect(transport);
  sent.length = 0;
  app.set({ workbench: workbench(two), stream: "two", previews: { two: preview(1) }, typing: false });
});

describe("edits", () => {
  it("are sent at once; those made meanwhile together, after it", async () => {
    for (const description of ["a", "ab", "abc"]) {
      setStream("two", { name: "two", description });
      // oxlint-disable-next-line no-await-in-loop -- key by key
      await Promise.resolve().then(() => undefined);
    }
    await until(1);
    const first = sent[0]?.payload["definition"] as Definition;
    sent[0]?.answer(workbench(first));
    await until(first.streams?.[1]?.description === "abc" ? 2 : 3);
    const edits = sent.filter((each) => each.command === "definition_set");
    expect(edits.length).toBeLessThanOrEqual(2);
    expect(edits.at(-1)?.payload).toMatchObject({ definition: { streams: [{ name: "one" }, { name: "two", description: "abc" }] } });
    for (const each of sent.slice(1)) each.answer(each.command === "preview_shown" ? preview(2) : workbench(each.payload["definition"] as Definition));
    await flushEdit();
    expect(sent.every((each) => each.command !== "preview")).toBe(true);
  });

  it("of a stream that is not the first come to an end, and show it as it is mapped now", async () => {
    setStream("two", { name: "two", description: "b" });
    await until(1);
    sent[0]?.answer(workbench(sent[0].payload["definition"] as Definition));
    await until(2);
    expect(sent[1]?.command).toBe("preview_shown");
    // What is sent next does not wait for it.
    await flushEdit();
    sent[1]?.answer(preview(7));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(app.get().previews["two"]?.version).toBe(7);
    expect(sent).toHaveLength(2);
  });

  it("as text are sent in their newest form", async () => {
    typeText("1", "a");
    await until(1);
    typeText("1", "ab");
    typeText("1", "abc");
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(sent).toHaveLength(1);
    sent[0]?.answer(workbench(two, "a"));
    await until(2);
    expect(sent[1]?.payload["text"]).toBe("abc");
    expect(app.get().typing).toBe(true);
    sent[1]?.answer(workbench(two, "abc"));
    await flushEdit();
    expect(app.get().typing).toBe(false);
  });
});
