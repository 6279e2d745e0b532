import type { DragEvent } from "react";
import { app, toast } from "../app/store";
import { setDefinition } from "../app/workbench";
import { words } from "../strings";
import { makeChild, type ParentValue } from "./child";

const KIND = "application/x-tapwright-value";

/** Takes a value of a response along. */
export function carry(event: DragEvent, value: ParentValue, path: string): void {
  event.dataTransfer.setData(KIND, JSON.stringify(value));
  event.dataTransfer.setData("text/plain", path);
  event.dataTransfer.effectAllowed = "link";
}

/** Whether something that can be dropped is on its way. */
export function carries(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(KIND);
}

/** What was dropped; null for anything else. */
export function dropped(event: DragEvent): ParentValue | null {
  try {
    return JSON.parse(event.dataTransfer.getData(KIND)) as ParentValue;
  } catch {
    return null;
  }
}

/** Makes a stream a child of the one that a value comes from; null makes a new one. */
export function adopt(value: ParentValue, target: string | null): void {
  const definition = app.get().workbench?.definition;
  if (definition === undefined) return;
  const made = makeChild(definition, value, target);
  const name = made.definition.streams?.[made.index]?.name;
  if (name === undefined) return;
  setDefinition(made.definition);
  const partition = made.definition.streams?.[made.index]?.partitions?.at(-1);
  app.set({ stream: name, section: partition !== undefined && "inject" in partition && partition.inject != null ? "partitions" : "request", item: null, pane: "form" });
  toast(words.builder.adopted(name, value.parent));
}
