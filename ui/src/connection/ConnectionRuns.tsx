import type { ConnectionView } from "../api";
import { RunList } from "../run/RunList";
import { words } from "../strings";

/** A connection's runs, and the way to the next one. */
export function ConnectionRuns({ view }: { view: ConnectionView }) {
  return (
    <section className="section">
      <div className="section-head">
        <p className="soft">
          {words.run.destination} <code>{view.destination}</code>
        </p>
      </div>
      <RunList connection={view.id} streams={(view.definition.streams ?? []).map((stream) => stream.name)} empty={{ title: words.connection.noRuns, text: words.connection.noRunsText }} />
    </section>
  );
}
