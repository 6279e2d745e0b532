import { Columns3 } from "lucide-react";
import type { FieldType, Stream, StreamPreview, TypeEvidence } from "../api";
import { setStream } from "../app/workbench";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { words } from "../strings";
import "../components/table.css";

/** The declared columns against what was seen; a difference is taken by one click. */
export function SchemaTab({ stream, preview, types }: { stream: Stream; preview: StreamPreview; types: TypeEvidence[] }) {
  if (preview.fields.length === 0) return <EmptyState icon={<Columns3 aria-hidden />} title={words.schema.none} />;
  const take = (name: string, type: FieldType) => {
    const fields = (stream.fields ?? []).map((field) => (field.name === name ? { ...field, type } : field));
    setStream(stream.name, { ...stream, fields });
  };
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={words.schema.label}>
      <table className="plain-table" data-testid="schema">
        <caption className="sr-only">{words.schema.label}</caption>
        <thead>
          <tr>
            <th scope="col">{words.schema.column}</th>
            <th scope="col">{words.schema.declared}</th>
            <th scope="col">{words.schema.detected}</th>
            <th scope="col">{words.schema.evidence}</th>
          </tr>
        </thead>
        <tbody>
          {preview.fields.map(({ name, type, detected, faults }) => (
            <tr key={name}>
              <td className="mono">{name}</td>
              <td className="mono">{type}</td>
              <td>
                {detected == null || detected === type ? (
                  <span className="dim">{words.schema.same}</span>
                ) : (
                  <>
                    <code>{detected}</code>{" "}
                    <Button onClick={() => take(name, detected)} data-testid={`schema-take-${name}`}>
                      {words.schema.accept(detected)}
                    </Button>
                  </>
                )}
              </td>
              <td className="soft">
                {types.find((each) => each.field === name)?.evidence}
                {faults > 0 && <span className="bad"> {words.schema.faults(faults)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
