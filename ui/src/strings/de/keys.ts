import type { Translation } from "../language";
import type { keyWords } from "../keys";

export const keyWordsDe: Translation<typeof keyWords> = {
  window: "Überall",
  find: "Zum Filter dessen, was vorn steht",
  tree: {
    title: "Im Baum des Konnektors",
    move: "Auf und ab",
    fold: "Auf- und zuklappen",
    open: "Öffnen",
    add: "Dieser Liste hinzufügen",
    rename: "Umbenennen",
    duplicate: "Duplizieren",
    order: "Nach oben oder unten verschieben",
    remove: "Löschen",
    menu: "Was sich tun lässt",
  },
  grid: {
    title: "In Tabellen von Datensätzen und Daten",
    move: "Von Zelle zu Zelle",
    far: "Zum Rand",
    ends: "Erste und letzte Spalte",
    page: "Eine Seite auf oder ab",
    range: "Mehrere Zellen auswählen",
    open: "Zelle öffnen; auf einem Spaltenkopf: sortieren",
    copy: "Kopieren",
    menu: "Was sich tun lässt",
  },
  response: { title: "In der rohen Antwort", move: "Auf und ab", fold: "Auf- und zuklappen", use: "Den Wert verwenden", copy: "Den Pfad kopieren" },
  mapping: { title: "In der Zuordnung der Spalten", move: "Derselbe Teil der Spalte darüber oder darunter", next: "Der nächste Teil", choose: "Die Spalte auswählen" },
  yaml: { title: "Im YAML-Text", complete: "Ergänzen", find: "Suchen", fold: "Zuklappen", indent: "Einrücken", leave: "Den Text verlassen" },
};
