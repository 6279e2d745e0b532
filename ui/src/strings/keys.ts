import { keyWordsDe } from "./de/keys";
import { inGerman } from "./language";

/** Every word of the list of keys beside those of the whole window. */
export const keyWords = {
  window: "Everywhere",
  find: "Go to the filter of what is in front",
  tree: {
    title: "In the connector's tree",
    move: "Go up and down",
    fold: "Unfold and fold",
    open: "Open",
    add: "Add to this list",
    rename: "Rename",
    duplicate: "Duplicate",
    order: "Move it up or down",
    remove: "Delete",
    menu: "What can be done",
  },
  grid: {
    title: "In tables of records and data",
    move: "Go from cell to cell",
    far: "Go to the edge",
    ends: "First and last column",
    page: "A page up or down",
    range: "Choose several cells",
    open: "Open the cell; sort, on a head",
    copy: "Copy",
    menu: "What can be done",
  },
  response: { title: "In the raw response", move: "Go up and down", fold: "Open and close", use: "Use the value", copy: "Copy its path" },
  mapping: { title: "In the mapping of columns", move: "The same part of the column above or below", next: "The next part", choose: "Choose the column" },
  yaml: { title: "In the YAML text", complete: "Complete", find: "Find", fold: "Fold", indent: "Indent", leave: "Leave the text" },
};

inGerman("keys", keyWords, keyWordsDe);
