/** What differs between two states of a definition: `stream tickets › field price: type changed from integer to decimal`. */
export const changes: Readonly<Record<string, string>> = {
  "{} changed from {} to {}": "{} geändert von {} zu {}",
  "{} changed": "{} geändert",
  "{} set to {}": "{} gesetzt auf {}",
  "{} removed (it was {})": "{} entfernt (war {})",
  "{} removed": "{} entfernt",
  "{} added ({}, required)": "{} hinzugefügt ({}, erforderlich)",
  "{} added ({})": "{} hinzugefügt ({})",
  "{} added": "{} hinzugefügt",
  "{} renamed to {}": "{} umbenannt in {}",
  "{}: the order of its {} changed": "{}: Reihenfolge von {} geändert",
  "the order of the {} changed": "Reihenfolge von {} geändert",
  "the text": "der Text",
  nothing: "nichts",
};

/** What the things of a definition's lists are called. */
export const things: Readonly<Record<string, string>> = {
  stream: "Stream",
  field: "Spalte",
  input: "Eingabe",
  parameter: "Parameter",
  rule: "Regel",
  action: "Aktion",
  webhook: "Webhook",
  destination: "Ziel",
  hook: "Hook",
  partition: "Partition",
  step: "Schritt",
  relation: "Beziehung",
  route: "Route",
  sample: "Beispiel",
};
