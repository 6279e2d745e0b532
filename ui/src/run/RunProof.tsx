import { CircleCheck, Info } from "lucide-react";
import { useEffect, useState } from "react";
import { call, type ConnectionView, type RunView } from "../api";
import { count } from "../app/format";
import { app } from "../app/store";
import { limitOf } from "../app/sync";
import { openConnector } from "../app/workbench";
import { goToField } from "../builder/go";
import { Button } from "../components/Button";
import { runWords } from "../strings/runs";
import { keepsState, proofOf, type Proof } from "./proof";

const words = runWords.proof;

/** Says in words what a finished sync proved: how much was new since the one before it, or why all was read again. */
export function RunProof({ view }: { view: RunView }) {
  const [about, setAbout] = useState<ConnectionView | null>(null);
  const { connection, id } = view.run;
  useEffect(() => {
    let here = true;
    // Without it nothing is said of streams that have no cursor.
    call("connection_get", { id: connection }).then((next) => here && setAbout(next), () => undefined);
    return () => {
      here = false;
    };
  }, [connection, id]);
  const limit = limitOf(id);
  const lines = view.streams.flatMap((stream) => {
    const known = about?.definition.streams?.find((each) => each.name === stream.stream);
    const proof = proofOf(stream, known, keepsState(view.destination));
    return proof === null ? [] : [{ stream: stream.stream, proof }];
  });
  const limited = view.run.outcome === "limited" && limit !== undefined;
  if (lines.length === 0 && !limited) return null;
  return (
    <ul className="run-proof" data-testid="run-proof">
      {limited && (
        <li>
          <Info className="icon" aria-hidden />
          <span>{keepsState(view.destination) ? words.limited(count(limit)) : words.limitedFiles(count(limit))}</span>
        </li>
      )}
      {lines.map(({ stream, proof }) => (
        <li key={stream} data-proof={proof.kind}>
          {proof.kind === "whole" || proof.kind === "stateless" ? <Info className="icon" aria-hidden /> : <CircleCheck className="icon good" aria-hidden />}
          <span>
            {view.streams.length > 1 && <span className="mono">{stream}: </span>}
            {sentence(proof)}
          </span>
          {proof.kind === "whole" && about !== null && (
            <Button look="quiet" data-testid="run-to-incremental" onClick={() => void toIncremental(about.connector, stream)}>
              {words.toIncremental}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function sentence(proof: Proof): string {
  switch (proof.kind) {
    case "nothing":
      return proof.again > 0 ? `${words.nothing} ${words.again(proof.again)}` : words.nothing;
    case "changed":
      return words.changed(proof.count, proof.since);
    case "whole":
      return words.whole;
    case "stateless":
      return words.stateless;
  }
}

/** Goes to where a stream is told how it reads only what changed. */
async function toIncremental(connector: string, stream: string): Promise<void> {
  await openConnector(connector);
  const { workbench } = app.get();
  if (workbench?.id !== connector) return;
  const at = (workbench.definition.streams ?? []).findIndex((each) => each.name === stream);
  if (at >= 0) await goToField(`streams[${at}].incremental`);
}
