import { useEffect, useRef, useState } from "react";
import type { FormField, FormValue } from "../api";
import { Ticked } from "../components/Ticked";
import { words } from "../strings";
import { ExpressionInput } from "./ExpressionInput";
import { KindControl } from "./KindControl";
import { ListControl } from "./ListControl";
import { MapControl } from "./MapControl";
import { SettingsControl } from "./SettingsControl";
import { useForms } from "./context";
import { readJson, readScalar, showJson } from "./edit";

/** What a control is given. */
export interface ControlProps {
  spec: FormValue;
  /** The setting that it belongs to; none for an item of a list. */
  field?: FormField | undefined;
  id: string;
  about: string | undefined;
  label: string;
  path: string;
  value: unknown;
  faulty: boolean;
  optional: boolean;
  lazy?: boolean;
  onChange: (value: unknown) => void;
}

/** The control of a value: the one place that knows which is drawn for which. */
export function Control(props: ControlProps) {
  // A list where one is usual (several rate limits) is shown as JSON, so that an edit does not lose it.
  if (props.spec.kind === "settings" && Array.isArray(props.value)) {
    return <TextControl {...props} spec={{ ...props.spec, kind: "json" }} />;
  }
  switch (props.spec.kind) {
    case "kind":
      return <KindControl {...props} />;
    case "settings":
      return <SettingsControl {...props} />;
    case "list":
      return <ListControl {...props} />;
    case "map":
      return <MapControl {...props} />;
    case "choice":
      return <ChoiceControl {...props} />;
    case "boolean":
      return <BooleanControl {...props} />;
    default:
      return <TextControl {...props} />;
  }
}

function ChoiceControl({ spec, field, id, about, label, path, value, faulty, onChange }: ControlProps) {
  const options = spec.options ?? [];
  const chosen = typeof value === "string" ? value : "";
  const help = options.find((option) => option.value === chosen)?.help ?? "";
  return (
    <>
      <select
        id={id}
        className="input form-short"
        aria-label={field === undefined ? label : undefined}
        aria-describedby={about}
        aria-invalid={faulty || undefined}
        data-testid={`form-${path}`}
        value={chosen}
        onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      >
        {(field?.required !== true || chosen === "") && <option value="">{unset(field)}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {help !== "" && (
        <p className="form-help">
          <Ticked text={help} />
        </p>
      )}
    </>
  );
}

/** What an empty choice says. */
export function unset(field: FormField | undefined): string {
  if (field?.default == null) return words.forms.unset;
  const option = field.options?.find((each) => each.value === field.default);
  return words.forms.usual(option?.label ?? field.default.replaceAll("`", ""));
}

function BooleanControl({ label, path, value, onChange }: ControlProps) {
  return (
    <input type="checkbox" aria-label={label} data-testid={`form-${path}`} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
  );
}

/** Reads what was typed, or says what it must be. */
function read(kind: FormValue["kind"], text: string): { value: unknown } | { fault: string } {
  if (kind === "integer") {
    if (text.trim() === "") return { value: undefined };
    return /^-?\d{1,15}$/.test(text.trim()) ? { value: Number(text) } : { fault: words.forms.whole };
  }
  if (kind === "number") {
    if (text.trim() === "") return { value: undefined };
    return Number.isFinite(Number(text)) ? { value: Number(text) } : { fault: words.forms.number };
  }
  if (kind === "scalar") return { value: readScalar(text) };
  if (kind === "json") {
    const got = readJson(text);
    return "fault" in got ? { fault: words.forms.json } : got;
  }
  return { value: text };
}

function show(kind: FormValue["kind"], value: unknown): string {
  if (kind === "json") return showJson(value);
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : typeof value === "object" ? JSON.stringify(value) : String(value);
}

const PLAIN = new Set(["text", "integer", "number"]);

function TextControl({ spec, field, id, about, label, path, value, faulty, lazy, onChange }: ControlProps) {
  const shown = show(spec.kind, value);
  const [text, setText] = useState(shown);
  const [fault, setFault] = useState("");
  const last = useRef(shown);
  const { streams } = useForms();
  useEffect(() => {
    // Undo, or another form, changed it: what was typed here gives way.
    if (shown === last.current) return;
    last.current = shown;
    setText(shown);
    setFault("");
  }, [shown]);
  const commit = (typed: string) => {
    const got = read(spec.kind, typed);
    if ("fault" in got) return setFault(got.fault);
    setFault("");
    last.current = show(spec.kind, got.value);
    if (got.value === undefined && field?.required === true) return setFault(words.forms.needed);
    onChange(got.value);
  };
  const type = (typed: string) => {
    setText(typed);
    if (lazy !== true) commit(typed);
  };
  const shared = {
    id,
    className: PLAIN.has(spec.kind) ? "input" : "input mono",
    spellCheck: false,
    autoComplete: "off",
    "aria-label": field === undefined ? label : undefined,
    "aria-describedby": about,
    "aria-invalid": faulty || fault !== "" || undefined,
    "data-testid": `form-${path}`,
    // What is sent when the field is left, or can't be sent, is the field's own until then.
    "data-own-undo": lazy === true || fault !== "" ? "" : undefined,
    placeholder: placeholder(field),
    value: text,
    onBlur: () => {
      if (lazy === true && text !== shown) commit(text);
    },
  };
  const isLong = spec.kind === "long_text" || (spec.kind === "json" && (text.includes("\n") || typeof value === "object" || field?.path === ""));
  return (
    <>
      {isLong ? (
        <textarea {...shared} rows={Math.min(14, Math.max(4, text.split("\n").length + 1))} onChange={(event) => type(event.target.value)} />
      ) : field?.path === "stream" && streams.length > 0 ? (
        <select {...shared} className="input form-short" onChange={(event) => type(event.target.value)}>
          <option value="">{words.forms.choose}</option>
          {streams.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      ) : spec.kind === "expression" ? (
        <ExpressionInput
          {...shared}
          onType={type}
          onKeyDown={(event) => {
            if (lazy === true && event.key === "Enter") commit(text);
          }}
        />
      ) : (
        <input
          {...shared}
          inputMode={spec.kind === "integer" ? "numeric" : undefined}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (lazy === true && event.key === "Enter") commit(text);
          }}
        />
      )}
      {fault !== "" && <p className="error">{fault}</p>}
    </>
  );
}

function placeholder(field: FormField | undefined): string | undefined {
  const example = field?.example;
  if (typeof example === "string" || typeof example === "number") return words.forms.example(String(example));
  return field?.default?.replaceAll("`", "");
}
