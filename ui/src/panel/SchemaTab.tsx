import { Columns3 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { call, type Field, type FieldSample, type SchemaSeen, type Stream, type StreamPreview } from "../api";
import { setStream } from "../app/workbench";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { memberPath } from "../mapping/columns";
import { useLocks } from "../mapping/locks";
import { mappingWords, words } from "../strings";
import { panelWords } from "../strings/panel";
import { differences } from "./differences";
import "../components/table.css";
import { said } from "../app/said";

const W = words.schema;

interface SchemaTabProps {
  id: string;
  stream: Stream;
  preview: StreamPreview;
}

/** The declared columns against what was seen in all records at hand. A difference is taken by one click, or all are. */
export function SchemaTab({ id, stream, preview }: SchemaTabProps) {
  const seen = useSeen(id, stream.name, preview.version);
  const { locked } = useLocks(id, stream.name);
  const found = useMemo(() => differences(stream, seen, NONE), [stream, seen]);
  if (preview.fields.length === 0) return <EmptyState icon={<Columns3 aria-hidden />} title={W.none} />;
  const differ = found.types.filter(({ name }) => !locked.has(name));
  const { fresh } = found;
  const take = (types: { name: string; field: Field }[], more: Field[]) => {
    const typed = (stream.fields ?? []).map((field) => types.find((each) => each.name === field.name)?.field ?? field);
    setStream(stream.name, { ...stream, fields: [...typed, ...more] });
  };
  const count = differ.length + fresh.length;
  return (
    <>
      <div className="bar">
        <span className="dim">{count === 0 ? W.agree : W.differ(count)}</span>
        {count > 0 && (
          <Button data-testid="schema-take-all" onClick={() => take(differ, fresh)}>
            {W.acceptAll}
          </Button>
        )}
        {seen.of > 0 && <span className="dim end">{panelWords.toldFrom(seen.records, seen.of)}</span>}
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label={W.label}>
        <table className="plain-table" data-testid="schema">
          <caption className="sr-only">{W.label}</caption>
          <thead>
            <tr>
              <th scope="col">{W.column}</th>
              <th scope="col">{W.declared}</th>
              <th scope="col">{W.detected}</th>
              <th scope="col">{W.evidence}</th>
            </tr>
          </thead>
          <tbody>
            {preview.fields.map((field) => (
              <tr key={field.name}>
                <td className="mono">{field.name}</td>
                <td className="tight">{mappingWords.types[field.type]}</td>
                <td className="tight">
                  <Detected field={field} other={found.types.find((each) => each.name === field.name)?.field} locked={locked.has(field.name)} onTake={(other) => take([{ name: field.name, field: other }], [])} />
                </td>
                <td className="soft">
                  {said(evidenceOf(field.name, stream, seen, preview))}
                  {field.samples.length > 0 && field.samples.every((sample) => sample.before == null) && <span> {W.unseen}</span>}
                  {field.faults > 0 && <span className="bad"> {W.faults(field.faults)}</span>}
                </td>
              </tr>
            ))}
            {fresh.map((field) => (
              <tr key={`new ${field.name}`} data-testid={`schema-new-${field.name}`}>
                <td className="mono">{field.name}</td>
                <td className="dim">{W.undeclared}</td>
                <td>
                  <code>{mappingWords.types[field.type ?? "string"]}</code>{" "}
                  <Button data-testid={`schema-add-${field.name}`} onClick={() => take([], [field])}>
                    {W.add}
                  </Button>
                </td>
                <td className="soft">{said(seen.types.find((type) => type.path === (field.from ?? memberPath(field.name)))?.evidence ?? "")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const NONE: ReadonlySet<string> = new Set();

function Detected({ field, other, locked, onTake }: { field: FieldSample; other: Field | undefined; locked: boolean; onTake: (other: Field) => void }) {
  const type = other?.type;
  if (other === undefined || type === undefined) return <span className="dim">{W.same}</span>;
  if (locked) return <span className="dim">{W.locked(mappingWords.types[type])}</span>;
  return (
    <>
      {mappingWords.types[type]}{" "}
      <Button onClick={() => onTake(other)} data-testid={`schema-take-${field.name}`}>
        {W.accept(mappingWords.types[type])}
      </Button>
    </>
  );
}

/** What a declared column's type is told by: all records at hand, else those that were there at first. */
function evidenceOf(name: string, stream: Stream, seen: SchemaSeen, preview: StreamPreview): string {
  const field = stream.fields?.find((each) => each.name === name);
  const path = field === undefined ? memberPath(name) : (field.from ?? memberPath(field.name));
  const type = seen.types.find((each) => each.path === path);
  return type?.evidence ?? preview.detection?.types.find((each) => each.field === name)?.evidence ?? "";
}

const UNSEEN: SchemaSeen = { records: 0, of: 0, fields: [], types: [] };

/** What the records at hand are like. */
function useSeen(id: string, stream: string, version: number): SchemaSeen {
  const [seen, setSeen] = useState<SchemaSeen>(UNSEEN);
  useEffect(() => {
    let here = true;
    call("schema_seen", { id, stream })
      .then((answer) => here && setSeen(answer))
      // The declared columns are shown without.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [id, stream, version]);
  return seen;
}
