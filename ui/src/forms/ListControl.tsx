import { ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "../components/Button";
import { words } from "../strings";
import { Control, type ControlProps } from "./Control";
import { FaultLines } from "./FaultLines";
import { useForms } from "./context";
import { atIndex, blank, faultsBelow, isPlain, ownFaults } from "./edit";

const BIG = new Set(["kind", "settings", "list", "map"]);

/** Several values in order: each with its own control, to be moved and removed. */
export function ListControl({ spec, label, path, value, field, onChange }: ControlProps) {
  const { forms, faults } = useForms();
  const items: unknown[] = Array.isArray(value) ? value : [];
  const item = spec.item;
  if (item == null) return null;
  const write = (next: unknown[]) => onChange(next.length === 0 && field?.required !== true ? undefined : next);
  const big = BIG.has(item.kind);
  return (
    <div className="form-list">
      <FaultLines faults={ownFaults(faults, path, items.map((_, at) => atIndex(path, at)))} />
      {items.map((each, at) => {
        const place = atIndex(path, at);
        const own = big ? [] : faultsBelow(faults, place);
        const name = nameOf(each, label, at);
        return (
          <Item
            key={at}
            big={big}
            name={name}
            open={items.length < 3 || faultsBelow(faults, place).length > 0}
            tools={
              <>
                {at > 0 && (
                  <Button
                    look="quiet"
                    icon={<ArrowUp className="icon" aria-hidden />}
                    aria-label={words.forms.earlier(name)}
                    onClick={() => write(items.with(at, items[at - 1]).with(at - 1, each))}
                  />
                )}
                <Button
                  look="quiet"
                  icon={<Trash2 className="icon" aria-hidden />}
                  aria-label={words.forms.remove(name)}
                  data-testid={`form-remove-${place}`}
                  onClick={() => write(items.filter((_, index) => index !== at))}
                />
              </>
            }
          >
            <Control
              spec={item}
              id={`item-${place}`}
              about={undefined}
              label={name}
              path={place}
              value={each}
              faulty={own.length > 0}
              optional={false}
              onChange={(next) => write(items.map((old, index) => (index === at ? (next ?? blank(forms, item)) : old)))}
            />
            <FaultLines faults={own} />
          </Item>
        );
      })}
      <div>
        <Button icon={<Plus className="icon" aria-hidden />} data-testid={`form-add-${path}`} onClick={() => write([...items, blank(forms, item)])}>
          {words.forms.add}
        </Button>
      </div>
    </div>
  );
}

interface ItemProps {
  big: boolean;
  name: string;
  open: boolean;
  tools: ReactNode;
  children: ReactNode;
}

/** One item. A big one can be folded away; what is folded away is not drawn. */
function Item({ big, name, open, tools, children }: ItemProps) {
  const [shown, setShown] = useState(open);
  if (!big)
    return (
      <div className="form-item" role="group" aria-label={name}>
        <div className="form-item-body">{children}</div>
        <div className="form-item-tools">{tools}</div>
      </div>
    );
  return (
    <div className="form-item big" role="group" aria-label={name}>
      <div className="form-item-head">
        <button type="button" className="form-fold" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? <ChevronDown className="icon" aria-hidden /> : <ChevronRight className="icon" aria-hidden />}
          {name}
        </button>
        <div className="form-item-tools">{tools}</div>
      </div>
      {shown && <div className="form-item-body">{children}</div>}
    </div>
  );
}

/** An item by its own name, where it has one. */
function nameOf(item: unknown, label: string, at: number): string {
  const own = isPlain(item) ? (item["name"] ?? item["as"]) : undefined;
  return typeof own === "string" && own !== "" ? own : `${label} ${at + 1}`;
}
