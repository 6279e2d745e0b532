import { nameWindow, type Definition } from "../api";
import { read, write } from "./kept";
import { useApp, type AppState } from "./store";
import { titleOf } from "./title";

const PROGRAM = "Tapwright";

/** What the window is called: what stands in it, with a dot where that was changed since it was exported. */
export function windowTitle(state: Pick<AppState, "view" | "workbench" | "runs" | "home">): string {
  const name = nameOf(state);
  if (name === "") return PROGRAM;
  const { view, workbench } = state;
  const changed = view.name === "workbench" && workbench !== null && isChanged(workbench.id, workbench.definition);
  return `${changed ? "• " : ""}${name} – ${PROGRAM}`;
}

function nameOf({ view, workbench, runs, home }: Pick<AppState, "view" | "workbench" | "runs" | "home">): string {
  switch (view.name) {
    case "workbench":
      return workbench === null ? "" : titleOf(workbench.definition);
    case "run":
      return runs[view.id]?.run.name ?? "";
    case "data":
      return view.title;
    case "connection":
      return (home?.connectors ?? []).flatMap((card) => card.connections).find((each) => each.id === view.id)?.name ?? "";
    default:
      return "";
  }
}

const marks = new WeakMap<Definition, string>();

/** A short mark of a definition: two of the same text have the same one. */
function markOf(definition: Definition): string {
  const known = marks.get(definition);
  if (known !== undefined) return known;
  const text = JSON.stringify(definition);
  let hash = 5381;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 33 + text.charCodeAt(at)) >>> 0;
  const mark = `${text.length}-${hash.toString(36)}`;
  marks.set(definition, mark);
  return mark;
}

/** Remembers a connector as it was exported. */
export function markExported(id: string, definition: Definition): void {
  write(`exported.${id}`, markOf(definition));
}

/** Whether a connector was changed since it was exported. One that never was is not known to be. */
export function isChanged(id: string, definition: Definition): boolean {
  const exported = read(`exported.${id}`);
  return exported !== null && exported !== markOf(definition);
}

/** Keeps the window's name true. Gives the way to stop. */
export function nameTheWindow(): () => void {
  let last = "";
  const tell = (state: AppState) => {
    const title = windowTitle(state);
    if (title === last) return;
    last = title;
    document.title = title;
    nameWindow(title);
  };
  tell(useApp.getState());
  return useApp.subscribe(tell);
}
