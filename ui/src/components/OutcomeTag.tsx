import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, CircleX } from "lucide-react";
import type { Outcome } from "../api";
import { words } from "../strings";
import "./controls.css";

const LOOKS = { done: "good", limited: "good", failed: "bad", partial: "warn", cancelled: "" } satisfies Record<Outcome, string>;
const ICONS = { done: CircleCheck, limited: CircleCheck, failed: CircleX, partial: CircleAlert, cancelled: CircleSlash };

/** How a run ended, as a word with its sign. */
export function OutcomeTag({ outcome, testId }: { outcome: Outcome | null | undefined; testId?: string }) {
  const Icon = outcome == null ? CircleDashed : ICONS[outcome];
  return (
    <span className={`tag ${outcome == null ? "" : LOOKS[outcome]}`} data-testid={testId} data-outcome={outcome ?? "running"}>
      <Icon className="icon" aria-hidden />
      {outcome == null ? words.run.going : words.run.outcome[outcome]}
    </span>
  );
}
