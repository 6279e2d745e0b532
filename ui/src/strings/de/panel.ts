import { count } from "../../app/format";
import type { Translation } from "../language";
import type { panelWords } from "../panel";

const some = (n: number, one: string, more: string): string => `${count(n)} ${n === 1 ? one : more}`;
const records = (n: number): string => some(n, "Datensatz", "Datensätze");
const recordsOf = (n: number): string => some(n, "Datensatz", "Datensätzen");
const pages = (n: number): string => some(n, "Seite", "Seiten");

/** What the test panel reads, in German. */
export const panelWordsDe: Translation<typeof panelWords> = {
  group: "Was gelesen wurde",
  more: "Weiter lesen",
  upTo: (n, many) => `Liest noch einmal von der ersten Seite an: bis zu ${pages(n)} oder ${records(many)}`,
  stop: "Anhalten",
  reading: "Es wird weiter gelesen",
  read: (rows, read, requests, cut) => `${cut && read > rows ? `${count(rows)} von ${recordsOf(read)}` : records(rows)} aus ${some(requests, "Anfrage", "Anfragen")}`,
  andEnd: (read, end) => `${read}, ${end}`,
  atPages: (n) => `angehalten nach ${pages(n)}`,
  atRecords: (n) => `angehalten nach ${recordsOf(n)}`,
  atBytes: "angehalten beim Speicher, den eine Vorschau belegen darf",
  stopped: "von Ihnen angehalten",
  all: "das ist alles",
  maybeAll: "ob es mehr gibt, ist nicht bekannt",
  most: "Mehr liest eine Vorschau nicht. Ein Abgleich liest alles.",
  part: "Partition",
  allParts: "Alle Partitionen",
  partHelp: (names) => `Liest einen Teil allein. Wählen oder eingeben: ${names.join(" und ")}.`,
  noPart: (names) => `Den Teil benennen: ${names.map((name) => `${name}=…`).join(", ")}`,
  filter: "Filter: Text oder Spalte:Text",
  matches: (found, all) => `${count(found)} von ${count(all)} passen`,
  noMatch: "Kein Datensatz passt.",
  clear: "Alle zeigen",
  json: "JSON",
  jsonOf: (n) => `Datensatz ${count(n)}, wie er kam`,
  sortHint: "Klicken, um zu sortieren",
  sorted: { ascending: "sortiert, Kleinstes zuerst", descending: "sortiert, Größtes zuerst" },
  asColumn: "Als Spalte hinzufügen",
  asId: (stream) => `Als ID verwenden, nach der ${stream} gelesen wird`,
  what: { parent: (stream) => `Eltern ${stream}`, token: "Token", login: "Anmeldung", job: "Auftrag" },
  notKept: (n) => `${some(n, "weitere Anfrage wurde", "weitere Anfragen wurden")} gesendet und nicht aufbewahrt.`,
  noBody: "Die Antwort ist nicht aufbewahrt: Die Antworten neben den Seiten sind zusammen zu lang.",
  toldFrom: (n, of) => (n === of ? `Erkannt an ${recordsOf(n)}.` : `Erkannt an ${count(n)} von ${recordsOf(of)}.`),
  wholeState: "Der ganze Stand",
  reset: "Zurücksetzen",
};
