import { Plus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../components/Button";
import { words } from "../strings";
import { Control, type ControlProps } from "./Control";
import { FaultLines } from "./FaultLines";
import { useForms } from "./context";
import { atKey, blank, faultsBelow, isPlain, ownFaults, type Plain } from "./edit";

type Entry = [string, unknown];

/** What entries make: those without a name, and the second of a name, wait. */
function made(entries: Entry[]): Plain {
  const out: Plain = {};
  for (const [key, value] of entries) if (key !== "" && !Object.hasOwn(out, key)) out[key] = value;
  return out;
}

/** Values by name: a row each. */
export function MapControl({ spec, label, path, value, field, onChange }: ControlProps) {
  const { forms, faults } = useForms();
  const given: Plain = isPlain(value) ? value : {};
  const [entries, setEntries] = useState<Entry[]>(() => Object.entries(given));
  const now = JSON.stringify(given);
  useEffect(() => {
    setEntries((before) => (JSON.stringify(made(before)) === now ? before : Object.entries(JSON.parse(now) as Plain)));
  }, [now]);
  const item = spec.item;
  if (item == null) return null;
  const write = (next: Entry[]) => {
    setEntries(next);
    const all = made(next);
    onChange(Object.keys(all).length === 0 && field?.required !== true ? undefined : all);
  };
  const names = entries.map(([key]) => key);
  return (
    <div className="form-list">
      <FaultLines faults={ownFaults(faults, path, names.map((key) => atKey(path, key)))} />
      {entries.map(([key, each], at) => {
        const own = faultsBelow(faults, atKey(path, key));
        const twice = key !== "" && names.indexOf(key) !== at;
        const name = key === "" ? `${label} ${at + 1}` : key;
        return (
          <div key={at} className="form-entry" role="group" aria-label={name}>
            <input
              className="input mono"
              aria-label={words.forms.nameOf(name)}
              aria-invalid={twice || undefined}
              placeholder={words.forms.name}
              spellCheck={false}
              data-testid={`form-key-${path}-${at}`}
              value={key}
              onChange={(event) => write(entries.with(at, [event.target.value, each]))}
            />
            <div className="form-item-body">
              <Control
                spec={item}
                id={`entry-${path}-${at}`}
                about={undefined}
                label={words.forms.valueOf(name)}
                path={key === "" ? `${path}-${at}` : atKey(path, key)}
                value={each}
                faulty={own.length > 0}
                optional={false}
                onChange={(next) => write(entries.with(at, [key, next ?? blank(forms, item)]))}
              />
              {twice && <p className="error">{words.forms.twice}</p>}
              <FaultLines faults={own} />
            </div>
            <Button
              look="quiet"
              icon={<Trash2 className="icon" aria-hidden />}
              aria-label={words.forms.remove(name)}
              onClick={() => write(entries.filter((_, index) => index !== at))}
            />
          </div>
        );
      })}
      <div>
        <Button icon={<Plus className="icon" aria-hidden />} data-testid={`form-add-${path}`} onClick={() => setEntries([...entries, ["", blank(forms, item)]])}>
          {words.forms.add}
        </Button>
      </div>
    </div>
  );
}
