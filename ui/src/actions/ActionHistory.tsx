import { useRef, useState } from "react";
import { call, toProblem, type ActionCall, type ActionPast, type Problem } from "../api";
import { ago } from "../app/format";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { actionWords as words } from "../strings/actions";
import { CallTag, CallView } from "./CallView";

/** What was called before; a click shows the call, which can fill the form again. */
export function ActionHistory({ past, onAgain }: { past: ActionPast[]; onAgain: (call: ActionCall) => void }) {
  const [shown, setShown] = useState<ActionCall | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wanted = useRef("");
  const show = (id: string) => {
    setProblem(null);
    wanted.current = id;
    // Only what was asked for last.
    call("action_call", { id }).then(
      (found) => wanted.current === id && setShown(found),
      (thrown: unknown) => wanted.current === id && setProblem(toProblem(thrown)),
    );
  };
  return (
    <section className="section" aria-labelledby="action-history">
      <h2 id="action-history">{words.history}</h2>
      {past.length === 0 && <p className="soft">{words.noHistory}</p>}
      <ul className="rows action-past">
        {past.map((one) => (
          <li key={one.id} className="row">
            <button
              type="button"
              className="row-main"
              data-testid="action-past"
              aria-current={one.id === shown?.id ? "true" : undefined}
              aria-label={words.reloads(one.action)}
              onClick={() => show(one.id)}
            >
              <CallTag call={one} />
              <span className="row-title">{one.action}</span>
              <span className="row-sub num">{words.took(one.duration_ms)}</span>
              <span className="row-end dim">{ago(one.at)}</span>
            </button>
          </li>
        ))}
      </ul>
      {problem !== null && <ProblemView problem={problem} />}
      {shown !== null && (
        <>
          <CallView call={shown} />
          <div>
            <Button data-testid="action-again" onClick={() => onAgain(shown)}>
              {words.again}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
