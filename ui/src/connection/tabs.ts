import type { ComponentType } from "react";
import type { ConnectionView } from "../api";
import { words } from "../strings";
import { ConnectionActions } from "../actions/ConnectionActions";
import { actionWords } from "../strings/actions";
import { ConnectionData } from "./ConnectionData";
import { ConnectionFixtures } from "../fixtures/ConnectionFixtures";
import { ConnectionDestination } from "../destination/ConnectionDestination";
import { ConnectionRuns } from "./ConnectionRuns";
import { SchedulePart } from "../schedules/SchedulePart";
import { ConnectionSettings } from "./ConnectionSettings";
import { BatchesPart } from "../batches/BatchesPart";
import { PushPart } from "../batches/PushPart";
import { WebhooksPart } from "../webhooks/WebhooksPart";
import { AboutPart } from "../health/AboutPart";
import { HealthPart } from "../health/HealthPart";
import { aboutWords, healthWords } from "../strings/health";

/** One part of a connection's room. */
export interface ConnectionTab {
  id: string;
  label: string;
  /** Draws the part. */
  Part: ComponentType<{ view: ConnectionView }>;
  /** Whether this connection has it. Always, where it does not say. */
  shown?: (view: ConnectionView) => boolean;
}

/** The parts of a connection's room, in order. One line a part. */
export const connectionTabs: ConnectionTab[] = [
  { id: "runs", label: words.connection.runs, Part: ConnectionRuns },
  { id: "data", label: words.connection.data, Part: ConnectionData },
  { id: "fixtures", label: words.fixtures.title, Part: ConnectionFixtures },
  { id: "schedule", label: words.management.schedule.tab, Part: SchedulePart },
  { id: "settings", label: words.management.settings.tab, Part: ConnectionSettings },
  { id: "actions", label: actionWords.title, Part: ConnectionActions, shown: (view) => (view.definition.actions ?? []).length > 0 },
  { id: "batches", label: words.batches.tab, Part: BatchesPart, shown: (view) => (view.definition.actions ?? []).length > 0 },
  { id: "push", label: words.batches.pushTab, Part: PushPart, shown: (view) => (view.definition.destinations ?? []).length > 0 },
  { id: "destination", label: words.destination.title, Part: ConnectionDestination },
  { id: "webhooks", label: words.webhooks.tab, Part: WebhooksPart },
  { id: "health", label: healthWords.tab, Part: HealthPart },
  { id: "about", label: aboutWords.tab, Part: AboutPart },
];
