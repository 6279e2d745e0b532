import { words } from "../strings";
import type { Problem, Stage, ProblemKind } from "./types.gen";

/** A problem of the window itself. */
export function localProblem(code: string, message: string, extra: Partial<Problem> = {}): Problem {
  const kind: ProblemKind = "internal";
  const stage: Stage = "open";
  return { code, kind, stage, retry: false, message, faults: [], ...extra };
}

/** Whatever was thrown, as a problem: nothing reaches the screen as a bare string. */
export function toProblem(thrown: unknown): Problem {
  if (isProblem(thrown)) return { ...thrown, faults: thrown.faults ?? [] };
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return localProblem("unexpected", words.problem.unexpected, {
    hint: words.problem.unexpectedHint,
    detail,
    retry: true,
  });
}

function isProblem(thrown: unknown): thrown is Problem {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown && "kind" in thrown;
}
