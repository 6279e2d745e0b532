import { Database, RefreshCw } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { call, toProblem, type DataTable, type Problem, type RunSummary } from "../api";
import { count } from "../app/format";
import { go } from "../app/navigate";
import { useApp } from "../app/store";
import { openRun, startSync } from "../app/sync";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { Segmented } from "../components/Segmented";
import { dataWords as words } from "../strings/data";
import { ExportBar } from "./ExportMenu";
import { SqlPane } from "./SqlPane";
import { TableGrid } from "./TableGrid";
import "./data.css";

/** What the data grid is given. */
interface DataGridProps {
  /** The connection's id: its tables come from `data_tables`, its rows from `data_rows`. */
  connection: string;
  /** The table to show first; default: the first. */
  table?: string;
}

/** The records that were synced: as rows, and asked in SQL. The root carries `data-testid="data-grid"`. */
export function DataGrid({ connection, table }: DataGridProps) {
  const [tables, setTables] = useState<DataTable[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState(table ?? "");
  const [view, setView] = useState<"rows" | "sql">("rows");
  const [read, setRead] = useState(0);
  const running = useRunning(connection);
  const [ran, setRan] = useState(running);
  if (ran !== running) {
    setRan(running);
    // A sync that ended left other rows.
    if (!running) setRead(read + 1);
  }
  useEffect(() => {
    let here = true;
    call("data_tables", { id: connection }).then(
      (found) => {
        if (!here) return;
        setTables(found);
        setProblem(null);
      },
      (thrown: unknown) => here && setProblem(toProblem(thrown)),
    );
    return () => {
      here = false;
    };
  }, [connection, read, running]);
  const refresh = useCallback(() => setRead((n) => n + 1), []);
  const shown = tables?.find((each) => each.name === chosen) ?? tables?.[0];
  return (
    <div className="data" data-testid="data-grid">
      {problem !== null && (
        <div className="data-note">
          <ProblemView problem={problem} onRetry={refresh} />
        </div>
      )}
      {tables !== null && shown === undefined && <Nothing connection={connection} running={running} />}
      {tables !== null && shown !== undefined && (
        <>
          <div className="data-bar data-top">
            <label className="data-table">
              <span className="sr-only">{words.table}</span>
              <select className="input mono" data-testid="data-table" value={shown.name} disabled={view === "sql"} onChange={(event) => setChosen(event.target.value)}>
                {tables.map((each) => (
                  <option key={each.name} value={each.name}>
                    {`${each.name} (${count(each.rows)})`}
                  </option>
                ))}
              </select>
            </label>
            <Segmented
              label={words.views}
              value={view}
              options={[
                { value: "rows", label: words.grid, testId: "data-view-rows" },
                { value: "sql", label: words.sql, testId: "data-view-sql" },
              ]}
              onChange={setView}
            />
            {running && <span className="soft">{words.running}</span>}
          </div>
          <div className="data-panel">
            {view === "rows" ? <TableGrid key={shown.name} connection={connection} table={shown} turn={read} onRefresh={refresh} /> : <SqlPane connection={connection} tables={tables} />}
          </div>
        </>
      )}
      <ExportBar />
    </div>
  );
}

/** Whether a sync of the connection goes on, as far as this window knows. */
function useRunning(connection: string): boolean {
  return useApp((state) => Object.values(state.runs).some((view) => view.run.connection === connection && view.run.outcome == null));
}

/** What stands where nothing was synced: what happened, and what to do next. */
function Nothing({ connection, running }: { connection: string; running: boolean }) {
  const [last, setLast] = useState<RunSummary | null>(null);
  const busy = useApp((state) => state.busy !== null);
  useEffect(() => {
    let here = true;
    call("runs", { id: connection })
      .then((runs) => here && setLast(runs[0] ?? null))
      // Without a run there is only less to say.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [connection, running]);
  const failed = last?.outcome === "failed";
  return (
    <EmptyState icon={<Database aria-hidden />} title={words.none}>
      <p>{running ? words.running : failed ? words.failed : words.noneHint}</p>
      <div className="form-end">
        {(failed || running) && last !== null && <Button onClick={() => void openRun(last.id)}>{words.toRun}</Button>}
        {!running && (
          <Button look="primary" data-testid="data-sync" disabled={busy} icon={<RefreshCw className="icon" aria-hidden />} onClick={() => void startSync(connection)}>
            {words.sync}
          </Button>
        )}
        {running && last === null && <Button onClick={() => go({ name: "connection", id: connection, tab: "runs" })}>{words.toRun}</Button>}
      </div>
    </EmptyState>
  );
}
