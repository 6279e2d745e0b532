import type { GroupsDe } from "./words";

const member = [
  "Feld mit dem Namen",
  "Das Feld jedes Paars, das es benennt: `name`, `id`, bei `entries` auch ein JSONPath (`$.field.name`). Standard: `key`.",
] as const;
const memberValue = ["Feld mit dem Wert", "Das Feld jedes Paars mit seinem Wert, bei `entries` auch ein JSONPath. Standard: `value`."] as const;

/** What records become: steps, columns, transforms. */
export const mapping: GroupsDe = {
  steps: {
    words: [
      "Schritte am Datensatz",
      "Eine Änderung an einem ganzen Datensatz. Schritte laufen der Reihe nach, nach dem Filter und vor den Spalten: `fields`, `key`, `rest` und `relations` sehen das Ergebnis. Ein Datensatz, der kein Objekt ist, gilt als `{value: …}`, wenn ein Feld hinzukommt.",
    ],
    kinds: {
      add: {
        words: [
          "Felder hinzufügen",
          'Fügt Felder unter ihren Namen hinzu (oder ersetzt sie), aus Ausdrücken: `{add: {region: "{{ partition.region }}"}}`. Ein einzelner ganzer Ausdruck behält seinen Typ. Jedes sieht die vor ihm. Hat eines keinen Wert, wird es null.',
        ],
        fields: { "": ["Felder", ""] },
      },
      remove: { words: ["Felder entfernen", 'Entfernt Felder und Elemente, nach JSONPath: `[$.junk, "$.users[*].password"]`.'], fields: { "": ["Pfade", ""] } },
      rename: {
        words: [
          "Felder umbenennen",
          "Benennt Felder um: alter Name zu neuem; zwei können tauschen. Ein Name, der mit `$` beginnt, ist der JSONPath eines verschachtelten Felds, das an seinem Ort bleibt. Ein Feld, das den neuen Namen schon hatte, bekommt eine Zahl (`name_2`).",
        ],
        fields: { "": ["Alter und neuer Name", ""] },
      },
      key_case: {
        words: [
          "Namen in anderer Schreibweise",
          "Der Name jedes Felds in anderer Schreibweise, auch in verschachtelten Objekten und in Arrays. `HTTPServer` wird `http_server`, und Ziffern bleiben beim Wort davor (`address2`). Werden zwei Namen gleich, bekommt der zweite eine Zahl.",
        ],
        fields: { "": ["Schreibweise", "Die Schreibweise der Namen."] },
      },
      flatten: {
        words: [
          "Verschachtelte Objekte auflösen",
          "Verschachtelte Objekte als ein Objekt, dessen Namen dieser Text verbindet. Arrays bleiben. Ein vergebener Name bekommt eine Zahl.",
        ],
        fields: { "": ["Zwischen Namen", ""] },
      },
      keywords: {
        words: ["Schlagwörter", "Wörter, die in einigen Feldern vorkommen, als Liste."],
        fields: {
          from: ["Felder zum Suchen", "Die Felder, die gelesen werden: Namen oder JSONPaths (`$.body.text`). Aller Text in einem Array oder Objekt zählt."],
          as: ["Feld der Liste", "Das Feld, zu dem die Liste wird. Standard: `keywords`."],
          limit: ["Höchstens Wörter", "Die größte Zahl der Wörter. Standard: 20."],
          min_length: ["Mindestens Buchstaben", "Die kleinste Zahl der Buchstaben eines Worts. Standard: 3."],
          languages: [
            "Sprachen",
            "Die Sprachen, deren Füllwörter wegbleiben, mit ihren zwei Buchstaben (ISO 639-1). Standard: `[en]`; bei `[]` bleibt keines weg.",
          ],
          stop_words: ["Stoppwörter", "Weitere Wörter, die wegbleiben."],
        },
      },
      change: {
        words: [
          "Felder ändern",
          "Felder, die an ihrem Ort geändert werden, nach JSONPath, jedes durch seine Umformungen: `{change: {$.fields: [{entries: {key: name}}]}}`. Ein Wert, den eine Umformung nicht ändern kann, wird null, und der Fehler wird gemeldet.",
        ],
        fields: { "": ["Felder und ihre Umformungen", ""] },
      },
    },
  },
  keywords_step: {
    words: [
      "Schlagwörter",
      "`keywords`: die Wörter einiger Texte, kleingeschrieben, jedes einmal, ohne Wörter, die nichts sagen (`the`, `and`). Die häufigsten kommen zuerst, bei gleichen das frühere.",
    ],
  },
  key_case: {
    words: ["Schreibweise der Namen", "Wie Namen geschrieben werden."],
    kinds: {
      snake: { words: ["snake_case", "`snake_case`. Ein `_` am Anfang bleibt."] },
      camel: { words: ["camelCase", "`camelCase`."] },
      kebab: { words: ["kebab-case", "`kebab-case`."] },
      lower: { words: ["Kleinbuchstaben", "Kleinbuchstaben, und sonst nichts."] },
    },
  },
  fields: {
    words: ["Spalten", "Eine Spalte: woher ihr Wert kommt, was aus ihm wird und was geschieht, wenn er nicht passt."],
    fields: {
      name: ["Name", "Der Name der Spalte."],
      from: ["Aus", "Ein JSONPath in den Datensatz. Standard: das Feld namens `name`."],
      template: ["Vorlage", "Text aus dem Datensatz, statt `from`: `{{ record.first }} {{ record.last }}`."],
      type: ["Typ", "Was der Wert ist."],
      required: ["Erforderlich", "Ob ein Datensatz ohne Wert fehlerhaft ist."],
      transform: ["Umformungen", "Die Schritte von der Quelle zum Wert, der Reihe nach."],
      on_error: ["Wenn es nicht passt", "Was geschieht, wenn der Wert nicht passt. Standard: `null`."],
      hidden: ["Ausgeblendet", "Ob die Spalte in der Tabelle fehlt. Hier bleibt sie und lässt sich wieder zeigen."],
      description: ["Beschreibung", "Was die Spalte bedeutet."],
    },
  },
  field_type: {
    words: ["Spaltentypen", "Was der Wert einer Spalte ist."],
    kinds: {
      string: { words: ["Text", "Text."] },
      integer: { words: ["Ganze Zahl", "Eine ganze Zahl mit bis zu 64 Bit; jede Ziffer bleibt."] },
      number: { words: ["Zahl", "Eine Gleitkommazahl."] },
      decimal: { words: ["Dezimalzahl", "Eine Zahl beliebiger Länge; jede Ziffer bleibt."] },
      boolean: { words: ["Ja oder nein", "Wahr oder falsch."] },
      date: { words: ["Datum", "Ein Kalendertag."] },
      datetime: { words: ["Zeitpunkt", "Datum und Uhrzeit. Gespeichert als RFC 3339 in UTC; ein Wert ohne Zeitzone bleibt ohne."] },
      time: { words: ["Uhrzeit", "Eine Uhrzeit."] },
      json: { words: ["JSON", "Beliebiges JSON, wie es kam."] },
      array: { words: ["Liste", "Ein JSON-Array."] },
      object: { words: ["Objekt", "Ein JSON-Objekt."] },
    },
  },
  on_error: {
    words: [
      "Wenn ein Wert nicht passt",
      "Was geschieht, wenn ein Wert nicht in seine Spalte passt. Ein fehlender oder leerer Wert einer Spalte ohne `required` ist kein Fehler.",
    ],
    kinds: {
      null: { words: ["Leer lassen", "Der Wert wird null; der Fehler wird gezählt und gezeigt."] },
      fail: { words: ["Der Lauf schlägt fehl", "Der Lauf schlägt fehl."] },
      skip: { words: ["Datensatz auslassen", "Der Datensatz wird ausgelassen, gezählt und gezeigt."] },
      raw: { words: ["Als Text behalten", "Der Wert bleibt, wie er kam, als Text."] },
    },
  },
  rest: {
    words: ["Was keine Spalte aufnahm", "Was mit dem geschieht, das keine Spalte aufnahm: `drop`, `keep` oder `{as: NAME}` für eine Spalte mit JSON."],
    kinds: {
      drop: { words: ["Weglassen", "Es bleibt weg."] },
      keep: { words: ["Eigene Spalten", "Jedes Feld wird in SQLite zu einer Spalte seines Namens, in JSON Lines zu einem Feld; PostgreSQL, CSV und Parquet haben sie als ein JSON-Objekt in der Spalte `_extra`."] },
      as: { words: ["Eine Spalte mit JSON", "Alles zusammen wird zu einer Spalte mit JSON."], fields: { "": ["Spalte", ""] } },
    },
  },
  relations: {
    words: [
      "Beziehungen",
      "Wie ein Datensatz zu einem anderen gehört. Ein Stream mit Beziehungen hat eine Spalte mehr, `_relations`: ein JSON-Array aus `{type, to, key, name}`, mit dem Stream des anderen in `to` und dessen Schlüssel in `key`.",
    ],
    fields: {
      type: ["Was der andere ist", "Was der andere für ihn ist."],
      to: ["Der andere Datensatz", "Der andere Datensatz, `stream:key`: `users:{{ record.author_id }}`. Ohne Schlüssel (null, leerer Text) gibt es keine Beziehung."],
      each: ["Eine für jedes", "Ein JSONPath in den Datensatz: eine Beziehung für jeden Treffer; er heißt in `to` `value` (`tags:{{ value }}`)."],
      name: ["Wort dafür", "Ein Wort für die Beziehung: `author`."],
    },
  },
  relation_kind: {
    words: ["Arten von Beziehungen", "Was ein Datensatz für einen anderen ist."],
    kinds: {
      parent: { words: ["Elternteil", "Der andere enthält ihn."] },
      reference: { words: ["Verweis", "Er verweist auf den anderen."] },
      tag: { words: ["Schlagwort", "Der andere ist ein Wort für ihn."] },
    },
  },
  transform: {
    words: [
      "Umformungen",
      "Ein Schritt, geschrieben als Wort (`trim`) oder als Wort mit Einstellungen (`{replace: {find: a, with: b}}`). Null bleibt in jedem Schritt null, außer in `default`, `coalesce` und `template`.",
    ],
    kinds: {
      trim: { words: ["Leerraum entfernen", "Ohne Leerraum an beiden Enden."] },
      lower: { words: ["Kleinbuchstaben", "In Kleinbuchstaben."] },
      upper: { words: ["Großbuchstaben", "In Großbuchstaben."] },
      title: { words: ["Wortanfänge groß", "Der erste Buchstabe jedes Worts groß, die anderen klein: `o'NEIL van-dam` wird `O'neil Van-Dam`."] },
      replace: {
        words: ["Text ersetzen", "Ersetzt Text durch anderen Text, überall."],
        fields: { find: ["Suchen", "Der Text, der gesucht wird."], with: ["Ersetzen durch", "Der Text, der dort stehen soll."] },
      },
      regex: {
        words: ["Regulärer Ausdruck", "Was ein regulärer Ausdruck findet: seine erste Gruppe oder den ganzen Treffer; mit `with` eine Ersetzung."],
        fields: {
          pattern: ["Muster", "Der reguläre Ausdruck (wie RE2: ohne Lookaround und Rückverweise)."],
          with: ["Ersetzung", "Womit jeder Treffer ersetzt wird, mit `$1` für Gruppen."],
        },
      },
      split: { words: ["Teilen", "Text, der an jeder Stelle dieses Texts zu einem Array geteilt wird."], fields: { "": ["An", ""] } },
      join: {
        words: ["Verbinden", "Ein Array als Text, mit diesem Text zwischen den Elementen. Null darin bleibt weg; ein Wert, der kein Array ist, bleibt als Text, was er ist."],
        fields: { "": ["Mit", ""] },
      },
      slice: {
        words: ["Ausschnitt", "Ein Ausschnitt eines Texts (nach Zeichen) oder eines Arrays: `{slice: {from: 0, to: 3}}`."],
        fields: { from: ["Von", "Die erste Stelle, ab 0; negativ vom Ende her."], to: ["Bis", "Die Stelle hinter der letzten; negativ vom Ende her."] },
      },
      default: { words: ["Ersatzwert", "Was für null oder einen fehlenden Wert steht."], fields: { "": ["Wert", ""] } },
      cast: { words: ["Anderer Typ", "Ein anderer Typ."], fields: { "": ["Typ", "Was der Wert einer Spalte ist."] } },
      parse_number: {
        words: ["Zahl lesen", "Eine Zahl, gelesen, wie sie geschrieben ist: mit Gruppenzeichen, einer Währung, einem Prozentzeichen, einem Minus davor oder dahinter oder in Klammern, die sie negativ machen. Leerer Text ist null."],
        fields: {
          decimal: ["Dezimalzeichen", "Das Zeichen vor den Nachkommastellen: `.` oder `,`. Standard: `.`."],
          group: ["Gruppenzeichen", "Das Zeichen zwischen Gruppen von Ziffern: `,`, `.`, ein Leerzeichen, `'`. Standard: jedes übliche, das nicht das Dezimalzeichen ist."],
          percent: ["Prozent", "Was ein Prozentzeichen bewirkt. Standard: `points`."],
        },
      },
      parse_date: {
        words: ["Datum lesen", "Ein Datum, ein Zeitpunkt oder eine Uhrzeit, aus Text der angegebenen Form gelesen."],
        fields: {
          format: ["Form", "Die Form: `rfc3339`, `epoch`, `epoch_ms`, `date` oder strftime."],
          timezone: ["Zeitzone", "Die Zeitzone eines Werts, der keine nennt. Standard: keine wird angenommen."],
        },
      },
      format_date: { words: ["Datum schreiben", "Ein Datum, ein Zeitpunkt oder eine Uhrzeit, in der angegebenen Form geschrieben (strftime)."], fields: { "": ["Form", ""] } },
      phone: {
        words: [
          "Telefonnummer",
          "Eine Telefonnummer in E.164 (`+14155552671`), wie Googles libphonenumber sie liest. Eine Nummer, die es in keinem Land gibt, ist ein Fehler. Eine Durchwahl bleibt weg.",
        ],
        fields: {
          region: [
            "Land",
            "Das Land von Nummern, die nicht mit `+` beginnen: zwei Buchstaben (ISO 3166-1, `US`) oder ein Ausdruck über `record`, der sie ergibt (`{{ record.country }}`). Ohne Land sind nur Nummern mit `+` lesbar.",
          ],
        },
      },
      hash: {
        words: [
          "Hash",
          "Ein Hash in kleinen Hexadezimalziffern. Text bleibt, wie er ist. Eine Zahl hat nur eine Schreibweise (`1.0` und `1e0` sind `1`), ein Objekt keinen Leerraum und seine Felder nach Namen sortiert: Gleiche Werte haben gleiche Hashes.",
        ],
        fields: {
          algorithm: ["Algorithmus", "Der Algorithmus. Standard: `sha256`."],
          salt: [
            "Salt",
            "Text vor dem Wert, damit sich Hashes zwischen Konnektoren unterscheiden. Er darf aus einem Geheimnis kommen: Der Hash bleibt erhalten, der Salt nicht.",
          ],
        },
      },
      map: {
        words: ["Werte übersetzen", 'Andere Werte für einige Werte, als Text verglichen: `{map: {values: {A: active, "": null}}}`.'],
        fields: { values: ["Werte", "Der neue Wert für jeden alten."], other: ["Alle anderen", "Der neue Wert für alle anderen. Standard: sie bleiben."] },
      },
      first: { words: ["Erstes Element", "Das erste Element eines Arrays."] },
      last: { words: ["Letztes Element", "Das letzte Element eines Arrays."] },
      nth: { words: ["Element an einer Stelle", "Das Element eines Arrays an einer Stelle, ab 0; negativ vom Ende her."], fields: { "": ["Stelle", ""] } },
      flatten: {
        words: ["Auflösen", "Verschachtelte Objekte als ein Objekt mit verbundenen Namen. Arrays bleiben. Ein vergebener Name bekommt eine Zahl (`a_b_2`)."],
        fields: { separator: ["Trenner", "Was zwischen den Namen steht. Standard: `_`."] },
      },
      strip_html: { words: ["HTML zu Text", "HTML als einfacher Text: eine Zeile je Block, Entities als Zeichen, ohne Skripte und Stile."] },
      markdown: {
        words: ["Inhalt zu Markdown", "Inhalt als Markdown: verschachtelte Blöcke, Dokumente, Abschnitte oder HTML."],
        fields: {
          shape: ["Form", "Die Form des Inhalts."],
          children: ["Verschachteltes", "Das Feld mit dem verschachtelten Inhalt. Standard: `children`, `content`, `sections`, `items` oder `blocks`, je nachdem, was es gibt."],
        },
      },
      json: { words: ["Als JSON lesen", "Text, als JSON gelesen."] },
      base64: {
        words: ["Base64", "Text zu Base64 (`encode`) oder Base64 beider Alphabete zu Text (`decode`)."],
        fields: { "": ["Richtung", "`base64`."] },
      },
      arithmetic: {
        words: ["Rechnen", "Eine Summe, eine Differenz, ein Produkt, ein Quotient oder eine Rundung. Dezimal: Keine Ziffer geht durch Gleitkomma verloren."],
        fields: { op: ["Rechenart", "Was gerechnet wird."], by: ["Womit", "Womit gerechnet wird: eine Zahl oder ein Ausdruck, der eine ergibt (`{{ record.quantity }}`)."] },
      },
      entries: {
        words: ["Paare zu Objekt", "Eine Liste von Paaren als ein Objekt: `[{name: Size, value: L}]` ist `{Size: L}`. So kommen oft benutzerdefinierte Felder."],
        fields: { key: member, value: memberValue },
      },
      pairs: { words: ["Objekt zu Paaren", "Ein Objekt als Liste von Paaren: die Umkehrung von `entries`."], fields: { key: member, value: memberValue } },
      coalesce: {
        words: ["Erster vorhandener Wert", "Wenn es keinen Wert gibt: der erste dieser JSONPaths in den Datensatz, der einen hat."],
        fields: { "": ["Pfade", ""] },
      },
      each: { words: ["Jedes Element", "Schritte für jedes Element eines Arrays."], fields: { "": ["Schritte", ""] } },
      unique: { words: ["Ohne Doppelte", "Ein Array ohne doppelte Elemente; das jeweils erste bleibt."] },
      template: {
        words: ["Vorlage", "Text aus `value` und `record`."],
        fields: { "": ["Text", "Text, der Jinja-Ausdrücke enthalten darf (`{{ config.subdomain }}`). Ein einzelner ganzer Ausdruck behält seinen Typ."] },
      },
    },
  },
  percent_as: {
    words: ["Prozent", "Was ein Prozentzeichen bewirkt."],
    kinds: {
      points: { words: ["Wie geschrieben", "12,5 % ist 12,5."] },
      fraction: { words: ["Als Bruchteil", "12,5 % ist 0,125."] },
    },
  },
  hash_algorithm: {
    words: ["Hash-Algorithmus", "Der Algorithmus eines Hashes."],
    kinds: {
      sha256: { words: ["SHA-256", "SHA-256."] },
      sha512: { words: ["SHA-512", "SHA-512."] },
      sha1: { words: ["SHA-1", "SHA-1, für Systeme, die es verlangen."] },
      md5: { words: ["MD5", "MD5, für Systeme, die es verlangen."] },
    },
  },
  markdown_shape: {
    words: ["Form des Inhalts", "Die Form verschachtelter Inhalte."],
    kinds: {
      blocks: {
        words: [
          "Blöcke",
          "Blöcke mit Typ und Text, verschachtelt oder nicht: Notion, Contentful, Slate, ProseMirror (Atlassian), Editor.js. Was ein Block unbekannten Typs sagt, bleibt als Absatz.",
        ],
      },
      sections: {
        words: [
          "Abschnitte",
          "Abschnitte mit Titel (`title`, `heading`, `name`) und Inhalt (`body`, `text`, `content` oder `html`), verschachtelt: Jeder Titel wird eine Überschrift seiner Tiefe.",
        ],
      },
      html: { words: ["HTML", "HTML in einem Text."] },
    },
  },
  base64_direction: {
    words: ["Richtung", "`base64`."],
    kinds: { encode: { words: ["Kodieren", "Text zu Base64."] }, decode: { words: ["Dekodieren", "Base64 zu Text."] } },
  },
  arithmetic_op: {
    words: ["Rechenart", "Was mit einer Zahl gerechnet wird."],
    kinds: {
      add: { words: ["Addieren", "Der Wert plus `by`."] },
      subtract: { words: ["Subtrahieren", "Der Wert minus `by`."] },
      multiply: { words: ["Multiplizieren", "Der Wert mal `by`."] },
      divide: { words: ["Dividieren", "Der Wert durch `by`, auf 34 Stellen, wenn er nicht endet. Durch 0 ist ein Fehler."] },
      round: { words: ["Runden", "Auf `by` Nachkommastellen gerundet; eine Hälfte geht von null weg (2,5 zu 3, -2,5 zu -3). Negativ: vor dem Komma."] },
      round_half_even: { words: ["Zur geraden Ziffer runden", "Auf `by` Nachkommastellen gerundet; eine Hälfte geht zum geraden Nachbarn (2,5 zu 2, 3,5 zu 4), wie Banken es tun."] },
    },
  },
};
