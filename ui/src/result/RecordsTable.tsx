import { Braces, KeyRound, Rows3 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { call, toProblem, type DataSort, type FieldType, type PreviewRow, type Stream, type StreamPreview } from "../api";
import { app } from "../app/store";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { useStash } from "../components/useStash";
import { useWindow } from "../components/useWindow";
import { VirtualTable, type TableColumn } from "../components/VirtualTable";
import { CellMenu } from "./CellMenu";
import { mappingWords, words } from "../strings";
import { panelWords } from "../strings/panel";
import { RecordJson } from "./RecordJson";
import { turned, useFound } from "./useLook";

const NUMERIC = new Set<FieldType>(["integer", "number", "decimal"]);

/** The mapped records, as they will stand in the table. */
export function RecordsTable({ id, stream, preview }: { id: string; stream: Stream; preview: StreamPreview }) {
  const hidden = (stream.fields ?? []).filter((field) => field.hidden === true).map((field) => field.name);
  const keyed = (stream.key ?? []).join(" ");
  const gone = hidden.join(" ");
  // The rows are those of the preview: a column that was hidden a moment ago is among them until the next one comes.
  const [hiding, setHiding] = useState({ preview, gone });
  if (hiding.preview !== preview) setHiding({ preview, gone });
  const without = hiding.preview === preview ? hiding.gone : gone;
  const columns = useMemo(() => columnsOf(preview, without.split(" "), keyed.split(" ")), [preview, without, keyed]);
  const name = preview.stream;
  const [look, setLook] = useStash<{ filter: string; sort: DataSort | null }>(`look ${id} ${name}`, { filter: "", sort: null });
  const [json, setJson] = useStash(`record json ${id}`, false);
  const [here, setHere] = useState(0);
  const found = useFound(id, name, preview.version, preview.rows, look);
  const shown = found.look;
  const key = `${id} ${name} ${found.version} ${shown.filter} ${JSON.stringify(shown.sort ?? null)}`;
  const fetch = useCallback(
    (offset: number, limit: number) => call("preview_rows", { id, stream: name, offset, limit, look: { filter: shown.filter, sort: shown.sort ?? null } }),
    [id, name, shown],
  );
  const onError = useCallback((thrown: unknown) => app.set({ problem: toProblem(thrown) }), []);
  const { row, seen } = useWindow<PreviewRow>(key, fetch, onError);
  const [menu, setMenu] = useState<{ field: string; row: number; column: number; text: string | null; anchor: DOMRect } | null>(null);
  const shownFields = columns.map((column) => column.id);
  if (preview.rows === 0)
    return (
      <EmptyState icon={<Rows3 aria-hidden />} title={words.records.none}>
        {/* Where nothing was read, the problem above says why. */}
        {preview.problem == null && <p>{words.records.noneHint}</p>}
      </EmptyState>
    );
  const cell = (at: number, column: number) => {
    const record = row(at);
    if (record === undefined) return undefined;
    const text = record.cells[column] ?? null;
    return record.faulty.includes(column) ? { text, fault: words.records.faulty } : { text };
  };
  const pick = (at: number, column: number, text: string | null) => {
    const element = document.querySelector(".vtable-cell.here");
    const picked = shownFields[column];
    if (element !== null && picked !== undefined) setMenu({ field: picked, row: row(at)?.at ?? at, column, text, anchor: element.getBoundingClientRect() });
  };
  const filtered = shown.filter.trim() !== "";
  return (
    <>
      <div className="bar">
        <input
          type="search"
          className="input records-filter"
          aria-label={panelWords.filter}
          placeholder={panelWords.filter}
          data-testid="records-filter"
          value={look.filter}
          onChange={(event) => setLook({ ...look, filter: event.target.value })}
        />
        {filtered && (
          <span className="soft num" role="status" data-testid="records-found">
            {panelWords.matches(found.rows, preview.rows)}
          </span>
        )}
        <Button look={json ? "plain" : "quiet"} className="end" icon={<Braces className="icon" aria-hidden />} aria-pressed={json} data-testid="records-json" onClick={() => setJson(!json)}>
          {panelWords.json}
        </Button>
      </div>
      {found.rows === 0 ? (
        <EmptyState icon={<Rows3 aria-hidden />} title={panelWords.noMatch}>
          <Button data-testid="records-all" onClick={() => setLook({ ...look, filter: "" })}>
            {panelWords.clear}
          </Button>
        </EmptyState>
      ) : (
        <div className="records-split">
          <VirtualTable
            label={words.records.label}
            testId="records-grid"
            columns={columns}
            rowCount={found.rows}
            cell={cell}
            onSeen={seen}
            nullText={words.records.null}
            onOpen={(at, column, value) => pick(at, column, value.text)}
            sort={look.sort}
            onSort={(column) => setLook({ ...look, sort: turned(look.sort, column) })}
            number={(at) => row(at)?.at}
            onRow={setHere}
          />
          {json && <RecordJson id={id} stream={stream} row={row(here)?.at ?? here} version={preview.version} />}
        </div>
      )}
      {menu !== null && <CellMenu stream={stream} field={menu.field} text={menu.text} row={menu.row} column={menu.column} anchor={menu.anchor} onClose={() => setMenu(null)} />}
    </>
  );
}

function columnsOf(preview: StreamPreview, hidden: string[], key: string[]): TableColumn[] {
  return preview.fields
    .filter((field) => !hidden.includes(field.name))
    .map((field) => {
      const type = mappingWords.types[field.type];
      const sample = Math.max(...field.samples.map((each) => each.after?.length ?? 4), 4);
      const width = Math.min(320, Math.max(72, (field.name.length + type.length) * 7 + 40, sample * 7.5 + 20));
      const column: TableColumn = {
        id: field.name,
        label: `${field.name} ${type}`,
        width: Math.round(width),
        head: (
          <span className="col-head">
            {key.includes(field.name) && <KeyRound aria-label={words.chips.part.key} />}
            {field.name} <span className="type">{type}</span>
          </span>
        ),
      };
      return NUMERIC.has(field.type) ? { ...column, align: "right" as const } : column;
    });
}
