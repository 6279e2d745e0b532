import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, CircleX } from "lucide-react";
import type { BatchView } from "../api";

type End = NonNullable<BatchView["outcome"]>;

const LOOKS = { done: "good", partial: "warn", failed: "bad", cancelled: "" } satisfies Record<End, string>;
const ICONS = { done: CircleCheck, partial: CircleAlert, failed: CircleX, cancelled: CircleSlash };

/** How a batch or a push ended, as a word with its sign. */
export function EndTag({ outcome, word }: { outcome: End | null | undefined; word: string }) {
  const Icon = outcome == null ? CircleDashed : ICONS[outcome];
  return (
    <span className={`tag ${outcome == null ? "" : LOOKS[outcome]}`}>
      <Icon className="icon" aria-hidden />
      {word}
    </span>
  );
}
