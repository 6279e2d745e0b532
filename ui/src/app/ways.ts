import { addFirst, goToField, showPane } from "../builder/go";
import { guideWords } from "../strings/guide";
import { lastRun, type StepName } from "./guide";
import { go, show } from "./navigate";
import { app, say, type Pane, type PanelTab } from "./store";
import { openRun, startSync } from "./sync";

/** Puts the focus on what is drawn next. */
export function focusSoon(selector: string, tries = 20): void {
  requestAnimationFrame(() => {
    const found = document.querySelector<HTMLElement>(selector);
    if (found !== null) found.focus();
    else if (tries > 0) focusSoon(selector, tries - 1);
  });
}

/** Goes to the connector's table, form or text, with the focus in it. */
export function toPane(pane: Pane): void {
  go({ name: "workbench" });
  showPane(pane);
  if (pane === "none") focusSoon("[data-testid=connector-tree]");
  else focusSoon(`[data-testid=builder-pane] ${pane === "yaml" ? ".cm-content" : ":is(input, select, textarea, button)"}`);
}

/** Goes to a tab of the test panel; where there is no room beside the form, in its place. */
export function toTab(tab: PanelTab): void {
  go({ name: "workbench" });
  const narrow = document.querySelector(".builder.narrow") !== null;
  app.set((state) => ({ tab, pane: narrow ? "none" : state.pane }));
  focusSoon(`#test-panel-${tab}`);
}

/** Goes to where a step is done. Any of them, once the first is; each changes nothing by itself but the test. */
export async function goToStep(step: StepName): Promise<void> {
  const { workbench, stream, home, runs } = app.get();
  if (workbench === null) return;
  const { definition, faults, connection } = workbench;
  if (workbench.stage !== "ready") {
    if (step !== "connect") say(guideWords.missing.before);
    go({ name: "workbench" });
    return focusSoon(".room :is(input:not([type=checkbox]), textarea, [data-main]):not(:disabled)");
  }
  const inColumns = (path: string) => /\.fields(\[|$)/.test(path);
  const at = Math.max(0, (definition.streams ?? []).findIndex((each) => each.name === stream));
  switch (step) {
    case "connect":
      go({ name: "workbench" });
      return goToField(definition.http == null ? `streams[${at}].source` : "http.auth");
    case "endpoints": {
      go({ name: "workbench" });
      if ((definition.streams ?? []).length === 0) return addFirst("streams");
      return goToField(faults.find((fault) => !inColumns(fault.path))?.path ?? `streams[${at}].${definition.http == null ? "source" : "request.path"}`);
    }
    case "fields": {
      const fault = faults.find(({ path }) => inColumns(path));
      if (fault === undefined) return toTab("mapping");
      go({ name: "workbench" });
      return goToField(fault.path);
    }
    case "test": {
      const last = lastRun({ workbench, home, runs });
      if (last !== undefined && (last.outcome === null || last.outcome === "done" || last.outcome === "limited")) return openRun(last.id);
      if (workbench.accepted && connection != null && faults.length === 0) return startSync(connection);
      go({ name: "workbench" });
      return faults.length > 0 ? goToField(faults[0]?.path ?? "") : focusSoon("[data-testid=accept]");
    }
    case "share":
      return show({ name: "share", id: workbench.id, save: false });
  }
}
