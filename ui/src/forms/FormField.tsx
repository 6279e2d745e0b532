import { useId } from "react";
import type { FormField as Descriptor } from "../api";
import { Ticked } from "../components/Ticked";
import { SecretInput } from "../components/SecretInput";
import { isOwn } from "../open/authForm";
import { words } from "../strings";
import { Control } from "./Control";
import { FaultLines } from "./FaultLines";
import { useForms } from "./context";
import { faultsBelow, isOptional } from "./edit";
import { SecretControl } from "./SecretControl";

interface FormFieldProps {
  field: Descriptor;
  value: unknown;
  /** Where it stands in the definition, as faults name it. */
  path: string;
  onChange: (value: unknown) => void;
  /** Without a label of its own: the section has it. */
  bare?: boolean;
  /** Sent when it is left, not at each key. */
  lazy?: boolean;
}

const INSIDE = new Set(["list", "map", "kind", "settings"]);

/** One setting: its label, its control, what it is, and what is wrong with it. */
export function FormField({ field, value, path, onChange, bare = false, lazy = false }: FormFieldProps) {
  const { faults, forms, own: typed } = useForms();
  const id = useId();
  const nested = INSIDE.has(field.kind);
  const own = nested ? [] : faultsBelow(faults, path);
  const help = [repeats(field) ? "" : field.help, field.also == null ? "" : words.forms.also(field.also)].filter((line) => line !== "").join(" ");
  const about = help !== "" || own.length > 0 ? `${id}-about` : undefined;
  const change = (next: unknown) => onChange(field.required || next !== "" ? next : undefined);
  const shared = { id, about, path, value, label: field.label, faulty: own.length > 0 };
  if (field.kind === "boolean")
    return (
      <div className="form-field" data-path={path}>
        <label className="form-check">
          <input
            type="checkbox"
            data-testid={`form-${path}`}
            aria-describedby={about}
            checked={value === true}
            onChange={(event) => onChange(event.target.checked || field.required ? event.target.checked : undefined)}
          />
          <span>{field.label}</span>
        </label>
        <About id={about} help={help} />
        <FaultLines faults={own} />
      </div>
    );
  return (
    <div className={nested ? "form-field nested" : "form-field"} data-path={path} role={nested ? "group" : undefined} aria-label={nested ? field.label : undefined}>
      {!bare && <Label field={field} id={id} nested={nested} />}
      {!bare && nested && <About id={about} help={help} />}
      {typed !== undefined && isOwn(field) ? (
        <OwnControl id={id} about={about} secret={field.secret} path={path} value={typed.texts[path] ?? ""} onChange={(text) => typed.set(path, text)} />
      ) : field.secret ? (
        <SecretControl {...shared} title={field.label} onChange={change} />
      ) : (
        <Control {...shared} spec={field} field={field} optional={isOptional(forms, field)} lazy={lazy} onChange={change} />
      )}
      {!nested && <About id={own.length > 0 ? undefined : about} help={help} />}
      {own.length > 0 && (
        <div id={about}>
          <FaultLines faults={own} />
        </div>
      )}
    </div>
  );
}

interface OwnProps {
  id: string;
  about: string | undefined;
  secret: boolean;
  path: string;
  value: string;
  onChange: (text: string) => void;
}

/** A value of the person's own. */
function OwnControl({ id, about, secret, path, value, onChange }: OwnProps) {
  if (secret) return <SecretInput id={id} describedBy={about} testId={`own-${path}`} value={value} onChange={onChange} />;
  return (
    <input
      id={id}
      className="input"
      autoComplete="off"
      spellCheck={false}
      aria-describedby={about}
      data-testid={`own-${path}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function Label({ field, id, nested }: { field: Descriptor; id: string; nested: boolean }) {
  const optional = field.required ? null : <span className="dim"> {words.forms.optional}</span>;
  if (nested) return <p className="form-label">{field.label}</p>;
  return (
    <label className="form-label" htmlFor={id}>
      {field.label}
      {optional}
    </label>
  );
}

/** Whether the help says no more than the label: "Values. The values." */
function repeats(field: Descriptor): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/^(the|a|an|der|die|das|eine?) /, "").replace(/\.$/, "");
  return bare(field.help) === bare(field.label) || bare(field.help) === `${field.label.toLowerCase()} parameters`;
}

function About({ id, help }: { id: string | undefined; help: string }) {
  if (help === "") return null;
  return (
    <p id={id} className="form-help">
      <Ticked text={help} />
    </p>
  );
}

