import { call, toProblem, type AppInfo, type Problem, type Theme } from "../api";
import { applyTheme } from "../app/start";
import { app, toast } from "../app/store";
import { saidOf } from "../app/said";

/** The parts of the settings, in order; each is a word of theirs. */
export const SETTINGS_PARTS = ["appearance", "shortcuts", "network", "runs", "folders", "about"] as const;
export type SettingsPart = (typeof SETTINGS_PARTS)[number];

/** The themes that can be chosen. */
export const THEMES: Theme[] = ["system", "light", "dark"];

/** Shows a theme at once, and keeps it. */
export async function setTheme(theme: Theme): Promise<void> {
  applyTheme(theme);
  await keepOrTell({ theme });
}

/** Keeps what was set, beside what else there is. What was refused is taken back, and its reason given. */
export async function keep(change: Partial<AppInfo["settings"]>): Promise<Problem | null> {
  const { info } = app.get();
  if (info === null) return null;
  const before = info.settings;
  const settings = { ...before, ...change };
  app.set({ info: { ...info, settings } });
  try {
    await call("settings_set", { settings });
    return null;
  } catch (thrown) {
    app.set((state) => ({ info: state.info === null ? null : { ...state.info, settings: before } }));
    return toProblem(thrown);
  }
}

/** The same where nothing can be wrong with the value itself: what fails is told at the window's edge. */
export async function keepOrTell(change: Partial<AppInfo["settings"]>): Promise<void> {
  const problem = await keep(change);
  if (problem !== null) toast(saidOf(problem).message, problem);
}
