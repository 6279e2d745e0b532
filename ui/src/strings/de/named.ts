/** German for what the program names without a sentence; what is not here stays as it is. */

/** What the bundled examples read, by their names. */
export const exampleTexts: Record<string, string> = {
  airtable: "Die Bases, die Sie sehen dürfen, ihre Tabellen und die Datensätze einer Tabelle.",
  github: "Ihre Repositorys mit Issues, Pull Requests und Releases. Issues werden nur neu gelesen, wenn sie sich geändert haben.",
  gitlab: "Ihre Projekte mit Issues und Merge Requests, von gitlab.com oder einem eigenen Server.",
  "hacker-news": "Beiträge und Kommentare über die Suche von Hacker News, neueste zuerst. Jeder Abgleich liest, was neu ist.",
  hubspot: "Kontakte, Firmen und Deals des CRM, mit den wichtigsten Eigenschaften.",
  jira: "Projekte, Vorgänge und Personen einer Jira-Cloud-Site. Vorgänge werden nur neu gelesen, wenn sie sich geändert haben.",
  jsonplaceholder: "Erfundene Beiträge, Kommentare und Benutzer, frei für alle. Gut zum Umsehen.",
  notion: "Seiten und Datenbanken, die mit Ihrer Integration geteilt sind, und die Personen des Arbeitsbereichs.",
  "open-meteo": "Das Wetter jetzt an den Orten, die Sie nennen, und eine Suche nach Orten. Nichtkommerziell kostenlos.",
  openweather: "Das Wetter jetzt und in den nächsten fünf Tagen, in den Städten, die Sie nennen.",
  pokeapi: "Alle Pokémon mit Typen und Maßen. Jede Seite nennt die nächste mit deren Adresse.",
  "rest-countries": "Die Länder der Erde mit Hauptstadt, Region, Fläche und Bevölkerung.",
  shopify: "Bestellungen, Produkte und Kunden eines Shops, über die Admin-REST-API.",
  slack: "Kanäle, Personen und die Nachrichten der Kanäle, in denen die App ist.",
  stripe: "Kunden, Zahlungen, Rechnungen und Abonnements. Ein eingeschränkter Schlüssel, der nur lesen darf, genügt.",
  "usgs-earthquakes": "Erdbeben der ganzen Welt mit Stärke und Ort. Jeder Abgleich liest neue und überarbeitete.",
  zendesk: "Tickets und Personen eines Helpdesks, über die inkrementellen Exporte; dazu die Organisationen.",
};

/** Facts of the program, and their values. */
export const facts: Record<string, string> = {
  Drawing: "Zeichnen",
  Display: "Anzeige",
  Keyring: "Schlüsselbund",
  "Certificates of your own": "Eigene Zertifikate",
  Connectors: "Konnektoren",
  Connections: "Verbindungen",
  "the system's": "des Systems",
  "an encrypted file": "eine verschlüsselte Datei",
  "an encrypted file, locked": "eine verschlüsselte Datei, verschlossen",
  none: "keiner",
  set: "gesetzt",
  "as usual": "wie üblich",
  unknown: "unbekannt",
};

/** What a connector can do, how it signs in, and by which program a version was made. */
export const names: Record<string, string> = {
  read: "lesen",
  incremental: "nur Änderungen",
  deletions: "Löschungen",
  partitions: "Partitionen",
  exports: "Exporte",
  actions: "Aktionen",
  webhooks: "Webhooks",
  destinations: "Ziele",
  check: "Verbindungstest",
  None: "Keine",
  "Bearer token": "Bearer-Token",
  "API key": "API-Schlüssel",
  "User and password": "Benutzer und Passwort",
  "Signed token (JWT)": "Signiertes Token (JWT)",
  "Login for a token": "Login für ein Token",
  "AWS signature": "AWS-Signatur",
  "One of several, by a value": "Eine von mehreren, nach einem Wert",
  "the window": "im Fenster",
};
