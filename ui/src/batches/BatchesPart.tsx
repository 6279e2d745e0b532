import { useEffect, useState } from "react";
import { call, toProblem, type BatchView, type ConnectionView, type Problem } from "../api";
import { AddThere } from "../builder/AddThere";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";
import { BatchCard } from "./BatchCard";
import { NewBatch } from "./NewBatch";
import { onBatch } from "./news";
import "./batches.css";

/** A connection's batches: a new one, and those so far. */
export function BatchesPart({ view }: { view: ConnectionView }) {
  const [batches, setBatches] = useState<BatchView[] | null>(null);
  const [failed, setFailed] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    call("batches", { id: view.id })
      // There may be news already.
      .then((list) => here && setBatches((now) => (now ?? []).toReversed().reduce(put, list)))
      .catch((thrown: unknown) => here && setFailed(toProblem(thrown)));
    const stop = onBatch((next) => next.target === view.id && setBatches((list) => put(list ?? [], next)));
    return () => {
      here = false;
      stop();
    };
  }, [view.id]);
  if ((view.definition.actions ?? []).length === 0) {
    return (
      <EmptyState title={words.batches.noActions}>
        <p>{words.batches.noActionsText}</p>
        <AddThere connector={view.connector} list="actions" />
      </EmptyState>
    );
  }
  const take = (next: BatchView) => setBatches((list) => put(list ?? [], next));
  return (
    <div className="batches" data-testid="batches">
      <NewBatch view={view} onStart={take} />
      {failed !== null && <ProblemView problem={failed} />}
      <section className="section" aria-labelledby="batches-past">
        <h2 id="batches-past">{words.batches.past}</h2>
        {batches?.length === 0 && <p className="soft">{words.batches.none}</p>}
        {batches?.map((batch) => <BatchCard key={batch.id} batch={batch} onChange={take} />)}
      </section>
    </div>
  );
}

/** The list with a batch's news in it; a new batch comes first. */
function put(list: BatchView[], next: BatchView): BatchView[] {
  return list.some((one) => one.id === next.id) ? list.map((one) => (one.id === next.id ? next : one)) : [next, ...list];
}
