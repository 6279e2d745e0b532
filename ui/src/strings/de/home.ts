import type { Translation } from "../language";
import type { homeWords } from "../home";

/** Home in German. */
export const homeWordsDe: Translation<typeof homeWords> = {
  try: "Beispiele",
  tryText: "Definitionen bekannter APIs, die mit Tapwright kommen. Nichts wird gesendet, bevor Sie zustimmen.",
  sample: "Beispiel-API",
  sampleText: "Kunden, Bestellungen und Ereignisse, in der App selbst. Kein Konto, kein Netz.",
  sampleHost: "auf diesem Rechner",
  needs: { nothing: "ohne Schlüssel", values: "ohne Schlüssel, mit Angaben", key: "braucht einen Schlüssel" },
  opening: (title: string) => `${title} wird geöffnet`,
  all: (n: number) => `Alle ${n} zeigen`,
  fewer: "Weniger zeigen",
  filter: "Welche Beispiele",
  filters: { all: "Alle", free: "Ohne Schlüssel" },
  search: "Konnektoren und Beispiele suchen",
  found: (connectors: number, examples: number) => `${connectors} ${connectors === 1 ? "Konnektor" : "Konnektoren"}, ${examples} ${examples === 1 ? "Beispiel" : "Beispiele"}`,
  noMatch: (text: string) => `Nichts hier heißt „${text}“.`,
  noMatchText: "Die Adresse der API oben einfügen, um einen Konnektor dafür zu machen.",
  connection: (name: string) => `Verbindung ${name} öffnen`,
  bundledLead: "Diese Definition kommt mit Tapwright und ist unverändert. Nichts wurde bisher gesendet.",
  docs: "Dokumentation des Anbieters",
};
