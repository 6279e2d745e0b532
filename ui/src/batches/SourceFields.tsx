import { useEffect, useState } from "react";
import { call, pickRows, type BatchSource, type ConnectionView } from "../api";
import { toastFault } from "../app/store";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { words } from "../strings";

interface SourceFieldsProps {
  view: ConnectionView;
  source: BatchSource;
  onChange: (source: BatchSource) => void;
}

/** Where rows come from: a file, or a table of this connection. */
export function SourceFields({ view, source, onChange }: SourceFieldsProps) {
  const [tables, setTables] = useState<string[]>([]);
  useEffect(() => {
    let here = true;
    call("data_tables", { id: view.id })
      .then((list) => here && setTables(list.map((table) => table.name)))
      // Nothing synced yet: a file is all there is.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [view.id]);
  const ofTable = (table: string): BatchSource => ({ type: "table", connection: view.id, table });
  const pick = async () => {
    const path = await pickRows().catch(toastFault);
    if (path != null) onChange({ type: "file", path });
  };
  return (
    <>
      <Field label={words.batches.from}>
        {({ id }) => (
          <select
            id={id}
            className="input"
            data-testid="batch-from"
            value={source.type}
            onChange={(event) => onChange(event.target.value === "table" ? ofTable(tables[0] ?? "") : { type: "file", path: "" })}
          >
            <option value="file">{words.batches.file}</option>
            {tables.length > 0 && <option value="table">{words.batches.table}</option>}
          </select>
        )}
      </Field>
      {source.type === "file" && (
        <Field label={words.batches.path}>
          {({ id }) => (
            <div className="batch-line">
              <input
                id={id}
                className="input mono"
                data-testid="batch-path"
                value={source.path}
                onChange={(event) => onChange({ type: "file", path: event.target.value })}
              />
              <Button data-testid="batch-choose" onClick={() => void pick()}>
                {words.batches.choose}
              </Button>
            </div>
          )}
        </Field>
      )}
      {source.type === "table" && (
        <Field label={words.batches.tableName}>
          {({ id }) => (
            <select id={id} className="input" data-testid="batch-table" value={source.table} onChange={(event) => onChange(ofTable(event.target.value))}>
              {tables.map((table) => (
                <option key={table}>{table}</option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}
