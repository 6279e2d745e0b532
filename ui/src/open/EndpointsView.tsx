import { useEffect, useState } from "react";
import { call, toProblem, type EndpointList, type EndpointsAsk, type Problem } from "../api";
import { cancelBusy } from "../app/busy";
import { goHome } from "../app/navigate";
import { takeEndpoints } from "../app/source";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Working } from "../components/Working";
import { words } from "../strings";
import { openWords } from "../strings/open";
import { EndpointChooser } from "./EndpointChooser";
import { Notes } from "./Notes";
import "./open.css";

const W = openWords.endpoints;

/** A file of many requests: what is read of it is chosen, and what it asks for is given. */
export function EndpointsView({ id, asked, notes }: { id: string; asked: EndpointsAsk; notes: string[] }) {
  const busy = useApp((state) => state.busy);
  const failed = useApp((state) => state.problem);
  const { list, problem, again } = useEndpoints(id);
  return (
    <div className="page" data-testid="endpoints">
      <div className="page-lead">
        <h1>{W.title(asked.title)}</h1>
        <p className="soft">{W.lead(asked.format, asked.count)}</p>
      </div>
      {problem !== null && <ProblemView problem={problem} onRetry={again} />}
      {list === null && problem === null && <Working message={W.reading} />}
      {list !== null && (
        <EndpointChooser
          list={list}
          busy={busy !== null}
          onTake={(taken) => void takeEndpoints(id, taken)}
          others={<Button onClick={goHome}>{words.back}</Button>}
        >
          {busy !== null && <Working message={busy.message} onCancel={cancelBusy} />}
          {failed !== null && <ProblemView problem={failed} />}
        </EndpointChooser>
      )}
      <Notes notes={notes} />
    </div>
  );
}

function useEndpoints(id: string) {
  const [list, setList] = useState<EndpointList | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    setProblem(null);
    call("endpoints", { id })
      .then((next) => here && setList(next))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [id, turn]);
  return { list, problem, again: () => setTurn(turn + 1) };
}
