import type { Said } from "./words";

/** The parts that a definition is edited by, by their names. */
export const sections: Readonly<Record<string, Said>> = {
  about: ["Über", "Wie der Konnektor heißt und was er liest."],
  config: ["Eingaben", "Was auszufüllen ist. Geheimnisse kommen in den Schlüsselbund; Ausdrücke nennen die Werte config.NAME."],
  http: ["Adresse", "Wohin Anfragen gehen und was sie alle gemeinsam haben."],
  auth: ["Anmeldung", "Wie Anfragen belegen, wer sie sendet."],
  check: ["Verbindungstest", "Eine kleine Anfrage, die die Zugangsdaten prüft."],
  pace: ["Tempo und Versuche", "Wie viele Anfragen zugleich und in einer Zeitspanne, und was geschieht, wenn eine scheitert."],
  responses: ["Antworten", "Was Antworten bedeuten, der Reihe nach; die erste passende Regel entscheidet."],
  limits: ["Obergrenzen", "Das Meiste, was ein Lauf liest."],
  webhooks: ["Webhooks", "Ereignisse, die das andere System sendet: wie sie belegen, wer sie sendet, und welcher Stream sie annimmt."],
  hooks: ["Hooks", "Was rund um einen Lauf geschieht: eine Anfrage, eine Protokollzeile oder eine Benachrichtigung."],
  actions: ["Aktionen", "Benannte Aufrufe, die etwas anlegen, ändern, löschen, abrufen oder suchen."],
  destinations: ["Ziele", "Tabellen, die in die API geschrieben werden, durch Aktionen für neue, geänderte und verschwundene Zeilen."],
  stream: ["Über", "Der Name des Streams und seiner Tabelle."],
  request: ["Anfrage", "Die Anfrage der ersten Seite."],
  partitions: ["Partitionen", "Teile, die für sich gelesen werden. Mehrere multiplizieren sich."],
  records: ["Datensätze", "Was die Antwort ist, wo die Datensätze in ihr stehen und was sie unterscheidet."],
  paginate: ["Seiten", "Wie aus einer Anfrage viele werden."],
  incremental: ["Nur Änderungen", "Weiterlesen, wo der letzte Lauf aufhörte."],
  job: ["Exportauftrag", "Ein Export, der angelegt, abgewartet und heruntergeladen wird. Die Anfrage oben legt ihn an."],
  steps: ["Schritte am Datensatz", "Änderungen an einem ganzen Datensatz, bevor seine Spalten gelesen werden."],
  fields: ["Spalten", "Was aus jedem Datensatz wird. Der Reiter „Zuordnung“ zeigt sie neben den Daten."],
  stream_responses: ["Antworten", "Was die Antworten dieses Streams bedeuten, vor den Regeln des Konnektors."],
};
