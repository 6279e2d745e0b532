import { Plus } from "lucide-react";
import { useState } from "react";
import type { SampleValue, Transform } from "../api";
import { TransformPopover } from "./TransformPopover";
import { chipText } from "./transforms";
import { mappingWords as words } from "../strings";

interface TransformChipsProps {
  field: string;
  transforms: Transform[];
  /** The first records before, between and after. */
  samples?: SampleValue[];
  onChange: (transforms: Transform[]) => void;
}

/** What a transform makes of the first records, as text. */
export function stepsOf(samples: SampleValue[], at: number): { before: string; after: string }[] {
  return samples.slice(0, 3).flatMap((sample) => {
    const steps = sample.steps ?? [];
    if (at > steps.length) return [];
    const before = (at === 0 ? sample.before : steps[at - 1]) ?? words.null;
    const after = at < steps.length ? (steps[at] ?? words.null) : (sample.why ?? words.null);
    return [{ before, after }];
  });
}

/** A column's transforms as chips, in their order. A chip opens its settings. */
export function TransformChips({ field, transforms, samples = [], onChange }: TransformChipsProps) {
  const [open, setOpen] = useState<{ at: number; anchor: DOMRect } | null>(null);
  const edited = open === null ? null : (transforms[open.at] ?? null);
  const save = (at: number, transform: Transform) => onChange([...transforms.slice(0, at), transform, ...transforms.slice(at + 1)]);
  const move = (at: number, by: number) => {
    const to = at + by;
    const moved = transforms[at];
    if (moved === undefined || to < 0 || to >= transforms.length) return;
    const rest = transforms.filter((_, place) => place !== at);
    onChange([...rest.slice(0, to), moved, ...rest.slice(to)]);
    setOpen((now) => (now === null ? null : { ...now, at: to }));
  };
  return (
    <div className="transform-chips">
      {transforms.map((transform, at) => (
        <button
          // A chip is its place: its text changes while its settings are typed.
          key={at}
          type="button"
          className="transform-chip mono"
          aria-haspopup="dialog"
          aria-label={words.editTransform(chipText(transform), field)}
          title={stepsOf(samples, at).map(({ before, after }) => `${before} → ${after}`).join("\n")}
          onClick={(event) => setOpen({ at, anchor: event.currentTarget.getBoundingClientRect() })}
        >
          {chipText(transform)}
        </button>
      ))}
      <button
        type="button"
        className="transform-add"
        aria-haspopup="dialog"
        aria-label={words.addTransform(field)}
        data-testid={`add-transform-${field}`}
        onClick={(event) => setOpen({ at: transforms.length, anchor: event.currentTarget.getBoundingClientRect() })}
      >
        <Plus className="icon" aria-hidden />
      </button>
      {open !== null && (
        <TransformPopover
          key={open.at}
          label={words.transform}
          anchor={open.anchor}
          transform={edited}
          steps={edited === null ? [] : stepsOf(samples, open.at)}
          onSave={(transform) => save(open.at, transform)}
          onMove={(by) => move(open.at, by)}
          onRemove={() => onChange(transforms.filter((_, place) => place !== open.at))}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
