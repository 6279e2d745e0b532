import type { HealthState } from "../api";
import { healthWordsDe, aboutWordsDe } from "./de/health";
import { inGerman } from "./language";

/** Every word about a connection's health. */
export const healthWords = {
  tab: "Health",
  title: "Health",
  run: "Check now",
  again: "Check again",
  fast: "Quick check",
  fastHelp: "Leaves the streams out",
  checking: "Asking the API",
  never: "Not checked yet",
  neverText: "A check tells whether the API is reachable, who is signed in, how many requests are left, and whether every stream can be read.",
  last: (when: string, took: string) => `Checked ${when}, in ${took}`,
  identity: "Signed in as",
  scopes: "Scopes",
  copy: "Copy as JSON",
  todo: "What to do:",
  records: (n: string) => `${n} records`,
  states: { pass: "Pass", warn: "Look", fail: "Fails", skipped: "Skipped" } satisfies Record<HealthState, string>,
  checks: {
    inputs: "Values",
    reachable: "Reachable",
    certificate: "Certificate",
    signed_in: "Signed in",
    encrypted: "Encrypted",
    rights: "Rights",
    clock_skew: "Clock",
    rate_limit: "Requests left",
    files: "Files",
    streams: "Streams",
    last_sync: "Last sync",
  } as Record<string, string>,
  bytes: "received",
  latency: (p50: string, p95: string) => `half of the answers within ${p50}, 95 % within ${p95}`,
};

/** Every word about what a connector says of itself. */
export const aboutWords = {
  tab: "About",
  docs: "Documentation",
  can: "Can do",
  hosts: "Hosts",
  auth: "Sign-in",
  limits: "Limits",
  atOnce: (n: string) => `${n} requests at once`,
  inputs: "Inputs",
  streams: "Streams",
  stream: "Stream",
  key: "Key",
  columns: "Columns",
  changed: "Reads what changed",
  reads: "Reads",
  by: (cursor: string) => `by ${cursor}`,
  actions: "Actions",
  webhooks: "Webhooks",
  destinations: "Pushed back",
  version: "Version",
  readme: "Copy its README",
  needed: "needed",
};

inGerman("health", healthWords, healthWordsDe);
inGerman("about", aboutWords, aboutWordsDe);
