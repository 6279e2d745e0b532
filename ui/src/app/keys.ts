import { useEffect } from "react";
import { go, goHome, show } from "./navigate";
import { app } from "./store";
import { redo, undo } from "./workbench";

/** The keys of the whole window. */
export function useKeys(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "F2" && !event.defaultPrevented) {
    rename(event);
    return;
  }
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const run = action(event);
  if (run === null) return;
  event.preventDefault();
  run();
}

function action(event: KeyboardEvent): (() => void) | null {
  const free = app.get().overlay === null;
  switch (event.key.toLowerCase()) {
    case "enter":
      return pressMain;
    case "/":
      return () => show({ name: "keys" });
    case "k":
      return () => show({ name: "palette" });
    case "l":
      return free ? focusBox : null;
    case "n":
      return free ? newConnector : null;
    case "s":
      return free ? shareNow : () => undefined;
    case "z":
      if (editsText(event.target)) return null;
      return () => void (event.shiftKey ? redo() : undo());
    case "y":
      return editsText(event.target) ? null : () => void redo();
    default:
      return null;
  }
}

/** Whether the element takes back its own typing. Fields of the definition leave that to the definition's undo. */
function editsText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("[data-app-undo]") !== null) return false;
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** Presses the next step of what is in front: of the sheet, if one is open. */
function pressMain(): void {
  const sheets = document.querySelectorAll(".scrim");
  const scope: ParentNode = sheets[sheets.length - 1] ?? document;
  scope.querySelector<HTMLButtonElement>("[data-main]:not(:disabled)")?.click();
}

/** Goes to the one box. */
export function focusBox(): void {
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

/** The connector that can be shared from where the person is. */
export function shareable(): string | null {
  const { workbench, view } = app.get();
  const there = view.name === "workbench" || view.name === "run" || view.name === "data";
  return there && workbench?.stage === "ready" ? workbench.id : null;
}

function rename(event: KeyboardEvent): void {
  const { home, overlay, workbench, view } = app.get();
  if (overlay !== null) return;
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-connector]") : null;
  const id = row?.dataset.connector ?? (view.name === "home" ? undefined : workbench?.id);
  const card = home?.connectors.find((each) => each.id === id);
  if (card === undefined) return;
  event.preventDefault();
  show({ name: "rename", id: card.id, title: card.title === "" ? card.name : card.title });
}

/** Goes to the settings. */
export function openSettings(): void {
  go({ name: "settings" });
}
