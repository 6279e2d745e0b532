import { useEffect, useState } from "react";
import { call, saveRows, toProblem, type BatchRowView, type BatchView, type Problem } from "../api";
import { ago, count, duration, tenth } from "../app/format";
import { toast, toastFault } from "../app/store";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Progress } from "../components/Progress";
import { words } from "../strings";
import { EndTag } from "./EndTag";
import { begun } from "./news";
import { said } from "../app/said";

/** A batch: how far it is, what became of the rows, and what can be done about the rest. */
export function BatchCard({ batch, onChange }: { batch: BatchView; onChange: (batch: BatchView) => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const { counts } = batch;
  const bad = counts.failed + counts.skipped + counts.uncertain;
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setProblem(null);
    setBusy(true);
    try {
      await work();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const resume = (retry_failed: boolean, resend_uncertain: boolean) =>
    run(async () => {
      const how = { skip_errors: false, max_errors: null, retry_failed, resend_uncertain };
      await begun(() => call("batch_resume", { id: batch.id, how }), onChange);
    });
  const save = () =>
    run(async () => {
      const path = await saveRows("failed.csv");
      if (path === null) return;
      const written = await call("batch_failed_to", { id: batch.id, path });
      toast(words.batches.written(count(written.rows), written.path));
    });
  const word = batch.running ? words.batches.going : batch.outcome == null ? words.batches.interrupted : words.batches.outcome[batch.outcome];
  const left = batch.remaining_ms == null ? "" : duration(batch.remaining_ms);
  return (
    <article className="batch-card" data-testid="batch" data-outcome={batch.running ? "running" : (batch.outcome ?? "interrupted")}>
      <div className="batch-line">
        <EndTag outcome={batch.outcome} word={word} />
        <strong>{batch.action}</strong>
        <span className="soft">{batch.source}</span>
        <span className="dim">{ago(batch.started_at)}</span>
      </div>
      {batch.running && <Progress label={words.batches.progress} value={counts.total === 0 ? null : counts.processed / counts.total} />}
      <p className="num" data-testid="batch-counts">
        {words.batches.of(count(counts.sent), count(counts.total))}
        {(["failed", "skipped", "uncertain", "left"] as const).map((name) => (counts[name] > 0 ? `, ${count(counts[name])} ${words.batches.counts[name]}` : ""))}
        {batch.running ? ` · ${words.batches.rate(count(Math.round(batch.rate)), left)}` : ` · ${words.batches.success(tenth(batch.success_rate * 100))}, ${duration(batch.duration_ms)}`}
      </p>
      <div className="batch-line">
        {batch.running && (
          <Button data-testid="batch-stop" disabled={busy} onClick={() => void run(async () => void (await call("batch_cancel", { id: batch.id })))}>
            {words.batches.stop}
          </Button>
        )}
        {!batch.running && counts.left > 0 && (
          <Button data-testid="batch-resume" disabled={busy} onClick={() => void resume(false, false)}>
            {words.batches.resume}
          </Button>
        )}
        {!batch.running && counts.failed + counts.skipped > 0 && (
          <Button data-testid="batch-retry" disabled={busy} onClick={() => void resume(true, false)}>
            {words.batches.retry}
          </Button>
        )}
        {!batch.running && counts.uncertain > 0 && (
          <Button data-testid="batch-resend" disabled={busy} onClick={() => void resume(false, true)}>
            {words.batches.resend}
          </Button>
        )}
        {!batch.running && bad > 0 && (
          <Button data-testid="batch-failed-to" disabled={busy} onClick={() => void save()}>
            {words.batches.failedTo}
          </Button>
        )}
      </div>
      {problem !== null && <ProblemView problem={problem} />}
      {!batch.running && batch.problem != null && <ProblemView problem={batch.problem} />}
      {!batch.running && bad > 0 && <BadRows batch={batch} />}
    </article>
  );
}

function BadRows({ batch }: { batch: BatchView }) {
  const [rows, setRows] = useState<BatchRowView[]>([]);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let here = true;
    if (open) {
      call("batch_rows", { id: batch.id, after: 0 })
        .then((list) => here && setRows(list))
        .catch((thrown: unknown) => here && toastFault(thrown));
    }
    return () => {
      here = false;
    };
  }, [open, batch.id, batch.ended_at]);
  return (
    <details data-testid="batch-bad" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.batches.badRows}</summary>
      <ul className="batch-faults">
        {rows.map((row) => (
          <li key={row.row}>
            {words.batches.row} {row.row} ({row.state}): {said(row.message)}
          </li>
        ))}
      </ul>
    </details>
  );
}
