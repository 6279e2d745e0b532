import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import schema from "../../../schemas/connector.schema.json";
import type { Workbench } from "../api";
import { app, useApp } from "../app/store";
import { flushText, typeText } from "../app/workbench";
import { CopyButton } from "../components/CopyButton";
import { complete } from "../forms/expression";
import { germanSchema } from "../forms/german";
import { words } from "../strings";
import { language } from "../strings/language";
import { extensions, mark, replaceText } from "./yaml/editor";
import type { Schema } from "./yaml/schema";
import "./yaml/yaml.css";

/** What the text is completed and explained by, in the window's language. */
const spoken = language === "de" ? germanSchema(schema as unknown as Schema) : (schema as unknown as Schema);

/** The definition as text: the same document as the forms, with its comments. */
export function YamlPane({ workbench }: { workbench: Workbench }) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  /** The program's text that the editor had last. */
  const shown = useRef("");
  const { id, yaml } = workbench;
  const textFaults = workbench.text_faults ?? [];
  const faults = textFaults.length > 0 ? textFaults : workbench.faults;
  const told = JSON.stringify(faults);
  const goal = useApp((state) => state.goal);
  const typing = useApp((state) => state.typing);

  useEffect(() => {
    const parent = box.current;
    if (parent === null) return;
    shown.current = app.get().workbench?.yaml ?? "";
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: shown.current,
        extensions: extensions({
          schema: spoken,
          streams: () => (app.get().workbench?.definition.streams ?? []).map((stream) => stream.name),
          expression: async (inside) => {
            const { workbench: now, stream } = app.get();
            const found = await complete(inside, now?.id ?? "", stream, (now?.definition.config ?? []).map((input) => input.name)).catch(() => []);
            return found.map((each) => ({ label: each.label, apply: each.insert, detail: each.detail, ...(each.about === "" ? {} : { info: each.about }) }));
          },
          onChange: (text) => typeText(id, text),
        }),
      }),
    });
    view.current = editor;
    return () => {
      void flushText();
      editor.destroy();
      view.current = null;
    };
  }, [id]);

  useEffect(() => {
    // What is typed here and not answered yet is newer than what came; and so it is where it could not be sent.
    if (view.current === null || typing || shown.current === yaml) return;
    shown.current = yaml;
    replaceText(view.current, yaml);
  }, [yaml, typing]);

  useEffect(() => {
    if (view.current !== null) mark(view.current, JSON.parse(told) as typeof faults);
  }, [told, yaml]);

  useEffect(() => {
    if (goal === null) view.current?.focus();
    // Only when the pane is opened.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  const first = textFaults[0];
  return (
    <div className="yaml-pane">
      <div className="bar yaml-bar">
        {faults.length === 0 ? (
          <span className="dim" title={words.builder.yamlKeys}>
            {words.builder.yamlFine}
          </span>
        ) : (
          <button type="button" className="link bad" data-testid="yaml-faults" onClick={() => view.current !== null && toLine(view.current, faults[0]?.line ?? 1)}>
            {words.builder.yamlFaults(faults.length, faults[0]?.line ?? null)}
          </button>
        )}
        <span className="end">
          <CopyButton look="quiet" text={() => yaml} label={words.yaml.copy} />
        </span>
      </div>
      {first !== undefined && (
        <p className="note warn yaml-draft" role="status" data-testid="yaml-draft">
          {words.builder.yamlDraft}
        </p>
      )}
      <div ref={box} className="yaml-editor" />
    </div>
  );
}

function toLine(view: EditorView, number: number): void {
  const line = view.state.doc.line(Math.max(1, Math.min(view.state.doc.lines, number)));
  view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
  view.focus();
}
