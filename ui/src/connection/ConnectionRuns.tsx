import { RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { call, type ConnectionView, type RunSummary } from "../api";
import { startSync } from "../app/sync";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { RunRows } from "../home/RunRows";
import { words } from "../strings";

/** A connection's runs, and the way to the next one. */
export function ConnectionRuns({ view }: { view: ConnectionView }) {
  const [runs, setRuns] = useState<RunSummary[] | null>(null);
  const busy = useApp((state) => state.busy !== null);
  useEffect(() => {
    let here = true;
    call("runs", { id: view.id })
      .then((list) => here && setRuns(list))
      .catch(() => here && setRuns([]));
    return () => {
      here = false;
    };
  }, [view.id]);
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
      {runs?.length === 0 && (
        <EmptyState title={words.connection.noRuns}>
          <p>{words.connection.noRunsText}</p>
        </EmptyState>
      )}
      {runs !== null && runs.length > 0 && <RunRows runs={runs} />}
    </section>
  );
}
