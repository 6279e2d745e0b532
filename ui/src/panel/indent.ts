import { isJson } from "../app/json";

/** Longer texts stay as they are. */
const MOST = 300_000;

/** A JSON object or list with a line for each member. Nothing but spaces and line ends differs: numbers stay as they were written. */
export function indented(text: string): string {
  if (text.length > MOST || !/^\s*[[{]/.test(text)) return text;
  if (!isJson(text)) return text;
  let out = "";
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at);
    if (c === '"') {
      const end = endOfString(text, at);
      out += text.slice(at, end);
      at = end - 1;
    } else if (c === "{" || c === "[") {
      const rest = /^\s*[\]}]/.exec(text.slice(at + 1, at + 200));
      depth += 1;
      out += rest === null ? c + line() : c;
    } else if (c === "}" || c === "]") {
      depth -= 1;
      out += /[[{]$/.test(out) ? c : line() + c;
    } else if (c === ",") out += c + line();
    else if (c === ":") out += ": ";
    else if (!/\s/.test(c)) out += c;
  }
  return out;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return at + 1;
}
