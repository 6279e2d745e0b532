import type { TreeNode } from "../api";

/** The nodes of a JSON text by the path of what holds them; null where it is no JSON. Numbers stay as they were written. */
export function nodesOf(text: string): Map<string, TreeNode[]> | null {
  const found = new Map<string, TreeNode[]>();
  let at = 0;
  const space = () => {
    while (/\s/.test(text.charAt(at))) at += 1;
  };
  const fail = (): never => {
    throw new SyntaxError(`place ${at}`);
  };
  const string = (): string => {
    const from = at;
    at += 1;
    while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
    at += 1;
    return text.slice(from, at);
  };
  const value = (path: string, key: string, depth: number): TreeNode => {
    if (depth > 200) fail();
    space();
    const c = text.charAt(at);
    const node = (kind: string, shown: string, children = 0): TreeNode => ({ path, key, kind, value: shown, children, marks: [] });
    if (c === "{" || c === "[") {
      const children: TreeNode[] = [];
      const list = c === "[";
      at += 1;
      space();
      while (text.charAt(at) !== (list ? "]" : "}")) {
        let name = String(children.length);
        if (!list) {
          if (text.charAt(at) !== '"') fail();
          name = JSON.parse(string()) as string;
          space();
          if (text.charAt(at) !== ":") fail();
          at += 1;
        }
        children.push(value(list ? `${path}[${name}]` : member(path, name), name, depth + 1));
        space();
        if (text.charAt(at) === ",") {
          at += 1;
          space();
        } else if (text.charAt(at) !== (list ? "]" : "}")) fail();
      }
      at += 1;
      found.set(path, children);
      return node(list ? "array" : "object", "", children.length);
    }
    if (c === '"') return node("string", string());
    const word = /^(true|false|null|-?\d[\d.eE+-]*)/.exec(text.slice(at, at + 400))?.[0] ?? fail();
    at += word.length;
    return node(word === "null" ? "null" : word === "true" || word === "false" ? "boolean" : "number", word);
  };
  try {
    value("$", "", 0);
    space();
    return at === text.length && found.has("$") ? found : null;
  } catch {
    return null;
  }
}

function member(path: string, name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `${path}.${name}` : `${path}['${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
}
