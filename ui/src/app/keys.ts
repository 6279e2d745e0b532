import { useEffect } from "react";
import { chord, commandAt, type KeyCommand } from "./keymap";
import { go, goHome, show } from "./navigate";
import { app } from "./store";
import { redo, undo } from "./workbench";
import { step } from "./zoom";

/** The keys of the whole window. */
export function useKeys(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  const keys = chord(event);
  const command = keys === null || event.defaultPrevented ? null : commandAt(keys);
  const run = command === null ? null : action(command, event);
  if (run === null) return;
  event.preventDefault();
  run();
}

function action(command: KeyCommand, event: KeyboardEvent): (() => void) | null {
  const free = app.get().overlay === null;
  switch (command) {
    case "next":
      return pressMain;
    case "keys":
      return () => show({ name: "keys" });
    case "palette":
      return () => show({ name: "palette" });
    case "box":
      return free ? focusBox : null;
    case "new":
      return free ? newConnector : null;
    case "share":
      return free ? shareNow : saveShared;
    case "home":
      return free ? goHome : null;
    case "settings":
      return free ? openSettings : null;
    case "undo":
    case "redo":
      return editsText(event.target) ? null : () => void (command === "undo" ? undo() : redo());
    case "find":
      return free ? find(event) : null;
    case "larger":
      return () => step(1);
    case "smaller":
      return () => step(-1);
    case "usual":
      return () => step(0);
    case "rename":
      return rename(event);
  }
}

/** Inputs that nothing is typed into. */
const NO_TEXT = ["checkbox", "radio", "button", "submit", "range", "color", "file"];

/** Whether the element takes back its own typing. Fields of the definition leave that to the definition's undo. */
function editsText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("[data-app-undo], [data-own-undo]")?.hasAttribute("data-app-undo") === true) return false;
  return target.isContentEditable || target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !NO_TEXT.includes(target.type));
}

/** Presses the next step of what is in front: of the sheet, if one is open. */
function pressMain(): void {
  const sheets = document.querySelectorAll(".scrim");
  const scope: ParentNode = sheets[sheets.length - 1] ?? document;
  scope.querySelector<HTMLButtonElement>("[data-main]:not(:disabled)")?.click();
}

/** In the sheet that shares, the key saves what it shows. */
function saveShared(): void {
  document.querySelector<HTMLButtonElement>("[data-testid=share-save]:not(:disabled)")?.click();
}

/** Goes to the one box. */
function focusBox(): void {
  if (app.get().view.name !== "home") goHome();
  requestAnimationFrame(() => {
    const box = document.querySelector<HTMLTextAreaElement>("[data-testid=box]");
    box?.focus();
    box?.select();
  });
}

/** Goes to an empty box. */
export function newConnector(): void {
  app.set({ box: "" });
  focusBox();
}

/** Shows the share sheet, and saves at once where nothing stands against it. */
export function shareNow(): void {
  const id = shareable();
  if (id !== null) show({ name: "share", id, save: true });
}

/** The connector of a connection. */
function connectorOf(connection: string | undefined): string | null {
  const { home, workbench } = app.get();
  if (connection === undefined) return null;
  if (workbench?.connection === connection) return workbench.id;
  return home?.connectors.find((card) => card.connections.some((each) => each.id === connection))?.id ?? null;
}

/** The filter that belongs to where the person is: that of the nearest part around it. A tab without one has none. */
function filterAt(from: EventTarget | null): HTMLInputElement | null {
  let part = from instanceof HTMLElement && from !== document.body ? from : document.querySelector<HTMLElement>(".room");
  for (; part !== null; part = part.parentElement) {
    const found = part.querySelector<HTMLInputElement>("input[type=search]:not(:disabled)");
    if (found !== null || part.matches("[role=tabpanel].panel-body")) return found;
  }
  return null;
}

function find(event: KeyboardEvent): (() => void) | null {
  const filter = filterAt(event.target);
  if (filter === null) return null;
  return () => {
    filter.focus();
    filter.select();
  };
}

/** The connector that can be shared from where the person is. */
export function shareable(): string | null {
  const { workbench, view, runs } = app.get();
  if (view.name === "connection") return connectorOf(view.id);
  if (view.name === "data") return connectorOf(view.connection);
  if (view.name === "run") return connectorOf(runs[view.id]?.run.connection);
  return view.name === "workbench" && workbench?.stage === "ready" ? workbench.id : null;
}

function rename(event: KeyboardEvent): (() => void) | null {
  const { home, overlay, workbench, view } = app.get();
  if (overlay !== null) return null;
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-connector]") : null;
  const id = row?.dataset.connector ?? (view.name === "home" ? undefined : workbench?.id);
  const card = home?.connectors.find((each) => each.id === id);
  if (card === undefined) return null;
  return () => show({ name: "rename", id: card.id, title: card.title === "" ? card.name : card.title });
}

/** Goes to the settings. */
export function openSettings(): void {
  go({ name: "settings" });
}
