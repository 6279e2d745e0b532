import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, insertTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Fault } from "../../api";
import { words } from "../../strings";
import { expressionAt } from "../../forms/expression";
import { placeAt } from "./context";
import { besideWindow } from "./keys";
import { describe, offers, type Schema } from "./schema";
import { said } from "../../app/said";

/** What the editor asks of the window. */
interface EditorWorld {
  schema: Schema;
  /** The names of streams, as they stand now. */
  streams: () => string[];
  /** What completes an expression that ends at the cursor. */
  expression: (inside: string) => Promise<Completion[]>;
  onChange: (text: string) => void;
}

/**
 * The editor brings its own style sheet. The window lets in only those that carry its nonce, which stands on the
 * page's own style element: without it the text would lose its lines and its indents.
 */
const nonce = document.querySelector("style")?.nonce ?? "";

/** Lines above the cursor that the place is told from: the beginning of the largest definition is not needed. */
const LINES = 4000;

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent-text)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--t-number)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: "var(--ink-3)" },
]);

/** All that makes a text an editor of definitions. */
export function extensions(world: EditorWorld): Extension[] {
  return [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    yaml(),
    syntaxHighlighting(colours),
    autocompletion({ override: [(context) => complete(context, world)], icons: false, activateOnTypingDelay: 60 }),
    hoverTooltip((view, pos) => help(view.state.doc, pos, world.schema), { hoverTime: 350 }),
    EditorView.contentAttributes.of({ "aria-label": words.yaml.label, "data-testid": "yaml", tabindex: "0" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((each) => each.isUserEvent("outside"))) world.onChange(update.state.doc.toString());
    }),
    // Tab indents; Escape, then Tab, leaves the editor.
    // What is a key of the window, also by a person's own choice, stays one.
    keymap.of(
      besideWindow([
        ...closeBracketsKeymap,
        ...completionKeymap,
        { key: "Alt-/", run: startCompletion },
        { key: "Tab", run: insertTab, shift: indentLess },
        ...defaultKeymap,
        ...historyKeymap,
        ...searchKeymap,
        ...foldKeymap,
        ...lintKeymap,
      ]),
    ),
  ];
}

function placeIn(doc: Text, pos: number) {
  const line = doc.lineAt(pos);
  const above: string[] = [];
  for (let at = Math.max(1, line.number - LINES); at < line.number; at += 1) above.push(doc.line(at).text);
  const below: string[] = [];
  for (let at = line.number + 1; at <= Math.min(doc.lines, line.number + 60); at += 1) below.push(doc.line(at).text);
  return placeAt(above, line.text, pos - line.from, below);
}

async function complete(context: CompletionContext, world: EditorWorld): Promise<CompletionResult | null> {
  const { doc } = context.state;
  const line = doc.lineAt(context.pos);
  const inside = expressionAt(line.text.slice(0, context.pos - line.from));
  if (inside !== null) {
    const word = /[\w]*$/.exec(inside)?.[0] ?? "";
    return { from: context.pos - word.length, options: await world.expression(inside), validFor: /^\w*$/ };
  }
  const place = placeIn(doc, context.pos);
  if (place === null) return null;
  const word = /[\w.$-]*$/.exec(line.text.slice(0, context.pos - line.from))?.[0] ?? "";
  if (word === "" && !context.explicit && place.kind === "key" && !/[\s{[,-]$/.test(line.text.slice(0, context.pos - line.from))) return null;
  if (word === "" && !context.explicit && place.kind === "key") return null;
  const options = offers(world.schema, place, world.streams()).map((offer, at): Completion => ({
    label: offer.label,
    apply: offer.insert,
    type: offer.kind === "key" ? "property" : "enum",
    ...(offer.required ? { detail: words.builder.needed } : {}),
    ...(offer.about === "" ? {} : { info: firstWords(offer.about) }),
    boost: offer.required ? 50 : -at / 100,
  }));
  return options.length === 0 ? null : { from: context.pos - word.length, options, validFor: /^[\w.$-]*$/ };
}

function firstWords(text: string): string {
  return text.length > 400 ? `${text.slice(0, 399)}…` : text;
}

function help(doc: Text, pos: number, schema: Schema) {
  const line = doc.lineAt(pos);
  const found = /^(\s*(?:-\s+)*)([\w$-]+)\s*:/.exec(line.text);
  const start = found?.[1]?.length ?? 0;
  const key = found?.[2];
  if (key === undefined || pos - line.from > start + key.length || pos - line.from < start) return null;
  const place = placeIn(doc, line.from + start + key.length + 1);
  const text = place === null ? "" : describe(schema, { ...place, key, kind: "value" });
  if (text === "") return null;
  return {
    pos: line.from + start,
    end: line.from + start + key.length,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "yaml-help";
      dom.textContent = text;
      return { dom };
    },
  };
}

/** Marks the lines of faults. */
export function mark(view: EditorView, faults: Fault[]): void {
  const { doc } = view.state;
  const found = faults.map((fault): Diagnostic => {
    const line = doc.line(Math.max(1, Math.min(doc.lines, fault.line ?? 1)));
    const from = line.from + (line.text.length - line.text.trimStart().length);
    const suggestion = fault.suggestion == null ? "" : ` ${words.problem.suggestion(fault.suggestion)}`;
    return { from, to: Math.max(from, line.to), severity: "error", message: `${said(fault.message)}${suggestion}` };
  });
  view.dispatch(setDiagnostics(view.state, found));
}

/** Puts another text in: only the part that differs, so that the cursor and what is folded stay. */
export function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  let start = 0;
  const least = Math.min(old.length, text.length);
  while (start < least && old.charCodeAt(start) === text.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < least - start && old.charCodeAt(old.length - 1 - end) === text.charCodeAt(text.length - 1 - end)) end += 1;
  view.dispatch({ changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) }, userEvent: "outside" });
}
