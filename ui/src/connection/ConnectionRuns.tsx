import { RefreshCw } from "lucide-react";
import type { ConnectionView } from "../api";
import { useApp } from "../app/store";
import { startSync } from "../app/sync";
import { Button } from "../components/Button";
import { RunList } from "../run/RunList";
import { words } from "../strings";
import { dataWords } from "../strings/data";

/** The way to the first run, where there is none. */
function FirstSync({ connection }: { connection: string }) {
  const busy = useApp((state) => state.busy !== null);
  return (
    <Button look="primary" data-testid="runs-sync" disabled={busy} icon={<RefreshCw className="icon" aria-hidden />} onClick={() => void startSync(connection)}>
      {dataWords.sync}
    </Button>
  );
}

/** A connection's runs, and the way to the next one. */
export function ConnectionRuns({ view }: { view: ConnectionView }) {
  return (
    <section className="section">
      <div className="section-head">
        <p className="soft">
          {words.run.destination} <code>{view.destination}</code>
        </p>
      </div>
      <RunList connection={view.id} streams={(view.definition.streams ?? []).map((stream) => stream.name)} empty={{ title: words.connection.noRuns, text: words.connection.noRunsText, action: <FirstSync connection={view.id} /> }} />
    </section>
  );
}
