import { X } from "lucide-react";
import { useState, type FormEvent } from "react";
import { pickCertificate, toProblem, type AppInfo, type Problem } from "../api";
import { say } from "../app/store";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { settingsWords as words } from "../strings/settings";
import { keep } from "./settings";

/** How the network is reached: proxy, certificates, and how large an answer may be. */
export function NetworkPart({ settings }: { settings: AppInfo["settings"] }) {
  const [proxy, setProxy] = useState(settings.proxy);
  const [mib, setMib] = useState(settings.response_mib?.toString() ?? "");
  const [path, setPath] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = async (next: Partial<AppInfo["settings"]>) => {
    const refused = await keep(next);
    setProblem(refused);
    if (refused === null) say(words.kept);
    return refused === null;
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void change({ proxy: proxy.trim(), response_mib: mib.trim() === "" ? null : Number(mib) });
  };
  const add = async (file: string) => {
    if (file.trim() !== "" && (await change({ certificates: [...settings.certificates, file.trim()] }))) setPath("");
  };
  const choose = async () => {
    try {
      const file = await pickCertificate();
      if (file !== null) await add(file);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  const changed = proxy.trim() !== settings.proxy || mib.trim() !== (settings.response_mib?.toString() ?? "");
  return (
    <div className="settings-part">
      <form className="stack" onSubmit={save}>
        <Field label={words.proxy} help={words.proxyHelp}>
          {({ id, describedBy }) => (
            <input id={id} aria-describedby={describedBy} className="input mono" data-testid="proxy" spellCheck={false} value={proxy} onChange={(event) => setProxy(event.target.value)} />
          )}
        </Field>
        <Field label={`${words.answer} (${words.answerUnit})`} help={words.answerHelp}>
          {({ id, describedBy }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              className="input num settings-number"
              type="number"
              min={1}
              max={4096}
              placeholder="64"
              data-testid="response-mib"
              value={mib}
              onChange={(event) => setMib(event.target.value)}
            />
          )}
        </Field>
        <div className="form-end">
          <Button type="submit" data-testid="network-save" disabled={!changed}>
            {words.save}
          </Button>
        </div>
      </form>
      <div className="stack">
        <Field label={words.certificates} help={words.certificatesHelp}>
          {({ id, describedBy }) => (
            <div className="settings-add">
              <input
                id={id}
                aria-describedby={describedBy}
                className="input mono"
                data-testid="certificate"
                placeholder={words.certificatePath}
                spellCheck={false}
                value={path}
                onChange={(event) => setPath(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") void add(path);
                }}
              />
              <Button data-testid="certificate-add" disabled={path.trim() === ""} onClick={() => void add(path)}>
                {words.add}
              </Button>
              <Button look="quiet" onClick={() => void choose()}>
                {words.choose}
              </Button>
            </div>
          )}
        </Field>
        {settings.certificates.length > 0 && (
          <ul className="lines mono" data-testid="certificates">
            {settings.certificates.map((file) => (
              <li key={file} className="settings-add">
                {file}
                <Button
                  look="quiet"
                  icon={<X className="icon" aria-hidden />}
                  aria-label={words.remove(file)}
                  onClick={() => void change({ certificates: settings.certificates.filter((each) => each !== file) })}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      {problem !== null && <ProblemView problem={problem} />}
    </div>
  );
}
