import ts from "typescript";
import { expect, it } from "vitest";

const sources = import.meta.glob<string>(["../src/**/*.{ts,tsx}", "!../src/strings.ts", "!../src/strings/**", "!../src/**/*.test.ts", "!../src/api/types.gen.ts"], {
  eager: true,
  query: "?raw",
  import: "default",
});

/** Attributes that a person reads. */
const READ = /^(aria-(label|description|placeholder|roledescription|valuetext)|title|placeholder|label|alt|hint|text|help|summary)$/;

/** What is no sentence of the window: names of the program's own, kept as they are. */
const ALLOWED = new Set(["No transport is connected.", "A form stands outside of its provider."]);

/** Keys, for `words.keys.named`. */
const KEYS = /^(Ctrl (Shift )?\S+|Esc)$/;

/** Whether a text looks like words for a person: a capital, then more than one word. */
function isSentence(text: string): boolean {
  return /^\p{Lu}\p{Ll}+[ ,]\p{L}+/u.test(text.trim());
}

function literals(path: string, text: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text) && !KEYS.test(node.text.trim())) found.push(node.text.trim());
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const attribute = attributeOf(node);
      const worded = attribute !== null && READ.test(attribute) && /\p{L}{2}/u.test(node.text) && !/^\{[{"]/.test(node.text);
      if ((worded || isSentence(node.text)) && !ALLOWED.has(node.text) && !KEYS.test(node.text)) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.map((each) => `${path.replace("../", "")}: ${each}`);
}

/** The attribute that a literal stands in, itself or as a part of a template. */
function attributeOf(node: ts.Node): string | null {
  for (let at: ts.Node = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isJsxAttribute(at)) return at.name.getText();
    if (ts.isBinaryExpression(at) && /^[=!]==$/.test(at.operatorToken.getText())) return null;
    if (ts.isCallExpression(at) || ts.isBlock(at) || ts.isJsxElement(at)) return null;
  }
  return null;
}

it("finds words that a view says by itself", () => {
  const view = `const A = () => <p aria-label="Close" title={on ? "Stop it" : words.go}>Hello <b>{words.x}</b></p>; const b = "Something went wrong";`;
  expect(literals("../src/a.tsx", view)).toEqual(["src/a.tsx: Close", "src/a.tsx: Stop it", "src/a.tsx: Hello", "src/a.tsx: Something went wrong"]);
});

it("every word of a view comes from the catalogue", () => {
  expect(Object.entries(sources).flatMap(([path, text]) => literals(path, text))).toEqual([]);
});
