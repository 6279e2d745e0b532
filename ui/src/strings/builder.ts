import type { GroupName, ListName } from "../builder/rows";
import { builderWordsDe } from "./de/builder";
import { inGerman } from "./language";

/** Every word of the builder: the tree, the panes, the YAML view. */
export const builderWords = {
  tree: "Connector",
  filter: "Filter",
  filterLabel: "Filter the connector's parts",
  nothing: "Nothing has this in its name.",
  showTree: "Show the connector's parts",
  hideTree: "Hide the connector's parts",
  view: "View",
  table: "Table",
  form: "Form",
  yaml: "YAML",
  formTitle: "Definition",
  widthTree: "Width of the connector's parts",
  widthForm: "Width of the form",
  groups: { settings: "Connector", streams: "Streams", actions: "Actions", webhooks: "Webhooks", destinations: "Destinations" } satisfies Record<GroupName, string>,
  add: { streams: "Add a stream", actions: "Add an action", webhooks: "Add a webhook", destinations: "Add a destination" } satisfies Record<ListName, string>,
  empty: {
    streams: "No streams yet. Add one, or paste a URL into the box.",
    actions: "No actions yet: named calls that make, change or remove something.",
    webhooks: "No webhooks yet: events that the other system sends.",
    destinations: "No destinations yet: tables that are written to the API.",
  } satisfies Record<ListName, string>,
  one: { streams: "stream", actions: "action", webhooks: "webhook", destinations: "destination" } satisfies Record<ListName, string>,
  tryOut: {
    title: (name: string) => `Try ${name}`,
    accept: "Not accepted yet",
    acceptText: "A try needs a connection: its address, its key and its history. It is made when the connector is accepted.",
    faults: "The definition has faults. What is tried here is the last state without them.",
    missing: (names: string) => `Values are missing: ${names}.`,
    give: "Give them",
    there: "Try it out",
  },
  more: (name: string) => `More for ${name}`,
  menu: { rename: "Rename", duplicate: "Duplicate", up: "Move up", down: "Move down", remove: "Delete", read: "Read again" },
  rename: (name: string) => `New name of ${name}`,
  removed: (what: string, name: string) => `Deleted the ${what} ${name}. Undo brings it back.`,
  added: (what: string, name: string) => `Added the ${what} ${name}.`,
  keys: "Arrows move, Enter opens, Insert adds, Shift F10 shows what can be done, F2 renames, Ctrl D duplicates, Alt and arrows move it, Delete deletes.",
  faults: (n: number) => (n === 1 ? "1 fault" : `${n} faults`),
  unset: "not set",
  yamlFine: "No faults",
  yamlKeys: "Ctrl Space completes. Ctrl F finds. Escape, then Tab leaves the editor.",
  yamlFaults: (n: number, line: number | null) => `${n === 1 ? "1 fault" : `${n} faults`}${line === null ? "" : `, the first in line ${line}`}`,
  yamlDraft: "This text is no definition yet. It is kept as you typed it; the forms show the last state that could be read.",
  needed: "needed",
  adopted: (child: string, parent: string) => `${child} is read once for each record of ${parent}.`,
  textFault: (line: number | null) => `The text as typed is no definition${line === null ? "" : ` (line ${line})`}. What is shown is the last state that could be read.`,
  toText: "Go to the text",
  goTo: "Go to the field",
};

inGerman("builder", builderWords, builderWordsDe);
