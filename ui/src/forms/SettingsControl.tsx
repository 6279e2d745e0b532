import { Plus, Trash2 } from "lucide-react";
import type { FormField as Descriptor, FormKind } from "../api";
import { Button } from "../components/Button";
import { words } from "../strings";
import type { ControlProps } from "./Control";
import { FaultLines } from "./FaultLines";
import { FormField } from "./FormField";
import { useForms } from "./context";
import { atKey, blank, faultsBelow, get, groupOf, ownFaults, put, shownFields } from "./edit";

/** A group of settings. Those that need something are added first. */
export function SettingsControl({ spec, field, label, path, value, optional, onChange }: ControlProps) {
  const { forms } = useForms();
  const kind = groupOf(forms, spec.group)?.kinds[0];
  if (kind === undefined) return null;
  if (optional && value === undefined)
    return (
      <div>
        <Button icon={<Plus className="icon" aria-hidden />} data-testid={`form-add-${path}`} onClick={() => onChange(blank(forms, spec))}>
          {words.forms.set(label)}
        </Button>
      </div>
    );
  const change = (inner: unknown) => onChange(field?.required !== true && Object.keys(inner as object).length === 0 ? undefined : inner);
  return (
    <>
      <Settings kind={kind} inner={value} path={path} outer={path} onChange={change} />
      {optional && (
        <div>
          <Button look="quiet" icon={<Trash2 className="icon" aria-hidden />} data-testid={`form-remove-${path}`} onClick={() => onChange(undefined)}>
            {words.forms.remove(label)}
          </Button>
        </div>
      )}
    </>
  );
}

interface SettingsProps {
  kind: FormKind;
  inner: unknown;
  /** Where the settings stand. */
  path: string;
  /** Where the kind stands, for faults of its own. */
  outer: string;
  onChange: (inner: unknown) => void;
}

/** The settings of a kind, the seldom ones folded away. */
export function Settings({ kind, inner, path, outer, onChange }: SettingsProps) {
  const { faults } = useForms();
  const { plain, advanced } = shownFields(kind, inner);
  const place = (field: Descriptor) => (field.path === "" ? path : atKey(path, field.path));
  const own = ownFaults(faults, outer, [...plain, ...advanced].map(place));
  const one = (field: Descriptor) => (
    <FormField
      key={field.path}
      field={field}
      value={get(inner, field.path)}
      path={place(field)}
      onChange={(next) => onChange(put(inner, field.path, next))}
    />
  );
  const open = advanced.some((field) => get(inner, field.path) !== undefined || faultsBelow(faults, place(field)).length > 0);
  return (
    <div className="form-settings">
      <FaultLines faults={own} />
      {plain.map(one)}
      {advanced.length > 0 && (
        <details className="form-more" open={open || undefined}>
          <summary>{words.forms.more}</summary>
          <div className="form-settings-in">{advanced.map(one)}</div>
        </details>
      )}
    </div>
  );
}
