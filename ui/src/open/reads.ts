import type { Definition } from "../api";

/** Whether a connector reads a database: tables can be added to it. */
export function readsDatabase(definition: Definition): boolean {
  return (definition.streams ?? []).some((stream) => stream.source?.type === "database");
}
