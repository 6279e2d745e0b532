import { RotateCcw, Webhook } from "lucide-react";
import { useCallback, useState } from "react";
import { call, toProblem, type Problem, type WebhookCount, type WebhookEvent, type WebhookStatus } from "../api";
import { clock } from "../app/format";
import { toast, useApp } from "../app/store";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { usePaced } from "../components/usePaced";
import { Ticked } from "../components/Ticked";
import { Segmented } from "../components/Segmented";
import { words } from "../strings";
import { EventSheet } from "./EventSheet";
import { StatusTag } from "./StatusTag";
import { said } from "../app/said";

type Filter = "all" | "dead" | "unknown" | "refused";
const STEP = 50;
/** While events come, the list is asked for this often at most, in milliseconds. */
const PACE = 250;

/** What came, newest first, live. */
export function EventList({ connection, counts, only }: { connection: string; counts: WebhookCount[]; only?: string | undefined }) {
  const [filter, setFilter] = useState<Filter>("all");
  const [events, setEvents] = useState<WebhookEvent[] | null>(null);
  const [size, setSize] = useState(STEP);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const news = useApp((state) => state.webhookNews);
  const load = useCallback(async () => {
    const statuses: WebhookStatus[] = filter === "all" ? [] : [filter];
    try {
      const found = await call("webhook_events", { id: connection, statuses, before: null, limit: size });
      setEvents(only === undefined ? found : found.filter((event) => event.webhook === only));
      setProblem(null);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  }, [connection, filter, size, only]);
  const reload = usePaced(load, news, PACE);
  const number = (status: WebhookStatus) => counts.find((each) => each.status === status)?.events ?? 0;
  const replayAll = async (status: WebhookStatus) => {
    setBusy(true);
    try {
      const done = await call("webhook_replay", { id: connection, event: null, statuses: [status], wait: true });
      toast(words.webhooks.replayed(done.filter((event) => event.status === "done").length, done.length));
      reload();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const again = filter === "dead" || filter === "unknown" ? filter : null;
  return (
    <section className="section" aria-labelledby="webhook-events">
      <div className="section-head">
        <h2 id="webhook-events">{words.webhooks.events}</h2>
        <div className="webhook-tools">
          <Segmented<Filter>
            label={words.webhooks.filter}
            value={filter}
            onChange={(next) => {
              setFilter(next);
              setSize(STEP);
            }}
            options={[
              { value: "all", label: words.webhooks.all, testId: "webhook-all" },
              { value: "dead", label: words.webhooks.number(words.webhooks.deadOnly, number("dead")), testId: "webhook-dead" },
              { value: "unknown", label: words.webhooks.number(words.webhooks.unknownOnly, number("unknown")), testId: "webhook-unknown" },
              { value: "refused", label: words.webhooks.number(words.webhooks.refusedOnly, number("refused")), testId: "webhook-refused" },
            ]}
          />
          {again !== null && number(again) > 0 && (
            <Button icon={<RotateCcw className="icon" aria-hidden />} disabled={busy} data-testid="webhook-replay-all" onClick={() => void replayAll(again)}>
              {words.webhooks.replayAll(number(again))}
            </Button>
          )}
        </div>
      </div>
      {problem !== null && <ProblemView problem={problem} onRetry={reload} />}
      {events?.length === 0 && (
        <EmptyState icon={<Webhook aria-hidden />} title={words.webhooks.noEvents}>
          <p>{words.webhooks.noEventsText}</p>
        </EmptyState>
      )}
      {events !== null && events.length > 0 && (
        <ul className="webhook-rows" data-testid="webhook-events">
          {events.map((event) => (
            <li key={event.id}>
              <EventRow event={event} onOpen={() => setOpen(event.id)} />
            </li>
          ))}
        </ul>
      )}
      {events !== null && events.length === size && (
        <Button look="quiet" onClick={() => setSize(Math.min(size + STEP, 500))} disabled={size >= 500}>
          {words.webhooks.more}
        </Button>
      )}
      {open !== null && <EventSheet connection={connection} id={open} onClose={() => setOpen(null)} onChange={reload} />}
    </section>
  );
}

function EventRow({ event, onOpen }: { event: WebhookEvent; onOpen: () => void }) {
  return (
    <button type="button" className="webhook-event" data-testid={`webhook-event-${event.id}`} data-status={event.status} data-code={event.code ?? ""} onClick={onOpen}>
      <StatusTag status={event.status} />
      <span className="webhook-name">{event.event === "" ? words.webhooks.noName : event.event}</span>
      <span className="webhook-why dim"><Ticked text={event.reason != null ? said(event.reason) : event.results.map(resultText).join(" · ")} /></span>
      <span className="dim num">
        {event.webhook} · {words.webhooks.answered(event.answered)} · {clock(event.received_at)}
      </span>
    </button>
  );
}

function resultText(result: WebhookEvent["results"][number]): string {
  return words.webhooks.result(result.stream, result.new, result.updated, result.unchanged, result.deleted);
}
