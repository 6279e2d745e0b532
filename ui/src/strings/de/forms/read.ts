import type { GroupsDe } from "./words";

const size = ["Seitengröße", "Wie viele Datensätze eine Seite hat."] as const;
const until = ["Letzte Seite, wenn", "Ein Ausdruck, der auf der letzten Seite wahr ist."] as const;
const short = ["Kurze Seite ist die letzte", "Ob eine Seite mit weniger Datensätzen als `size` die letzte ist. Standard: ja, wenn `size` angegeben ist."] as const;
const partitionName = ["Name in Ausdrücken", "Wie Ausdrücke den Wert nennen: `partition.NAME`."] as const;
const partitionInject = ["Wohin der Wert kommt", "Wohin der Wert kommt, wenn die Anfrage ihn nicht selbst nennt."] as const;
const compression = ["Komprimierung", "Womit die Antwort innen gepackt ist. gzip, Zstandard und zip werden auch ohne Angabe an ihrem Anfang erkannt."] as const;
const charset = "Der Zeichensatz: `windows-1252` (Namen des WHATWG Encoding Standard).";
const said = "was die Antwort durch ihr Byte Order Mark oder ihren `Content-Type` sagt, sonst UTF-8.";
const saidBriefly = ["Zeichensatz", "Der Zeichensatz. Standard: was die Antwort sagt, sonst UTF-8."] as const;
const TOLD = "Standard: an jeder Datei erkannt.";
const fileCharset = ["Zeichensatz", `Der Zeichensatz (Namen des WHATWG Encoding Standard). ${TOLD}`] as const;

/** What is read: streams, pages, partitions, formats, sources. */
export const read: GroupsDe = {
  stream: {
    words: ["Stream", "Eine Sammlung von Datensätzen, die sich lesen lässt."],
    fields: {
      name: ["Name", "Sein Name und der seiner Tabelle: Buchstaben, Ziffern, `_` und `-`, höchstens 63 Zeichen."],
      description: ["Beschreibung", "Was seine Datensätze sind."],
      source: ["Quelle", "Woher seine Datensätze kommen. Standard: HTTP."],
      partitions: ["Partitionen", "Die Teile, die für sich gelesen werden. Mehrere multiplizieren sich."],
      request: ["Anfrage", "Die Anfrage der ersten Seite."],
      job: ["Exportauftrag", "Ein Export, der angelegt, abgewartet und heruntergeladen wird."],
      decode: ["Format", "Was die Bytes einer Antwort sind. Standard: JSON."],
      records: ["Datensätze", "Wo die Datensätze in einer Antwort stehen."],
      paginate: ["Seiten", "Wie aus einer Anfrage viele werden."],
      incremental: ["Nur Änderungen", "Nur lesen, was sich seit dem letzten Lauf geändert hat."],
      key: ["Schlüssel", "Die Felder, die einen Datensatz von allen anderen unterscheiden."],
      deletions: ["Gelöschte Datensätze", "Was aus Datensätzen der Tabelle wird, die ein vollständiges Lesen nicht mehr antrifft. Braucht einen `key`. Standard: `keep`."],
      steps: ["Schritte", "Änderungen an einem ganzen Datensatz, bevor seine Felder gelesen werden."],
      fields: ["Spalten", "Die Spalten. Ohne sie bleibt ein Datensatz, wie er kam."],
      rest: ["Rest", "Was mit dem geschieht, das keine Spalte aufnahm. Standard: `drop`; ohne Spalten `keep`."],
      relations: ["Beziehungen", "Wie seine Datensätze zu anderen gehören."],
      responses: ["Antworten", "Was seine Antworten bedeuten, vor den Regeln von `http`."],
    },
  },
  deletions: {
    words: [
      "Gelöschte Datensätze",
      "Was aus Datensätzen wird, die dort verschwunden sind, wo sie gelesen wurden. Das lässt sich nur an einem vollständigen, zu Ende geführten Lesen erkennen: jedem Lauf eines Streams ohne `incremental` und, wenn er kein `start` hat, einem Lauf, der alles neu liest (`--full`). Ein abgebrochener oder begrenzter Lauf ändert nichts; das tut erst der, der ihn vollendet.",
    ],
    kinds: {
      keep: { words: ["Behalten", "Sie bleiben."] },
      mark: { words: ["Markieren", "Sie bleiben, und die Spalte `_deleted_at` sagt, wann sie zuerst fehlten. Einer, der wiederkommt, gilt als neu."] },
      remove: { words: ["Entfernen", "Sie werden entfernt."] },
    },
  },
  paginate: {
    words: ["Seiten", "Wie aus einer Anfrage viele werden."],
    kinds: {
      none: { words: ["Eine Seite", "Es gibt nur eine Seite."] },
      page: {
        words: ["Seitennummer", "Die Seiten werden gezählt."],
        fields: {
          inject: ["Wohin die Nummer kommt", "Wo die Nummer in der Anfrage steht."],
          start: ["Beginn", "Die Nummer der ersten Seite. Standard: 1."],
          omit_first: ["In der ersten Anfrage weglassen", "Ob die erste Anfrage keine Nummer enthält."],
          size,
          stop_on_short: short,
          until,
        },
      },
      offset: {
        words: ["Offset", "Die Datensätze werden gezählt."],
        fields: {
          inject: ["Wohin der Offset kommt", "Wo der Offset in der Anfrage steht."],
          start: ["Beginn", "Der erste Offset. Standard: 0."],
          omit_first: ["In der ersten Anfrage weglassen", "Ob die erste Anfrage keinen Offset enthält."],
          size,
          stop_on_short: short,
          until,
        },
      },
      cursor: {
        words: ["Cursor", "Jede Antwort nennt die nächste Seite durch ein Token."],
        fields: {
          next: ["Das nächste Token", "Das nächste Token: ein JSONPath in die Antwort oder ein Ausdruck über `response`, `headers`, `last_record`."],
          inject: ["Wohin das Token kommt", "Wo das Token in der Anfrage steht."],
          size,
          until,
        },
      },
      next_url: {
        words: ["URL der nächsten Seite", "Jede Antwort enthält im Body die URL der nächsten Seite."],
        fields: { next: ["Wo die URL steht", "Ein JSONPath zur URL; absolut oder relativ."], size, until },
      },
      link_header: {
        words: ["Link-Header", 'Jede Antwort enthält die URL der nächsten Seite im Header `Link` (RFC 8288, `rel="next"`).'],
        fields: { rel: ["Relation", "Die Relation des Links. Standard: `next`."], size, until },
      },
    },
  },
  page_size: {
    words: ["Seitengröße", "Wie viele Datensätze eine Seite haben soll."],
    fields: {
      value: ["Datensätze je Seite", "Die Anzahl; auch als Ausdruck."],
      inject: ["Wohin sie kommt", "Wo sie in der Anfrage steht. Weglassen, wenn die Anfrage sie schon enthält."],
    },
  },
  partitions: {
    words: [
      "Partitionen",
      "Ein Teil eines Streams, der für sich gelesen wird. Seine Werte heißen in Anfrage, Filter und Spalten des Streams `partition.NAME`. Mehrere multiplizieren sich: `[{list mit 3}, {list mit 4}]` ergibt 12 Lesevorgänge; eine spätere darf die Werte einer früheren in ihren Ausdrücken verwenden.",
    ],
    kinds: {
      list: {
        words: ["Eine Liste von Werten", "Ein Teil für jeden Wert einer Liste."],
        fields: {
          as: partitionName,
          values: ["Werte", "Die Werte der Liste."],
          from: ["Ausdruck, der die Werte ergibt", "Ein Ausdruck, der die Werte stattdessen ergibt: eine Liste oder Text mit Kommas. `{{ config.repositories }}`."],
          inject: partitionInject,
        },
      },
      parent: {
        words: ["Datensätze eines anderen Streams", "Ein Teil für jeden Datensatz eines anderen Streams."],
        fields: {
          stream: ["Stream", "Der andere Stream."],
          value: [
            "Wert im Elterndatensatz",
            "Ein JSONPath zum Wert in dessen Datensätzen, wie sie kamen. Ein Pfad zu mehreren Werten ergibt für jeden einen Teil; Datensätze ohne Wert ergeben keinen; ein Wert, der wiederkommt, wird einmal gelesen.",
          ],
          as: partitionName,
          fields: [
            "Weitere Felder des Elterndatensatzes",
            "Weitere Felder des Elterndatensatzes, bereit als `partition.parent.NAME`: seine Spalten unter ihren Namen, wie sie zugeordnet sind, sonst Felder seiner Datensätze.",
          ],
          incremental: [
            "Nur geänderte Elterndatensätze",
            "Ob nur die Teile jener Elterndatensätze neu gelesen werden, die sich seit dem letzten Lauf geändert haben. Der andere Stream muss angeben, an welchem Cursor man das erkennt (`incremental`), und dieser braucht einen Schlüssel.",
          ],
          inject: partitionInject,
        },
      },
      window: {
        words: ["Zeiträume", "Ein Teil für jeden Zeitraum."],
        fields: {
          as: ["Name in Ausdrücken", "Wie Ausdrücke den Zeitraum nennen: `partition.NAME.start` und `.end`."],
          start: ["Beginn", "Der erste Zeitpunkt."],
          end: ["Ende", "Der letzte Zeitpunkt. Standard: jetzt."],
          step: ["Länge eines Zeitraums", "Wie lang ein Zeitraum ist: `P1D`, `P1M`, `PT6H`."],
          granularity: [
            "Granularität",
            "Wie weit vor dem Beginn des nächsten ein Zeitraum endet, wenn die API beide Enden mitzählt: `P1D` bei Tagen, `PT1S` bei Sekunden.",
          ],
        },
      },
    },
  },
  incremental: {
    words: ["Nur Änderungen", "Nur lesen, was sich seit dem letzten Lauf geändert hat, anhand eines Werts, der wächst."],
    fields: {
      cursor: ["Was wächst", "Ein JSONPath zum wachsenden Wert eines Datensatzes: `$.updated_at`."],
      type: ["Was es ist", "Was der Wert ist. Standard: `datetime`."],
      formats: [
        "Wie es geschrieben ist",
        "Wie er geschrieben ist, bei `datetime`: `rfc3339`, `rfc2822`, `epoch`, `epoch_ms`, `epoch_us`, `date` oder ein strftime-Muster wie `%Y-%m-%dT%H:%M:%S.%fZ`. Alle werden gelesen, das erste wird gesendet. Standard: `rfc3339`.",
      ],
      start: ["Wo der erste Lauf beginnt", "Wo der erste Lauf beginnt: `2024-01-01T00:00:00Z` oder `{{ config.start_date }}`. Ohne Angabe wird alles gelesen."],
      end: ["Wo ein Lauf endet", "Wo ein Lauf endet. Standard: jetzt, bei `datetime`. Ist es angegeben und wird nicht gesendet, bleiben spätere Datensätze hier weg."],
      step: [
        "Schrittweite",
        "Die längste Spanne vom Beginn zum Ende, die eine Anfrage abdeckt: `P30D`; bei `integer` eine Zahl: `1000`. Standard: eine einzige Spanne, auch wenn Beginn oder Ende nicht bekannt sind.",
      ],
      granularity: [
        "Granularität",
        "Der kleinste Unterschied, den die API kennt: `PT1S`. Um so viel endet eine Spanne vor dem Beginn der nächsten. Standard: eine Spanne endet, wo die nächste beginnt, und was darauf liegt, wird zweimal gelesen und einmal behalten.",
      ],
      lookback: ["Rückblick", "Wie weit vor dem letzten Wert ein Lauf beginnt, für verspätete Datensätze: `PT1H`; bei `integer` eine Zahl."],
      inject: [
        "Wohin Beginn und Ende kommen",
        "Wohin Beginn und Ende kommen. `{{ interval.start }}` und `{{ interval.end }}` stehen auch in Vorlagen. Ohne beides wird alles gelesen, und ältere Datensätze bleiben hier weg.",
      ],
      data_feed: ["Neueste zuerst", "Ob Antworten mit dem Neuesten beginnen und das Lesen beim alten Wert enden darf."],
    },
  },
  incremental_inject: {
    words: ["Wohin Beginn und Ende kommen", "Wo Beginn und Ende einer Spanne in der Anfrage stehen."],
    fields: { start: ["Beginn", "Wohin der Beginn kommt."], end: ["Ende", "Wohin das Ende kommt."] },
  },
  cursor_kind: {
    words: ["Was wächst", "Was ein Cursor ist."],
    kinds: {
      datetime: { words: ["Datum und Uhrzeit", "Ein Zeitpunkt."] },
      integer: { words: ["Eine ganze Zahl", "Eine ganze Zahl, die wächst."] },
      text: { words: ["Text, der sich sortieren lässt", "Text, der sich sortieren lässt."] },
    },
  },
  table_decode: {
    words: ["Tabelle", "Eine Tabelle aus Spalten und Zeilen."],
    fields: {
      rows: ["Zeilen", "Der Pfad der Liste von Zeilen: `$.rows`. Jede ist eine Liste von Werten."],
      columns: ["Spalten", "Der Pfad der Namen der Spalten: eine Liste (`$.columns`) oder alle Treffer (`$.schema.fields[*].name`). Standard: die erste Zeile hat die Namen."],
      cells: ["Werte einer Zeile", 'Der Pfad von einer Zeile zu ihren Werten, wo sie keine Liste ist: `$.f[*].v` bei `{"f": [{"v": 1}, {"v": "a"}]}`.'],
    },
  },
  decode: {
    words: [
      "Format der Antworten",
      "Was die Bytes einer Antwort sind. Was es auch ist, gelesen wird es als JSON: Der Pfad der Datensätze, die Seiten und die Ausdrücke sehen ein JSON-Dokument. `{type: json}`, wenn nichts angegeben ist.",
    ],
    kinds: {
      json: {
        words: ["JSON", "JSON (RFC 8259)."],
        fields: {
          compression,
          encoding: ["Zeichensatz", `Der Zeichensatz: \`windows-1252\`, \`utf-16le\` (Namen des WHATWG Encoding Standard). Standard: ${said}`],
          columns: [
            "Listen nebeneinander",
            'Der Pfad eines Objekts mit Listen, die nebeneinander stehen: `$.hourly` bei `{"hourly": {"time": ["10:00", "11:00"], "rain": [0, 2]}}`. An seiner Stelle steht dann eine Liste von Datensätzen, einer für jede Stelle der Listen: `$.hourly[*]` ist `{"time": "10:00", "rain": 0}`. Was keine Liste ist, ist in jedem Datensatz gleich.',
          ],
          table: ["Tabelle aus Spalten und Zeilen", 'Eine Tabelle, die als Spalten und Zeilen kommt, `{"columns": ["id", "n"], "rows": [[1, "a"]]}`: An der Stelle ihrer Zeilen steht dann eine Liste von Datensätzen, `{"id": 1, "n": "a"}`.'],
          entries: [
            "Datensätze unter ihren Namen",
            'Der Pfad eines Objekts, dessen Teile Datensätze sind, jeder unter seinem Namen: `$.stock` bei `{"stock": {"900": {"price": 12}, "907": {"price": 7}}}`. An seiner Stelle steht dann eine Liste von Datensätzen, jeder mit seinem Namen als `_key`: `$.stock[*]` ist `{"_key": "900", "price": 12}`. Ein Teil, der kein Objekt ist, ist der `value` des Datensatzes.',
          ],
        },
      },
      jsonl: {
        words: ["JSON-Zeilen", "Ein JSON-Wert je Zeile (NDJSON). Das Dokument ist die Liste der Zeilen: `$[*]` ist jede Zeile."],
        fields: { compression, encoding: saidBriefly },
      },
      csv: {
        words: ["CSV", "Durch Kommas getrennte Werte (RFC 4180). Das Dokument ist die Liste der Zeilen; jeder Wert ist Text."],
        fields: {
          delimiter: ["Trennzeichen", 'Das eine Zeichen zwischen Werten. Standard: `,`; ein Tabulator ist `"\\t"`.'],
          quote: ["Anführungszeichen", 'Das eine Zeichen um Werte. Standard: `"`; leer, wenn es keines gibt.'],
          no_header: ["Die erste Zeile hat keine Namen", "Ob die erste Zeile keine Namen hat. Dann heißen die Spalten `column_1`, `column_2` und so weiter."],
          encoding: ["Zeichensatz", `${charset} Standard: ${said}`],
          compression,
        },
      },
      xml: {
        words: ["XML", 'XML: `<a id="1"><b>x</b></a>` ist `{"a": {"@id": "1", "b": "x"}}`.'],
        fields: {
          lists: [
            "Listen",
            "Pfade von Elementen, die Listen sind, auch wenn es nur eines gibt: `$.order.line`. Jene, durch die der Pfad der Datensätze und die Spalten mit `[*]` oder `[0]` gehen, sind auch ohne Angabe bekannt.",
          ],
          encoding: ["Zeichensatz", "Der Zeichensatz. Standard: was die Antwort durch ihr Byte Order Mark, ihren `Content-Type` oder ihre XML-Deklaration sagt, sonst UTF-8."],
          compression,
        },
      },
      text: { words: ["Text", "Text; jede Zeile ist ein Datensatz mit einem Feld, `text`."], fields: { compression, encoding: saidBriefly } },
    },
  },
  compression: {
    words: ["Komprimierung", "Womit eine Antwort innen gepackt ist. Was die Übertragung packt (`Content-Encoding`), wird auch ohne Angabe entpackt."],
    kinds: {
      gzip: { words: ["gzip", "gzip (RFC 1952), auch mehrere hintereinander."] },
      deflate: { words: ["deflate", "deflate, mit dem Kopf von zlib (RFC 1950) oder ohne (RFC 1951)."] },
      brotli: { words: ["Brotli", "Brotli (RFC 7932)."] },
      zstd: { words: ["Zstandard", "Zstandard (RFC 8878)."] },
      zip: { words: ["zip", "Ein Zip-Archiv; jede Datei darin wird gelesen, eine nach der anderen."] },
    },
  },
  records: {
    words: ["Datensätze", "Wo die Datensätze in einer Antwort stehen."],
    fields: {
      path: ["Wo sie stehen", "Ein JSONPath zu den Datensätzen: `$.data[*]`. Standard: die Elemente eines Arrays oder das eine Objekt."],
      filter: ["Behalten, wenn", "Ein Ausdruck über `record`, der für jene wahr ist, die bleiben."],
    },
  },
  job: {
    words: [
      "Exportauftrag",
      "Ein Export, der angelegt, abgewartet und heruntergeladen wird. Die `request` des Streams legt ihn an; `decode`, `records` und `fields` gelten für seine Dateien. Ein angehaltener Lauf behält den Auftrag in seinem Stand: Der nächste macht damit weiter.",
    ],
    fields: {
      poll: ["Nach dem Stand fragen", "Wie nach seinem Stand gefragt wird."],
      download: ["Dateien lesen", "Wie seine Dateien gelesen werden."],
      cleanup: ["Danach entfernen", "Eine Anfrage, die ihn danach entfernt: wenn alles gelesen ist, wenn er scheiterte und wenn er zu lange dauerte."],
    },
  },
  poll: {
    words: [
      "Nach dem Stand fragen",
      "Wie nach dem Stand eines Auftrags gefragt wird. `job` ist die Antwort, mit der er angelegt wurde (`/exports/{{ job.id }}`), `headers` sind deren Header, etwa `location`.",
    ],
    fields: {
      request: ["Anfrage", "Die Anfrage nach dem Stand."],
      every: [
        "Zeit zwischen zwei Fragen",
        "Die Zeit zwischen zwei Fragen: `10s`. Sie wächst jedes Mal um die Hälfte, bis zu einer Minute; `Retry-After` wird eingehalten. Standard: `5s`.",
      ],
      timeout: ["Höchstens warten", "Wie lange insgesamt gewartet wird. Standard: `1h`."],
      ready: ["Fertig, wenn", "Ein Ausdruck über `response`, der wahr ist, wenn er fertig ist: `{{ response.status == 'done' }}`."],
      failed: ["Gescheitert, wenn", "Ein Ausdruck über `response`, der wahr ist, wenn er gescheitert ist."],
    },
  },
  download: {
    words: ["Dateien lesen", "Wie die Dateien eines Auftrags gelesen werden. `poll` ist die Antwort, die ihn fertig meldete."],
    fields: {
      urls: [
        "Wo die URLs stehen",
        "Ein JSONPath zu den URLs in der letzten Antwort: `$.files[*].url`. Sie werden nacheinander gelesen. Führt eine zu einem anderen Host (eine vorsignierte Adresse), wird sie mit einem einfachen `GET` ohne Zugangsdaten abgerufen.",
      ],
      request: ["Anfrage einer Datei", "Die Anfrage einer Datei, wenn es kein einfaches `GET` ihrer URL ist; `url` (bei `urls`) und `poll` stehen bereit."],
    },
  },
  source: {
    words: ["Quelle", "Woher die Datensätze eines Streams kommen."],
    kinds: {
      http: { words: ["HTTP", "HTTP-Anfragen."] },
      database: {
        words: ["Eine Datenbank", "Eine Datenbank."],
        fields: {
          url: [
            "URL",
            "Server und Datenbank, ohne Passwort: `postgres://{{ config.host }}/{{ config.database }}`. Auch `mysql://` oder `mariadb://` und `sqlite:FILE`. Hinter `?` steht, was die Werkzeuge der Datenbank selbst kennen: `sslmode=require` (PostgreSQL), `ssl-mode=REQUIRED` (MySQL). Standard: TLS, wenn der Server es hat.",
          ],
          username: ["Benutzername", "Der Benutzername, wenn er nicht Teil der Adresse ist."],
          password: ["Passwort", "Das Passwort: `{{ config.password }}`."],
          table: ["Tabelle", "Eine Tabelle oder Sicht: `schema.table`, wie die Datenbank sie schreibt. Teile mit Punkten oder Anführungszeichen stehen in doppelten Anführungszeichen."],
          query: [
            "Abfrage",
            "Eine Abfrage, die nur liest. Mit einem `key` wird sie Seite für Seite gelesen und kann dort weitergehen, wo sie anhielt; ohne einen in einem Zug. Jede ihrer Spalten braucht einen eigenen Namen.",
          ],
          timeout: ["Timeout", "Wie lange der Server für die nächsten Zeilen brauchen darf. Standard: `5m`."],
        },
      },
      files: {
        words: ["Dateien eines Ordners", "Dateien eines Ordners."],
        fields: {
          folder: [
            "Ordner",
            "Der Ordner oder eine einzelne Datei. Er ist auf jedem Rechner ein anderer und kommt deshalb aus einer Eingabe: `{{ config.folder }}`. Verknüpfungen, die aus ihm hinausführen, wird nicht gefolgt.",
          ],
          glob: [
            "Welche Dateien",
            "Welche Dateien, nach ihrem Pfad im Ordner: `*.csv`, `2024-*.jsonl.gz`, `{orders,returns}-*.csv`. `**` steht für beliebig viele Ordner. Standard: `**`, alle Dateien, die nach Daten aussehen. Versteckte Dateien bleiben weg.",
          ],
          format: ["Format", `Was sie sind. ${TOLD}`],
          max_broken: [
            "Höchstens defekte Zeilen (Prozent)",
            "Der Anteil defekter Zeilen in Prozent, ab dem eine Datei als unlesbar gilt. Standard: 100, unlesbare Zeilen werden gemeldet und ausgelassen, und eine Datei scheitert nur, wenn keine ihrer Zeilen lesbar ist.",
          ],
        },
      },
    },
  },
  files_format: {
    words: ["Format der Dateien", "Was Dateien sind. gzip und Zstandard werden am Anfang einer Datei erkannt, gleich wie sie heißt."],
    kinds: {
      auto: { words: ["An jeder Datei erkannt", "An jeder Datei erkannt."] },
      json: {
        words: ["JSON", "JSON-Dokumente: eine Liste von Datensätzen, ein Datensatz oder mehrere Werte nacheinander."],
        fields: { encoding: fileCharset },
      },
      jsonl: { words: ["JSON-Zeilen", "Ein JSON-Wert je Zeile."], fields: { encoding: fileCharset } },
      csv: {
        words: ["CSV", "Durch Kommas getrennte Werte."],
        fields: {
          delimiter: ["Trennzeichen", `Das eine Zeichen zwischen Werten: \`,\`, \`;\`, \`|\` oder \`"\\t"\`. ${TOLD}`],
          quote: ["Anführungszeichen", `Das eine Zeichen um Werte; leer, wenn Werte nie in Anführungszeichen stehen. ${TOLD}`],
          escape: ["Anführungszeichen im Wert", `Wie ein Anführungszeichen in einem Wert in Anführungszeichen steht. ${TOLD}`],
          header: ["Die erste Zeile hat die Namen", `Ob die erste Zeile die Namen hat. Sonst heißen die Spalten \`column_1\`, \`column_2\` und so weiter. ${TOLD}`],
          skip_lines: ["Zeilen über dem Kopf", `Zeilen über dem Kopf, die ausgelassen werden. ${TOLD}`],
          comment: ["Kommentarzeichen", `Das eine Zeichen, mit dem eine auszulassende Zeile beginnt: \`#\`. Leer: Es gibt keine. ${TOLD}`],
          encoding: ["Zeichensatz", `${charset} ${TOLD}`],
        },
      },
    },
  },
  csv_escape: {
    words: ["Anführungszeichen im Wert", "Wie ein Anführungszeichen in einem Wert in Anführungszeichen steht."],
    kinds: {
      doubled: { words: ["Verdoppelt", 'Verdoppelt: `"a ""b"" c"`.'] },
      backslash: { words: ["Hinter einem Backslash", 'Hinter einem Backslash: `"a \\"b\\" c"`.'] },
    },
  },
};
