import { Database } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { call, toProblem, type DataFilter, type DataSort, type DataTable, type Problem } from "../api";
import { count } from "../app/format";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { Tabs } from "../components/Tabs";
import { DataFilterBar } from "./DataFilterBar";
import { DataTableView } from "./DataTableView";
import "./data.css";
import { useRows } from "./windows";
import { dataWords as words } from "../strings";

/** What the data grid is given. */
export interface DataGridProps {
  /** The connection's id: its tables come from `data_tables`, its rows from `data_rows`. */
  connection: string;
  /** The table to show first; default: the first. */
  table?: string;
}

/** The records that were synced, as a grid of windows. The root carries `data-testid="data-grid"`. */
export function DataGrid({ connection, table }: DataGridProps) {
  const [tables, setTables] = useState<DataTable[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState(table ?? "");
  useEffect(() => {
    let stale = false;
    call("data_tables", { id: connection }).then(
      (found) => !stale && setTables(found),
      (thrown: unknown) => !stale && setProblem(toProblem(thrown)),
    );
    return () => {
      stale = true;
    };
  }, [connection]);
  const shown = tables?.find((each) => each.name === chosen) ?? tables?.[0];
  return (
    <div className="data" data-testid="data-grid">
      {problem !== null && <ProblemView problem={problem} />}
      {tables !== null && shown === undefined && (
        <EmptyState icon={<Database aria-hidden />} title={words.none}>
          {words.noneHint}
        </EmptyState>
      )}
      {tables !== null && tables.length > 1 && (
        <Tabs
          label={words.tables}
          tabs={tables.map((each) => ({ value: each.name, label: each.name, count: count(each.rows) }))}
          value={shown?.name ?? ""}
          onChange={setChosen}
          panel="data-panel"
        />
      )}
      {shown !== undefined && (
        <div id="data-panel" className="data-panel" role={tables !== null && tables.length > 1 ? "tabpanel" : undefined}>
          <OneTable key={shown.name} connection={connection} table={shown} />
        </div>
      )}
    </div>
  );
}

function OneTable({ connection, table }: { connection: string; table: DataTable }) {
  const [sort, setSort] = useState<DataSort | null>(null);
  const [filters, setFilters] = useState<DataFilter[]>([]);
  const question = useMemo(() => ({ connection, table: table.name, sort, filters }), [connection, table.name, sort, filters]);
  const rows = useRows(question);
  const columns = rows.columns;
  return (
    <>
      <div className="data-bar">
        <span className="soft num" data-testid="data-total">
          {words.rows(count(rows.total ?? table.rows))}
        </span>
        <DataFilterBar columns={columns.map((column) => column.name)} onChange={setFilters} />
      </div>
      {rows.problem !== null && <ProblemView problem={rows.problem} />}
      {rows.total === 0 && filters.length > 0 ? (
        <EmptyState title={words.noMatch} />
      ) : (
        <DataTableView table={table.name} columns={columns} rows={rows} sort={sort} onSort={setSort} />
      )}
    </>
  );
}
