import { CircleAlert, CircleCheck, CircleDashed, CircleX } from "lucide-react";
import type { HealthState } from "../api";
import { healthWords } from "../strings/health";
import "../components/controls.css";

const LOOKS = { pass: "good", warn: "warn", fail: "bad", skipped: "" } satisfies Record<HealthState, string>;
const ICONS = { pass: CircleCheck, warn: CircleAlert, fail: CircleX, skipped: CircleDashed };

/** How a check came out, as a word with its sign. */
export function HealthTag({ state, testId }: { state: HealthState; testId?: string }) {
  const Icon = ICONS[state];
  return (
    <span className={`tag ${LOOKS[state]}`} data-testid={testId} data-state={state}>
      <Icon className="icon" aria-hidden />
      {healthWords.states[state]}
    </span>
  );
}
