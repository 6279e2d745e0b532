import type { Counts, Definition, Detection, Field, FieldType, RunView, StreamPreview, TreeNode, Workbench } from "../../src/api";

const COLUMNS: [string, FieldType][] = [
  ["id", "integer"],
  ["name", "string"],
  ["email", "string"],
  ["amount", "decimal"],
  ["active", "boolean"],
  ["country", "string"],
  ["updated_at", "datetime"],
  ["tags", "array"],
];

/** One record of the made-up API, as text. */
export function record(row: number): (string | null)[] {
  return [
    `90071992547409${String(row).padStart(4, "0")}`,
    `Zoë Customer ${row}`,
    row % 7 === 3 ? null : `customer${row}@example.test`,
    `${(row * 37) % 1000}.50`,
    row % 3 === 0 ? "false" : "true",
    ["DE", "FR", "日本", "US"][row % 4] ?? null,
    `2026-11-${String((row % 28) + 1).padStart(2, "0")}T10:00:00Z`,
    '["a","b"]',
  ];
}

const fields: Field[] = COLUMNS.map(([name, type]) => ({ name, from: `$.${name}`, type }));

export const definition: Definition = {
  tapwright: 1,
  name: "sample-customers",
  title: "Sample customers",
  http: { base_url: "http://127.0.0.1:8080", auth: { type: "bearer", token: "{{ config.api_token }}" } },
  streams: [{ name: "customers", request: { path: "/customers" }, records: { path: "$.data[*]" }, key: ["id"], fields }],
} as Definition;

export const detection: Detection = {
  parts: [
    { part: "records", candidates: [{ label: "$.data[*]", evidence: "100 objects", confidence: "proved", choice: { part: "records", path: "$.data[*]" } }] },
    {
      part: "key",
      candidates: [
        { label: "id", evidence: "unique in 200", confidence: "likely", choice: { part: "key", fields: ["id"] } },
        { label: "email", evidence: "unique in 180, 20 without it", confidence: "unsure", choice: { part: "key", fields: ["email"] } },
      ],
    },
    { part: "pages", candidates: [{ label: "?page=", evidence: "page 2 fetched, 0 repeated, total 1,240", confidence: "proved", choice: { part: "pages", paginate: { type: "none" } } }] },
    {
      part: "cursor",
      candidates: [
        { label: "updated_at", evidence: "sorted, ISO 8601", confidence: "unsure", choice: { part: "cursor", incremental: { cursor: "$.updated_at" } } },
        { label: "", evidence: "every sync reads everything", confidence: "unsure", choice: { part: "cursor", incremental: null } },
      ],
    },
    { part: "types", candidates: [{ label: "8 columns", evidence: "2 uncertain", confidence: "likely", choice: { part: "types", fields } }] },
  ],
  types: COLUMNS.map(([field, type]) => ({
    field,
    path: `$.${field}`,
    type,
    format: null,
    confidence: field === "amount" ? ("unsure" as const) : ("proved" as const),
    seen: 200,
    nulls: field === "email" ? 28 : 0,
    missing: 0,
    evidence: field === "amount" ? "198 decimals, 2 texts" : `all 200 ${type}`,
    counter_examples: field === "amount" ? ['"n/a"'] : [],
  })),
  requests: ["GET http://127.0.0.1:8080/customers", "GET http://127.0.0.1:8080/customers?page=2"],
  notes: [],
} as Detection;

/** The preview of a definition's fields. */
export function preview(version: number, shown: Field[] = fields): StreamPreview {
  const page = {
    request: { method: "GET", url: "http://127.0.0.1:8080/customers?page=1", headers: [["accept", "application/json"], ["authorization", "Bearer ••••••"]], body: null },
    curl: "curl 'http://127.0.0.1:8080/customers?page=1' -H 'Authorization: Bearer ••••••'",
    response: { status: 200, headers: [["content-type", "application/json"]], bytes: 48_213, duration_ms: 84, attempts: 1 },
    records: 100,
  };
  return {
    stream: "customers",
    version,
    pages: [page, page],
    rows: 200,
    limited: true,
    asides_left: 0,
    asked: { pages: 3, records: 500 },
    ended: "pages",
    requests: 3,
    read: 200,
    fields: shown.map((field, index) => ({
      name: field.name,
      type: field.type ?? "string",
      samples: [0, 1, 2].map((row) => ({ before: record(row)[index] ?? null, after: record(row)[index] ?? null })),
      faults: field.name === "amount" ? 2 : 0,
      fault_samples: field.name === "amount" ? [{ row: 4, value: '"n/a"', message: "is no number" }] : [],
      detected: field.name === "amount" ? "string" : null,
    })),
    skipped: 0,
    problem: null,
    log: ["Read page 1: 100 records", "Read page 2: 100 records", "Stopped: the preview's limit"],
  } as unknown as StreamPreview;
}

export const yaml = "# yaml-language-server: $schema=connector-1.schema.json\ntapwright: 1\nname: sample-customers\ntitle: Sample customers\nstreams:\n  - name: customers\n    request: {path: /customers}\n    records: {path: \"$.data[*]\"}\n    key: [id]\n";

/** A workbench at a stage. */
export function workbench(extra: Partial<Workbench> = {}): Workbench {
  return {
    id: "c1",
    stage: "ready",
    definition,
    yaml,
    faults: [],
    accepted: false,
    connection: null,
    ask: null,
    trust: null,
    detection,
    notes: [],
    problem: null,
    preview: preview(1),
    can_undo: false,
    can_redo: false,
    ...extra,
  } as Workbench;
}

/** Children of a node of the made-up response. */
export function nodes(path: string, offset: number, limit: number): TreeNode[] {
  if (path === "$")
    return [
      { path: "$.data", key: "data", kind: "array", value: "", children: 100, marks: [{ role: "records", name: "" }] },
      { path: "$.page", key: "page", kind: "number", value: "1", children: 0, marks: [] },
      { path: "$.total", key: "total", kind: "number", value: "1240", children: 0, marks: [] },
    ];
  if (path === "$.data")
    return Array.from({ length: Math.max(0, Math.min(limit, 100 - offset)) }, (_, index) => ({
      path: `$.data[${offset + index}]`, key: String(offset + index), kind: "object", value: "", children: 8, marks: [],
    }));
  const row = Number(/\[(\d+)\]/.exec(path)?.[1] ?? 0);
  return COLUMNS.map(([name, type], index) => {
    const value = record(row)[index] ?? null;
    const kind = value === null ? "null" : type === "boolean" ? "boolean" : type === "integer" || type === "decimal" ? "number" : "string";
    const marks = name === "id" ? [{ role: "key" as const, name: "" }] : [{ role: "column" as const, name }];
    return { path: `${path}.${name}`, key: name, kind, value: value === null ? "null" : kind === "string" ? JSON.stringify(value) : value, children: 0, marks };
  });
}

/** A run after so many records. */
export function run(id: string, read: number, end: boolean, second: boolean): RunView {
  const counts: Counts = {
    read, new: second ? 0 : read, updated: second ? 1 : 0, unchanged: second ? read - 1 : 0, deleted: 0, skipped: 0, faults: 0,
    pages: Math.ceil(read / 100), requests: Math.ceil(read / 100) + 1, retries: 1, bytes: read * 450,
  };
  return {
    run: {
      id, connection: "n1", name: "Sample customers", started_at: new Date().toISOString(),
      ended_at: end ? new Date().toISOString() : null, outcome: end ? "done" : null, counts,
    },
    streams: [{ stream: "customers", outcome: end ? "done" : null, counts, total: 1240, resumed: false, waiting: read > 300 && read < 700 ? "the server asked to wait 2 s" : null, latency: { count: 9, sum_us: 90_000, buckets: [], p50_ms: 8, p95_ms: 20, p99_ms: 24 }, problem: null, partitions_done: 0, partitions: [], new_fields: [] }],
    problem: null,
    duration_ms: read * 4,
    rate: 250,
    destination: "/home/me/.local/share/tapwright/data/n1.sqlite",
  } as RunView;
}
