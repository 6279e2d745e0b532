import { RotateCcw } from "lucide-react";
import { useCallback, useState } from "react";
import { call, toProblem, type Problem, type WebhookDetail } from "../api";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { usePaced } from "../components/usePaced";
import { Sheet } from "../components/Sheet";
import { Ticked } from "../components/Ticked";
import { words } from "../strings";
import { StatusTag } from "./StatusTag";
import { said } from "../app/said";

/** While events come, the event is asked for this often at most, in milliseconds. */
const PACE = 250;
const REPLAYED = ["done", "unknown", "dead"];

/** One event with all that came, its verdict, and what to do with it. */
export function EventSheet({ connection, id, onClose, onChange }: { connection: string; id: number; onClose: () => void; onChange: () => void }) {
  const [detail, setDetail] = useState<WebhookDetail | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [unread, setUnread] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const news = useApp((state) => state.webhookNews);
  const load = useCallback(async () => {
    try {
      setDetail(await call("webhook_event", { event: id }));
      setUnread(null);
    } catch (thrown) {
      setUnread(toProblem(thrown));
    }
  }, [id]);
  const reload = usePaced(load, news, PACE);
  const replay = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await call("webhook_replay", { id: connection, event: id, statuses: [], wait: true });
      reload();
      onChange();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const may = detail !== null && REPLAYED.includes(detail.event.status);
  const actions = (
    <>
      {detail !== null && detail.body !== "" && <CopyButton text={() => detail.body} label={words.copy} />}
      {may && (
        <Button look="primary" icon={<RotateCcw className="icon" aria-hidden />} disabled={busy} data-testid="webhook-replay" onClick={() => void replay()}>
          {words.webhooks.replay}
        </Button>
      )}
    </>
  );
  return (
    <Sheet title={words.webhooks.openEvent(id)} size="large" onClose={onClose} actions={actions}>
      {problem !== null && <ProblemView problem={problem} />}
      {unread !== null && <ProblemView problem={unread} onRetry={reload} />}
      {detail === null && unread === null && <p className="dim">{words.working}</p>}
      {detail !== null && <Detail detail={detail} />}
    </Sheet>
  );
}

function Detail({ detail }: { detail: WebhookDetail }) {
  const { event } = detail;
  const headers = detail.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return (
    <div className="webhook-form" data-testid="webhook-detail" data-status={event.status}>
      <p>
        <StatusTag status={event.status} /> {event.event === "" ? words.webhooks.noName : event.event} · {words.webhooks.answered(event.answered)} ·{" "}
        {words.webhooks.attempts(event.attempts)}
      </p>
      {event.event_id !== "" && (
        <p className="dim">
          {words.webhooks.id} <code>{event.event_id}</code>
        </p>
      )}
      {event.reason != null && (
        <p data-testid="webhook-reason">
          {words.webhooks.reason}: <Ticked text={said(event.reason)} /> <code>{event.code}</code>
        </p>
      )}
      {event.expected != null && (
        <p data-testid="webhook-expected">
          {words.webhooks.expected}: {said(event.expected)}
        </p>
      )}
      {event.results.length > 0 && (
        <ul>
          {event.results.map((result) => (
            <li key={result.stream}>
              {words.webhooks.result(result.stream, result.new, result.updated, result.unchanged, result.deleted)}
              {result.faults.map((fault) => (
                <div key={fault} className="dim">
                  {fault}
                </div>
              ))}
            </li>
          ))}
        </ul>
      )}
      <h3>{words.webhooks.headers}</h3>
      <pre className="webhook-text mono" tabIndex={0} aria-label={words.webhooks.headers}>
        {headers === "" ? words.none : headers}
      </pre>
      <h3>{words.webhooks.body}</h3>
      <pre className="webhook-text mono" tabIndex={0} aria-label={words.webhooks.body} data-testid="webhook-body">
        {detail.body === "" ? words.webhooks.noBody : pretty(detail.body)}
      </pre>
    </div>
  );
}

/** JSON on several lines; anything else as it is. Numbers that JavaScript would change keep the text as it came. */
function pretty(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return JSON.stringify(value) === body ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
}
