import { Database, RotateCcw, Share2, Square } from "lucide-react";
import { useState } from "react";
import { call, type Problem, type RunView } from "../api";
import { duration } from "../app/format";
import { go, show } from "../app/navigate";
import { toastFault, useApp } from "../app/store";
import { countsText, startSync } from "../app/sync";
import { Button } from "../components/Button";
import { OutcomeTag } from "../components/OutcomeTag";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";
import { runWords } from "../strings/runs";
import { Charts } from "./Charts";
import { ResumeNote, useResume } from "./ResumeNote";
import { RunErrors } from "./RunErrors";
import { RunHistory } from "./RunHistory";
import { RunNews } from "./RunNews";
import { RunProof } from "./RunProof";
import { RunLog } from "./RunLog";
import { SyncLines } from "./SyncLines";
import { StreamProgress } from "./StreamProgress";
import { language } from "../strings/language";
import "./run.css";

/** One sync: as it goes, and how it ended. */
export function RunRoom({ id }: { id: string }) {
  const view = useApp((state) => state.runs[id]);
  const later = useApp((state) => state.problem);
  return view === undefined ? null : <Run view={view} later={later} />;
}

function Run({ view, later }: { view: RunView; later: Problem | null }) {
  const ended = view.run.outcome != null;
  const resume = useResume(view);
  const { id } = view.run;
  return (
    <div className="page" data-testid="run-view">
      <header className="section-head run-head">
        <div>
          <h1>{view.run.name === "" ? words.run.title : view.run.name}</h1>
          <OutcomeTag outcome={view.run.outcome} testId="run-outcome" />
        </div>
        <Ways view={view} ended={ended} goesOn={resume?.goes_on === true} />
      </header>
      {later !== null && <ProblemView problem={later} />}
      <Numbers view={view} ended={ended} />
      {ended && (
        <p className="run-sum num" data-testid="run-counts" data-new={view.run.counts.new} data-updated={view.run.counts.updated} data-unchanged={view.run.counts.unchanged}>
          {countsText(view)}
        </p>
      )}
      {ended && <RunProof view={view} />}
      <RunNews view={view} />
      {view.streams.map((stream) => (
        <StreamProgress key={stream.stream} stream={stream} rate={view.rate} alone={view.streams.length === 1} />
      ))}
      <RunErrors view={view} />
      {ended && <SyncLines key={`lines ${id}`} run={id} connection={view.run.connection} />}
      {resume !== null && <ResumeNote resume={resume} />}
      <Charts view={view} />
      {ended && (
        <p className="soft">
          {words.run.destination} <code>{view.destination}</code>
        </p>
      )}
      <RunLog key={id} id={id} going={!ended} pages={view.run.counts.pages} />
      {ended && <RunHistory connection={view.run.connection} current={id} streams={view.streams.map((stream) => stream.stream)} />}
    </div>
  );
}

function Ways({ view, ended, goesOn }: { view: RunView; ended: boolean; goesOn: boolean }) {
  const [stopping, setStopping] = useState(false);
  const busy = useApp((state) => state.busy !== null);
  const workbench = useApp((state) => state.workbench);
  const { connection, id, name } = view.run;
  if (!ended)
    return (
      <Button
        icon={<Square className="icon" aria-hidden />}
        disabled={stopping}
        data-testid="sync-cancel"
        onClick={() => {
          setStopping(true);
          call("sync_cancel", { id }).catch((thrown: unknown) => {
            setStopping(false);
            toastFault(thrown);
          });
        }}
      >
        {stopping ? words.run.cancelling : words.run.cancel}
      </Button>
    );
  const mine = workbench?.connection === connection ? workbench.id : null;
  return (
    <div className="form-end">
      <Button data-testid="sync-start" main disabled={busy} icon={<RotateCcw className="icon" aria-hidden />} onClick={() => void startSync(connection)}>
        {goesOn ? runWords.resume : words.run.again}
      </Button>
      {goesOn && (
        <Button look="quiet" data-testid="sync-full" disabled={busy} onClick={() => void startSync(connection, true)}>
          {runWords.fullAgain}
        </Button>
      )}
      {mine !== null && (
        <Button data-testid="share-open" icon={<Share2 className="icon" aria-hidden />} onClick={() => show({ name: "share", id: mine, save: false })}>
          {words.run.share}
        </Button>
      )}
      <Button look="primary" data-testid="browse-data" icon={<Database className="icon" aria-hidden />} onClick={() => go({ name: "data", connection, title: name })}>
        {words.run.browse}
      </Button>
    </div>
  );
}

function Numbers({ view, ended }: { view: RunView; ended: boolean }) {
  const { counts } = view.run;
  const facts: [string, number | string][] = [
    [words.run.records, counts.read],
    [words.run.pages, counts.pages],
    [words.run.requests, counts.requests],
    [words.run.retries, counts.retries],
    [words.run.rate, Math.round(view.rate)],
    [words.run.took, duration(view.duration_ms)],
  ];
  return (
    <dl className="numbers" aria-busy={!ended}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "number" ? value.toLocaleString(language) : value}</dd>
        </div>
      ))}
    </dl>
  );
}
