import { words } from "../strings";
import type { Problem, Stage, ProblemKind } from "./types.gen";

/** The window's own problems: their words are in its language already. */
const local = new WeakSet<Problem>();

/** Whether a problem is of the window itself. */
export function isLocal(problem: Problem): boolean {
  return local.has(problem);
}

/** A problem of the window itself. */
export function localProblem(code: string, message: string, extra: Partial<Problem> = {}): Problem {
  const kind: ProblemKind = "internal";
  const stage: Stage = "open";
  const problem: Problem = { code, kind, stage, retry: false, message, faults: [], ...extra };
  local.add(problem);
  return problem;
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
