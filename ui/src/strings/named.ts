import { exampleTexts, facts, names } from "./de/named";
import { language } from "./language";

const known = (german: Record<string, string>) => (name: string) => (language === "de" ? german[name] : undefined);

/** What a bundled example reads, by its name; undefined where its own description says it. */
export const exampleText = known(exampleTexts);

const fact = known(facts);
const name = known(names);

/** A fact of the program, or its value. */
export function factSaid(text: string): string {
  return fact(text) ?? text;
}

/** What a connector can do, how it signs in, or which program made something. */
export function nameSaid(text: string): string {
  return name(text) ?? text.replaceAll("_", " ");
}
