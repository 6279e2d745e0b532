import { useCallback, useState } from "react";
import { call, toProblem, type ConnectionView, type Problem, type WebhooksView } from "../api";
import { useApp } from "../app/store";
import { AddThere } from "../builder/AddThere";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { usePaced } from "../components/usePaced";
import { words } from "../strings";
import { Addresses } from "./Addresses";
import { EventList } from "./EventList";
import { Listener } from "./Listener";
import "./webhooks.css";

/** While events come, what is shown is asked for this often at most, in milliseconds. */
const PACE = 250;

interface WebhooksPartProps {
  view: Pick<ConnectionView, "id" | "connector">;
  /** The one webhook that is shown. */
  only?: string;
  /** What changes where the webhooks may have changed. */
  turn?: string;
}

/** A connection's webhooks: the listener, the addresses, and what came. */
export function WebhooksPart({ view, only, turn }: WebhooksPartProps) {
  const [hooks, setHooks] = useState<WebhooksView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const news = useApp((state) => state.webhookNews);
  const load = useCallback(async () => {
    try {
      setHooks(await call("webhooks", { id: view.id }));
      setProblem(null);
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
    // Another turn is worth another look.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [view.id, turn]);
  const again = usePaced(load, news, PACE);
  if (hooks === null && problem !== null) return <ProblemView problem={problem} onRetry={again} />;
  if (hooks === null) return <p className="dim">{words.working}</p>;
  if (hooks.webhooks.length === 0)
    return (
      <EmptyState title={words.webhooks.none}>
        <p>{words.webhooks.noneText}</p>
        <AddThere connector={view.connector} list="webhooks" />
      </EmptyState>
    );
  const shown = hooks.webhooks.filter((each) => only === undefined || each.name === only);
  return (
    <div className="webhooks" data-testid="webhooks">
      {problem !== null && <ProblemView problem={problem} onRetry={again} />}
      <Listener status={hooks.listener} onChange={again} />
      <Addresses connection={view.id} webhooks={shown} />
      <EventList connection={view.id} counts={hooks.counts} only={only} />
    </div>
  );
}
