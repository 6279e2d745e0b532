import type { GroupsDe } from "./words";
import { request } from "./http";

/** The connector itself, its inputs and its hooks. */
export const connector: GroupsDe = {
  connector: {
    words: ["Konnektor", "Ein Konnektor: wie mit einem System gesprochen wird. Er enthält kein Geheimnis, keinen Code und nichts Persönliches."],
    fields: {
      tapwright: ["Format", "Die Version dieses Formats: `1`."],
      name: ["Name", "Der Kurzname des Konnektors: Kleinbuchstaben, Ziffern, `-` und `_`, höchstens 64 Zeichen."],
      title: ["Titel", "Der Name, den man sieht."],
      version: ["Version", "Die Version des Konnektors selbst, semantisch (`0.1.0`)."],
      description: ["Beschreibung", "Was der Konnektor liest, in einem Satz."],
      docs: ["Dokumentation", "Wo der Anbieter die API dokumentiert."],
      config: ["Eingaben", "Was auszufüllen ist. Es erscheint als Formular; Geheimnisse kommen in den Schlüsselbund."],
      http: ["HTTP", "Was alle HTTP-Anfragen gemeinsam haben. Nötig, sobald ein Stream über HTTP liest."],
      check: ["Verbindungstest", "Eine kleine Anfrage, die die Zugangsdaten prüft."],
      streams: ["Streams", "Die Sammlungen von Datensätzen, die sich lesen lassen."],
      actions: ["Aktionen", "Benannte Aufrufe, die schreiben oder nachschlagen."],
      webhooks: ["Webhooks", "Ereignisse, die das andere System sendet."],
      hooks: ["Hooks", "Was rund um einen Lauf geschieht: eine Anfrage, eine Protokollzeile oder eine Benachrichtigung."],
      destinations: ["Ziele", "Tabellen, die durch Aktionen in die API geschrieben werden."],
    },
  },
  config: {
    words: ["Eingaben", "Ein Wert, der einer Verbindung gegeben wird. `{{ config.NAME }}` verweist darauf."],
    fields: {
      name: ["Name", "Wie Ausdrücke ihn nennen: Buchstaben, Ziffern und `_`."],
      type: ["Art", "Welche Art von Wert es ist. `secret` kommt in den Schlüsselbund und nirgendwo sonst hin."],
      title: ["Beschriftung", "Die Beschriftung im Formular."],
      description: ["Hilfe", "Hilfe unter der Beschriftung: was es ist und wo man es findet."],
      required: ["Erforderlich", "Ob eine Verbindung diesen Wert braucht."],
      default: ["Wert ohne Angabe", "Der Wert, wenn keiner angegeben ist. Für ein Geheimnis nicht erlaubt."],
      pattern: ["Muster", "Ein regulärer Ausdruck, dem der ganze Text entsprechen muss."],
      enum: ["Auswahl", "Die Werte zur Auswahl, bei `enum`."],
    },
  },
  config_type: {
    words: ["Arten von Eingaben", "Die Arten der Werte einer Verbindung."],
    kinds: {
      string: { words: ["Text", "Text."] },
      secret: { words: ["Geheimnis", "Ein Schlüssel, ein Token oder ein Passwort: im Schlüsselbund aufbewahrt, am Bildschirm verdeckt."] },
      integer: { words: ["Ganze Zahl", "Eine ganze Zahl."] },
      number: { words: ["Zahl", "Irgendeine Zahl."] },
      boolean: { words: ["Ja oder nein", "Wahr oder falsch."] },
      date: { words: ["Datum", "Ein Kalendertag, `2024-01-31`."] },
      datetime: { words: ["Datum und Uhrzeit", "Ein Zeitpunkt, RFC 3339."] },
      enum: { words: ["Auswahl", "Einer der Werte in `enum`."] },
      list: { words: ["Mehrere Texte", "Mehrere Texte."] },
    },
  },
  hooks: {
    words: [
      "Hooks",
      "Was rund um den Lauf einer Verbindung geschieht. Nur Daten: Kein Hook führt Code aus. Vorschauen rufen keinen auf. Bereit stehen `run` (`run.outcome`, `run.read`, `run.new` …) und bei einem Fehler `error.message`.",
    ],
    fields: { when: ["Wann", "Wann es geschieht."], do: ["Was geschieht", "Was dann geschieht."] },
  },
  hook_when: {
    words: ["Zeitpunkt eines Hooks", "Wann ein Hook ausgelöst wird."],
    kinds: {
      before: { words: ["Vor einem Lauf", "Vor einem Lauf. Scheitert seine Anfrage, beginnt der Lauf nicht."] },
      after: { words: ["Nach einem Lauf", "Nach einem Lauf, gleich wie er endete. Eine gescheiterte Anfrage ist eine Warnung im Protokoll."] },
      error: { words: ["Wenn ein Lauf fehlschlug", "Wenn ein Lauf fehlschlug oder ein Fehler ihn mittendrin anhielt. Kommt vor den Hooks von `after`."] },
      rate_limit: { words: ["Wenn die API zu warten bat", "Wenn die API zu warten bat. Höchstens einmal in der Minute, während der Lauf weitergeht."] },
    },
  },
  hook_do: {
    words: ["Was ein Hook tut", "Was bei einem Hook geschieht."],
    kinds: {
      request: {
        words: [
          "Eine Anfrage senden",
          "Sendet eine Anfrage, mit der Anmeldung und den Host-Regeln aller anderen: `{method: POST, path: /hooks/done}`. Sie hat 30 Sekunden und drei Versuche.",
        ],
        fields: request,
      },
      log: {
        words: ["Eine Zeile ins Protokoll schreiben", 'Schreibt eine Zeile ins Protokoll: `"{{ run.new }} new records"`.'],
        fields: { "": ["Zeile", "Text, der Jinja-Ausdrücke enthalten darf (`{{ config.subdomain }}`). Ein einzelner ganzer Ausdruck behält seinen Typ."] },
      },
      notify: {
        words: [
          "Eine Benachrichtigung zeigen",
          'Zeigt eine Benachrichtigung: auf dem Desktop oder als Zeile des Befehls. `"{{ run.connector }}: {{ run.outcome }}"`.',
        ],
        fields: { "": ["Benachrichtigung", "Text, der Jinja-Ausdrücke enthalten darf (`{{ config.subdomain }}`). Ein einzelner ganzer Ausdruck behält seinen Typ."] },
      },
    },
  },
  check: {
    words: ["Verbindungstest", "Eine kleine Anfrage, die die Zugangsdaten prüft."],
    fields: { request: ["Anfrage", "Die Anfrage, die gesendet wird."], identity: ["Wer angemeldet ist", "Ein JSONPath dazu, wer angemeldet ist; das wird angezeigt."] },
  },
};
