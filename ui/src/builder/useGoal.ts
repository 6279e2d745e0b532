import { useEffect, type RefObject } from "react";
import { app, useApp } from "../app/store";

const REACHABLE = "input:not(:disabled), select:not(:disabled), textarea:not(:disabled), .cm-content, button:not(:disabled)";
/** How many frames the form may take to be drawn. */
const TRIES = 20;

/** Puts the focus on the field that somebody wants to go to, as soon as its form, or its row, is drawn. */
export function useGoal(box: RefObject<HTMLElement | null>, where: "form" | "mapping"): void {
  const goal = useApp((state) => state.goal);
  useEffect(() => {
    if (goal?.where !== where) return;
    let tries = 0;
    let frame = 0;
    const look = () => {
      tries += 1;
      const found = box.current === null ? null : nearest(box.current, goal.path, tries >= TRIES);
      if (found === null && tries < TRIES) {
        frame = requestAnimationFrame(look);
        return;
      }
      app.set({ goal: null });
      if (found !== null) reach(found);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [goal, box, where]);
}

function reach(found: HTMLElement): void {
  for (let more = found.closest("details"); more !== null; more = more.parentElement?.closest("details") ?? null) more.open = true;
  found.scrollIntoView?.({ block: "center" });
  // A row of the mapping is reached by its name.
  const control = found.matches(REACHABLE) ? found : (found.querySelector<HTMLElement>("[data-column=name]") ?? found.querySelector<HTMLElement>(REACHABLE));
  (control ?? found).focus();
}

/** The element of a path; at the last try that of the nearest place that holds it. */
function nearest(box: HTMLElement, path: string, last: boolean): HTMLElement | null {
  for (let at = path; at !== ""; at = parent(at)) {
    const name = at.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
    const found = box.querySelector<HTMLElement>(`[data-path="${name}"], [data-testid="form-${name}"]`);
    if (found !== null || !last) return found;
  }
  return null;
}

/** The place that holds the one of a path. */
export function parent(path: string): string {
  return path.replace(/(\.[^.[\]]+|\[[^\]]*\]|^[^.[\]]+)$/, "");
}
