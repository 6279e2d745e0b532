import { useState, type FormEvent, type ReactNode } from "react";
import type { TableChoice } from "../api";
import { count } from "../app/format";
import type { Chosen } from "../app/source";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { Segmented } from "../components/Segmented";
import { openWords } from "../strings/open";
import { atFirst, found, turned } from "./chosen";
import "./tables.css";

const W = openWords.tables;
/** The most rows that are shown: more are found by searching. */
const MOST_SHOWN = 500;

interface TableChooserProps {
  tables: TableChoice[];
  busy: boolean;
  onTake: (chosen: Chosen) => void;
  /** Buttons beside the one that takes the choice. */
  others?: ReactNode;
}

/** Tables to choose from, or a query to write. */
export function TableChooser({ tables, busy, onTake, others }: TableChooserProps) {
  const [way, setWay] = useState<"tables" | "query">(tables.length === 0 ? "query" : "tables");
  return (
    <div className="table-chooser">
      <Segmented
        label={W.ways}
        value={way}
        options={[
          { value: "tables", label: W.pick, testId: "way-tables" },
          { value: "query", label: W.query, testId: "way-query" },
        ]}
        onChange={setWay}
      />
      {way === "tables" ? <Pick tables={tables} busy={busy} onTake={onTake} others={others} /> : <Query busy={busy} onTake={onTake} others={others} />}
    </div>
  );
}

function Pick({ tables, busy, onTake, others }: TableChooserProps) {
  const [text, setText] = useState("");
  const views = tables.some((table) => table.view);
  const [withViews, setWithViews] = useState(false);
  const [chosen, setChosen] = useState(() => atFirst(tables));
  const [actions, setActions] = useState(false);
  const shown = found(tables, text, withViews);
  const open = shown.filter((table) => !table.taken);
  if (tables.length === 0)
    return (
      <div>
        <p>{W.empty}</p>
        <p className="soft">{W.emptyHelp}</p>
      </div>
    );
  return (
    <>
      <div className="table-tools">
        <input className="input" type="search" aria-label={W.search} placeholder={W.search} data-testid="tables-search" value={text} onChange={(event) => setText(event.target.value)} />
        <Button data-testid="tables-all" disabled={open.length === 0} onClick={() => setChosen(turned(chosen, open, true))}>
          {W.all}
        </Button>
        <Button data-testid="tables-none" disabled={chosen.size === 0} onClick={() => setChosen(turned(chosen, shown, false))}>
          {W.none}
        </Button>
        {views && (
          <label className="check">
            <input type="checkbox" data-testid="tables-views" checked={withViews} onChange={(event) => setWithViews(event.target.checked)} />
            {W.views}
          </label>
        )}
        <span className="dim num" role="status" data-testid="tables-chosen">
          {W.chosen(chosen.size, tables.length)}
        </span>
      </div>
      <List tables={shown.slice(0, MOST_SHOWN)} chosen={chosen} onTurn={(table, on) => setChosen(turned(chosen, [table], on))} />
      {shown.length === 0 && <p className="dim">{W.noMatch}</p>}
      {shown.length > MOST_SHOWN && <p className="dim">{W.more(shown.length - MOST_SHOWN)}</p>}
      <label className="check" title={W.actionsHelp}>
        <input type="checkbox" data-testid="tables-actions" checked={actions} onChange={(event) => setActions(event.target.checked)} />
        {W.actions}
      </label>
      <div className="form-end">
        <Button look="primary" main data-testid="tables-take" disabled={busy || chosen.size === 0} onClick={() => onTake({ tables: inOrder(tables, chosen), ...(actions && { actions }) })}>
          {W.take(chosen.size)}
        </Button>
        {others}
      </div>
    </>
  );
}

/** The chosen tables, as the list has them. */
function inOrder(tables: TableChoice[], chosen: Set<string>): string[] {
  return tables.filter((table) => chosen.has(table.name)).map((table) => table.name);
}

interface ListProps {
  tables: TableChoice[];
  chosen: Set<string>;
  onTurn: (table: TableChoice, on: boolean) => void;
}

function List({ tables, chosen, onTurn }: ListProps) {
  return (
    <div className="table-list">
      <table aria-label={W.label}>
        <thead>
          <tr>
            <th scope="col">{W.head.table}</th>
            <th scope="col" className="num">
              {W.head.rows}
            </th>
            <th scope="col">{W.head.key}</th>
            <th scope="col">{W.head.cursor}</th>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <tr key={table.name} data-testid={`table-${table.name}`} data-chosen={chosen.has(table.name)}>
              <td>
                <label className="check">
                  <input
                    type="checkbox"
                    aria-label={W.choose(table.name)}
                    checked={table.taken || chosen.has(table.name)}
                    disabled={table.taken}
                    onChange={(event) => onTurn(table, event.target.checked)}
                  />
                  <span className="table-name" title={table.name}>
                    {table.table}
                  </span>
                  {table.schema != null && <span className="dim">{W.schema(table.schema)}</span>}
                  {table.view && <span className="dim">{W.view}</span>}
                  {table.taken && <span className="dim">{W.taken}</span>}
                </label>
              </td>
              <td className="num">{table.rows == null ? "" : count(table.rows)}</td>
              <td className={table.key.length === 0 ? "dim" : "mono"}>{table.key.length === 0 ? W.noKey : table.key.join(", ")}</td>
              <td className={table.cursor == null ? "dim" : "mono"}>{table.cursor ?? W.noCursor}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Query({ busy, onTake, others }: Omit<TableChooserProps, "tables">) {
  const [name, setName] = useState<string>(W.queryName);
  const [sql, setSql] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onTake({ tables: [], query: { name: name.trim() === "" ? W.queryName : name.trim(), sql } });
  };
  return (
    <form className="key-form" onSubmit={send}>
      <Field label={W.name}>
        {({ id }) => <input id={id} className="input mono" autoComplete="off" spellCheck={false} data-testid="query-name" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={W.sql} help={W.sqlHelp}>
        {({ id, describedBy }) => (
          <textarea
            id={id}
            className="input mono"
            rows={6}
            spellCheck={false}
            aria-describedby={describedBy}
            data-testid="query-sql"
            placeholder={W.sqlPlaceholder}
            value={sql}
            onChange={(event) => setSql(event.target.value)}
          />
        )}
      </Field>
      <div className="form-end">
        <Button look="primary" main type="submit" data-testid="query-take" disabled={busy || sql.trim() === ""}>
          {W.takeQuery}
        </Button>
        {others}
      </div>
    </form>
  );
}
