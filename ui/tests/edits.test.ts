import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Definition, type Workbench } from "../src/api";
import { MockBackend } from "./dev/backend";
import { preview, workbench } from "./dev/made";
import { app, useApp } from "../src/app/store";
import { flushEdit, setDefinition, setStream, typeText, undo } from "../src/app/workbench";

interface Waiting {
  command: string;
  request: { definition?: Definition; text?: string; stream?: string };
  answer: (answer: unknown) => void;
}

/** A program that answers when it is told to, and does what the real one does with definitions. */
class Slow extends MockBackend {
  readonly waiting: Waiting[] = [];
  stack: Definition[] = [];
  constructor(public now: Definition) {
    super();
  }

  override rpc(command: string, payload: unknown): Promise<unknown> {
    this.calls.push({ command, payload });
    return new Promise((answer) => this.waiting.push({ command, request: payload as Waiting["request"], answer }));
  }

  /** Answers what was asked first. */
  async next(): Promise<string> {
    await settled();
    const asked = this.waiting.shift();
    if (asked === undefined) return "";
    const { command, request } = asked;
    if (command === "undo") this.now = this.stack.pop() ?? this.now;
    else if (request.definition !== undefined) {
      this.stack.push(this.now);
      this.now = request.definition;
    } else if (command === "text_set") this.now = { ...this.now, title: request.text ?? "" };
    asked.answer(command === "preview_shown" ? { ...preview(9), stream: request.stream } : this.view());
    await settled();
    return command;
  }

  view(): Workbench {
    return { ...workbench({ stage: "ready" } as Partial<Workbench>), definition: structuredClone(this.now), can_undo: this.stack.length > 0, undo: `step ${this.stack.length}` };
  }

  async all(): Promise<string[]> {
    const told = [await this.next()];
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    while (told.at(-1) !== "") told.push(await this.next());
    return told.slice(0, -1);
  }
}

const settled = () => new Promise((done) => setTimeout(done, 0));
const shown = () => app.get().workbench?.definition;
const names = () => shown()?.streams?.[0]?.fields?.map((field) => field.name);
const start = workbench({ stage: "ready" } as Partial<Workbench>).definition;

let program: Slow;
afterEach(async () => {
  void flushEdit();
  await program.all();
});
beforeEach(() => {
  program = new Slow(structuredClone(start));
  connect(program);
  useApp.setState(useApp.getInitialState(), true);
  app.set({ workbench: program.view(), stream: start.streams?.[0]?.name ?? "", view: { name: "workbench" } });
});

function stream() {
  const found = shown()?.streams?.[0];
  if (found === undefined) throw new Error("no stream");
  return found;
}
const rename = () => setStream(stream().name, { ...stream(), fields: (stream().fields ?? []).map((field) => ({ ...field, name: `o_${field.name}` })) });
const drop = () => setStream(stream().name, { ...stream(), fields: (stream().fields ?? []).slice(0, 1) });

describe("an undo right after an action", () => {
  it("takes back that action alone, though nothing of it was sent yet", async () => {
    rename();
    await settled();
    drop();
    await settled();
    expect(names()).toEqual(["o_id"]);
    void undo();
    expect(await program.all()).toEqual(["definition_set", "definition_set", "undo"]);
    expect(names()?.length).toBe(start.streams?.[0]?.fields?.length);
    expect(names()?.every((name) => name.startsWith("o_"))).toBe(true);
  });

  it("is possible before the program answered", () => {
    expect(app.get().workbench?.can_undo).toBe(false);
    drop();
    expect(app.get().workbench?.can_undo).toBe(true);
  });

  it("twice takes back two", async () => {
    rename();
    await settled();
    drop();
    void undo();
    void undo();
    expect(await program.all()).toEqual(["definition_set", "definition_set", "undo", "undo"]);
    expect(names()).toEqual(start.streams?.[0]?.fields?.map((field) => field.name));
  });
});

describe("an answer that comes late", () => {
  it("does not take what was done meanwhile from the screen", async () => {
    rename();
    void flushEdit();
    await settled();
    drop();
    void flushEdit();
    // The first is answered while the second waits for its turn.
    expect(await program.next()).toBe("definition_set");
    expect(names()).toEqual(["o_id"]);
    expect(await program.all()).toEqual(["definition_set"]);
    expect(names()).toEqual(["o_id"]);
  });

  it("of an undo leaves what was typed since", async () => {
    drop();
    void flushEdit();
    await program.next();
    void undo();
    await settled();
    setDefinition({ ...(shown() as Definition), title: "typed" });
    expect(await program.next()).toBe("undo");
    expect([shown()?.title, names()?.length]).toEqual(["typed", start.streams?.[0]?.fields?.length]);
    void flushEdit();
    await program.all();
    expect([program.now.title, program.now.streams?.[0]?.fields?.length]).toEqual(["typed", start.streams?.[0]?.fields?.length]);
  });

  it("of a text leaves an edit that was made in the grid", async () => {
    typeText("c1", "a title of the text");
    drop();
    void flushEdit();
    expect(await program.all()).toEqual(["text_set", "definition_set"]);
    expect([program.now.title, names()]).toEqual(["a title of the text", ["id"]]);
  });
});

describe("what is typed", () => {
  it("goes together, and an action goes by itself", async () => {
    for (const title of ["S", "Sh", "Shop"]) setDefinition({ ...(shown() as Definition), title });
    await settled();
    setDefinition({ ...(shown() as Definition), title: "Shops" });
    drop();
    void flushEdit();
    expect(await program.all()).toEqual(["definition_set"]);
    setDefinition({ ...(shown() as Definition), title: "Shopping" });
    await settled();
    rename();
    void flushEdit();
    expect(await program.all()).toEqual(["definition_set", "definition_set"]);
  });
});

describe("a stream that is not the first", () => {
  it("is edited again and again, its preview follows", async () => {
    const two = { ...start, streams: [...(start.streams ?? []), { ...stream(), name: "second" }] };
    program.now = two;
    app.set({ workbench: { ...program.view(), definition: two }, stream: "second" });
    const other = () => shown()?.streams?.[1] as NonNullable<ReturnType<typeof stream>>;
    setStream("second", { ...other(), key: [] });
    void flushEdit();
    expect(await program.all()).toEqual(["definition_set", "preview_shown"]);
    setStream("second", { ...other(), key: ["id"] });
    void flushEdit();
    expect(await program.all()).toEqual(["definition_set", "preview_shown"]);
    expect(program.now.streams?.[1]?.key).toEqual(["id"]);
  });
});
