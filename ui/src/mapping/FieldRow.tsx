import { Lock, LockOpen, Trash2, TriangleAlert } from "lucide-react";
import { memo, type Ref } from "react";
import type { Fault, Field, FieldSample, FieldType, OnError, TypeEvidence } from "../api";
import { Button } from "../components/Button";
import { SourceInput } from "./SourceInput";
import { TransformChips } from "./TransformChips";
import { sourceOf, withSource } from "./columns";
import { mappingWords as words } from "../strings";
import { said } from "../app/said";

interface FieldRowProps {
  /** Where only rows in sight are drawn: what measures this one, and its place among all. */
  rowRef?: Ref<HTMLTableRowElement> | undefined;
  index?: number | undefined;
  field: Field;
  /** Where it stands: `streams[0].fields[2]`. */
  path: string;
  at: number;
  /** Whether the column is part of the key, and so can't be hidden. */
  isKey: boolean;
  /** Whether it is chosen, to be changed together with others. */
  marked: boolean;
  /** `range`: with all from the one that was chosen before it. */
  onMark: (at: number, on: boolean, range: boolean) => void;
  sample: FieldSample | undefined;
  evidence: TypeEvidence | undefined;
  /** Whether what is detected leaves its type alone. */
  locked: boolean;
  onLock: (name: string) => void;
  faults: Fault[];
  onChange: (at: number, change: Partial<Field>) => void;
  onRemove: (at: number) => void;
}

/** One column: where it comes from, what it becomes, and what that makes of the first records. A key redraws its own row alone. */
export const FieldRow = memo(function FieldRow({ rowRef, index, field, path, at, isKey, marked, onMark, sample, evidence, locked, onLock, faults, ...on }: FieldRowProps) {
  const onChange = (change: Partial<Field>) => on.onChange(at, change);
  const fault = faults[0];
  const at_fault = (part: string) => faults.some((each) => each.path.endsWith(`.${part}`)) || undefined;
  return (
    <tr ref={rowRef} data-index={index} aria-rowindex={index === undefined ? undefined : index + 2} className={field.hidden === true ? "hidden-field" : undefined} data-path={path} data-testid={`field-${field.name}`}>
      <td>
        <input
          type="checkbox"
          aria-label={words.choose(field.name)}
          data-testid={`choose-${at}`}
          checked={marked}
          onChange={(event) => onMark(at, event.target.checked, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
        />
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={words.showField(field.name)}
          checked={field.hidden !== true}
          disabled={isKey}
          onChange={(event) => onChange({ hidden: !event.target.checked })}
        />
      </td>
      <td>
        <input
          className="input"
          data-path={`${path}.name`}
          data-column="name"
          data-testid={`field-name-${at}`}
          aria-label={words.nameOf(field.name)}
          aria-invalid={at_fault("name")}
          title={field.name}
          value={field.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </td>
      <td>
        <SourceInput
          data-column="from"
          data-testid={`field-from-${at}`}
          aria-label={words.fromOf(field.name)}
          aria-invalid={at_fault("from") ?? at_fault("template")}
          title={`${sourceOf(field)}\n${words.templateHint}`}
          value={sourceOf(field)}
          onType={(text) => onChange(withSource(text))}
        />
      </td>
      <td className="type-cell">
        <select
          className="input"
          data-column="type"
          data-testid={`field-type-${at}`}
          aria-label={words.typeOf(field.name)}
          value={field.type ?? "string"}
          title={evidence === undefined ? undefined : said(evidence.evidence)}
          onChange={(event) => onChange({ type: event.target.value as FieldType })}
        >
          {Object.entries(words.types).map(([type, label]) => (
            <option key={type} value={type}>
              {label}
            </option>
          ))}
        </select>
        <button
          type="button"
          className={locked ? "type-lock on" : "type-lock"}
          aria-pressed={locked}
          aria-label={words.lockType(field.name)}
          title={locked ? words.lockedHelp : words.lockHelp}
          data-testid={`lock-${at}`}
          onClick={() => onLock(field.name)}
        >
          {locked ? <Lock className="icon" aria-hidden /> : <LockOpen className="icon" aria-hidden />}
        </button>
        {sample?.detected != null && sample.detected !== (field.type ?? "string") && !locked && <span className="dim type-seen">{words.detected(words.types[sample.detected])}</span>}
      </td>
      <td>
        <TransformChips field={field.name} samples={sample?.samples ?? []} transforms={field.transform ?? []} onChange={(transform) => onChange({ transform })} />
      </td>
      <td>
        <select
          className="input"
          data-column="on-error"
          aria-label={words.onErrorOf(field.name)}
          value={field.on_error ?? "null"}
          onChange={(event) => onChange({ on_error: event.target.value as OnError })}
        >
          {Object.entries(words.onErrors).map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </td>
      <td className="mapping-example">
        <Example sample={sample} />
        {fault !== undefined && <p className="bad">{said(fault.message)}</p>}
      </td>
      <td>
        <Button look="quiet" icon={<Trash2 className="icon" aria-hidden />} aria-label={words.removeField(field.name)} onClick={() => on.onRemove(at)} />
      </td>
    </tr>
  );
});

function Example({ sample }: { sample: FieldSample | undefined }) {
  if (sample === undefined) return null;
  const shown = sample.samples.find((each) => each.before != null) ?? sample.samples[0];
  return (
    <>
      {shown !== undefined && (
        <span className="mono before-after">
          <span className="dim">{shown.before ?? words.missing}</span>
          {(shown.steps ?? []).map((step, place) => (
            <span key={place} className="dim">
              {" → "}
              {step ?? words.null}
            </span>
          ))}
          {" → "}
          <span>{shown.after ?? <span className="dim">{words.null}</span>}</span>
        </span>
      )}
      {sample.faults > 0 && (
        <details className="field-faults">
          <summary className="tag warn">
            <TriangleAlert aria-hidden />
            {words.faults(sample.faults)}
          </summary>
          <ul>
            {sample.fault_samples.map((fault) => (
              <li key={`${fault.row}:${fault.value}`}>
                <span className="mono">{fault.value}</span> <span className="soft">{said(fault.message)}</span>{" "}
                <span className="dim">({words.row(fault.row + 1)})</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
