import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { neighbour } from "./roving";
import "./controls.css";

export interface Tab<T extends string> {
  value: T;
  label: string;
  count?: string;
  icon?: ReactNode;
  /** Whether it stands a little apart from the one before: another group begins. */
  apart?: boolean;
}

interface TabsProps<T extends string> {
  label: string;
  tabs: Tab<T>[];
  value: T;
  onChange: (value: T) => void;
  /** The id of the panel that the tabs switch. */
  panel: string;
}

/** A row of tabs. Arrow keys move and switch. Each carries `data-testid="tab-VALUE"`. */
export function Tabs<T extends string>({ label, tabs, value, onChange, panel }: TabsProps<T>) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where the row is longer than the window, the chosen tab is brought into sight.
    root.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [value]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const to = neighbour(event.key, at, tabs.length);
    const tab = to === null ? undefined : tabs[to];
    if (tab === undefined || to === null) return;
    event.preventDefault();
    onChange(tab.value);
    root.current?.querySelectorAll<HTMLElement>("[role=tab]")[to]?.focus();
  };
  return (
    <div ref={root} className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className={tab.apart === true ? "apart" : undefined}
          id={`${panel}-${tab.value}`}
          aria-selected={tab.value === value}
          aria-controls={panel}
          tabIndex={tab.value === value ? 0 : -1}
          data-testid={`tab-${tab.value}`}
          onClick={() => onChange(tab.value)}
        >
          {tab.icon}
          {tab.label}
          {tab.count !== undefined && <span className="count">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}
