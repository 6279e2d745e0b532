import { useEffect, useId, useState } from "react";
import { call, toProblem, type Problem, type StatePreview, type Stream, type StreamPreview, type StreamState } from "../api";
import { rereadFrom } from "../app/workbench";
import { Button } from "../components/Button";
import { useStash } from "../components/useStash";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";
import { panelWords } from "../strings/panel";
import { BodyTree } from "./BodyTree";

interface StateTabProps {
  id: string;
  stream: Stream;
  preview: StreamPreview | null;
}

const W = words.state;

/** The state that the next sync starts from, the one after these pages, and one to try: it can be edited and read from. */
export function StateTab({ id, stream, preview }: StateTabProps) {
  const [answer, setAnswer] = useState<StatePreview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [text, setText] = useStash(`state ${id} ${stream.name}`, "");
  const [fault, setFault] = useState(false);
  const area = useId();
  useEffect(() => {
    let here = true;
    call("state_get", { id, stream: stream.name })
      .then((state) => here && setAnswer(state))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [id, stream.name]);
  if (problem !== null) return <ProblemView problem={problem} />;
  if (answer === null) return null;
  const kept = answer.state ?? null;
  const after = preview?.state ?? null;
  const read = () => {
    try {
      const state = text.trim() === "" ? null : (JSON.parse(text) as StreamState);
      setFault(false);
      void rereadFrom(state);
    } catch {
      setFault(true);
    }
  };
  const use = (state: StreamState) => {
    setText(JSON.stringify(state, null, 2));
    setFault(false);
  };
  return (
    <div className="scroll state" tabIndex={0} role="region" aria-label={W.label} data-testid="state">
      {stream.incremental == null && <p className="soft">{W.full}</p>}
      <Kept title={W.kept} state={kept} none={W.none} onUse={use} id="kept" />
      <Kept title={preview?.from == null ? W.after : W.afterFrom} state={after} none={W.noAfter} onUse={use} id="after" />
      <section>
        <h2>
          <label htmlFor={area}>{W.try}</label>
        </h2>
        <p className="soft">{W.tryHelp}</p>
        <textarea
          id={area}
          className="input mono"
          rows={Math.min(14, Math.max(4, text.split("\n").length))}
          spellCheck={false}
          aria-invalid={fault || undefined}
          placeholder='{"cursor": "2026-01-31T00:00:00Z"}'
          data-testid="state-text"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {fault && <p className="bad">{words.forms.json}</p>}
        <div className="form-row state-tools">
          <Button data-testid="state-read" onClick={read}>
            {text.trim() === "" ? W.readAll : W.read}
          </Button>
          {text.trim() !== "" && (
            <Button
              look="quiet"
              data-testid="state-reset"
              onClick={() => {
                setText("");
                setFault(false);
              }}
            >
              {panelWords.reset}
            </Button>
          )}
        </div>
      </section>
    </div>
  );
}

interface KeptProps {
  title: string;
  state: StreamState | null;
  none: string;
  id: string;
  onUse: (state: StreamState) => void;
}

function Kept({ title, state, none, id, onUse }: KeptProps) {
  return (
    <section>
      <div className="state-head">
        <h2>{title}</h2>
        {state !== null && (
          <Button look="quiet" data-testid={`state-use-${id}`} onClick={() => onUse(state)}>
            {W.use}
          </Button>
        )}
      </div>
      {state === null ? (
        <p className="dim">{none}</p>
      ) : (
        <>
        <dl className="facts">
          {state.cursor != null && (
            <div>
              <dt>{W.cursor}</dt>
              <dd className="mono">{state.cursor}</dd>
            </div>
          )}
          {state.read != null && (
            <div>
              <dt>{W.open}</dt>
              <dd>
                {W.pages(state.read.pages)}, {words.result.records(state.read.records)}
              </dd>
            </div>
          )}
          {Object.keys(state.partitions ?? {}).length > 0 && (
            <div>
              <dt>{W.partitions}</dt>
              <dd>{Object.keys(state.partitions ?? {}).length}</dd>
            </div>
          )}
        </dl>
        <details>
          <summary className="dim">{panelWords.wholeState}</summary>
          <BodyTree text={JSON.stringify(state)} label={`${title}: ${panelWords.wholeState}`} />
        </details>
        </>
      )}
    </section>
  );
}
