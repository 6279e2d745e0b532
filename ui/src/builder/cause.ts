import type { Definition, Problem } from "../api";

/** The field that most likely has to change for a problem to go away; null where no field helps. */
export function fieldOf(problem: Problem, definition: Definition, stream: string): string | null {
  if (problem.field != null && problem.field !== "") return problem.field;
  const first = problem.faults?.[0]?.path;
  if (first !== undefined && first !== "") return first;
  const index = (definition.streams ?? []).findIndex((each) => each.name === stream);
  const own = (path: string) => (index < 0 ? null : `streams[${index}].${path}`);
  const status = Number(/\b([45]\d\d)\b/.exec(problem.message)?.[1]);
  switch (problem.kind) {
    case "auth":
      return "http.auth";
    case "rate_limit":
      return "http.rate_limit";
    case "network":
      return "http.base_url";
    case "server":
      return status === 404 || status === 400 || status === 405 || status === 422 ? own("request.path") : null;
    case "data":
      if (problem.stage === "select") return own("records.path");
      if (problem.stage === "decode") return own("decode");
      return problem.stage === "map" ? own("fields") : null;
    default:
      return null;
  }
}
