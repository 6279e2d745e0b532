import { type KeyboardEvent, type ReactNode } from "react";
import { words } from "../strings";
import { Popover } from "./Popover";
import { neighbour } from "./roving";

export interface MenuItem {
  id: string;
  label: string;
  icon?: ReactNode;
  end?: string;
  run: () => void;
  /** Whether the menu stays: what is run shows another one. */
  stays?: boolean;
}

interface MenuProps {
  label: string;
  anchor: { left: number; top: number; bottom: number };
  items: MenuItem[];
  onClose: () => void;
}

/** A menu at a place. Arrow keys move, Enter takes, Escape closes. */
export function Menu({ label, anchor, items, onClose }: MenuProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = [...event.currentTarget.querySelectorAll("button")];
    const to = neighbour(event.key, all.indexOf(document.activeElement as HTMLButtonElement), all.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    all[to]?.focus();
  };
  const iconed = items.some((item) => item.icon !== undefined);
  return (
    <Popover label={label} anchor={anchor} onClose={onClose} role="menu">
      <div className="menu" role="presentation" onKeyDown={onKeyDown}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            data-testid={`menu-${item.id}`}
            onClick={() => {
              if (item.stays !== true) onClose();
              item.run();
            }}
          >
            {item.icon ?? (iconed ? <span className="icon" aria-hidden /> : undefined)}
            {item.label}
            {item.end !== undefined && <span className="end mono">{words.keys.named(item.end)}</span>}
          </button>
        ))}
      </div>
    </Popover>
  );
}
