import { create } from "zustand";
import { toProblem, type AppInfo, type AskValue, type Descriptors, type FolderLook, type Home, type Problem, type RunView, type StreamPreview, type Workbench } from "../api";
import type { ListName } from "../builder/rows";
import type { SettingsPart } from "../settings/settings";
import type { DroppedFile } from "./drop";
import { read } from "./kept";
import type { SignInView } from "./signIn";
import { saidOf } from "./said";

/** Where the person is. */
export type View =
  | { name: "home" }
  | { name: "workbench" }
  | { name: "run"; id: string }
  | { name: "data"; connection: string; title: string }
  | { name: "connection"; id: string; tab: string }
  | { name: "connections" }
  | { name: "settings"; part?: SettingsPart };

/** What stands between the tree of a connector and its test panel. */
export type Pane = "none" | "form" | "yaml";

/** The tabs of the test panel. */
export const PANEL_TABS = ["records", "mapping", "response", "request", "schema", "state", "log"] as const;
export type PanelTab = (typeof PANEL_TABS)[number];

/** What stands over the window. */
export type Overlay =
  | { name: "palette" }
  | { name: "keys" }
  | { name: "share"; id: string; save: boolean }
  | { name: "keyring" }
  | { name: "link"; url: string }
  | { name: "rename"; id: string; title: string }
  | { name: "delete"; id: string; title: string; kind?: "connector" | "connection" }
  | { name: "duplicate"; id: string; title: string }
  | { name: "workspace"; look: FolderLook }
  | { name: "tables"; id: string }
  | { name: "dropped"; files: DroppedFile[] }
  | { name: "value"; ask: AskValue; title: string }
  | { name: "versions"; id: string; title: string };

/** A code that a login waits for. */
export interface Asked {
  id: string;
  who: string;
  message: string;
}

/** Something long that goes on, with a way out. */
export interface Busy {
  /** Tells it from the one before: an answer of a left one is dropped. */
  token: number;
  message: string;
  /** The workbench that works, once it is known. */
  workbench: string;
  /** Whether what was done is shown when it is stopped. */
  keeps: boolean;
}

interface Toast {
  id: number;
  text: string;
  problem?: Problem;
  /** Whether it tells of an undo: the next one takes its place. */
  undo?: true;
}

export interface AppState {
  info: AppInfo | null;
  home: Home | null;
  view: View;
  overlay: Overlay | null;
  /** The text in the one box. Kept until it was opened with success. */
  box: string;
  workbench: Workbench | null;
  /** Previews of streams that are not the first, by name. */
  previews: Record<string, StreamPreview>;
  /** The stream that the test panel shows. */
  stream: string;
  runs: Record<string, RunView>;
  /** What definitions are edited by, once asked for. */
  forms: Descriptors | null;
  /** The part of the definition whose form is shown. */
  section: string;
  /** The one item of a list whose form is shown; null for a section. */
  item: { list: ListName; index: number } | null;
  /** What stands between the tree and the test panel. */
  pane: Pane;
  /** The test panel's tab. */
  tab: PanelTab;
  /** The page of the preview that is looked at. */
  page: number;
  /** A field to go to, once its form is drawn. */
  goal: { path: string; where: "form" | "mapping" } | null;
  /** The sign-in that goes on, or how the last one ended. */
  signIn: SignInView | null;
  /** Whether typed text is on its way: a form would show what was there before it. */
  typing: boolean;
  /** The codes that logins wait for, the oldest first. */
  asked: Asked[];
  busy: Busy | null;
  /** Why the last action of the view in front failed. */
  problem: Problem | null;
  toasts: Toast[];
  /** Counts what came to webhooks: whoever shows them asks again. */
  webhookNews: number;
  /** Whether the five steps are shown. */
  guide: boolean;
  /** Names of files that are held over the window. */
  dragged: string[];
  /** The size that the window is drawn in, in percent. */
  size: number;
  /** What the live region says. */
  said: string;
  /** Grows when connections or schedules change, so that views look anew. */
  changed: number;
}

export const useApp = create<AppState>(() => ({
  info: null,
  home: null,
  view: { name: "home" },
  overlay: null,
  box: "",
  workbench: null,
  previews: {},
  stream: "",
  runs: {},
  forms: null,
  section: "request",
  item: null,
  pane: "none",
  tab: "records",
  page: 0,
  goal: null,
  signIn: null,
  typing: false,
  asked: [],
  busy: null,
  problem: null,
  toasts: [],
  webhookNews: 0,
  guide: read("guide") !== "no",
  dragged: [],
  size: 100,
  said: "",
  changed: 0,
}));

/** The state, outside of components. */
export const app = {
  get: useApp.getState,
  set: useApp.setState,
};

/** The preview of the stream that is shown, where one was read. */
export function shownPreview({ workbench, stream, previews }: Pick<AppState, "workbench" | "stream" | "previews">) {
  return workbench?.preview?.stream === stream ? workbench.preview : previews[stream];
}

/** Says something to people who do not see the screen. */
export function say(text: string): void {
  app.set({ said: text });
}

let lastToast = 0;

/** Shows a line that goes away by itself. A problem stays until it is closed. */
export function toast(text: string, problem?: Problem, undo = false): void {
  lastToast += 1;
  const id = lastToast;
  const entry: Toast = { id, text, ...(problem === undefined ? {} : { problem }), ...(undo ? { undo: true as const } : {}) };
  // What is said again stands once.
  const others = (toasts: Toast[]) => toasts.filter((each) => each.text !== text);
  app.set((state) => ({ toasts: [...others(state.toasts).slice(-3), entry], said: text }));
  if (problem === undefined) setTimeout(() => dropToast(id), 6000);
}

/** Shows what was thrown. It stays until it is closed. */
export function toastFault(thrown: unknown): void {
  const problem = toProblem(thrown);
  toast(saidOf(problem).message, problem);
}

/** Takes a line away. */
export function dropToast(id: number): void {
  app.set((state) => ({ toasts: state.toasts.filter((each) => each.id !== id) }));
}
