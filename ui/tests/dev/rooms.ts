import type { Commands, DataRows, RunComparison, RunError, RunSeries, RunSummary, RunView } from "../../src/api";
import { run } from "./made";

/** Rows of the made-up table. */
export const ROWS = 1_000_000;
const COLUMNS: DataRows["columns"] = [
  { name: "id", type: "integer", key: true },
  { name: "name", type: "string", key: false },
  { name: "email", type: "string", key: false },
  { name: "active", type: "boolean", key: false },
  { name: "total", type: "decimal", key: false },
  { name: "tags", type: "json", key: false },
  { name: "updated_at", type: "datetime", key: false },
];

function row(at: number): (string | null)[] {
  return [String(at + 1), `Customer ${at + 1}`, at % 7 === 3 ? null : `c${at + 1}@example.test`, at % 2 === 0 ? "true" : "false", `${(at % 997) * 3}.50`, `["a${at % 5}","b"]`, `2026-11-${String((at % 28) + 1).padStart(2, "0")}T10:00:00Z`];
}

/** Answers about data, made up. */
export function dataAnswer(command: keyof Commands, asked: Record<string, unknown>): unknown {
  const { offset, limit, filters, sort } = asked as unknown as Commands["data_rows"]["request"];
  switch (command) {
    case "data_tables":
      return [
        { name: "customers", rows: ROWS, columns: COLUMNS.map(({ name, type }) => [name, type]) },
        { name: "orders", rows: 12, columns: [["id", "integer"], ["customer_id", "integer"]] },
      ];
    case "data_rows": {
      const total = asked.table === "orders" ? 12 : (filters ?? []).length > 0 ? 1234 : ROWS;
      const at = (index: number) => (sort?.descending ? total - 1 - index : index);
      const places = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => at(offset + index));
      return { columns: COLUMNS, offset, total, rows: places.map(row), ids: places.map(String) };
    }
    case "data_cell":
      return { text: '{"tags": ["a", "b"], "id": 12345678901234567890}', json: asked.column === "tags", bytes: 48, cut: false };
    case "data_cell_nodes":
      return asked.path === "$"
        ? [
            { path: "$.tags", key: "tags", kind: "array", value: "", children: 2, marks: [] },
            { path: "$.id", key: "id", kind: "number", value: "12345678901234567890", children: 0, marks: [] },
          ]
        : [{ path: "$.tags[0]", key: "0", kind: "string", value: '"a"', children: 0, marks: [] }];
    case "data_sql":
      return { columns: COLUMNS.slice(0, 3), rows: Array.from({ length: 100 }, (_, at) => row(at).slice(0, 3)), more: true, duration_ms: 12 };
    case "export_start":
      return { id: "x1", connection: "n1", path: asked.path, rows: 420_000, total: ROWS, rate: 210_000, outcome: null, problem: null };
    default:
      return undefined;
  }
}

/** Charts of a run, made up: steady, with a slow stretch. */
export function series(points = 120): RunSeries {
  const made = Array.from({ length: points }, (_, at) => {
    const slow = at > 50 && at < 70;
    const read = at * 480 - (at > 50 ? Math.min(20, at - 50) * 300 : 0);
    return { at_ms: at * 500, read, bytes: read * 450, requests: Math.ceil(read / 100) + 1, retries: at > 55 ? 7 : 1, p50_ms: slow ? 220 : 40 + (at % 7), p95_ms: slow ? 900 : 90 + (at % 11), p99_ms: slow ? 1600 : 140 + (at % 13) };
  });
  return { stream: "", step_ms: 500, points: made };
}

/** A run that failed half way, made up. */
export function failed(): RunView {
  const view = run("r0", 400, true, false);
  const problem = {
    code: "server_error", kind: "server", stage: "respond", retry: true, message: "The server answered 500 five times.", hint: "Wait, and go on later: what was read is kept.",
    field: "streams[0].request.path", request: "GET https://api.example.test/v1/customers?page=5", detail: null, faults: [],
  } as unknown as NonNullable<RunView["problem"]>;
  return { ...view, run: { ...view.run, outcome: "partial" }, problem, streams: view.streams.map((stream) => ({ ...stream, outcome: "partial" as const, problem })) };
}

/** Answers about runs, made up. */
export function runAnswer(command: keyof Commands, asked: Record<string, unknown>, runs: RunView[]): unknown {
  switch (command) {
    case "run_series":
      return series();
    case "run_history": {
      const all: RunSummary[] = runs.map((each) => each.run).toReversed();
      return all.filter((each) => asked.outcome == null || each.outcome === asked.outcome);
    }
    case "run_compare": {
      const of = (id: unknown) => runs.find((each) => each.run.id === id) ?? run(String(id), 1240, true, false);
      const schema = [{ stream: "customers", column: "phone", before: null, after: "string" }, { stream: "customers", column: "total", before: "number", after: "decimal" }];
      return { before: of(asked.before), after: of(asked.after), schema, schema_known: true } as RunComparison;
    }
    case "run_errors": {
      const problem = runs.find((each) => each.run.id === asked.id)?.problem;
      if (problem == null) return [];
      const request = { method: "GET", url: "https://api.example.test/v1/customers?page=5", headers: [["authorization", "Bearer ••••"], ["accept", "application/json"]], body: null };
      const response = { status: 500, headers: [["content-type", "application/json"]], bytes: 31, duration_ms: 840, attempts: 5 };
      return [{ stream: "customers", problem, sent: { request, response, body: '{"error":"something went wrong"}' }, curl: "curl 'https://api.example.test/v1/customers?page=5'" }] as RunError[];
    }
    case "run_resume":
      return { goes_on: true, streams: [{ stream: "customers", pages: 4, records: 400, partitions: 0, since: null }] };
    default:
      return undefined;
  }
}
