import { useState } from "react";
import { localProblem, type Workbench } from "../api";
import { byPost, fieldOf } from "../builder/cause";
import { goToField, showPane } from "../builder/go";
import { titleOf } from "../app/title";
import { goHome } from "../app/navigate";
import { app, useApp } from "../app/store";
import { openSource } from "../app/source";
import { setDefinition, flushEdit, openConnector, sendOnce } from "../app/workbench";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Builder } from "../builder/Builder";
import { SignIn } from "../forms/SignIn";
import { signsIn } from "../forms/signsIn";
import { words } from "../strings";
import { Notes } from "./Notes";
import "../result/result.css";
import "./open.css";

/** The request failed: why, and the ways on. */
export function FailedView({ workbench }: { workbench: Workbench }) {
  const later = useApp((state) => state.problem);
  const problem = later ?? workbench.problem ?? localProblem("no_records", words.failed.title);
  const [editing, setEditing] = useState(false);
  const toSignIn = signsIn(workbench.definition.http?.auth) !== null;
  const again = () => {
    const text = app.get().box;
    if (editing) void flushEdit().then(() => openConnector(workbench.id));
    else void (text.trim() === "" ? openConnector(workbench.id) : openSource(text));
  };
  if (editing)
    return (
      <div className="full">
        <header className="topbar">
          <div className="name">
            <h1>{titleOf(workbench.definition)}</h1>
          </div>
          <Button look="primary" main data-testid="retry" onClick={again}>
            {words.failed.retry}
          </Button>
        </header>
        <Builder workbench={workbench} tree onTree={() => undefined}>
          <div className="scroll" tabIndex={0} role="region" aria-label={words.failed.title}>
            <ProblemView
              problem={problem}
              onField={(path) => void goToField(path)}
              cause={fieldOf(problem, workbench.definition, workbench.definition.streams?.[0]?.name ?? "")}
            />
          </div>
        </Builder>
      </div>
    );
  const edit = (path: string | null) => {
    setEditing(true);
    if (path === null) showPane("form");
    else void goToField(path);
  };
  const post = byPost(problem, workbench.definition);
  const send = () => {
    if (post === null) return;
    setDefinition(post.definition);
    // A query is written first; a search may do without.
    if (post.field !== null) edit(post.field);
    else void flushEdit().then(() => sendOnce(workbench.id));
  };
  // What may change something there is sent when the person says so, and not by trying again.
  const unsent = problem.code === "may_write";
  return (
    <div className="page narrow">
      <div className="page-lead">
        <h1>{words.failed.title}</h1>
        <p className="soft">{titleOf(workbench.definition)}</p>
      </div>
      <ProblemView problem={problem} onField={edit} cause={fieldOf(problem, workbench.definition, workbench.definition.streams?.[0]?.name ?? "")}>
        {post !== null && (
          <Button data-testid="failed-post" onClick={send}>
            {words.failed.post}
          </Button>
        )}
      </ProblemView>
      <SignIn workbench={workbench} />
      <Notes notes={workbench.notes} />
      <div className="form-end">
        <Button
          look={toSignIn ? "plain" : "primary"}
          main
          data-testid={unsent ? "send-once" : "retry"}
          onClick={unsent ? () => void sendOnce(workbench.id) : again}
        >
          {unsent ? words.failed.once : words.failed.retry}
        </Button>
        <Button onClick={() => edit(null)} data-testid="failed-edit">
          {words.failed.edit}
        </Button>
        <Button onClick={goHome} data-testid="back">
          {words.failed.back}
        </Button>
      </div>
    </div>
  );
}
