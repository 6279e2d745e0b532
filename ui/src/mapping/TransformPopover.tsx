import { ArrowLeft, ArrowRight, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import type { Transform } from "../api";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { Popover } from "../components/Popover";
import { KINDS, fromForm, toForm, transformId, type Kind, type Setting } from "./transforms";
import { mappingWords as words } from "../strings";

interface TransformPopoverProps {
  label: string;
  anchor: { left: number; top: number; bottom: number };
  /** The transform to edit; none: a new one is chosen first. */
  transform: Transform | null;
  /** What it makes of the first records. */
  steps: { before: string; after: string }[];
  onSave: (transform: Transform) => void;
  onMove?: (by: -1 | 1) => void;
  onRemove?: () => void;
  onClose: () => void;
}

/** Chooses a transform and its settings. */
export function TransformPopover({ label, anchor, transform, steps, onSave, onMove, onRemove, onClose }: TransformPopoverProps) {
  const [kind, setKind] = useState<Kind | null>(KINDS.find((each) => transform !== null && each.id === transformId(transform)) ?? null);
  const choose = (chosen: Kind) => {
    if (chosen.settings.length > 0) return setKind(chosen);
    onClose();
    onSave(chosen.id as Transform);
  };
  return (
    <Popover label={label} anchor={anchor} onClose={onClose}>
      {kind === null && transform === null && <KindList onChoose={choose} />}
      {kind !== null && (
        <SettingsForm
          kind={kind}
          start={transform === null ? {} : toForm(transform)}
          onTry={onSave}
          onSave={(next) => {
            onClose();
            onSave(next);
          }}
        />
      )}
      {steps.length > 0 && (
        <ul className="transform-steps" aria-label={words.example} data-testid="transform-steps">
          {steps.map(({ before, after }, place) => (
            <li key={place} className="mono">
              <span className="dim">{before}</span> → {after}
            </li>
          ))}
        </ul>
      )}
      {transform !== null && (
        <div className="transform-tools">
          <Button look="quiet" icon={<ArrowLeft className="icon" aria-hidden />} aria-label={words.moveEarlier} onClick={() => onMove?.(-1)} />
          <Button look="quiet" icon={<ArrowRight className="icon" aria-hidden />} aria-label={words.moveLater} onClick={() => onMove?.(1)} />
          <Button
            look="quiet"
            icon={<Trash2 className="icon" aria-hidden />}
            onClick={() => {
              onClose();
              onRemove?.();
            }}
          >
            {words.remove}
          </Button>
        </div>
      )}
    </Popover>
  );
}

function KindList({ onChoose }: { onChoose: (kind: Kind) => void }) {
  return (
    <ul className="transform-kinds">
      {KINDS.map((kind) => (
        <li key={kind.id}>
          <button type="button" data-testid={`transform-${kind.id}`} onClick={() => onChoose(kind)}>
            <span className="mono">{kind.label}</span>
            <span className="dim">{kind.help}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface SettingsFormProps {
  kind: Kind;
  start: Record<string, string>;
  /** Takes what is typed at once, so that its effect is seen. */
  onTry: (transform: Transform) => void;
  onSave: (transform: Transform) => void;
}

function SettingsForm({ kind, start, onTry, onSave }: SettingsFormProps) {
  const [form, setForm] = useState(start);
  const [fault, setFault] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = fromForm(kind, form);
    if ("fault" in made) setFault(made.fault);
    else onSave(made.transform);
  };
  if (kind.settings.length === 0) return <p className="transform-form soft">{kind.help}</p>;
  return (
    <form className="transform-form" onSubmit={submit}>
      <p className="soft">{kind.help}</p>
      {kind.settings.map((setting, at) => (
        <SettingInput
          key={setting.key}
          setting={setting}
          first={at === 0}
          faulty={fault === setting.label}
          value={form[setting.key] ?? ""}
          onChange={(value) => {
            const next = { ...form, [setting.key]: value };
            setForm(next);
            const made = fromForm(kind, next);
            if ("transform" in made) onTry(made.transform);
          }}
        />
      ))}
      <Button look="primary" type="submit" data-testid="transform-done">
        {words.done}
      </Button>
    </form>
  );
}

interface SettingInputProps {
  setting: Setting;
  first: boolean;
  faulty: boolean;
  value: string;
  onChange: (value: string) => void;
}

function SettingInput({ setting, first, faulty, value, onChange }: SettingInputProps) {
  return (
    <Field label={setting.label}>
      {({ id }) =>
        setting.kind === "type" ? (
          <select id={id} className="input" value={value} data-autofocus={first ? "" : undefined} onChange={(event) => onChange(event.target.value)}>
            <option value="" />
            {Object.entries(words.types).map(([type, label]) => (
              <option key={type} value={type}>
                {label}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            className="input mono"
            value={value}
            placeholder={setting.placeholder}
            aria-invalid={faulty || undefined}
            data-autofocus={first ? "" : undefined}
            autoFocus={first}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
