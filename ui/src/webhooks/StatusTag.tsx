import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, CircleX, Copy } from "lucide-react";
import type { WebhookStatus } from "../api";
import { words } from "../strings";

const LOOKS = { waiting: "", done: "good", unknown: "warn", dead: "bad", refused: "bad", duplicate: "", challenge: "good" } satisfies Record<WebhookStatus, string>;
const ICONS = { waiting: CircleDashed, done: CircleCheck, unknown: CircleHelp, dead: CircleAlert, refused: CircleX, duplicate: Copy, challenge: CircleCheck };

/** What became of a request, as a word with its sign. */
export function StatusTag({ status }: { status: WebhookStatus }) {
  const Icon = ICONS[status];
  return (
    <span className={`tag ${LOOKS[status]}`}>
      <Icon className="icon" aria-hidden />
      {words.webhooks.status[status]}
    </span>
  );
}
