import { Copy, Trash2 } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { call, toProblem, type ConnectionSettings as Settings, type ConnectionView, type InputAsk, type Problem } from "../api";
import { go, refreshHome, show } from "../app/navigate";
import { app, say, toast } from "../app/store";
import { Button } from "../components/Button";
import { ConnectionDestination } from "../destination/ConnectionDestination";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { SignIn } from "../forms/SignIn";
import { signsIn } from "../forms/signsIn";
import { KeyringLine } from "../open/KeyringLine";
import { TrustInput } from "../share/TrustInput";
import { words } from "../strings";
import "./settings.css";
import { said } from "../app/said";

const W = words.management.settings;

/** What can be set at a connection: its name, values and keys; where its records go; copies; the way out. */
export function ConnectionSettings({ view }: { view: ConnectionView }) {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    call("connection_settings", { id: view.id })
      .then((next) => here && setSettings(next))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [view.id]);
  if (settings === null) return problem === null ? null : <ProblemView problem={problem} />;
  return (
    <section className="connection-form" data-testid="connection-settings">
      <SettingsForm settings={settings} onSaved={setSettings} />
      {signsIn(view.definition.http?.auth) !== null && (
        <div className="section" data-testid="settings-sign-in">
          <h3>{words.signIn.title}</h3>
          <SignIn workbench={{ id: view.id, definition: view.definition }} />
        </div>
      )}
      <ConnectionDestination view={view} />
      <div className="section">
        <h3>{W.dangers}</h3>
        <div className="form-end">
        <Button icon={<Copy className="icon" aria-hidden />} data-testid="connection-duplicate" onClick={() => show({ name: "duplicate", id: settings.id, title: settings.name })}>
          {W.duplicate}
        </Button>
        <Button
          look="danger"
          icon={<Trash2 className="icon" aria-hidden />}
          data-testid="connection-delete"
          onClick={() => show({ name: "delete", id: settings.id, title: settings.name, kind: "connection" })}
        >
          {W.delete}
        </Button>
        </div>
      </div>
    </section>
  );
}

function SettingsForm({ settings, onSaved }: { settings: Settings; onSaved: (next: Settings) => void }) {
  const [name, setName] = useState(settings.name);
  const [given, setGiven] = useState<Record<string, string>>({});
  const [gone, setGone] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = (path: string) => {
    const found = problem?.faults?.find((each) => each.path === path);
    return found === undefined ? undefined : said(found.message);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const next = await call("connection_update", { id: settings.id, ...changes(settings, name, given, gone) });
      // What was typed meanwhile is not saved yet.
      setGiven((now) => unsaved(now, given));
      setGone((now) => now.filter((each) => !gone.includes(each)));
      setProblem(null);
      onSaved(next);
      if (next.not_kept != null) toast(W.notKept(next.not_kept));
      app.set((state) => ({ changed: state.changed + 1 }));
      void refreshHome();
      say(W.saved);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const dirty = name !== settings.name || Object.keys(given).length > 0 || gone.length > 0;
  return (
    <form className="stack" onSubmit={(event) => void save(event)} noValidate>
      <Field label={W.name} help={W.nameHelp} error={fault("name")}>
        {({ id, describedBy }) => <input id={id} className="input" value={name} aria-describedby={describedBy} data-testid="settings-name" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <h3>{W.values}</h3>
      {settings.inputs.length === 0 && <p className="soft">{W.noValues}</p>}
      {settings.inputs.map((ask) => (
        <div key={ask.name} className="stack">
          <TrustInput
            ask={gone.includes(ask.name) ? { ...ask, given: false } : ask}
            first={false}
            error={fault(`config.${ask.name}`)}
            value={given[ask.name] ?? (ask.type === "secret" || gone.includes(ask.name) ? "" : (ask.default ?? ""))}
            onChange={(value) => setGiven((before) => ({ ...before, [ask.name]: value }))}
          />
          {ask.type === "secret" && ask.given && !gone.includes(ask.name) && (
            <div>
              <Button look="quiet" data-testid={`settings-forget-${ask.name}`} onClick={() => setGone((before) => [...before, ask.name])}>
                {W.remove(ask.title === "" ? ask.name : ask.title)}
              </Button>
            </div>
          )}
        </div>
      ))}
      {settings.inputs.some((ask) => ask.type === "secret") && <KeyringLine host="" />}
      {problem !== null && <ProblemView problem={problem} />}
      <div>
        <Button type="submit" look="primary" data-testid="settings-save" disabled={busy || !dirty}>
          {W.save}
        </Button>
      </div>
    </form>
  );
}

/** What was given, without what was sent. */
export function unsaved(now: Record<string, string>, sent: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => sent[name] !== value));
}

/** What was touched, and nothing else. */
function changes(settings: Settings, name: string, given: Record<string, string>, gone: string[]) {
  const values: Record<string, string> = {};
  const secrets: Record<string, string> = Object.fromEntries(gone.map((each) => [each, ""]));
  const kind = (ask: InputAsk) => (ask.type === "secret" ? secrets : values);
  for (const ask of settings.inputs) {
    const value = given[ask.name];
    if (value !== undefined && (ask.type !== "secret" || value !== "")) kind(ask)[ask.name] = value;
  }
  return {
    values,
    secrets,
    ...(name === settings.name ? {} : { name }),
  };
}

/** Goes to a connection that was made. */
export function goToConnection(id: string): void {
  void refreshHome();
  go({ name: "connection", id, tab: "settings" });
}
