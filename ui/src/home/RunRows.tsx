import type { RunSummary } from "../api";
import { ago } from "../app/format";
import { countsText, openRun } from "../app/sync";
import { OutcomeTag } from "../components/OutcomeTag";
import { words } from "../strings";
import "./home.css";

/** Runs, newest first; a click opens one. */
export function RunRows({ runs, named, current }: { runs: RunSummary[]; named?: boolean; current?: string }) {
  return (
    <ul className="rows">
      {runs.map((run) => (
        <li key={run.id} className="row">
          <button
            type="button"
            className="row-main run"
            aria-current={run.id === current ? "true" : undefined}
            aria-label={named ? undefined : words.run.open(ago(run.started_at))}
            onClick={() => void openRun(run.id)}
          >
            <OutcomeTag outcome={run.outcome} />
            {named && <span className="row-title">{run.name}</span>}
            <span className="row-sub num">{countsText({ run })}</span>
            <span className="row-end dim">{ago(run.started_at)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
