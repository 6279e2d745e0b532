import { RefreshCw } from "lucide-react";
import type { ConnectionView } from "../api";
import { startSync } from "../app/sync";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { RunList } from "../run/RunList";
import { words } from "../strings";

/** A connection's runs, and the way to the next one. */
export function ConnectionRuns({ view }: { view: ConnectionView }) {
  const busy = useApp((state) => state.busy !== null);
  return (
    <section className="section">
      <div className="section-head">
        <p className="soft">
          {words.run.destination} <code>{view.destination}</code>
        </p>
        <Button look="primary" data-testid="sync-start" disabled={busy} icon={<RefreshCw className="icon" aria-hidden />} onClick={() => void startSync(view.id)}>
          {words.result.sync}
        </Button>
      </div>
      <RunList connection={view.id} streams={(view.definition.streams ?? []).map((stream) => stream.name)} empty={{ title: words.connection.noRuns, text: words.connection.noRunsText }} />
    </section>
  );
}
