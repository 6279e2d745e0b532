import { act, render, waitFor } from "@testing-library/react";
import { EditorView } from "@codemirror/view";
import { beforeEach, describe, expect, it } from "vitest";
import { connect, type Workbench } from "../src/api";
import { app, useApp } from "../src/app/store";
import { flushEdit } from "../src/app/workbench";
import { YamlPane } from "../src/builder/YamlPane";
import { MockBackend } from "./dev/backend";
import { workbench } from "./dev/made";

const bench = (yaml: string) => workbench({ stage: "ready", yaml } as Partial<Workbench>);
let answers: { text: string; done: (fine: boolean) => void }[] = [];

class Slow extends MockBackend {
  override rpc(command: string, payload: unknown): Promise<unknown> {
    if (command !== "text_set") return super.rpc(command, payload);
    const { text } = payload as { text: string };
    return new Promise((answer, fail) => answers.push({ text, done: (fine) => (fine ? answer(bench(text)) : fail(new Error("no"))) }));
  }
}

function Shown() {
  const shown = useApp((state) => state.workbench);
  return shown === null ? null : <YamlPane workbench={shown} />;
}

function editor(): EditorView {
  const view = EditorView.findFromDOM(document.querySelector<HTMLElement>(".cm-editor") as HTMLElement);
  if (view === null) throw new Error("no editor");
  return view;
}

const type = (text: string) => act(() => editor().dispatch({ changes: { from: editor().state.doc.length, insert: text } }));
const text = () => editor().state.doc.toString();

// The editor measures text; here nothing is laid out.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

beforeEach(() => {
  answers = [];
  connect(new Slow());
  useApp.setState(useApp.getInitialState(), true);
  app.set({ workbench: bench("a: 1\n") });
});

describe("text that is typed", () => {
  it("stays while older text is answered", async () => {
    render(<Shown />);
    type("b");
    void flushEdit();
    await waitFor(() => expect(answers).toHaveLength(1));
    type("c");
    await act(async () => answers[0]?.done(true));
    expect(text()).toBe("a: 1\nbc");
    await waitFor(() => expect(answers).toHaveLength(2));
    await act(async () => answers[1]?.done(true));
    expect([text(), app.get().workbench?.yaml, app.get().typing]).toEqual(["a: 1\nbc", "a: 1\nbc", false]);
  });

  it("stays where it could not be sent", async () => {
    render(<Shown />);
    type("b");
    void flushEdit();
    await waitFor(() => expect(answers).toHaveLength(1));
    await act(async () => answers[0]?.done(false));
    await waitFor(() => expect(app.get().typing).toBe(false));
    expect(text()).toBe("a: 1\nb");
    // What the program changes comes all the same.
    act(() => app.set({ workbench: bench("a: 2\n") }));
    expect(text()).toBe("a: 2\n");
  });
});
