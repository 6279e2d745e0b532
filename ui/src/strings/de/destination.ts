import type { Translation } from "../language";
import type { destination } from "../destination";

export const destinationDe: Translation<typeof destination> = {
  title: "Wohin die Datensätze gehen",
  now: "Jetzt:",
  kind: "Wohin",
  kinds: {
    own: "Eine Datenbank auf diesem Rechner",
    sqlite: "Eine andere SQLite-Datei",
    postgres: "Eine PostgreSQL-Datenbank",
    parquet: "Parquet-Dateien in einem Ordner",
    csv: "CSV-Dateien in einem Ordner",
  },
  help: {
    own: "Liegt bei der App. Der Bereich „Daten“ zeigt sie.",
    sqlite: "Der ganze Pfad der Datei. Fehlt sie, wird sie angelegt.",
    postgres: "postgres://BENUTZER@HOST/DATENBANK?schema=NAME, ohne das Passwort.",
    parquet: "Der ganze Pfad des Ordners: eine Datei je Stream, bei jedem Abgleich neu geschrieben.",
    csv: "Der ganze Pfad des Ordners: eine Datei je Stream, bei jedem Abgleich neu geschrieben.",
  },
  place: "Ort",
  password: "Passwort",
  passwordHelp: "Liegt im Schlüsselbund. Leer lassen, wenn der Server keines verlangt oder PGPASSWORD oder ~/.pgpass es nennen.",
  save: "Ab dem nächsten Abgleich verwenden",
  saved: (place) => `Ab dem nächsten Abgleich gehen Datensätze nach ${place}.`,
  stays: "Was am alten Ort liegt, bleibt dort. Der neue beginnt leer: Der nächste Abgleich liest alles.",
  notKept: (why) => `Das Passwort ist bekannt, bis die App geschlossen wird: ${why}`,
};
