import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { type Language } from "../api";
import { setGuide } from "../app/guide";
import { comeBackToSettings, show } from "../app/navigate";
import { useApp } from "../app/store";
import { flushEdit } from "../app/workbench";
import { setSize, SIZES } from "../app/zoom";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { Segmented } from "../components/Segmented";
import { words } from "../strings";
import { speak } from "../strings/language";
import { guideWords } from "../strings/guide";
import { settingsWords } from "../strings/settings";
import { AboutTapwright } from "./AboutTapwright";
import { NetworkPart } from "./NetworkPart";
import { SafeRendering } from "./SafeRendering";
import { ShortcutsPart } from "./ShortcutsPart";
import { keepOrTell, setTheme, THEMES, type SettingsPart } from "./settings";
import "./settings.css";
import { said } from "../app/said";

const LANGUAGES: Language[] = ["system", "en", "de"];

/** What can be set, and the facts of this app. */
export function SettingsView() {
  const info = useApp((state) => state.info);
  const guide = useApp((state) => state.guide);
  const size = useApp((state) => state.size);
  if (info === null) return null;
  const offer = info.keyring.kind === "none" ? words.settings.make : info.keyring.kind === "file_locked" ? words.settings.unlock : null;
  return (
    <div className="page narrow">
      <h1>{words.settings.title}</h1>
      <Part name="appearance">
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
          <dt>{settingsWords.size}</dt>
          <dd>
            <select className="input size-choice" aria-label={settingsWords.size} data-testid="size" value={size} onChange={(event) => void setSize(Number(event.target.value))}>
              {SIZES.map((percent) => (
                <option key={percent} value={percent}>
                  {settingsWords.sizeIs(percent)}
                </option>
              ))}
            </select>
          </dd>
          <dt>{guideWords.setting}</dt>
          <dd>
            <label className="check">
              <input type="checkbox" data-testid="guide-shown" checked={guide} onChange={(event) => setGuide(event.target.checked)} /> {guideWords.settingHelp}
            </label>
          </dd>
          <dt>{settingsWords.safe}</dt>
          <dd>
            <SafeRendering />
          </dd>
        </dl>
      </Part>
      <Part name="shortcuts">
        <ShortcutsPart />
      </Part>
      <Part name="network">
        <NetworkPart settings={info.settings} />
      </Part>
      <Part name="runs">
        <dl className="settings">
          <dt>{words.management.schedule.setting}</dt>
          <dd>
            <label className="check">
              <input
                type="checkbox"
                data-testid="run-schedules"
                checked={info.settings.run_schedules}
                onChange={(event) => void keepOrTell({ run_schedules: event.target.checked })}
              />{" "}
              {words.management.schedule.settingHelp}
            </label>
            <label className="check">
              {words.management.schedule.atOnce}{" "}
              <AtOnce kept={info.settings.runs_at_once} />
            </label>
          </dd>
        </dl>
      </Part>
      <Part name="folders">
        <dl className="settings">
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
              {said(info.keyring.message)}
            </p>
            {offer !== null && (
              <Button data-testid="keyring-open" onClick={() => show({ name: "keyring" })}>
                {offer}
              </Button>
            )}
          </dd>
        </dl>
      </Part>
      <Part name="about">
        <AboutTapwright />
      </Part>
    </div>
  );
}

/** How many runs go on at once. What is typed on the way to a number stays as it is typed. */
function AtOnce({ kept }: { kept: number }) {
  const [text, setText] = useState<string | null>(null);
  return (
    <input
      className="input settings-few"
      type="number"
      data-testid="runs-at-once"
      min={1}
      max={64}
      value={text ?? kept}
      onChange={(event) => {
        setText(event.target.value);
        const most = event.target.valueAsNumber;
        if (Number.isInteger(most) && most >= 1 && most <= 64) void keepOrTell({ runs_at_once: most });
      }}
      onBlur={() => setText(null)}
    />
  );
}

function Part({ name, children }: { name: SettingsPart; children: ReactNode }) {
  const id = useId();
  const head = useRef<HTMLHeadingElement>(null);
  const view = useApp((state) => state.view);
  useEffect(() => {
    // Somebody asked for this part by its name, maybe for the second time.
    if (view.name !== "settings" || view.part !== name) return;
    head.current?.scrollIntoView?.({ block: "start" });
    head.current?.focus({ preventScroll: true });
  }, [view, name]);
  return (
    <section className="section settings-section" aria-labelledby={id}>
      <h2 ref={head} id={id} tabIndex={-1} data-testid={`settings-${name}`}>
        {settingsWords[name]}
      </h2>
      {children}
    </section>
  );
}

/** Kept first: the page is loaded anew to speak it. */
async function setLanguage(language: Language): Promise<void> {
  await flushEdit();
  await keepOrTell({ language });
  comeBackToSettings();
  speak(language);
}
