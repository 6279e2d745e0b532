import { Play, Square } from "lucide-react";
import { useState } from "react";
import { call, toProblem, type ListenStatus, type Problem } from "../api";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { said } from "../app/said";
import { words } from "../strings";

const USUAL = { address: "127.0.0.1", port: "47114" };

/** Starts and stops the listener of this program. */
export function Listener({ status, onChange }: { status: ListenStatus; onChange: () => void }) {
  const [address, setAddress] = useState(USUAL.address);
  const [port, setPort] = useState(USUAL.port);
  const [remote, setRemote] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: Promise<ListenStatus>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work;
      onChange();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const number = Number(port);
  const fits = port.trim() !== "" && Number.isInteger(number) && number >= 0 && number <= 65535;
  const start = () => run(call("listen_start", { address, port: number, allow_remote: remote }));
  return (
    <section className="section" aria-labelledby="webhook-listener">
      <div className="section-head">
        <h2 id="webhook-listener">{words.webhooks.listener}</h2>
        {status.listening ? (
          <Button icon={<Square className="icon" aria-hidden />} disabled={busy} data-testid="listen-stop" onClick={() => void run(call("listen_stop", {}))}>
            {words.webhooks.stop}
          </Button>
        ) : (
          <Button look="primary" icon={<Play className="icon" aria-hidden />} disabled={busy || !fits} data-testid="listen-start" onClick={() => void start()}>
            {words.webhooks.start}
          </Button>
        )}
      </div>
      <p className="soft" role="status" data-testid="listen-status">
        {status.url == null ? words.webhooks.off : words.webhooks.on(status.url)}
      </p>
      {status.warning != null && <p className="note warn">{said(status.warning)}</p>}
      {!status.listening && (
        <div className="webhook-where">
          <Field label={words.webhooks.address} help={words.webhooks.addressHelp}>
            {({ id, describedBy }) => (
              <input id={id} className="input mono" aria-describedby={describedBy} data-testid="listen-address" value={address} onChange={(event) => setAddress(event.target.value)} />
            )}
          </Field>
          <Field label={words.webhooks.port}>
            {({ id }) => <input id={id} className="input mono" inputMode="numeric" data-testid="listen-port" value={port} onChange={(event) => setPort(event.target.value)} />}
          </Field>
          <label className="webhook-remote">
            <input type="checkbox" data-testid="listen-remote" checked={remote} onChange={(event) => setRemote(event.target.checked)} /> {words.webhooks.remote}
          </label>
        </div>
      )}
      {problem !== null && <ProblemView problem={problem} />}
    </section>
  );
}
