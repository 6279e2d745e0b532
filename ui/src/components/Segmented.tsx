import { useRef, type KeyboardEvent } from "react";
import { neighbour } from "./roving";
import "./controls.css";

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string; testId?: string }[];
  onChange: (value: T) => void;
}

/** One of a few. Arrow keys move. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const root = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = options.findIndex((option) => option.value === value);
    const to = neighbour(event.key, at, options.length);
    const option = to === null ? undefined : options[to];
    if (option === undefined || to === null) return;
    event.preventDefault();
    onChange(option.value);
    root.current?.querySelectorAll("button")[to]?.focus();
  };
  return (
    <div ref={root} className="segmented" role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          data-testid={option.testId}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
