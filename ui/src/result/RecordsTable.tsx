import { KeyRound, Rows3 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { call, toProblem, type FieldType, type PreviewRow, type Stream, type StreamPreview } from "../api";
import { app } from "../app/store";
import { EmptyState } from "../components/EmptyState";
import { useWindow } from "../components/useWindow";
import { VirtualTable, type TableColumn } from "../components/VirtualTable";
import { CellMenu } from "./CellMenu";
import { mappingWords, words } from "../strings";

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
  const fetch = useCallback(
    (offset: number, limit: number) => call("preview_rows", { id, stream: name, offset, limit }),
    [id, name],
  );
  const onError = useCallback((thrown: unknown) => app.set({ problem: toProblem(thrown) }), []);
  const { row, seen } = useWindow<PreviewRow>(`${id} ${name} ${preview.version}`, fetch, onError);
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
    if (element !== null && picked !== undefined) setMenu({ field: picked, row: at, column, text, anchor: element.getBoundingClientRect() });
  };
  return (
    <>
    <VirtualTable
      label={words.records.label}
      testId="records-grid"
      columns={columns}
      rowCount={preview.rows}
      cell={cell}
      onSeen={seen}
      nullText={words.records.null}
      onOpen={(at, column, shown) => pick(at, column, shown.text)}
    />
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
