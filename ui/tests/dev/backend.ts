import type { ExampleCard, AppEvent, AppInfo, Commands, ExpressionEntry, Home, KeyringKind, Problem, RunView, Transport, Workbench } from "../../src/api";
import { descriptors } from "./forms";
import { dataAnswer, runAnswer } from "./rooms";
import { nodes, preview, record, run, workbench, yaml } from "./made";

type Answers = { [C in keyof Commands]?: (request: Commands[C]["request"]) => Commands[C]["answer"] | Promise<Commands[C]["answer"]> };

/** What commands are given, as far as the made-up answers look at it. */
interface Asked {
  text: string;
  id: string;
  path: string;
  offset: number;
  limit: number;
  settings: unknown;
}

export const PROBLEM: Problem = {
  code: "not_json", kind: "data", stage: "decode", retry: true,
  message: "The server answered with a web page instead of JSON.",
  hint: "Check the address: an API's often starts with api. or ends with /v1/….",
  field: null, request: "GET https://example.test/", detail: "<!doctype html>\n<html>…", faults: [],
} as Problem;

/** A backend that is made up: the sample's whole way, in memory. */
export class MockBackend implements Transport {
  readonly calls: { command: string; payload: unknown }[] = [];
  readonly copied: string[] = [];
  keyring: KeyringKind = "system";
  private tell: (event: AppEvent) => void = () => undefined;
  private bench: Workbench = workbench();
  runs: RunView[] = [];
  private connectors = false;
  private version = 1;

  constructor(private readonly answers: Answers = {}, private readonly pace = 0) {}

  subscribe(handler: (event: AppEvent) => void): void {
    this.tell = handler;
  }

  /** Sends an event to the window. */
  emit(event: AppEvent): void {
    this.tell(event);
  }

  /** What a command was given, newest last. */
  sent(command: keyof Commands): unknown[] {
    return this.calls.filter((call) => call.command === command).map((call) => call.payload);
  }

  async pickCertificate(): Promise<string | null> {
    return null;
  }

  async painted(): Promise<void> {}

  async zoom(): Promise<void> {}

  async safeRendering(on: boolean | null): Promise<boolean> {
    return on ?? false;
  }

  async pickFolder(): Promise<string | null> {
    return "/home/me/shop";
  }

  async pickSource(): Promise<string | null> {
    return yaml;
  }

  async saveShare(): Promise<string | null> {
    return "/home/me/sample-customers.connector.yaml";
  }

  async pickRows(): Promise<string | null> {
    return "/home/me/people.csv";
  }

  async saveRows(name: string): Promise<string | null> {
    return `/home/me/${name}`;
  }

  /** The pages that were opened. */
  readonly opened: string[] = [];

  async openUrl(url: string): Promise<void> {
    this.opened.push(url);
  }

  /** What the window was called, the last one last. */
  readonly titles: string[] = [];

  async title(text: string): Promise<void> {
    this.titles.push(text);
  }

  /** The notifications of the desktop. */
  readonly notified: string[] = [];

  async notify(title: string, text: string): Promise<void> {
    this.notified.push(`${title}: ${text}`);
  }

  async copyText(text: string): Promise<void> {
    this.copied.push(text);
  }

  async rpc(command: string, payload: unknown): Promise<unknown> {
    this.calls.push({ command, payload });
    if (this.pace > 0) await new Promise((done) => setTimeout(done, this.pace));
    const own = this.answers[command as keyof Commands] as ((request: unknown) => unknown) | undefined;
    return own === undefined ? this.answer(command as keyof Commands, payload as Asked) : own(payload);
  }

  private answer(command: keyof Commands, payload: Asked): unknown {
    const asked = payload as unknown as Record<string, unknown>;
    const made = dataAnswer(command, asked) ?? runAnswer(command, asked, this.runs);
    if (made !== undefined) return made;
    switch (command) {
      case "about":
        return { version: "0.1.0", facts: [{ name: "System", value: "Debian" }], text: "Tapwright 0.1.0" };
      case "app_info":
        return this.info();
      case "home":
        return this.home();
      case "settings_set":
        return payload.settings;
      case "keyring_unlock":
        this.keyring = "file";
        return this.info().keyring;
      case "source_open":
        return this.open(payload.text);
      case "examples":
        return EXAMPLES;
      case "sample_open":
        return this.take(workbench({ stage: "key", detection: null as never, preview: null as never, ask: this.ask("sample-key") }));
      case "folder_look":
        return { folder: "", workspace: false, connectors: [], data: false };
      case "database_sign_in":
        return this.take(database(null));
      case "tables":
        return { address: ADDRESS, tables: TABLES.map((table) => ({ ...table, taken: this.bench.stage === "ready" && table.name === "public.orders" })) };
      case "tables_take":
        return this.take(workbench());
      case "auth_give":
      case "trust_accept":
        return this.take(workbench({ notes: ["The key went to the keyring."] }));
      case "definition_set": {
        const { definition } = payload as unknown as Workbench;
        return this.edit({ definition, preview: preview((this.version += 1), definition.streams?.[0]?.fields) });
      }
      case "text_set": {
        const { text } = payload;
        const broken = text.includes("[[");
        return this.edit({ yaml: text, text_faults: broken ? [{ code: "bad_yaml", path: "", message: "The text is neither YAML nor JSON.", line: 3 }] : [] });
      }
      case "edits":
        return { done: ["title changed from A to B", "stream customers › field amount: type changed from decimal to string"], undone: [] };
      case "undo_many":
        return this.take({ ...this.bench, can_undo: false, can_redo: true });
      case "expression_catalog":
        return CATALOG;
      case "expression_try":
        return payload.text.includes("boom") ? { secret: false, later: [], problem: "unknown function: boom" } : { value: '"DE"', secret: payload.text.includes("api_token"), later: [] };
      case "expression_members":
        return payload.path === "record" ? [...MEMBERS] : [];
      case "preview_find":
        return { rows: 12 };
      case "schema_seen":
        return {
          records: 200,
          of: 200,
          fields: [...(this.bench.definition.streams?.[0]?.fields ?? []).map((field) => ({ ...field, type: field.name === "amount" ? "string" : field.type })), { name: "vip", from: "$.vip", type: "boolean" }],
          types: [
            ...(this.bench.definition.streams?.[0]?.fields ?? []).map((field) => ({ field: field.name, path: field.from ?? `$.${field.name}`, type: field.name === "amount" ? "string" : field.type, seen: 200, evidence: "all 200" })),
            { field: "vip", path: "$.vip", type: "boolean", seen: 200, evidence: "all 200 true-or-false values" },
          ],
        };
      case "preview_from":
        return { ...preview((this.version += 1)), from: { cursor: "x" }, state: { cursor: "2026-11-28T10:00:00Z" } };
      case "form_descriptors":
        return descriptors;
      case "inputs":
        return (this.bench.definition.config ?? []).map((input) => ({
          name: input.name, title: input.title ?? "", description: "", type: input.type ?? "string", required: input.required ?? false, default: null, options: [],
          goes_to: "the header Authorization", given: false,
        }));
      case "inputs_give":
        return this.take({ ...this.bench });
      case "sign_in_start":
        return { id: "s1", url: "https://auth.example.test/authorize", expires_in: 600 };
      case "sign_in_state":
        return { type: "done", account: "ann@example.test" };
      case "sign_in_cancel":
        return {};
      case "choose":
      case "point_at":
        return this.edit({ preview: preview((this.version += 1)) });
      case "undo":
        return this.take({ ...this.bench, can_undo: false, can_redo: true, undo: null, redo: this.bench.undo ?? null });
      case "redo":
        return this.take({ ...this.bench, can_undo: true, can_redo: false });
      case "accept":
        this.connectors = true;
        return this.take({ ...this.bench, accepted: true, connection: "n1" });
      case "sync_lines":
        return { here: "tapwright sync sample-customers", elsewhere: "tapwright sync sample-customers.connector.yaml --to sqlite:sample-customers.db", file: "sample-customers.connector.yaml", variables: ["API_TOKEN"] };
      case "connection_get":
        return { id: payload.id, connector: "c1", name: "Sample customers", title: "Sample customers", definition: this.bench.definition, destination: "/home/me/n1.sqlite" };
      case "workbench_get":
        return this.bench;
      case "preview_shown":
        return null;
      case "stream_detect":
        return this.edit({});
      case "preview":
        return preview((this.version += 1));
      case "preview_rows":
        return Array.from({ length: Math.max(0, Math.min(payload.limit, 200 - payload.offset)) }, (_, index) => {
          const row = payload.offset + index;
          return { at: row, cells: record(row), faulty: row % 9 === 4 ? [3] : [] };
        });
      case "response_nodes":
        return nodes(payload.path, payload.offset, payload.limit);
      case "state_get":
        return { stream: "customers", state: this.runs.length > 0 ? { cursor: "2026-11-28T10:00:00Z" } : null };
      case "sync_start":
        return this.sync();
      case "run_get":
        return this.runs.find((each) => each.run.id === payload.id);
      case "runs":
        return this.runs.map((each) => each.run).toReversed();
      case "run_log":
        return payload.offset > 0 ? [] : [{ at: new Date().toISOString(), level: "info", stream: null, message: "Read page 1: 100 records" }];
      case "share":
        return { file_name: "sample-customers.connector.yaml", text: yaml, findings: [], checked: "1 known secret, 34 values" };
      case "schedules":
      case "update_plans":
        return [];
      default:
        return {};
    }
  }

  private open(text: string): Workbench {
    if (text.startsWith("postgres:")) return this.take(database("password authentication failed for user \"reader\""));
    if (text.includes("tapwright:")) return this.take(workbench({ stage: "trust", preview: null as never, trust: TRUST }));
    if (text.includes("fail")) return this.take(workbench({ stage: "failed", preview: null as never, detection: null as never, problem: PROBLEM }));
    return this.take(workbench({ stage: "key", preview: null as never, detection: null as never, ask: this.ask(null) }));
  }

  private ask(suggestion: string | null) {
    return {
      kind: "bearer", name: "", in_query: false, host: "127.0.0.1:8080", username: null, refused: false, suggestion,
      reason: "The server answered 401 with WWW-Authenticate: Bearer.",
    } as NonNullable<Workbench["ask"]>;
  }

  private take(next: Workbench): Workbench {
    this.bench = next;
    return next;
  }

  private edit(change: Partial<Workbench>): Workbench {
    return this.take({ ...this.bench, ...change, can_undo: true, undo: "stream customers › field amount: type changed from decimal to string" });
  }

  private sync(): RunView {
    const id = `r${this.runs.length + 1}`;
    const second = this.runs.length > 0;
    const begin = run(id, 0, false, false);
    this.runs.push(begin);
    let read = 0;
    const step = () => {
      read = Math.min(1240, read + 100);
      const view = run(id, read, read === 1240, second);
      this.runs[this.runs.findIndex((each) => each.run.id === id)] = view;
      this.emit({ type: "run", view });
      if (read < 1240) setTimeout(step, this.pace);
    };
    setTimeout(step, this.pace);
    return begin;
  }

  private info(): AppInfo {
    const message = { system: "Secret Service", file: "An encrypted file", file_locked: "The file is locked", none: "No keyring answers on this machine." };
    return {
      version: "0.1.0", data_dir: "/home/me/.local/share/tapwright",
      keyring: { kind: this.keyring, message: message[this.keyring] }, settings: { theme: "system", language: "system", run_schedules: true, runs_at_once: 4, proxy: "", certificates: [], keys: {} },
    };
  }

  private home(): Home {
    if (!this.connectors) return { connectors: [], runs: [] };
    const last = this.runs.at(-1)?.run ?? null;
    return {
      connectors: [
        {
          id: "c1", name: "sample-customers", title: "Sample customers", host: "127.0.0.1:8080", streams: ["customers"], draft: false,
          connections: [{ id: "n1", name: "Sample customers", connector: "c1", last_run: last }], changed_at: "2026-11-20T10:00:00Z",
        },
      ],
      runs: this.runs.map((each) => each.run).toReversed(),
    } as Home;
  }
}

const ADDRESS = "postgres://reader@db.acme.test/shop";

/** A database at the stage of its tables; with a reason: it asks for a password. */
function database(reason: string | null): Workbench {
  const password = reason === null ? null : { reason, refused: false };
  return workbench({ stage: "tables", detection: null as never, preview: null as never, database: { address: ADDRESS, product: "PostgreSQL", username: "reader", password } });
}

const TABLES = [
  { name: "public.orders", schema: null, table: "orders", view: false, rows: 120_000, columns: 9, key: ["id"], cursor: "updated_at", taken: false },
  { name: "public.customers", schema: null, table: "customers", view: false, rows: 1240, columns: 7, key: ["id"], cursor: null, taken: false },
  { name: "audit.log", schema: "audit", table: "log", view: false, rows: null, columns: 4, key: [], cursor: null, taken: false },
  { name: "public.totals", schema: null, table: "totals", view: true, rows: null, columns: 2, key: [], cursor: null, taken: false },
];

const EXAMPLES: ExampleCard[] = [
  { name: "jsonplaceholder", title: "JSONPlaceholder", description: "Made-up posts, free for anybody.", host: "jsonplaceholder.typicode.com", streams: ["posts"], needs: "nothing", docs: "https://jsonplaceholder.typicode.com/guide/" },
  { name: "github", title: "GitHub", description: "Your repositories, with their issues.", host: "api.github.com", streams: ["repositories", "issues"], needs: "key", docs: "https://docs.github.com/en/rest" },
];

const entry = (name: string, kind: ExpressionEntry["kind"], words: string): ExpressionEntry => ({ name, kind, group: "", signature: name, words, example: "", gives: "", aliases: [] });

const CATALOG = [entry("config", "name", "The inputs."), entry("record", "name", "The record."), entry("now", "function", "This moment."), entry("lower", "filter", "In lower case.")];

const MEMBERS = [
  { name: "id", kind: "number", value: "1" },
  { name: "country", kind: "string", value: '"DE"' },
  { name: "vip", kind: "boolean", value: "true" },
];

const TRUST: NonNullable<Workbench["trust"]> = {
  title: "Sample customers",
  description: "Customers of the sample API.",
  bundled: false,
  docs: "",
  hosts: ["127.0.0.1:8080"],
  requests: ["GET http://127.0.0.1:8080/customers"],
  asks: [
    { name: "region", title: "Region", description: "Where your account is.", type: "string", required: false, default: "eu", options: [], goes_to: "the query, to 127.0.0.1:8080 only", given: false },
    { name: "api_token", title: "API token", description: "", type: "secret", required: true, default: null, options: [], goes_to: "the header Authorization, to 127.0.0.1:8080 only", given: false },
  ],
  warnings: ["It sends over http, unencrypted."],
} as NonNullable<Workbench["trust"]>;
