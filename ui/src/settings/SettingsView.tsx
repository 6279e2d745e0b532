import { call, toProblem, type AppInfo, type Language, type Theme } from "../api";
import { show } from "../app/navigate";
import { applyTheme } from "../app/start";
import { app, toast, useApp } from "../app/store";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { Segmented } from "../components/Segmented";
import { words } from "../strings";
import { speak } from "../strings/language";
import "./settings.css";

const THEMES: Theme[] = ["system", "light", "dark"];
const LANGUAGES: Language[] = ["system", "en", "de"];

/** What can be set, and the facts of this app. */
export function SettingsView() {
  const info = useApp((state) => state.info);
  if (info === null) return null;
  const offer = info.keyring.kind === "none" ? words.settings.make : info.keyring.kind === "file_locked" ? words.settings.unlock : null;
  return (
    <div className="page narrow">
      <h1>{words.settings.title}</h1>
      <dl className="settings">
        <dt>{words.settings.theme}</dt>
        <dd>
          <Segmented
            label={words.settings.theme}
            value={info.settings.theme}
            options={THEMES.map((value) => ({ value, label: words.settings.themes[value], testId: `theme-${value}` }))}
            onChange={(theme) => void setTheme(theme)}
          />
        </dd>
        <dt>{words.settings.language}</dt>
        <dd>
          <Segmented
            label={words.settings.language}
            value={info.settings.language}
            options={LANGUAGES.map((value) => ({ value, label: words.settings.languages[value], testId: `language-${value}` }))}
            onChange={(language) => void setLanguage(language)}
          />
        </dd>
        <dt>{words.management.schedule.setting}</dt>
        <dd>
          <label className="check">
            <input type="checkbox" data-testid="run-schedules" checked={info.settings.run_schedules} onChange={(event) => void keep({ run_schedules: event.target.checked })} />{" "}
            {words.management.schedule.settingHelp}
          </label>
          <label className="check">
            {words.management.schedule.atOnce}{" "}
            <input
              type="number"
              data-testid="runs-at-once"
              min={1}
              max={64}
              value={info.settings.runs_at_once}
              onChange={(event) => {
                const most = event.target.valueAsNumber;
                if (Number.isInteger(most) && most >= 1 && most <= 64) void keep({ runs_at_once: most });
              }}
            />
          </label>
        </dd>
        <dt>{words.settings.folder}</dt>
        <dd>
          <span className="path">
            <code data-testid="data-dir">{info.data_dir}</code>
            <CopyButton bare look="quiet" text={() => info.data_dir} label={words.copy} />
          </span>
          <p className="dim">{words.settings.folderHelp}</p>
        </dd>
        <dt>{words.settings.keyring}</dt>
        <dd>
          <p data-testid="keyring-status" data-kind={info.keyring.kind}>
            {info.keyring.message}
          </p>
          {offer !== null && (
            <Button data-testid="keyring-open" onClick={() => show({ name: "keyring" })}>
              {offer}
            </Button>
          )}
        </dd>
        <dt>{words.settings.version}</dt>
        <dd className="num">{info.version}</dd>
      </dl>
    </div>
  );
}

async function setTheme(theme: Theme): Promise<void> {
  applyTheme(theme);
  await keep({ theme });
}

/** Kept first: the page is loaded anew to speak it. */
async function setLanguage(language: Language): Promise<void> {
  await keep({ language });
  speak(language);
}

/** Keeps what was set, beside what else there is. */
async function keep(change: Partial<AppInfo["settings"]>): Promise<void> {
  const { info } = app.get();
  if (info === null) return;
  const settings = { ...info.settings, ...change };
  app.set({ info: { ...info, settings } });
  try {
    await call("settings_set", { settings });
  } catch (thrown) {
    const problem = toProblem(thrown);
    toast(problem.message, problem);
  }
}
