import type { ComponentType } from "react";
import type { ConnectionView } from "../api";
import { words } from "../strings";
import { ConnectionActions } from "../actions/ConnectionActions";
import { actionWords } from "../strings/actions";
import { ConnectionData } from "./ConnectionData";
import { ConnectionFixtures } from "../fixtures/ConnectionFixtures";
import { ConnectionRuns } from "./ConnectionRuns";
import { SchedulePart } from "../schedules/SchedulePart";
import { ConnectionSettings } from "./ConnectionSettings";
import { BatchesPart } from "../batches/BatchesPart";
import { PushPart } from "../batches/PushPart";
import { WebhooksPart } from "../webhooks/WebhooksPart";
import { AboutPart } from "../health/AboutPart";
import { HealthPart } from "../health/HealthPart";
import { aboutWords, healthWords } from "../strings/health";

/** What a part is about; parts of one group stand together. */
type Group = "reads" | "writes" | "keeps" | "is";

/** One part of a connection's room. */
interface ConnectionTab {
  id: string;
  label: string;
  group: Group;
  /** Draws the part. */
  Part: ComponentType<{ view: ConnectionView }>;
  /** Whether this connection has it. Always, where it does not say. */
  shown?: (view: Pick<ConnectionView, "definition">) => boolean;
}

const acts = (view: Pick<ConnectionView, "definition">) => (view.definition.actions ?? []).length > 0;

/** The parts of a connection's room, in order: what it reads, what it writes, what keeps it going, what it is. */
export const connectionTabs: ConnectionTab[] = [
  { id: "runs", label: words.connection.runs, group: "reads", Part: ConnectionRuns },
  { id: "data", label: words.connection.data, group: "reads", Part: ConnectionData },
  { id: "actions", label: actionWords.title, group: "writes", Part: ConnectionActions, shown: acts },
  { id: "batches", label: words.batches.tab, group: "writes", Part: BatchesPart, shown: acts },
  { id: "push", label: words.batches.pushTab, group: "writes", Part: PushPart, shown: (view) => (view.definition.destinations ?? []).length > 0 },
  { id: "webhooks", label: words.webhooks.tab, group: "keeps", Part: WebhooksPart },
  { id: "schedule", label: words.management.schedule.tab, group: "keeps", Part: SchedulePart },
  { id: "health", label: healthWords.tab, group: "keeps", Part: HealthPart },
  { id: "fixtures", label: words.fixtures.title, group: "keeps", Part: ConnectionFixtures },
  { id: "about", label: aboutWords.tab, group: "is", Part: AboutPart },
  { id: "settings", label: words.management.settings.tab, group: "is", Part: ConnectionSettings },
];
