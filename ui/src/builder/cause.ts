import type { Definition, Problem } from "../api";

/** The field that most likely has to change for a problem to go away; null where no field helps. */
export function fieldOf(problem: Problem, definition: Definition, stream: string): string | null {
  if (problem.field != null && problem.field !== "") return problem.field;
  const first = problem.faults?.[0]?.path;
  if (first !== undefined && first !== "") return first;
  const index = (definition.streams ?? []).findIndex((each) => each.name === stream);
  const own = (path: string) => (index < 0 ? null : `streams[${index}].${path}`);
  const status = Number(/\b([45]\d\d)\b/.exec(problem.message)?.[1]);
  switch (problem.code) {
    case "not_found":
      return own("request.path");
    case "method_rejected":
      return own("request.method");
    case "request_rejected":
      return own("request.query");
    case "html_not_json":
      return "http.base_url";
    case "too_many_redirects":
      return own("request.path");
    case "timeout":
      return "http.timeout";
    // This computer's, or the server's own.
    case "bad_certificate":
    case "body_cut":
    case "forbidden_address":
      return null;
    default:
  }
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

/** The same request by POST, where the answer suggests that the address is a search's or GraphQL's. */
export function byPost(problem: Problem, definition: Definition): { definition: Definition; field: string | null } | null {
  const stream = definition.streams?.[0];
  const refused = ["not_found", "method_rejected", "request_rejected"].includes(problem.code);
  if (stream === undefined || !refused || (stream.request?.method ?? "GET") !== "GET" || stream.request?.body != null) return null;
  const path = `${definition.http?.base_url ?? ""}${stream.request?.path ?? ""}`;
  const graphql = /graphql\/?$/i.test(path);
  if (problem.code !== "method_rejected" && !graphql && !/(search|query|list|find|filter)\/?$/i.test(path)) return null;
  const body = graphql ? { graphql: { query: "query {\n  \n}" } } : { json: {} };
  const streams = definition.streams?.map((each, at) => (at === 0 ? { ...each, request: { ...each.request, method: "POST" as const, body } } : each));
  return { definition: { ...definition, streams } as Definition, field: graphql ? "streams[0].request.body.graphql.query" : null };
}
