import type { ActionCall } from "../api";

/** A call's parameters as the form holds them. Private ones have to be typed anew. */
export function textsOf(one: Pick<ActionCall, "params">): Record<string, string> {
  const pairs = Object.entries(one.params).filter(([, value]) => value !== null && value !== "••••");
  return Object.fromEntries(pairs.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
}
