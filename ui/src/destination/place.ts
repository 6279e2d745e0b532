/** The kinds of places that a connection's records can go to. */
export type DestinationKind = "own" | "sqlite" | "postgres" | "parquet" | "csv";

/** The kind of a place as it is kept. */
export function kindOf(destination: string): DestinationKind {
  if (/^postgres(ql)?:\/\//.test(destination)) return "postgres";
  if (destination.startsWith("parquet:")) return "parquet";
  if (destination.startsWith("csv:")) return "csv";
  return "sqlite";
}

/** The place without its kind, as a person types it. */
export function placeOf(destination: string): string {
  return destination.replace(/^(parquet|csv|sqlite):/, "");
}

/** A place as it is kept. Empty: a database of the connection's own. */
export function written(kind: DestinationKind, place: string): string {
  if (kind === "own") return "";
  return kind === "postgres" ? place.trim() : `${kind}:${place.trim()}`;
}
