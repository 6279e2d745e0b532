/** A language that the window speaks. */
export type Language = "en" | "de";

/** The same shape in another language; what it leaves out stays English. */
export type Translation<T> = T extends string
  ? string
  : T extends (...given: infer A) => string
    ? (...given: A) => string
    : T extends readonly (infer E)[]
      ? readonly Translation<E>[]
      : { [K in keyof T]?: Translation<T[K]> };

const KEPT = "tapwright.language";

/**
 * The language of this window. It is fixed while the page is shown: a change loads the page anew, so that no view has to
 * ask again for each word.
 */
export const language: Language = chosen();

/** Words of one area in English and in German, for the test that looks for gaps. */
export interface Area {
  name: string;
  english: object;
  german: object;
  /** The places that German has no words for. */
  gaps: string[];
}

/** Every area that has a translation. */
export const areas: Area[] = [];

/** Takes an area's German words, where the window speaks German. Before any view reads the words: in their own file. */
export function inGerman<T extends object>(name: string, words: T, german: Translation<T>): void {
  const inner = new Set(areas.map((area) => area.english));
  areas.push({ name, english: words, german: german as object, gaps: gaps(words, german as object, inner, name) });
  if (language === "de") take(words as Tree, german as Tree);
}

/** Speaks another language: nothing where it is the present one. "system" is what the desktop speaks. */
export function speak(choice: "system" | Language): void {
  if (choice === "system") localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, choice);
  if (chosen() !== language) location.reload();
}

type Tree = { [key: string]: unknown };

function chosen(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "de") return kept;
  return navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function take(words: Tree, german: Tree): void {
  for (const [key, value] of Object.entries(german)) {
    const inner = words[key];
    if (isTree(value) && isTree(inner)) take(inner, value);
    else words[key] = value;
  }
}

function gaps(words: object, german: object, inner: Set<object>, path: string): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    const place = `${path}.${key}`;
    if (isTree(value) && inner.has(value)) return [];
    const other = (german as Tree)[key];
    if (isTree(value)) return gaps(value, isTree(other) ? other : {}, inner, place);
    return other === undefined ? [place] : [];
  });
}
