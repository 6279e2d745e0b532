import type { GroupsDe } from "./words";

const TEMPLATE = "Text, der Jinja-Ausdrücke enthalten darf (`{{ config.subdomain }}`). Ein einzelner ganzer Ausdruck behält seinen Typ.";
const eventHeader = "`headers` (Namen in Kleinbuchstaben), `query` und `config`";

/** What is written, and what comes by itself: actions, webhooks, destinations. */
export const writing: GroupsDe = {
  actions: {
    words: [
      "Aktionen",
      "Ein benannter Aufruf, der etwas anlegt, ändert, löscht, abruft oder sucht. Ein Schreiben wird nach einer Störung nur wiederholt, wenn es dadurch nicht doppelt geschehen kann: wenn es nie gesendet wurde, wenn der Server es ablehnte (429, oder 503 mit `Retry-After`), wenn die Methode `GET`, `PUT` oder `DELETE` ist (RFC 9110, 9.2.2) oder wenn es einen Idempotenzschlüssel trägt.",
    ],
    fields: {
      name: ["Name", "Der Name der Aktion."],
      kind: ["Was sie tut", "Welche Art von Aufruf es ist."],
      description: ["Beschreibung", "Wozu sie da ist."],
      stream: ["Stream", "Der Stream, in den sie schreibt."],
      params: ["Parameter", "Was ihr gegeben wird."],
      request: [
        "Anfrage",
        "Die Anfrage; `params.NAME` steht bereit. Ein Query-Parameter, ein Header, ein Formularfeld oder ein Feld eines JSON-Bodys, dessen Wert ein einzelner Ausdruck über einen nicht angegebenen Parameter ist, bleibt weg. Im Pfad werden Werte prozentkodiert: `a/b` und `..` führen nirgendwo anders hin. Eine Aktion hat entweder eine `request` oder eine `database`.",
      ],
      database: ["In eine Datenbank", "Was in eine Datenbank geschrieben wird, statt einer Anfrage."],
      response: ["Was aus der Antwort gelesen wird", "Was aus der Antwort gelesen wird. Ohne Angabe bleibt ihr JSON, wie es kam."],
      responses: [
        "Was Antworten bedeuten",
        "Was ihre Antworten bedeuten, vor den Regeln von `http`. Eine Regel von `http` wiederholt nie ein Schreiben, das doppelt geschehen könnte; `then: retry` hier tut es.",
      ],
      idempotency_header: [
        "Idempotenz-Header",
        "Der Header mit einem Schlüssel, an dem der Server einen wiederholten Aufruf erkennt: `Idempotency-Key`. Ein Aufruf hat einen Schlüssel, zufällig, wenn keiner angegeben ist; jede Wiederholung sendet denselben.",
      ],
    },
  },
  database_write: {
    words: [
      "Zeile einer Tabelle",
      "Eine Zeile, die in eine Tabelle einer Datenbank geschrieben oder aus ihr gelöscht wird. Namen stehen in Anführungszeichen, Werte werden als Parameter der Spaltentypen gebunden: Nichts an einem Wert kann Teil der Anweisung werden.",
    ],
    fields: {
      write: ["Was geschieht", "Was mit der Zeile geschieht."],
      table: [
        "Tabelle",
        "Die Tabelle: `schema.table`, wie die Datenbank sie schreibt. Teile mit Punkten oder Anführungszeichen stehen in doppelten Anführungszeichen. Standard: die Tabelle des `stream` der Aktion.",
      ],
      key: [
        "Spalten des Schlüssels",
        "Die Spalten, die die Zeile von allen anderen unterscheiden. `update` und `delete` berühren nur die Zeile mit diesen Werten; `upsert` ändert sie, wenn es sie gibt; `insert` lässt sie dann, wie sie ist, sodass ein wiederholter Aufruf keine hinzufügt.",
      ],
      values: [
        "Spalten und Werte",
        "Was die Spalten enthalten sollen, auch die des Schlüssels: ein Wert oder eine Vorlage mit `params`. Eine Spalte, deren Vorlage ein einzelner Ausdruck über einen nicht angegebenen Parameter ist, bleibt weg; null wird als null geschrieben. Standard: jeder Parameter kommt in die Spalte seines Namens.",
      ],
      returning: [
        "Zurückgegebene Spalten",
        "Die Spalten der geschriebenen Zeile, die die Antwort zurückgibt, etwa eine von der Datenbank vergebene Nummer. PostgreSQL und SQLite können das; MariaDB nicht bei `update`; MySQL nicht.",
      ],
      url: ["Adresse", "Server und Datenbank, ohne Passwort, wie in der `source` eines Streams. Standard: die des `stream` der Aktion."],
      username: ["Benutzername", "Der Benutzername, wenn er nicht Teil der Adresse ist."],
      password: ["Passwort", "Das Passwort: `{{ config.password }}`."],
      timeout: ["Längste Wartezeit", "Wie lange der Server brauchen darf. Standard: `1m`."],
    },
  },
  write_kind: {
    words: ["Was mit einer Zeile geschieht", "Was mit einer Zeile der Tabelle geschieht."],
    kinds: {
      insert: { words: ["Fügt eine Zeile hinzu", "Fügt eine Zeile hinzu."] },
      update: { words: ["Ändert die Zeile mit dem Schlüssel", "Ändert die Zeile mit dem Schlüssel."] },
      upsert: { words: ["Ändert die Zeile oder fügt sie hinzu", "Ändert die Zeile mit dem Schlüssel oder fügt sie hinzu, wenn es keine gibt."] },
      delete: { words: ["Löscht die Zeile mit dem Schlüssel", "Löscht die Zeile mit dem Schlüssel."] },
    },
  },
  action_kind: {
    words: ["Was eine Aktion tut", "Welche Art von Aufruf eine Aktion ist."],
    kinds: {
      create: { words: ["Legt einen Datensatz an", "Legt einen an."] },
      update: { words: ["Ändert einen", "Ändert einen."] },
      delete: { words: ["Löscht einen", "Löscht einen."] },
      get: { words: ["Ruft einen ab", "Liest einen."] },
      search: { words: ["Sucht mehrere", "Findet mehrere."] },
      custom: { words: ["Etwas anderes", "Irgendetwas anderes."] },
    },
  },
  params: {
    words: ["Parameter", "Was einer Aktion gegeben wird."],
    fields: {
      name: ["Name", "Wie Ausdrücke ihn nennen: Buchstaben, Ziffern und `_`."],
      type: ["Art", "Was er ist. Text aus einem Formular, einer Datei oder der Befehlszeile wird darin umgewandelt: `12`, `true`, `2024-01-31`."],
      title: ["Beschriftung", "Die Beschriftung im Formular."],
      description: ["Hilfe", "Was er bedeutet."],
      required: ["Erforderlich", "Ob er angegeben werden muss."],
      default: ["Wert ohne Angabe", "Der Wert, wenn keiner angegeben ist."],
      enum: ["Auswahl", "Die Werte zur Auswahl."],
      pattern: ["Muster", "Ein regulärer Ausdruck, dem der ganze Text entsprechen muss."],
      min: ["Kleinster Wert", "Die kleinste erlaubte Zahl."],
      max: ["Größter Wert", "Die größte erlaubte Zahl."],
      secret: ["Vertraulich", "Ob der Wert vertraulich ist, etwa ein zu setzendes Passwort: Er wird gesendet, aber nirgends gezeigt oder aufbewahrt."],
    },
  },
  action_response: {
    words: ["Antwort einer Aktion", "Was aus der Antwort auf eine Aktion gelesen wird."],
    fields: {
      statuses: ["Statuscodes für Erfolg", "Die Statuscodes, die Erfolg bedeuten: `[201]`. Standard: 200 bis 299."],
      decode: ["Format", "Was die Bytes der Antwort sind. Standard: JSON."],
      path: ["Datensatz", "Ein JSONPath zum Datensatz oder zu den Datensätzen. Standard: die Elemente eines Arrays oder das eine Objekt."],
      steps: ["Schritte", "Änderungen an einem ganzen Datensatz, bevor seine Felder gelesen werden."],
      fields: ["Spalten", "Die Spalten. Ohne sie bleibt ein Datensatz, wie er kam."],
      rest: ["Rest", "Was mit dem geschieht, das keine Spalte aufnahm. Standard: `drop`; ohne Spalten `keep`."],
    },
  },
  webhooks: {
    words: [
      "Webhook",
      "Ereignisse, die das andere System sendet. Jedes wird geprüft, aufbewahrt und beantwortet und dann wie ein Datensatz jenes Streams zugeordnet und gespeichert, den seine Route nennt.",
    ],
    fields: {
      name: ["Name", "Der Name und zugleich der letzte Teil der Adresse: `/hooks/CONNECTION/NAME`."],
      description: ["Beschreibung", "Was er bringt, in einem Satz."],
      methods: ["Methoden", "Die Methoden, mit denen Ereignisse kommen. Standard: `[POST]`. Andere werden mit 405 abgelehnt."],
      body_bytes: ["Größter Body in Bytes", "Die größte Zahl der Bytes eines Bodys; ein längerer wird mit 413 abgelehnt. Standard: 2097152 (2 MiB)."],
      verify: ["Nachweis des Absenders", "Wie ein Ereignis belegt, wer es sendet."],
      challenge: ["Frage vor den Ereignissen", "Was der Absender fragt, bevor er Ereignisse sendet."],
      id: [
        "Wo die ID steht",
        "Wo die ID eines Ereignisses steht. Eine ID, die in den letzten 7 Tagen schon kam, ist eine Dublette: Sie wird beantwortet, und nichts geschieht noch einmal. Standard: ein Hash des signierten Inhalts.",
      ],
      event: ["Wo der Name steht", "Wo der Name eines Ereignisses steht. Standard: Ereignisse haben keinen Namen; nur eine Route für `*` nimmt sie an."],
      routes: ["Routen", "Welche Ereignisse zu welchen Datensätzen werden. Von den Routen zu einem Stream zählt die erste passende. Ein Ereignis, das keine Route annimmt, wird aufbewahrt und gezeigt."],
      answer: ["Antwort an den Absender", "Was dem Absender geantwortet wird. Standard: 200 mit leerem Body."],
      samples: ["Beispiele", "Inhalte zum Ausprobieren. Ein Testereignis wird nach den Regeln oben signiert."],
    },
  },
  webhook_answer: {
    words: ["Antwort an den Absender", "Was dem Absender geantwortet wird, sobald ein Ereignis aufbewahrt ist."],
    fields: {
      status: ["Status", "Der Status, 200 bis 299. Standard: `200`."],
      body: ["Body", "Der Body der Antwort. Standard: nichts."],
      content_type: ["Medientyp", "Der Header `Content-Type`. Standard: `application/json`, wenn der Body JSON ist, sonst `text/plain`."],
    },
  },
  verify: {
    words: [
      "Nachweis eines Ereignisses",
      "Wie ein Ereignis belegt, wer es sendet. Was das nicht tut, wird mit 401 abgelehnt und nie als Datensatz gespeichert. Jeder Vergleich dauert gleich lang, ob sich das erste oder das letzte Zeichen unterscheidet.",
    ],
    kinds: {
      none: { words: ["Keiner", "Gar nicht: Wer die Adresse kennt, kann Ereignisse senden."] },
      hmac: {
        words: ["Signatur (HMAC)", "Ein Hash mit Schlüssel (RFC 2104) über den rohen Body oder über Text, der ihn enthält."],
        fields: {
          algorithm: ["Algorithmus", "Der Hash-Algorithmus."],
          header: ["Header", "Der Header mit der Signatur: `X-Hub-Signature-256`."],
          prefix: ["Text vor der Signatur", 'Text vor der Signatur: `"sha256="`, `"v0="`. Enthält der Header mehrere Teile, werden jene ohne ihn übergangen.'],
          separator: [
            "Trenner mehrerer Signaturen",
            'Was die Teile eines Headers mit mehreren trennt: `","` (Stripe), `" "` (Standard Webhooks). Eine passende Signatur genügt. Standard: der Header ist eine einzige Signatur.',
          ],
          encoding: ["Schreibweise", "Wie die Signatur geschrieben ist. Standard: `hex`."],
          secret: ["Geheimnis", 'Das gemeinsame Geheimnis: ein Verweis auf eine geheime Eingabe, `"{{ config.webhook_secret }}"`.'],
          old_secrets: ["Noch gültige Geheimnisse", "Geheimnisse, die noch gelten, während der Absender auf das neue umstellt. Jene ohne Wert werden übergangen."],
          secret_prefix: ["Text vor dem Geheimnis", "Text vor dem Geheimnis, der nicht dazugehört: `whsec_`. Fehlt er, wird das Geheimnis genommen, wie es ist."],
          secret_encoding: ["Schreibweise des Geheimnisses", "Wie das Geheimnis geschrieben ist. Standard: `text`, seine Zeichen sind der Schlüssel."],
          content: [
            "Was signiert ist",
            `Was signiert ist. Bereit stehen \`body\` (die rohen Bytes), \`timestamp\` (wie gesendet), \`id\`, ${eventHeader}: \`"v0:{{ timestamp }}:{{ body }}"\`. Standard: der rohe Body allein.`,
          ],
          timestamp: ["Wo der signierte Zeitpunkt steht", "Wo der signierte Zeitpunkt steht. Unix-Sekunden, Millisekunden oder RFC 3339."],
          tolerance: [
            "Größte Abweichung",
            "Wie weit der signierte Zeitpunkt von der Uhr dieses Rechners abweichen darf, davor oder danach. Standard: `5m`, wie Slack, Stripe und Standard Webhooks raten.",
          ],
        },
      },
      token: {
        words: ["Token in einem Header", "Ein Token in einem Header, etwa GitLabs `X-Gitlab-Token`."],
        fields: {
          header: ["Header", "Der Header mit dem Token."],
          prefix: ["Text vor dem Token", 'Text vor dem Token im Header: `"Bearer "`.'],
          value: ["Token", 'Das Token: ein Verweis auf eine geheime Eingabe, `"{{ config.webhook_token }}"`.'],
        },
      },
      basic: {
        words: ["Benutzer und Passwort", "HTTP Basic Auth (RFC 7617)."],
        fields: { username: ["Benutzername", "Der Benutzername."], password: ["Passwort", "Das Passwort: ein Verweis auf eine geheime Eingabe."] },
      },
    },
  },
  hmac_algorithm: {
    words: ["Hash-Algorithmus", "Ein Hash mit Schlüssel."],
    kinds: { sha1: { words: ["SHA-1", "SHA-1."] }, sha256: { words: ["SHA-256", "SHA-256."] }, sha512: { words: ["SHA-512", "SHA-512."] } },
  },
  encoding: {
    words: ["Schreibweise", "Wie ein Hash geschrieben ist."],
    kinds: { hex: { words: ["Hexadezimal", "Hexadezimal."] }, base64: { words: ["Base64", "Base64."] } },
  },
  secret_encoding: {
    words: ["Schreibweise des Geheimnisses", "Wie ein gemeinsames Geheimnis geschrieben ist."],
    kinds: {
      text: { words: ["Text", "Seine Zeichen sind der Schlüssel."] },
      base64: { words: ["Base64", "Base64 des Schlüssels."] },
      hex: { words: ["Hexadezimalziffern", "Hexadezimalziffern des Schlüssels."] },
    },
  },
  timestamp_place: {
    words: ["Ort des signierten Zeitpunkts", 'Wo der signierte Zeitpunkt steht: `{header: X-Slack-Request-Timestamp}`, `{item: "t="}`.'],
    kinds: {
      header: { words: ["In einem Header", "In einem eigenen Header."], fields: { "": ["Header", ""] } },
      item: { words: ["Im Header der Signatur", 'Ein Teil des Signatur-Headers, nach dem Text davor: `"t="`.'], fields: { "": ["Text davor", ""] } },
      path: { words: ["Im Body", "Im Body, nach JSONPath. Der Body ist signiert und damit auch der Zeitpunkt."], fields: { "": ["Pfad", ""] } },
    },
  },
  challenge: {
    words: ["Frage vor den Ereignissen", "Was der Absender fragt, bevor er Ereignisse sendet, um zu sehen, dass die Adresse gewollt ist."],
    kinds: {
      body: {
        words: ["Im Body (Slack)", "Eine Anfrage mit eigenem Body, etwa Slacks `url_verification`. Sie wird zuerst geprüft wie ein Ereignis."],
        fields: {
          when: ["Ob ein Body fragt", "Ob ein Body eine Frage ist. `payload` ist der Body. Standard: `{{ payload.type == 'url_verification' }}`, wie bei Slack."],
          answer: ["Antwort", "Was geantwortet wird. Standard: `{{ payload.challenge }}`."],
        },
      },
      query: {
        words: [
          "In der Query (Meta, Microsoft)",
          "Ein Query-Parameter, der unverändert zurückgeht: `hub.challenge` bei Meta, `validationToken` bei Microsoft Graph. Jede Methode; nicht signiert.",
        ],
        fields: {
          param: ["Parameter", "Der Parameter: `hub.challenge`."],
          token_param: ["Parameter des Tokens", "Ein Parameter, der das Token enthalten muss: `hub.verify_token`."],
          token: ["Token", "Das Token: ein Verweis auf eine geheime Eingabe. Nötig mit `token_param`."],
          answer: ["Antwort", "Was geantwortet wird, wenn es nicht der unveränderte Parameter ist: `query` enthält alle Parameter."],
        },
      },
      header: {
        words: ["In einem Header (Asana)", "Ein Header, der unverändert zurückgeht: `X-Hook-Secret` bei Asana."],
        fields: { header: ["Header", "Der Header, der zurückgeht."] },
      },
    },
  },
  route_then: {
    words: ["Was aus den Datensätzen wird", "Was aus den Datensätzen eines Ereignisses wird."],
    kinds: {
      store: { words: ["Speichern", "Sie werden gespeichert: neue hinzugefügt, bekannte nach dem Schlüssel des Streams geändert."] },
      delete: { words: ["Löschen", "Jene mit ihren Schlüsseln werden entfernt; in `_deleted_at` markiert, wenn `deletions` des Streams `mark` ist."] },
    },
  },
  webhook_routes: {
    words: ["Route", "Welche Ereignisse zu welchen Datensätzen werden."],
    fields: {
      event: ["Name der Ereignisse", "Der Name der Ereignisse; `*` steht für einen beliebigen Teil: `ticket.*`, `*`."],
      when: ["Nur wenn", "Ob das Ereignis angenommen wird; `payload`, `headers`, `query` und `event` (sein Name) stehen bereit. Standard: immer."],
      records: ["Pfad zu den Datensätzen", "Ein JSONPath zu den Datensätzen. Standard: der ganze Body oder seine Elemente, wenn er eine Liste ist."],
      stream: ["Stream", "Der Stream, dessen Zuordnung und Tabelle gelten."],
      // oxlint-disable-next-line no-thenable -- a name of the definition; nothing awaits these words
      then: ["Was daraus wird", "Was aus den Datensätzen wird. Standard: `store`."],
    },
  },
  webhook_samples: {
    words: ["Beispiel", "Ein Inhalt, um einen Webhook auszuprobieren."],
    fields: {
      name: ["Name", "Der Name des Beispiels."],
      event: ["Name des Ereignisses", "Der Name des Ereignisses, wenn ein Header oder die Query ihn enthält."],
      headers: ["Header", "Weitere Header."],
      body: ["Body", "Der Body: beliebiges JSON; Text geht unverändert hinaus."],
    },
  },
  locator: {
    words: ["Stelle in einem Ereignis", 'Wo etwas in einem Ereignis steht: `{header: X-Event}`, `{path: $.type}` oder `{expression: "{{ … }}"}`.'],
    kinds: {
      header: { words: ["In einem Header", "In einem Header."], fields: { "": ["Header", ""] } },
      path: { words: ["Im Body", "Im Body, nach JSONPath."], fields: { "": ["Pfad", ""] } },
      query: { words: ["In der Query", "In der Query, nach dem Namen des Parameters."], fields: { "": ["Parameter", ""] } },
      expression: {
        words: ["Durch einen Ausdruck", `Aus einem Ausdruck. Bereit stehen \`payload\` (der Body), ${eventHeader}: \`"{{ headers['x-github-event'] }}.{{ payload.action }}"\`.`],
        fields: { "": ["Ausdruck", TEMPLATE] },
      },
    },
  },
  destination: {
    words: [
      "Ziele",
      "Wohin die Zeilen einer Tabelle geschrieben werden: eine Aktion für eine neue Zeile, eine für eine geänderte, eine für eine verschwundene. Was geschrieben wurde, bleibt unter seinem Schlüssel bekannt, sodass der nächste Push nur den Unterschied sendet.",
    ],
    fields: {
      name: ["Name", "Der Name des Ziels."],
      description: ["Beschreibung", "Wozu es da ist."],
      stream: ["Stream", "Der Stream, dessen Tabelle die Form der Zeilen hat. Seine Spalten werden angeboten und geprüft. Standard: irgendeine Tabelle."],
      key: ["Schlüssel", "Die Spalten, die eine Zeile der übertragenen Tabelle von allen anderen unterscheiden."],
      create: ["Neue Zeilen", "Was mit einer Zeile geschieht, die noch nicht übertragen wurde. `remote` in den anderen Aktionen ist der Datensatz ihrer Antwort."],
      update: ["Geänderte Zeilen", "Was mit einer Zeile geschieht, die sich seitdem geändert hat. Standard: geänderte Zeilen werden gezählt und nicht gesendet."],
      delete: ["Verschwundene Zeilen", "Was mit einer Zeile geschieht, die aus der Tabelle verschwunden ist, wenn `delete_missing` oder eine Person es verlangt."],
      delete_missing: ["Verschwundene Zeilen löschen", "Ob eine aus der Tabelle verschwundene Zeile auch dort gelöscht wird. Standard: sie bleibt."],
    },
  },
  push_action: {
    words: ["Aktion für eine Zeile", "Was mit einer Zeile geschieht."],
    fields: {
      action: ["Aktion", "Der Name der Aktion."],
      params: [
        "Parameter",
        "Was jeder Parameter bekommt: den Namen einer Spalte oder eine Vorlage mit `record` (der Zeile) und `remote` (was die API beim Anlegen der Zeile zurückgab). Ein hier nicht genannter Parameter nimmt die Spalte seines Namens. Bei einer verschwundenen Zeile gibt es nur die Spalten von `key` und `remote`.",
      ],
    },
  },
};
