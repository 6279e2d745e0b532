import type { Stream } from "../api";

/** What the parts of a stream are called by. */
export function partNames(stream: Stream): string[] {
  const names = (stream.partitions ?? []).map((each) => each.as);
  return typeof stream.source === "object" && stream.source !== null && "files" in stream.source ? [...names, "file"] : names;
}

/** A part in words: `region eu, status open`. */
export function partWords(part: string): string {
  try {
    const values = JSON.parse(part) as Record<string, unknown>;
    return Object.entries(values)
      .filter(([name]) => name !== "parent")
      .map(([name, value]) => `${name} ${said(value)}`)
      .join(", ");
  } catch {
    return part;
  }
}

function said(value: unknown): string {
  return typeof value === "object" && value !== null ? Object.values(value).map(said).join(" – ") : String(value);
}

/**
 * A part as it is typed: one that is known, in its words; the bare value where there is one kind of part; or each value
 * behind its name, `region eu, status open` or `region=eu`. Null: it names no part.
 */
export function typedPart(text: string, known: string[], names: string[]): string | null {
  const typed = text.trim();
  const same = known.find((part) => partWords(part) === typed);
  if (same !== undefined) return same;
  const one = typed === "" ? [] : typed.split(",").map((each) => each.trim());
  const values: Record<string, unknown> = {};
  for (const each of one) {
    const found = /^([^\s=:]+)\s*[=:\s]\s*(.+)$/.exec(each);
    const [, name = "", value = ""] = found ?? [];
    if (names.includes(name)) values[name] = plain(value);
    else if (names.length === 1 && one.length === 1 && names[0] !== undefined) values[names[0]] = plain(each);
    else if (found !== null && each.includes("=")) values[name] = plain(value);
    else return null;
  }
  return Object.keys(values).length === 0 ? null : JSON.stringify(values);
}

/** A typed value: a whole number is one, unless it is written otherwise. */
function plain(text: string): unknown {
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? number : text;
}

/** The known parts that have all words of a text in them. */
export function matching(text: string, known: string[]): string[] {
  const words = text.toLowerCase().split(/[\s,]+/).filter((word) => word !== "");
  return known.filter((part) => {
    const label = partWords(part).toLowerCase();
    return words.every((word) => label.includes(word));
  });
}
