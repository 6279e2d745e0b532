import type { Definition } from "../api";

/** The name of a connector that people see. */
export function titleOf(definition: Definition): string {
  return definition.title != null && definition.title !== "" ? definition.title : definition.name;
}
