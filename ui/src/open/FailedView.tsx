import { localProblem, type Workbench } from "../api";
import { titleOf } from "../app/title";
import { goHome } from "../app/navigate";
import { app, useApp } from "../app/store";
import { openConnector, openSource } from "../app/workbench";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { SignIn } from "../forms/SignIn";
import { words } from "../strings";
import { Notes } from "./Notes";
import "./open.css";

/** The request failed: why, and the ways on. */
export function FailedView({ workbench }: { workbench: Workbench }) {
  const later = useApp((state) => state.problem);
  const problem = later ?? workbench.problem ?? localProblem("no_records", words.failed.title);
  const again = () => {
    const text = app.get().box;
    void (text.trim() === "" ? openConnector(workbench.id) : openSource(text));
  };
  return (
    <div className="page narrow">
      <div>
        <h1>{words.failed.title}</h1>
        <p className="soft">{titleOf(workbench.definition)}</p>
      </div>
      <ProblemView problem={problem} />
      <SignIn workbench={workbench} />
      <Notes notes={workbench.notes} />
      <div className="form-end">
        <Button look="primary" main data-testid="retry" onClick={again}>
          {words.failed.retry}
        </Button>
        <Button onClick={goHome} data-testid="back">
          {words.failed.back}
        </Button>
      </div>
    </div>
  );
}
