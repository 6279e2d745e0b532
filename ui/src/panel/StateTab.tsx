import { History } from "lucide-react";
import { useEffect, useState } from "react";
import { call, toProblem, type Problem, type StatePreview, type Stream } from "../api";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";

/** The state that the next sync starts from. */
export function StateTab({ id, stream }: { id: string; stream: Stream }) {
  const [answer, setAnswer] = useState<StatePreview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
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
  const { state } = answer;
  if (state?.cursor == null && state?.read == null)
    return (
      <EmptyState icon={<History aria-hidden />} title={words.state.none}>
        {stream.incremental == null && <p>{words.state.full}</p>}
      </EmptyState>
    );
  return (
    <dl className="facts scroll" data-testid="state">
      {state.cursor != null && (
        <div>
          <dt>{words.state.cursor}</dt>
          <dd className="mono">{state.cursor}</dd>
        </div>
      )}
      {state.read != null && (
        <div>
          <dt>{words.state.open}</dt>
          <dd>
            {words.state.pages(state.read.pages)}, {words.result.records(state.read.records)}
          </dd>
        </div>
      )}
    </dl>
  );
}
