import { Columns3 } from "lucide-react";
import { useEffect, useState } from "react";
import { call, type Field, type FieldSample, type FieldType, type Member, type Stream, type StreamPreview, type TypeEvidence } from "../api";
import { setStream } from "../app/workbench";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { memberPath } from "../mapping/columns";
import { useLocks } from "../mapping/locks";
import { mappingWords, words } from "../strings";
import "../components/table.css";
import { said } from "../app/said";

const W = words.schema;

interface SchemaTabProps {
  id: string;
  stream: Stream;
  preview: StreamPreview;
  types: TypeEvidence[];
}

/** The declared columns against what was seen. A difference is taken by one click, or all are. */
export function SchemaTab({ id, stream, preview, types }: SchemaTabProps) {
  const members = useMembers(id, stream.name, preview.version);
  const { locked } = useLocks(id, stream.name);
  if (preview.fields.length === 0) return <EmptyState icon={<Columns3 aria-hidden />} title={W.none} />;
  const declared = stream.fields ?? [];
  const differ = preview.fields.filter((field) => field.detected != null && field.detected !== field.type && !locked.has(field.name));
  const fresh = declared.length === 0 ? [] : members.filter((member) => !declared.some((field) => reads(field, member.name)));
  const take = (fields: FieldSample[], more: Member[]) => {
    const typed = declared.map((field) => {
      const detected = fields.find((each) => each.name === field.name)?.detected;
      return detected == null ? field : { ...field, type: detected };
    });
    const taken = new Set(declared.map((field) => field.name.toLowerCase()));
    const added = more.filter((member) => !taken.has(member.name.toLowerCase())).map(asField);
    setStream(stream.name, { ...stream, fields: [...typed, ...added] });
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
                  <Detected field={field} locked={locked.has(field.name)} onTake={() => take([field], [])} />
                </td>
                <td className="soft">
                  {said(types.find((each) => each.field === field.name)?.evidence ?? "")}
                  {field.samples.length > 0 && field.samples.every((sample) => sample.before == null) && <span> {W.unseen}</span>}
                  {field.faults > 0 && <span className="bad"> {W.faults(field.faults)}</span>}
                </td>
              </tr>
            ))}
            {fresh.map((member) => (
              <tr key={`new ${member.name}`} data-testid={`schema-new-${member.name}`}>
                <td className="mono">{member.name}</td>
                <td className="dim">{W.undeclared}</td>
                <td>
                  <code>{typeOf(member)}</code>{" "}
                  <Button data-testid={`schema-add-${member.name}`} onClick={() => take([], [member])}>
                    {W.add}
                  </Button>
                </td>
                <td className="soft mono">{member.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Detected({ field, locked, onTake }: { field: FieldSample; locked: boolean; onTake: () => void }) {
  const { detected } = field;
  if (detected == null || detected === field.type) return <span className="dim">{W.same}</span>;
  if (locked) return <span className="dim">{W.locked(mappingWords.types[detected])}</span>;
  return (
    <>
      {mappingWords.types[detected]}{" "}
      <Button onClick={onTake} data-testid={`schema-take-${field.name}`}>
        {W.accept(mappingWords.types[detected])}
      </Button>
    </>
  );
}

/** The members of the first record that was read. */
function useMembers(id: string, stream: string, version: number): Member[] {
  const [members, setMembers] = useState<Member[]>([]);
  useEffect(() => {
    let here = true;
    call("expression_members", { id, stream, path: "record" })
      .then((list) => here && setMembers(Array.isArray(list) ? list : []))
      // What is new is an extra: the declared columns are shown without.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [id, stream, version]);
  return members;
}

function reads(field: Field, member: string): boolean {
  if (field.template != null) return field.template.includes(member);
  const path = field.from ?? memberPath(field.name);
  const own = memberPath(member);
  return path === own || path.startsWith(`${own}.`) || path.startsWith(`${own}[`);
}

function typeOf(member: Member): FieldType {
  switch (member.kind) {
    case "number":
      return /^-?\d+$/.test(member.value) ? "integer" : "number";
    case "boolean":
    case "array":
    case "object":
      return member.kind;
    default:
      return "string";
  }
}

function asField(member: Member): Field {
  const name = member.name.replace(/[^\p{L}\p{N}_]/gu, "_");
  return { name, ...(name === member.name ? {} : { from: memberPath(member.name) }), type: typeOf(member) } as Field;
}
