import type { ActionKind, ActionOutcome } from "../api";
import { actionWordsDe } from "./de/actions";
import { inGerman } from "./language";

/** The words of the Actions part of a connection. */
export const actionWords = {
  title: "Actions",
  list: "Actions of this connector",
  none: "No actions yet",
  noneText: "An action is a named call with parameters: it makes, changes, removes or finds something. It stands in the connector, beside its streams.",
  kinds: {
    create: "creates",
    update: "updates",
    delete: "deletes",
    get: "gets",
    search: "finds",
    custom: "calls",
  } satisfies Record<ActionKind, string>,
  outcomes: { done: "done", failed: "failed", unknown: "not known" } satisfies Record<ActionOutcome, string>,
  notGiven: "not given",
  yes: "true",
  no: "false",
  required: "required",
  listHelp: "Several, with commas between, or JSON",
  jsonHelp: "JSON",
  key: "Idempotency key",
  keyHelp: "A repeat with the same key is done once. Empty: a new key for each call.",
  dryRun: "Dry run",
  run: "Run",
  running: "Calling…",
  request: "Request that would be sent",
  nothingSent: "Nothing was sent. Secrets are masked.",
  copyCurl: "Copy as curl",
  copySql: "Copy the SQL",
  rows: (count: number) => (count === 1 ? "1 row" : `${count} rows`),
  answer: "Answer",
  records: "Records",
  noRecords: "No records in the answer.",
  raw: "Raw answer",
  sent: "Request as sent",
  noKey: "none",
  keySent: (key: string) => `Idempotency key ${key}`,
  history: "History",
  noHistory: "No action was called yet.",
  again: "Fill the form with these",
  reloads: (name: string) => `Call of ${name}`,
  confirmTitle: (name: string) => `Run ${name}?`,
  confirmText: "This removes something over there. It can't be undone from here.",
  confirm: "Remove",
  took: (ms: number) => `${ms} ms`,
};

inGerman("action", actionWords, actionWordsDe);
