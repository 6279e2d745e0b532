import type { Definition, Descriptors, Stream } from "../api";
import { freeName, groupOf, makeKind } from "../forms/edit";
import { namesOf, type ListName } from "./rows";

type Item = { name: string };

function put(definition: Definition, list: ListName, all: Item[]): Definition {
  const next = { ...definition, [list]: all } as Definition;
  if (all.length === 0 && list !== "streams") delete next[list];
  return next;
}

function items(definition: Definition, list: ListName): Item[] {
  return [...((definition[list] ?? []) as Item[])];
}

const SINGULAR = { streams: "stream", actions: "action", webhooks: "webhook", destinations: "destination" } satisfies Record<ListName, string>;

/** A definition with one more item, and its place. */
export function add(definition: Definition, list: ListName, forms: Descriptors): { definition: Definition; index: number } {
  const name = freeName(SINGULAR[list], namesOf(definition, list));
  const before = items(definition, list);
  return { definition: put(definition, list, [...before, fresh(list, name, forms)]), index: before.length };
}

function fresh(list: ListName, name: string, forms: Descriptors): Item {
  if (list === "streams") return { name, request: { path: "" } } as Item;
  const section = forms.sections.find((each) => each.name === list);
  const kind = groupOf(forms, section?.fields[0]?.item?.group)?.kinds[0];
  const made = kind === undefined ? {} : makeKind(forms, kind);
  return { ...(made as object), name };
}

/** A definition with the same item again, under a free name. */
export function duplicate(definition: Definition, list: ListName, index: number): { definition: Definition; index: number } {
  const all = items(definition, list);
  const item = all[index];
  if (item === undefined) return { definition, index };
  const copy = { ...structuredClone(item), name: freeName(item.name, all.map((each) => each.name)) };
  return { definition: put(definition, list, all.toSpliced(index + 1, 0, copy)), index: index + 1 };
}

/** A definition without an item. */
export function remove(definition: Definition, list: ListName, index: number): Definition {
  return put(definition, list, items(definition, list).toSpliced(index, 1));
}

/** A definition with an item one place up or down; the same where it can't go further. */
export function move(definition: Definition, list: ListName, index: number, by: -1 | 1): Definition {
  const all = items(definition, list);
  const item = all[index];
  const to = index + by;
  if (item === undefined || to < 0 || to >= all.length) return definition;
  return put(definition, list, all.toSpliced(index, 1).toSpliced(to, 0, item));
}

/** A definition whose item has another name. What refers to a stream, or to an action, follows. */
export function rename(definition: Definition, list: ListName, index: number, name: string): Definition {
  const all = items(definition, list);
  const item = all[index];
  if (item === undefined || name === "" || item.name === name) return definition;
  const next = put(definition, list, all.with(index, { ...item, name }));
  if (list === "streams") return streamRenamed(next, item.name, name);
  return list === "actions" ? actionRenamed(next, item.name, name) : next;
}

function streamRenamed(definition: Definition, from: string, to: string): Definition {
  const next = { ...definition };
  const own = (stream: Stream): Stream => {
    const partitions = stream.partitions?.map((each) => (each.type === "parent" && each.stream === from ? { ...each, stream: to } : each));
    return partitions === undefined ? stream : { ...stream, partitions };
  };
  if (next.streams !== undefined) next.streams = next.streams.map(own);
  if (next.webhooks !== undefined)
    next.webhooks = next.webhooks.map((hook) =>
      hook.routes === undefined ? hook : { ...hook, routes: hook.routes.map((route) => (route.stream === from ? { ...route, stream: to } : route)) },
    );
  if (next.destinations !== undefined) next.destinations = next.destinations.map((each) => (each.stream === from ? { ...each, stream: to } : each));
  return next;
}

function actionRenamed(definition: Definition, from: string, to: string): Definition {
  if (definition.destinations === undefined) return definition;
  const call = <T extends { action: string }>(each: T | null | undefined) => (each?.action === from ? { ...each, action: to } : each);
  const destinations = definition.destinations.map((each) => {
    const next = { ...each };
    for (const when of ["create", "update", "delete"] as const) {
      const renamed = call(next[when]);
      if (renamed !== undefined) next[when] = renamed;
    }
    return next;
  });
  return { ...definition, destinations };
}
