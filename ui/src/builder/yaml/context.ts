/** Where the cursor stands in a definition's text: told from the lines above it, so that half a text does, too. */
export interface Place {
  /** The keys and places that lead to the mapping or value. `["streams", 0, "paginate"]` */
  path: (string | number)[];
  /** What is typed there: a key of the mapping at `path`, or the value of `key`. */
  kind: "key" | "value";
  /** The key whose value it is. */
  key: string;
  /** What is typed so far. */
  word: string;
  /** Keys that the mapping has already, with their values where they stand on one line. */
  siblings: Record<string, string>;
}

interface Line {
  indent: number;
  /** Whether it begins an item of a list. */
  dash: boolean;
  key: string | null;
  value: string;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s:#{}[\],&*!|>'"%@`][^:#]*?)\s*:(?:\s+|$)(.*)$/;

/** Reads a line: each dash before its key indents it. */
function readLine(text: string): Line[] {
  const lines: Line[] = [];
  let rest = text;
  let indent = rest.length - rest.trimStart().length;
  rest = rest.trimStart();
  while (rest.startsWith("- ") || rest === "-") {
    lines.push({ indent, dash: true, key: null, value: "" });
    const inner = rest.slice(1);
    const skipped = inner.length - inner.trimStart().length;
    indent += 1 + skipped;
    rest = inner.trimStart();
  }
  const found = KEY.exec(rest);
  if (found !== null) lines.push({ indent, dash: false, key: bare(found[1] ?? ""), value: (found[2] ?? "").replace(/\s+#.*$/, "") });
  else if (rest !== "" && !rest.startsWith("#")) lines.push({ indent, dash: false, key: null, value: rest });
  else lines.push({ indent, dash: false, key: null, value: "" });
  return lines;
}

function bare(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key.trim();
}

/** What stands at a column of a line, with the lines above it and below. */
export function placeAt(above: string[], line: string, column: number, below: string[] = []): Place | null {
  const before = line.slice(0, column);
  if (/(^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ""))) return null;
  const flow = inFlow(before);
  const own = readLine(flow === null ? before : before.slice(0, flow.start));
  const last = own.at(-1) ?? { indent: 0, dash: false, key: null, value: "" };
  const outer = pathOf(above, own);
  if (flow !== null) {
    // The brace is the value of the key before it.
    const path = last.key === null ? outer.path : [...outer.path, last.key];
    return flowPlace(flow, path);
  }
  if (last.key !== null) return { path: outer.path, kind: "value", key: last.key, word: last.value, siblings: outer.siblings };
  const siblings = { ...outer.siblings, ...siblingsBelow(below, last.indent) };
  return { path: outer.path, kind: "key", key: lastKey(outer.path), word: last.value, siblings };
}

function lastKey(path: (string | number)[]): string {
  return String(path.findLast((step) => typeof step === "string") ?? "");
}

interface Outer {
  path: (string | number)[];
  siblings: Record<string, string>;
}

/** The way to the mapping of the last of some lines, and its other keys above. */
function pathOf(above: string[], own: Line[]): Outer {
  const siblings: Record<string, string> = {};
  const path: (string | number)[] = [];
  let indent = own.at(-1)?.indent ?? 0;
  let item: { indent: number; index: number } | null = null;
  const look = (line: Line): void => {
    if (line.dash) {
      if (item !== null && line.indent === item.indent) item.index += 1;
      else if (line.indent < (item?.indent ?? indent)) {
        if (item !== null) path.unshift(item.index);
        item = { indent: line.indent, index: 0 };
      }
      return;
    }
    if (line.key === null) return;
    if (item === null && path.length === 0 && line.indent === indent) siblings[line.key] = line.value;
    const holds = item === null ? line.indent < indent : line.indent <= item.indent;
    if (!holds) return;
    if (item !== null) path.unshift(item.index);
    item = null;
    path.unshift(line.key);
    indent = line.indent;
  };
  for (const line of own.slice(0, -1).toReversed()) look(line);
  for (const text of above.toReversed()) {
    if (text.trim() === "" || text.trimStart().startsWith("#")) continue;
    for (const line of readLine(text).toReversed()) look(line);
  }
  const left = item as { index: number } | null;
  if (left !== null) path.unshift(left.index);
  return { path, siblings };
}

function siblingsBelow(below: string[], indent: number): Record<string, string> {
  const found: Record<string, string> = {};
  for (const text of below) {
    if (text.trim() === "" || text.trimStart().startsWith("#")) continue;
    const [line] = readLine(text);
    if (line === undefined || line.indent < indent || (line.dash && line.indent <= indent)) break;
    if (line.indent === indent && line.key !== null) found[line.key] = line.value;
  }
  return found;
}

interface Flow {
  /** Where the outermost open brace stands. */
  start: number;
  /** The open braces and brackets, with what stands in each so far. */
  open: { list: boolean; text: string; parts: string[] }[];
}

/** The braces and brackets that are open at the end of a text; null for none. */
function inFlow(text: string): Flow | null {
  const open: Flow["open"] = [];
  let start = -1;
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at);
    const top = open.at(-1);
    if (quote !== "") {
      if (c === "\\" && quote === '"') at += 1;
      else if (c === quote) quote = "";
      if (top !== undefined) top.text += c;
      continue;
    }
    if (c === '"' || c === "'") quote = c;
    if (c === "{" || c === "[") {
      if (open.length === 0) {
        // A brace begins a value; in a plain text it is none.
        if (!/(?:^|[:\-?]\s+)$/.test(text.slice(0, at))) continue;
        start = at;
      }
      open.push({ list: c === "[", text: "", parts: [] });
      continue;
    }
    if ((c === "}" || c === "]") && top !== undefined) {
      open.pop();
      const outer = open.at(-1);
      if (outer !== undefined) outer.text += "…";
      continue;
    }
    if (c === "," && top !== undefined) {
      top.parts.push(top.text);
      top.text = "";
      continue;
    }
    if (top !== undefined) top.text += c;
  }
  return open.length === 0 ? null : { start, open };
}

function flowPlace(flow: Flow, base: (string | number)[]): Place | null {
  const path = [...base];
  const pair = (text: string) => /^\s*("[^"]*"|'[^']*'|[^\s:]+)\s*:\s*(.*)$/s.exec(text);
  for (const level of flow.open.slice(0, -1)) {
    const key = pair(level.text)?.[1];
    if (level.list) path.push(level.parts.length);
    else if (key !== undefined) path.push(bare(key));
  }
  const level = flow.open.at(-1);
  if (level === undefined) return null;
  if (level.list) return { path: [...path, level.parts.length], kind: "key", key: lastKey(path), word: level.text.trim(), siblings: {} };
  const siblings: Record<string, string> = {};
  for (const part of level.parts) {
    const found = pair(part);
    if (found !== null) siblings[bare(found[1] ?? "")] = (found[2] ?? "").trim();
  }
  const found = pair(level.text);
  if (found !== null) return { path, kind: "value", key: bare(found[1] ?? ""), word: (found[2] ?? "").trim(), siblings };
  return { path, kind: "key", key: lastKey(path), word: level.text.trim(), siblings };
}
