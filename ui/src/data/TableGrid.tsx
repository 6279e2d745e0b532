import { Copy, Filter, Maximize2, RefreshCw, Rows3 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { AskCell, DataFilter, DataSort, DataTable } from "../api";
import { count } from "../app/format";
import { say } from "../app/store";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Menu, type MenuItem } from "../components/Menu";
import { ProblemView } from "../components/ProblemView";
import { Progress } from "../components/Progress";
import { dataWords as words } from "../strings/data";
import { CellSheet } from "./CellSheet";
import { copyCells } from "./clip";
import { ColumnsMenu } from "./ColumnsMenu";
import { ExportMenu } from "./ExportMenu";
import { AddFilter, Chips, SearchBox } from "./Filters";
import { Grid, type Chosen } from "./Grid";
import { arranged, fitted, fitting, useLayout } from "./layout";
import type { Range } from "./range";
import { useRows, type Rows } from "./windows";

interface TableGridProps {
  connection: string;
  table: DataTable;
  /** Grows where the rows are to be read anew. */
  turn: number;
  /** Reads the tables and the rows again. */
  onRefresh: () => void;
}

/** How long a question may take before it is told of, in milliseconds. */
const PATIENCE = 400;

/** A table's rows: sorted, filtered, in the columns that the person chose. */
export function TableGrid({ connection, table, turn, onRefresh }: TableGridProps) {
  const [sort, setSort] = useState<DataSort | null>(null);
  const [filters, setFilters] = useState<DataFilter[]>([]);
  const [search, setSearch] = useState("");
  const [layout, setLayout] = useLayout(connection, table.name);
  const [open, setOpen] = useState<AskCell | null>(null);
  const [menu, setMenu] = useState<Chosen | null>(null);
  const all = useMemo(() => (search === "" ? filters : [...filters, { column: "", op: "contains" as const, value: search }]), [filters, search]);
  const question = useMemo(() => ({ connection, table: table.name, sort, filters: all }), [connection, table.name, sort, all]);
  const rows = useRows(useMemo(() => ({ ...question, turn }), [question, turn]));
  const fits = useFits(rows);
  const columns = useMemo(() => arranged(rows.columns, layout, fits), [rows.columns, layout, fits]);
  const total = rows.total ?? 0;
  const slow = useSlow(rows.pending && (sort !== null || all.length > 0));
  const onSort = (next: DataSort | null) => {
    setSort(next);
    say(next === null ? words.unsorted : words.sortedBy(next.column, next.descending ? words.sorted.descending : words.sorted.ascending));
  };
  const cellAt = (row: number, column: number): AskCell | null => {
    const [id, name] = [rows.id(row), columns[column]?.name];
    return id === undefined || name === undefined ? null : { connection, table: table.name, id, column: name };
  };
  const copy = (range: Range, as: "tsv" | "json") => void copyCells(question, columns, range, as);
  const wanted = { connection, table: table.name, sort, filters: all, columns: columns.length === rows.columns.length && layout.order.length === 0 ? [] : columns.map((column) => column.name) };
  return (
    <>
      <div className="data-bar">
        <SearchBox value={search} onChange={setSearch} />
        <AddFilter columns={rows.columns} first={columns[0]?.name ?? ""} onAdd={(filter) => setFilters((before) => [...before, filter])} />
        <ColumnsMenu columns={rows.columns} layout={layout} onChange={setLayout} />
        <ExportMenu wanted={wanted} name={table.name} disabled={total === 0} />
        <Button look="quiet" icon={<RefreshCw className="icon" aria-hidden />} aria-label={words.refresh} title={words.refresh} data-testid="data-refresh" onClick={onRefresh} />
        <span className="soft num data-total" data-testid="data-total" data-total={rows.total ?? ""} aria-live="polite">
          {all.length === 0 || rows.total === null ? words.rows(count(rows.total ?? table.rows)) : words.rowsOf(count(rows.total), count(table.rows))}
        </span>
      </div>
      <Chips filters={filters} onDrop={(at) => setFilters((before) => before.filter((_, place) => place !== at))} onClear={() => setFilters([])} />
      {rows.problem !== null && (
        <div className="data-note">
          <ProblemView problem={rows.problem} onRetry={onRefresh} />
        </div>
      )}
      {slow && (
        <div className="data-slow" role="status" data-testid="data-slow">
          <span>{words.sorting}</span>
          <Progress label={words.sorting} value={null} />
          <Button look="quiet" onClick={rows.stop}>
            {words.export.stop}
          </Button>
        </div>
      )}
      {rows.total === 0 ? (
        <EmptyState icon={<Rows3 aria-hidden />} title={all.length > 0 ? words.noMatch : words.emptyTable}>
          <p>{all.length > 0 ? words.noMatchHint : words.emptyTableHint}</p>
          {all.length > 0 && (
            <Button
              data-testid="filter-clear"
              onClick={() => {
                setFilters([]);
                setSearch("");
              }}
            >
              {words.clear}
            </Button>
          )}
        </EmptyState>
      ) : (
        <Grid
          label={words.label(table.name)}
          testId="data-rows"
          columns={columns}
          total={total}
          row={rows.row}
          see={rows.see}
          sort={sort}
          question={JSON.stringify(question)}
          onSort={onSort}
          onWidth={(name, width) => setLayout({ widths: { ...layout.widths, [name]: fitting(width) } })}
          onOpen={({ row, column }) => setOpen(cellAt(row, column))}
          onCopy={(range) => copy(range, "tsv")}
          onMenu={setMenu}
        />
      )}
      {open !== null && <CellSheet cell={open} onClose={() => setOpen(null)} />}
      {menu !== null && <Menu label={words.menu.title} anchor={menu.anchor} items={items(menu)} onClose={() => setMenu(null)} />}
    </>
  );

  function items({ at, range }: Chosen): MenuItem[] {
    const cell = cellAt(at.row, at.column);
    const value = rows.row(at.row)?.[columns[at.column]?.place ?? -1];
    const one = { top: at.row, bottom: at.row, left: at.column, right: at.column };
    const many = range.top !== range.bottom || range.left !== range.right;
    const icon = <Copy className="icon" aria-hidden />;
    const filter = (op: DataFilter["op"], text: string) => setFilters((before) => [...before, { column: cell?.column ?? "", op, value: text }]);
    const list: MenuItem[] = [
      { id: "cell-open", label: words.menu.open, end: "Enter", icon: <Maximize2 className="icon" aria-hidden />, run: () => setOpen(cell) },
      { id: "cell-copy", label: words.menu.cell, icon, run: () => copy(one, "tsv") },
      { id: "row-json", label: words.menu.row, icon, run: () => copy({ ...one, left: 0, right: columns.length - 1 }, "json") },
    ];
    if (many) list.push({ id: "range-tsv", label: words.menu.tsv, end: "Ctrl C", icon, run: () => copy(range, "tsv") }, { id: "range-json", label: words.menu.json, icon, run: () => copy(range, "json") });
    if (value != null && value.length < 500) list.push({ id: "only", label: words.menu.only, icon: <Filter className="icon" aria-hidden />, run: () => filter("equals", value) });
    if (value === null) list.push({ id: "not-empty", label: words.menu.not, icon: <Filter className="icon" aria-hidden />, run: () => filter("not_null", "") });
    return list;
  }
}

/** Rows that the widths of columns are told from. */
const LOOKED_AT = 40;

/** Widths by the first rows that come; they stay as they are when others are looked at. */
function useFits(rows: Rows): Record<string, number> {
  const [fits, setFits] = useState<Record<string, number>>({});
  const known = rows.row(0) !== undefined;
  useEffect(() => {
    if (!known) return;
    const first = Array.from({ length: LOOKED_AT }, (_, at) => rows.row(at)).filter((row) => row !== undefined);
    setFits((before) => (Object.keys(before).length > 0 ? before : fitted(rows.columns, first)));
    // Only when the first rows are there.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [known]);
  return fits;
}

/** Whether something takes long enough to be told of. */
function useSlow(pending: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(pending), pending ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [pending]);
  return slow && pending;
}
