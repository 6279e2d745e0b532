import { beforeEach, describe, expect, it } from "vitest";
import { connect, type Definition, type DefinitionChange, type Edited, type TextChange, type Workbench } from "../api";
import { MockBackend } from "../../tests/dev/backend";
import { workbench } from "../../tests/dev/made";
import { definitionChange, sendDefinition, sendText, textChange } from "./parts";

const stream = (name: string) => ({ name, request: { path: `/${name}` } });
const made = (names: string[], title = "made"): Definition => ({ ...workbench().definition, title, streams: names.map(stream) });
const apply = (text: string, { from, gone, with: put }: TextChange) => text.slice(0, from) + put + text.slice(from + gone);

describe("what differs", () => {
  it.each([
    ["", "a"],
    ["ab", "aXb"],
    ["aaa", "aa"],
    ["same", "same"],
    ["a😀b", "a😁b"],
    ["😀😀", "😀"],
  ])("leads from the text %j to %j and cuts no sign", (before, after) => {
    const change = textChange(before, after);
    expect(apply(before, change)).toBe(after);
    expect(() => encodeURIComponent(change.with) + encodeURIComponent(before.slice(0, change.from))).not.toThrow();
  });

  it("is the streams that are other ones, and all that is beside them", () => {
    const [a, b, c, other] = [stream("a"), stream("b"), stream("c"), stream("x")];
    const before = { ...made([]), streams: [a, b, c] };
    const change = (streams: NonNullable<Definition["streams"]>) => definitionChange(before, { ...before, streams });
    expect(change([a, other, c])).toMatchObject({ from: 1, gone: 1, streams: [other] });
    expect(change([a, b, other, c])).toMatchObject({ from: 2, gone: 0, streams: [other] });
    expect(change([b, c])).toMatchObject({ from: 0, gone: 1, streams: [] });
    expect(change([])).toMatchObject({ from: 0, gone: 3, streams: [] });
    expect(definitionChange(before, { ...before, title: "other" })).toMatchObject({ rest: { title: "other", streams: [] }, from: 3, gone: 0, streams: [] });
  });
});

/** A program that takes changes as the real one does. */
class Program extends MockBackend {
  revision = "1";
  /** What it makes of a definition beside what was asked. */
  learned: string | null = null;
  constructor(public definition: Definition, public text: string) {
    super();
  }

  get now(): Workbench {
    return { ...workbench(), definition: this.definition, yaml: this.text, revision: this.revision };
  }

  override async rpc(command: string, payload: unknown): Promise<unknown> {
    this.calls.push({ command, payload });
    const request = payload as { revision?: string; change: DefinitionChange & TextChange; definition: Definition; text: string };
    if (command === "definition_set") return { ...this.now, definition: request.definition };
    if (command === "text_set") return { ...this.now, yaml: request.text };
    if (request.revision !== this.revision) throw { code: "moved_on", kind: "config", stage: "open", message: "moved" };
    const edited: Edited = { workbench: { ...this.now, definition: { ...this.definition, streams: [] }, yaml: "", revision: "2" }, definition: null, text: null };
    if (command === "text_edit") {
      const title = apply(this.text, request.change).slice(0, 3);
      return { ...edited, definition: { rest: { ...this.definition, title, streams: [] }, from: 1, gone: 1, streams: [stream("z")] } };
    }
    const { change } = request;
    if (this.learned !== null) edited.definition = { rest: { ...change.rest, title: this.learned }, from: 0, gone: 0, streams: [] };
    return { ...edited, text: { from: 0, gone: 1, with: "# " } };
  }
}

describe("a large definition", () => {
  let program: Program;
  const before = made(["a", "b"]);
  const ground = () => ({ workbench: program.now, definition: program.definition });
  beforeEach(() => {
    program = new Program(before, "x".repeat(100_000));
    connect(program);
  });

  it("is sent in parts, and keeps what stays", async () => {
    const after = { ...before, streams: [...(before.streams ?? []).slice(0, 1), stream("c")] };
    const next = await sendDefinition(ground(), "w", after);
    expect(program.calls.map((each) => each.command)).toEqual(["definition_edit"]);
    expect(next.definition).toBe(after);
    expect([next.yaml.length, next.yaml.slice(0, 3), next.revision]).toEqual([100_001, "# x", "2"]);
    program.learned = "learned";
    expect(await sendDefinition(ground(), "w", after)).toMatchObject({ definition: { title: "learned", streams: after.streams } });
  });

  it("takes what a text made of it", async () => {
    const text = `abc${"x".repeat(100_000)}`;
    const next = await sendText(ground(), "w", text);
    expect([next.yaml === text, next.definition.title, next.definition.streams?.map((each) => each.name)]).toEqual([true, "abc", ["a", "z"]]);
    expect(next.definition.streams?.[0]).toBe(before.streams?.[0]);
  });

  it("is sent whole where something else changed it, and where it is small", async () => {
    const moved = { workbench: { ...program.now, revision: "0" }, definition: before };
    expect((await sendDefinition(moved, "w", before)).definition).toBe(before);
    expect((await sendText(moved, "w", "y")).yaml).toBe("y");
    program.text = "small";
    await sendDefinition(ground(), "w", before);
    await sendDefinition(null, "w", before);
    expect(program.calls.map((each) => each.command)).toEqual(["definition_edit", "definition_set", "text_edit", "text_set", "definition_set", "definition_set"]);
  });
});
