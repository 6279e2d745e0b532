import { ChevronLeft, ChevronRight, Columns3 } from "lucide-react";
import { useState } from "react";
import type { Column } from "../api";
import { Button } from "../components/Button";
import { Popover } from "../components/Popover";
import { dataWords as words } from "../strings/data";
import { ordered, type Layout } from "./layout";

interface ColumnsMenuProps {
  columns: Column[];
  layout: Layout;
  onChange: (change: Partial<Layout>) => void;
}

/** Which columns are shown, and in which order. */
export function ColumnsMenu({ columns, layout, onChange }: ColumnsMenuProps) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const names = ordered(columns, layout);
  const left = names.filter((name) => !layout.hidden.includes(name)).length;
  const toggle = (name: string) => onChange({ hidden: layout.hidden.includes(name) ? layout.hidden.filter((each) => each !== name) : [...layout.hidden, name] });
  const move = (at: number, by: number) => {
    const order = [...names];
    const [name] = order.splice(at, 1);
    if (name !== undefined) order.splice(at + by, 0, name);
    onChange({ order });
  };
  return (
    <>
      <Button
        look="quiet"
        icon={<Columns3 className="icon" aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        data-testid="columns-open"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        {words.columns}
        {left < columns.length && ` ${left}/${columns.length}`}
      </Button>
      {anchor !== null && (
        <Popover label={words.columnsTitle} anchor={anchor} onClose={() => setAnchor(null)}>
          <div className="columns-menu">
            <ul>
              {names.map((name, at) => {
                const shown = !layout.hidden.includes(name);
                return (
                  <li key={name}>
                    <label>
                      <input type="checkbox" checked={shown} disabled={shown && left === 1} data-testid={`column-${name}`} aria-label={words.shown(name)} onChange={() => toggle(name)} />
                      <span className="mono">{name}</span>
                    </label>
                    <Button look="quiet" disabled={at === 0} icon={<ChevronLeft className="icon" aria-hidden />} aria-label={words.left(name)} onClick={() => move(at, -1)} />
                    <Button look="quiet" disabled={at === names.length - 1} icon={<ChevronRight className="icon" aria-hidden />} aria-label={words.right(name)} onClick={() => move(at, 1)} />
                  </li>
                );
              })}
            </ul>
            <Button look="quiet" onClick={() => onChange({ order: [], hidden: [], widths: {} })}>
              {words.usual}
            </Button>
          </div>
        </Popover>
      )}
    </>
  );
}
