import { useState } from "react";
import { call, toProblem, type Problem, type WebhookInfo, type WebhookTested } from "../api";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";

/** Signs a test event by the webhook's own rules and sends it. */
export function TestSheet({ connection, webhook, onClose }: { connection: string; webhook: WebhookInfo; onClose: () => void }) {
  const [sample, setSample] = useState(webhook.samples[0] ?? "");
  const [payload, setPayload] = useState("");
  const [event, setEvent] = useState("");
  const [url, setUrl] = useState("");
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<WebhookTested | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (dryRun: boolean) => {
    setBusy(true);
    setProblem(null);
    setTested(null);
    const own = payload.trim() !== "";
    try {
      setTested(
        await call("webhook_test", {
          id: connection,
          webhook: webhook.name,
          sample: sample === "" ? null : sample,
          payload: own ? payload : null,
          event: event === "" ? null : event,
          url: url.trim() === "" ? null : url.trim(),
          dry_run: dryRun,
        }),
      );
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const actions = (
    <>
      <Button disabled={busy} data-testid="webhook-dry" onClick={() => void send(true)}>
        {words.webhooks.dry}
      </Button>
      <Button look="primary" main disabled={busy} data-testid="webhook-send" onClick={() => void send(false)}>
        {words.webhooks.send}
      </Button>
    </>
  );
  return (
    <Sheet title={words.webhooks.testTitle(webhook.name)} size="large" onClose={onClose} actions={actions}>
      <div className="webhook-form">
        <Field label={words.webhooks.sample}>
          {({ id }) => (
            <select id={id} className="input" data-testid="webhook-sample" value={sample} onChange={(change) => setSample(change.target.value)}>
              {webhook.samples.length === 0 && <option value="">{words.webhooks.noSample}</option>}
              {webhook.samples.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={words.webhooks.payload} help={words.webhooks.payloadHelp}>
          {({ id, describedBy }) => (
            <textarea id={id} className="input mono" rows={4} aria-describedby={describedBy} data-testid="webhook-payload" value={payload} onChange={(change) => setPayload(change.target.value)} />
          )}
        </Field>
        <Field label={words.webhooks.eventName} help={words.webhooks.eventHelp}>
          {({ id, describedBy }) => <input id={id} className="input" aria-describedby={describedBy} value={event} onChange={(change) => setEvent(change.target.value)} />}
        </Field>
        <Field label={words.webhooks.url} help={words.webhooks.urlHelp}>
          {({ id, describedBy }) => <input id={id} className="input mono" aria-describedby={describedBy} data-testid="webhook-target" value={url} onChange={(change) => setUrl(change.target.value)} />}
        </Field>
        {busy && <p role="status">{words.working}</p>}
        {problem !== null && <ProblemView problem={problem} />}
        {tested !== null && <Tested tested={tested} />}
      </div>
    </Sheet>
  );
}

function Tested({ tested }: { tested: WebhookTested }) {
  const lines = [`${tested.method} ${tested.url}`, ...tested.headers.map(([name, value]) => `${name}: ${value}`), "", tested.body];
  const answer = tested.status == null ? words.webhooks.shown : `${words.webhooks.sent(tested.status)} ${tested.answer ?? ""}`;
  return (
    <div role="status" data-testid="webhook-tested" data-status={tested.status ?? "none"}>
      <p>{answer}</p>
      <pre className="webhook-text mono" tabIndex={0} aria-label={words.webhooks.body}>
        {lines.join("\n")}
      </pre>
    </div>
  );
}
