import type { FieldsDe, GroupsDe } from "./words";

/** The settings of a request. */
export const request: FieldsDe = {
  method: ["Methode", "Die HTTP-Methode. Standard: `GET`."],
  path: ["Pfad", "Der Pfad hinter `base_url` oder eine ganze URL."],
  query: ["Query", "Die Query-Parameter."],
  headers: ["Header", "Die Header der Anfrage."],
  body: ["Body", "Was die Anfrage mitschickt."],
};

const TEMPLATE = "Text, der Jinja-Ausdrücke enthalten darf (`{{ config.subdomain }}`). Ein einzelner ganzer Ausdruck behält seinen Typ.";
const headerName = ["Header", "Der Name des Headers, Groß- oder Kleinschreibung gleich."] as const;

/** What all requests share, and what their answers mean. */
export const http: GroupsDe = {
  http: {
    words: ["HTTP", "Einstellungen, die für alle HTTP-Anfragen des Konnektors gelten."],
    fields: {
      base_url: [
        "Basis-URL",
        "Womit jeder Pfad beginnt, mit Schema und Host: `https://api.acme.test/v2`. Sie darf fehlen, wenn nichts über HTTP gesendet wird: `limits`, `rate_limit`, `retry` und `concurrency` gelten auch für Datenbanken und Dateien.",
      ],
      hosts: ["Hosts", "Die einzigen Hosts, an die Zugangsdaten gehen dürfen. Standard: der Host von `base_url` (und einer Token-URL)."],
      headers: ["Header", "Header jeder Anfrage."],
      query: ["Query", "Query-Parameter jeder Anfrage."],
      timeout: ["Timeout", "Wie lange eine Anfrage dauern darf. Standard: `30s`."],
      auth: ["Anmeldung", "Wie Anfragen belegen, wer sie sendet."],
      retry: ["Wiederholungen", "Wann und wie oft eine gescheiterte Anfrage wiederholt wird."],
      rate_limit: [
        "Rate-Limit",
        "Die meisten Anfragen in einer Zeitspanne: ein Limit oder eine Liste von Limits, die alle gelten. Was der Server über seine eigenen Limits sagt (`RateLimit`, `X-RateLimit-*`, `Retry-After`), wird ebenfalls eingehalten, für alle Streams zusammen.",
      ],
      concurrency: ["Anfragen zugleich", "Wie viele Anfragen höchstens zugleich unterwegs sind. Standard: 4."],
      responses: ["Antworten", "Was Antworten bedeuten, der Reihe nach; die erste passende Regel entscheidet."],
      limits: ["Obergrenzen", "Die Obergrenzen eines Laufs."],
    },
  },
  request: { words: ["Anfrage", "Eine HTTP-Anfrage. Was sie nicht angibt, kommt aus `http`."], fields: request },
  method: {
    words: ["Methode", "Die HTTP-Methoden."],
    kinds: {
      GET: { words: ["GET", "Lesen."] },
      POST: { words: ["POST", "Anlegen, oder Lesen mit einem Body."] },
      PUT: { words: ["PUT", "Ersetzen."] },
      PATCH: { words: ["PATCH", "Ändern."] },
      DELETE: { words: ["DELETE", "Löschen."] },
    },
  },
  body: {
    words: ["Body", "Was eine Anfrage mitschickt: `{json: …}`, `{form: …}`, `{multipart: …}`, `{text: …}` oder `{graphql: …}`."],
    kinds: {
      json: {
        words: ["JSON", 'JSON; jeder Text darin darf Ausdrücke enthalten: `{json: {filter: {since: "{{ config.start }}"}}}`.'],
        fields: { "": ["JSON", ""] },
      },
      form: {
        words: ["Formular", "Ein HTML-Formular (`application/x-www-form-urlencoded`). Namen werden gesendet, wie sie dastehen: `filter[state]`."],
        fields: { "": ["Felder", ""] },
      },
      graphql: {
        words: [
          "GraphQL",
          "Eine GraphQL-Abfrage mit ihren Variablen. Die Methode ist `POST`, wenn keine angegeben ist. Eine Antwort mit `errors` und ohne Daten ist ein Fehlschlag; eine mit beidem wird gelesen, und die Fehler erscheinen als Warnung.",
        ],
        fields: {
          query: ["Abfrage", "Die Abfrage. Sie bleibt, wie sie dasteht: Was sich ändert, gehört in die Variablen."],
          variables: ["Variablen", "Die Variablen; jeder Text darf Ausdrücke enthalten. Der Cursor der Seiten kommt durch `inject: {body: variables.after}` dazu."],
        },
      },
      multipart: {
        words: ["Formulardaten in Teilen", 'Formulardaten in Teilen (`multipart/form-data`, RFC 7578): `[{name: query, value: "{}", file_name: q.json}]`.'],
        fields: { "": ["Teile", ""] },
      },
      text: {
        words: ["Text", "Text, wie er dasteht. Der Header `Content-Type` gibt den Medientyp an; sonst ist es einfacher Text."],
        fields: { "": ["Text", TEMPLATE] },
      },
    },
  },
  part: {
    words: ["Teil", "Ein Teil eines Multipart-Bodys."],
    fields: {
      name: ["Name", "Der Name des Teils."],
      value: ["Wert", "Der Wert des Teils."],
      file_name: ["Dateiname", "Der Dateiname. Ein Teil mit Dateiname wird als Datei gesendet."],
      content_type: ["Medientyp", "Der Medientyp. Standard: keiner bei einem Wert, `application/octet-stream` bei einer Datei."],
    },
  },
  retry: {
    words: ["Wiederholungen", "Wiederholt Anfragen, deren Scheitern vorübergehen kann: keine Verbindung, 408, 425, 429, 5xx."],
    fields: {
      max_attempts: ["Versuche insgesamt", "Wie oft eine Anfrage insgesamt gesendet wird. `1` wiederholt nie."],
      backoff: ["Pause zwischen Versuchen", "Wie lange dazwischen gewartet wird, wenn der Server nichts sagt."],
    },
  },
  backoff: {
    words: ["Pause zwischen Versuchen", "Die Pause zwischen zwei Versuchen."],
    kinds: {
      exponential: {
        words: ["Jedes Mal länger", "Jede Pause ist ein Vielfaches der vorigen."],
        fields: {
          initial: ["Erste Pause", "Die erste Pause. Standard: `1s`."],
          max: ["Längste Pause", "Die längste Pause. Standard: `30s`."],
          factor: ["Faktor", "Womit die Pause jedes Mal multipliziert wird. Standard: 2."],
          jitter: ["Anteil des Zufalls", "Der Anteil einer Pause, der dem Zufall überlassen bleibt, 0 bis 1. Standard: 0.3."],
        },
      },
      constant: { words: ["Immer gleich", "Jede Pause ist gleich lang."], fields: { wait: ["Pause", "Wie lang die Pause ist."] } },
    },
  },
  rate_limit: {
    words: ["Rate-Limit", "Die meisten Anfragen in einer Zeitspanne, vorausschauend eingehalten. Eine Anfrage zählt bis `per` nach ihrer Antwort."],
    fields: { requests: ["Anfragen", "Wie viele Anfragen."], per: ["In dieser Zeit", "In welcher Zeitspanne."] },
  },
  limits: {
    words: ["Obergrenzen", "Die Obergrenzen beim Lesen. Jede hat einen Standard; der Lauf sagt, welche er erreicht hat."],
    fields: {
      pages: ["Seiten", "Seiten einer Partition. Standard: 1.000.000."],
      records: ["Datensätze", "Datensätze eines Streams. Standard: keine Grenze."],
      response_bytes: ["Bytes einer Antwort", "Bytes einer Antwort, entpackt. Standard: 67.108.864 (64 MiB)."],
      total_bytes: ["Bytes insgesamt", "Bytes aller Antworten zusammen. Standard: keine Grenze."],
      time: ["Dauer", "Wie lange der ganze Lauf dauern darf. Standard: keine Grenze."],
      wait: [
        "Längste Wartezeit",
        "Die längste Wartezeit, die ein Server verlangen darf (`Retry-After`, `RateLimit-Reset`). Standard: `5m`. Verlangt er mehr, endet der Lauf und sagt, wann der nächste möglich ist; dieser geht dort weiter.",
      ],
      redirects: ["Weiterleitungen", "Weiterleitungen einer Anfrage. Standard: 10."],
    },
  },
  responses: {
    words: ["Regeln für Antworten", "Eine Regel für eine Antwort. Regeln werden der Reihe nach geprüft; die erste passende entscheidet."],
    fields: {
      when: ["Wenn die Antwort das hat", "Wann die Regel passt. Alles Angegebene muss zutreffen."],
      // oxlint-disable-next-line no-thenable -- a name of the definition; nothing awaits these words
      then: ["Dann bedeutet sie", "Was die Antwort bedeutet."],
      wait: ["Pause vor dem nächsten Versuch", "Wie lange vor dem nächsten Versuch gewartet wird."],
      message: ["Meldung", "Was dazu gemeldet wird."],
    },
  },
  response_when: {
    words: ["Wann eine Antwort passt", "Wann eine Regel passt."],
    fields: {
      status: ["Status", "Einer dieser Statuscodes."],
      expr: ["Ausdruck, der wahr ist", "Ein Ausdruck über `response` und `headers`, der wahr ist."],
      contains: ["Text im Body", "Der Body enthält diesen Text."],
      header: ["Header", "Ein Header ist da und hat den angegebenen Wert."],
    },
  },
  header_when: {
    words: ["Ein Header", "Ein Header einer Antwort: `{name: X-Status, equals: error}`. Steht nur der Name da, muss es ihn geben."],
    fields: {
      name: headerName,
      equals: ["Sein ganzer Wert", "Der ganze Wert des Headers."],
      matches: ["Muster in seinem Wert", "Ein regulärer Ausdruck, der im Wert etwas findet."],
    },
  },
  // oxlint-disable-next-line no-thenable -- a name of the definition; nothing awaits these words
  then: {
    words: ["Was eine Antwort bedeutet", "Die Bedeutung einer Antwort."],
    kinds: {
      success: { words: ["Sie ist gut", "Die Antwort ist gut."] },
      retry: { words: ["Erneut versuchen", "Die Anfrage wird wiederholt."] },
      rate_limited: { words: ["Zu viele Anfragen", "Zu viele Anfragen: warten und dann wiederholen. Alle Streams der Verbindung warten."] },
      refresh_auth: { words: ["Neu anmelden", "Die Zugangsdaten sind veraltet: erneuern und dann wiederholen."] },
      ignore: { words: ["Keine Datensätze", "Die Antwort gilt als Seite ohne Datensätze."] },
      fail: { words: ["Der Lauf schlägt fehl", "Der Lauf ist fehlgeschlagen."] },
    },
  },
  wait: {
    words: ["Pause vor dem nächsten Versuch", "Wie lange vor dem nächsten Versuch gewartet wird."],
    kinds: {
      header: { words: ["Ein Header mit Sekunden", "Ein Header mit Sekunden oder mit einem HTTP-Datum."], fields: { "": ["Header", ""] } },
      header_time: {
        words: ["Ein Header mit einem Zeitpunkt", "Ein Header mit dem Zeitpunkt, auf den gewartet wird: Unix-Sekunden oder -Millisekunden, RFC 3339 oder ein HTTP-Datum."],
        fields: { "": ["Header", ""] },
      },
      regex: {
        words: [
          "Sekunden, im Body gefunden",
          "Eine Dauer, die ein regulärer Ausdruck im Body findet: Seine erste Gruppe ist eine Zahl von Sekunden oder von dem, was die zweite Gruppe nennt (`ms`, `s`, `min`, `h`).",
        ],
        fields: { "": ["Regulärer Ausdruck", ""] },
      },
      header_regex: {
        words: ["Sekunden, in einem Header gefunden", 'Eine Dauer, die ein regulärer Ausdruck in einem Header findet: `{name: X-Limit, pattern: "in ([0-9]+) (s|min)"}`.'],
        fields: {
          name: headerName,
          pattern: ["Regulärer Ausdruck", "Der reguläre Ausdruck. Seine erste Gruppe ist eine Zahl von Sekunden oder von dem, was die zweite Gruppe nennt."],
        },
      },
      constant: {
        words: ["Immer gleich lang", "Immer gleich lang."],
        fields: { "": ["Pause", "Eine Dauer: `30s`, `5m`, `1h`, `250ms` oder ISO 8601 (`PT1H`, `P30D`). Sie bleibt, wie sie geschrieben ist."] },
      },
      exponential: { words: ["Jedes Mal länger", "Die Pausen von `retry`."] },
    },
  },
  inject: {
    words: ["Wohin ein Wert kommt", "Wo ein Wert in einer Anfrage steht: `{query: page}`, `{header: X-Page}`, `{body: variables.after}` oder `path`."],
    kinds: {
      query: { words: ["Query-Parameter", "Ein Query-Parameter dieses Namens."], fields: { "": ["Parameter", ""] } },
      header: { words: ["Header", "Ein Header dieses Namens."], fields: { "": ["Header", ""] } },
      body: { words: ["Stelle im JSON-Body", "Eine Stelle im JSON-Body, mit Punkten: `variables.after`."], fields: { "": ["Stelle", ""] } },
      path: { words: ["Der Pfad selbst", "Der Wert ersetzt den Pfad der Anfrage (und die Query, wenn er eine enthält)."] },
    },
  },
};
