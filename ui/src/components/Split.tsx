import { useState, type KeyboardEvent, type PointerEvent } from "react";
import "./split.css";

interface SplitProps {
  label: string;
  /** The width of what it resizes, in pixels. */
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
  /** Whether what it resizes stands on its right. */
  right?: boolean;
}

const STEP = 16;

/** The line between two panes. It is dragged, or moved by arrow keys. */
export function Split({ label, value, least, most, onChange, right = false }: SplitProps) {
  const [from, setFrom] = useState<{ x: number; value: number } | null>(null);
  const sign = right ? -1 : 1;
  const put = (next: number) => onChange(Math.round(Math.max(least, Math.min(Math.max(least, most), next))));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -10_000, End: 10_000 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    put(value + sign * by);
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ x: event.clientX, value });
  };
  return (
    <div
      className={from === null ? "split" : "split dragged"}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={Math.max(least, most)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={begin}
      onPointerMove={(event) => from !== null && put(from.value + sign * (event.clientX - from.x))}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
    />
  );
}
