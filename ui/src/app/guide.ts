import type { Outcome, Workbench } from "../api";
import { guideWords } from "../strings/guide";
import { read, write } from "./kept";
import { app, shownPreview, type AppState } from "./store";
import { markExported } from "./windowTitle";

const W = guideWords.missing;

/** The five steps, in order. */
export const STEPS = ["connect", "endpoints", "fields", "test", "share"] as const;
export type StepName = (typeof STEPS)[number];

/** How a step stands. */
export interface Step {
  name: StepName;
  done: boolean;
  /** What is missing; empty where nothing is. */
  missing: string;
}

/** What the steps are judged by. */
export interface Standing {
  workbench: Workbench;
  /** Records that the first pages of the shown stream gave; null where they were not read. */
  rows: number | null;
  /** How the last sync ended; null while it goes on; undefined before the first. */
  last: Outcome | null | undefined;
  /** Whether the definition was saved or copied. */
  shared: boolean;
}

/** How each of the five steps stands. */
export function stepsOf({ workbench, rows, last, shared }: Standing): Step[] {
  const connect = connecting(workbench);
  const inColumns = workbench.faults.filter((fault) => /\.fields(\[|$)/.test(fault.path)).length;
  const elsewhere = workbench.faults.length - inColumns + (workbench.text_faults ?? []).length;
  const missing: Record<StepName, string> = {
    connect,
    endpoints: connect !== "" ? W.before : reading(workbench, elsewhere, rows),
    fields: workbench.stage !== "ready" ? W.before : inColumns > 0 ? W.faults(inColumns) : workbench.accepted ? "" : W.accept,
    test: synced(workbench, last),
    share: shared ? "" : workbench.accepted ? W.share : W.before,
  };
  return STEPS.map((name) => ({ name, done: missing[name] === "", missing: missing[name] }));
}

function connecting({ stage, problem }: Workbench): string {
  if (stage === "ready") return problem?.kind === "auth" ? W.signIn : "";
  if (stage === "key") return W.key;
  if (stage === "trust") return W.trust;
  return stage === "tables" || stage === "endpoints" ? W.tables : W.failed;
}

function reading(workbench: Workbench, faults: number, rows: number | null): string {
  if ((workbench.definition.streams ?? []).length === 0) return W.stream;
  if (faults > 0) return W.faults(faults);
  if (rows === null) return workbench.accepted ? "" : W.unread;
  return rows === 0 && !workbench.accepted ? W.records : "";
}

function synced(workbench: Workbench, last: Outcome | null | undefined): string {
  if (!workbench.accepted || workbench.connection == null) return W.before;
  if (last === undefined) return W.sync;
  if (last === null) return W.going;
  return last === "done" || last === "limited" ? "" : W.synced;
}

/** The place of the step that is next: the first that is not done, or the last one. */
export function nextStep(steps: Step[]): number {
  const at = steps.findIndex((step) => !step.done);
  return at < 0 ? steps.length - 1 : at;
}

/** How things stand for the connector in front; null where there is none. */
export function standing(state: Pick<AppState, "workbench" | "stream" | "previews" | "home" | "runs">): Standing | null {
  const { workbench } = state;
  if (workbench === null) return null;
  const preview = shownPreview(state) ?? workbench.preview;
  return { workbench, rows: preview?.rows ?? null, last: lastRun(state)?.outcome, shared: read(`shared.${workbench.id}`) === "yes" };
}

/** The newest run of the connector in front that is known here. */
export function lastRun({ workbench, home, runs }: Pick<AppState, "workbench" | "home" | "runs">): { id: string; outcome: Outcome | null } | undefined {
  const connection = workbench?.connection;
  if (connection == null) return undefined;
  const card = (home?.connectors ?? []).flatMap((each) => each.connections).find((each) => each.id === connection)?.last_run;
  const known = [...Object.values(runs).map((view) => view.run).filter((run) => run.connection === connection), ...(card == null ? [] : [card])];
  const newest = known.toSorted((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at))[0];
  return newest === undefined ? undefined : { id: newest.id, outcome: newest.outcome ?? null };
}

/** Remembers that a connector was saved or copied, so that its last step is done. */
export function markShared(id: string): void {
  write(`shared.${id}`, "yes");
  const { workbench } = app.get();
  if (workbench?.id !== id) return;
  markExported(id, workbench.definition);
  // The title follows.
  app.set({ workbench: { ...workbench } });
}

/** Shows the five steps from now on, or no more. */
export function setGuide(shown: boolean): void {
  write("guide", shown ? "yes" : "no");
  app.set({ guide: shown });
}
