import { Database, History, PanelLeft, PlugZap, Redo2, RefreshCw, Share2, Table2, Undo2 } from "lucide-react";
import { useState } from "react";
import type { Workbench } from "../api";
import { cancelBusy } from "../app/busy";
import { read, write } from "../app/kept";
import { go, show } from "../app/navigate";
import { Steps } from "../app/Steps";
import { useApp, type AppState } from "../app/store";
import { Builder } from "../builder/Builder";
import { TryOut, type TriedList } from "../builder/TryOut";
import { fieldOf } from "../builder/cause";
import { ChangesButton } from "../builder/ChangesButton";
import { goToField, showPane } from "../builder/go";
import { Segmented } from "../components/Segmented";
import { titleOf } from "../app/title";
import { accept, redo, reread, undo } from "../app/workbench";
import { Button } from "../components/Button";
import { Place } from "../components/Place";
import { ProblemView } from "../components/ProblemView";
import { Ticked } from "../components/Ticked";
import { SignIn } from "../forms/SignIn";
import { Notes } from "../open/Notes";
import { readsDatabase } from "../open/reads";
import { openWords } from "../strings/open";
import { TestPanel } from "../panel/TestPanel";
import { words } from "../strings";
import { Chips } from "./Chips";
import { Offers } from "./Offers";
import { SyncButton } from "./SyncButton";
import "./result.css";
import { said, saidChange } from "../app/said";

const toField = (path: string) => void goToField(path);

/** The answer as a table: what was found, the next step, and the test panel. */
export function ResultView({ workbench }: { workbench: Workbench }) {
  const problem = useApp((state) => state.problem);
  const busy = useApp((state) => state.busy);
  const pane = useApp((state) => state.pane);
  const stream = useApp((state) => state.stream);
  const item = useApp((state) => state.item);
  const tried = pane !== "none" ? triedOf(item) : null;
  const [tree, setTree] = useState(() => read("builder.treeShown") !== "no");
  // That somebody has to sign in is told by the test panel, until something was read.
  const waits = workbench.problem?.code === "sign_in_needed";
  const told = waits ? null : workbench.problem;
  const signs = waits ? workbench.preview?.problem != null : (problem ?? told)?.kind === "auth";
  const putTree = (shown: boolean, keep: boolean) => {
    setTree(shown);
    if (keep) write("builder.treeShown", shown ? "yes" : "no");
  };
  return (
    <div className="full">
      <header className="topbar">
        <Button
          look="quiet"
          icon={<PanelLeft className="icon" aria-hidden />}
          aria-label={tree ? words.builder.hideTree : words.builder.showTree}
          title={tree ? words.builder.hideTree : words.builder.showTree}
          aria-pressed={tree}
          data-testid="tree-toggle"
          onClick={() => putTree(!tree, true)}
        />
        <div className="name">
          <h1 title={titleOf(workbench.definition)}>{titleOf(workbench.definition)}</h1>
        </div>
        <Segmented
          label={words.builder.view}
          value={pane}
          options={[
            { value: "none", label: words.builder.table, testId: "view-table" },
            { value: "form", label: words.builder.form, testId: "view-form" },
            { value: "yaml", label: words.builder.yaml, testId: "view-yaml" },
          ]}
          onChange={showPane}
        />
        <Tools workbench={workbench} />
        <NextStep workbench={workbench} />
      </header>
      <Steps />
      {busy !== null && (
        <div className="strip" role="status">
          {busy.message}
          <button type="button" className="link" onClick={cancelBusy}>
            {words.cancel}
          </button>
        </div>
      )}
      {(problem !== null || told != null || signs || workbench.notes.length > 0) && (
        <div className="banner">
          {problem !== null && <ProblemView problem={problem} onField={toField} cause={fieldOf(problem, workbench.definition, stream)} />}
          {problem === null && told != null && <ProblemView problem={told} onRetry={() => void reread()} onField={toField} cause={fieldOf(told, workbench.definition, stream)} />}
          {signs && <SignIn workbench={workbench} />}
          <Notes notes={workbench.notes} />
        </div>
      )}
      <Builder workbench={workbench} tree={tree} onTree={putTree}>
        {tried !== null ? (
          <TryOut workbench={workbench} list={tried.list} index={tried.index} />
        ) : (
          <>
            <Chips workbench={workbench} />
            <Offers key={workbench.id} workbench={workbench} />
            <TestPanel workbench={workbench} />
          </>
        )}
      </Builder>
      {/* At the foot: what comes and goes while somebody types must not move what they type in. */}
      {(workbench.faults.length > 0 || (workbench.text_faults ?? []).length > 0) && (
        <div className="banner foot">
          <Faults workbench={workbench} />
        </div>
      )}
    </div>
  );
}

/** The action or webhook whose form is shown: it is tried out beside. */
function triedOf(item: AppState["item"]): { list: TriedList; index: number } | null {
  return item !== null && (item.list === "actions" || item.list === "webhooks") ? { list: item.list, index: item.index } : null;
}

function NextStep({ workbench }: { workbench: Workbench }) {
  const idle = useApp((state) => state.busy === null);
  const { connection } = workbench;
  const fine = idle && workbench.faults.length === 0;
  if (!workbench.accepted || connection == null)
    return (
      <Button look="primary" main data-testid="accept" disabled={!fine} onClick={() => void accept()}>
        {words.result.accept} <kbd>{words.keys.named("Ctrl ↵")}</kbd>
      </Button>
    );
  return (
    <>
      <Button icon={<Database className="icon" aria-hidden />} onClick={() => go({ name: "data", connection, title: titleOf(workbench.definition) })} data-testid="data-open" className="terse" title={words.result.data}>
        <span>{words.result.data}</span>
      </Button>
      <Button icon={<PlugZap className="icon" aria-hidden />} onClick={() => go({ name: "connection", id: connection, tab: "runs" })} data-testid="connection-open" className="terse" title={words.connection.open}>
        <span>{words.connection.open}</span>
      </Button>
      <SyncButton connection={connection} disabled={!fine} />
    </>
  );
}

function Tools({ workbench }: { workbench: Workbench }) {
  return (
    <>
      <Button look="quiet" icon={<Undo2 className="icon" aria-hidden />} aria-label={words.result.undo} title={`${workbench.undo == null ? words.result.undo : words.result.undoWhat(saidChange(workbench.undo))} (${words.keys.named("Ctrl Z")})`} disabled={!workbench.can_undo} data-testid="undo" onClick={() => void undo()} />
      <Button look="quiet" icon={<Redo2 className="icon" aria-hidden />} aria-label={words.result.redo} title={`${workbench.redo == null ? words.result.redo : words.result.redoWhat(saidChange(workbench.redo))} (${words.keys.named("Ctrl Shift Z")})`} disabled={!workbench.can_redo} data-testid="redo" onClick={() => void redo()} />
      <ChangesButton id={workbench.id} disabled={!workbench.can_undo && !workbench.can_redo} />
      <Button look="quiet" icon={<RefreshCw className="icon" aria-hidden />} aria-label={words.result.reread} title={words.result.reread} data-testid="reread" onClick={() => void reread()} />
      {workbench.accepted && (
        <Button
          look="quiet"
          icon={<History className="icon" aria-hidden />}
          aria-label={words.management.versions.open}
          title={words.management.versions.open}
          data-testid="versions-open"
          onClick={() => show({ name: "versions", id: workbench.id, title: titleOf(workbench.definition) })}
        />
      )}
      {readsDatabase(workbench.definition) && (
        <Button
          look="quiet"
          icon={<Table2 className="icon" aria-hidden />}
          aria-label={openWords.tables.add}
          title={openWords.tables.add}
          data-testid="tables-add"
          onClick={() => show({ name: "tables", id: workbench.id })}
        />
      )}
      <Button icon={<Share2 className="icon" aria-hidden />} data-testid="share-open" className="terse" title={words.result.share} onClick={() => show({ name: "share", id: workbench.id, save: false })}>
        <span>{words.result.share}</span>
      </Button>
    </>
  );
}

function Faults({ workbench }: { workbench: Workbench }) {
  if ((workbench.text_faults ?? []).length > 0)
    return (
      <p className="note warn" role="alert" data-testid="text-faults">
        {words.builder.textFault(workbench.text_faults?.[0]?.line ?? null)}{" "}
        <button type="button" className="link" onClick={() => showPane("yaml")}>
          {words.builder.toText}
        </button>
      </p>
    );
  if (workbench.faults.length === 0) return null;
  return (
    <div className="faults" role="alert" data-testid="faults">
      <p className="bad">
        {words.result.faults(workbench.faults.length)} <span className="soft">{words.result.lastGood}</span>
      </p>
      <ul>
        {workbench.faults.slice(0, 5).map((fault) => (
          <li key={`${fault.path} ${fault.message}`}>
            <Place path={fault.path} whole={words.yaml.label} onField={toField} />{" "}
            <Ticked text={said(fault.message)} />
            {fault.suggestion != null && ` ${words.problem.suggestion(fault.suggestion)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
