import { Send } from "lucide-react";
import { useState } from "react";
import type { WebhookInfo } from "../api";
import { Button } from "../components/Button";
import { CopyButton } from "../components/CopyButton";
import { words } from "../strings";
import { TestSheet } from "./TestSheet";

/** The addresses that senders get, with a way to try each. */
export function Addresses({ connection, webhooks }: { connection: string; webhooks: WebhookInfo[] }) {
  const [tested, setTested] = useState<WebhookInfo | null>(null);
  return (
    <section className="section" aria-labelledby="webhook-addresses">
      <h2 id="webhook-addresses">{words.webhooks.addresses}</h2>
      <ul className="webhook-rows">
        {webhooks.map((webhook) => (
          <li key={webhook.name} className="webhook-row">
            <div className="webhook-what">
              <code data-testid={`webhook-url-${webhook.name}`}>{webhook.url ?? webhook.path}</code>
              <span className="dim">
                {words.webhooks.proof[webhook.proof] ?? webhook.proof} · {words.webhooks.takes(webhook.events)}
                {webhook.description !== "" && ` · ${webhook.description}`}
              </span>
              {webhook.lacks != null && (
                <span className="note warn" data-testid={`webhook-lacks-${webhook.name}`}>
                  {words.webhooks.lacks(webhook.lacks)}
                </span>
              )}
            </div>
            <CopyButton bare text={() => webhook.url ?? webhook.path} label={words.webhooks.copyUrl(webhook.name)} testId={`webhook-copy-${webhook.name}`} />
            <Button icon={<Send className="icon" aria-hidden />} data-testid={`webhook-test-${webhook.name}`} onClick={() => setTested(webhook)}>
              {words.webhooks.test}
            </Button>
          </li>
        ))}
      </ul>
      {tested !== null && <TestSheet connection={connection} webhook={tested} onClose={() => setTested(null)} />}
    </section>
  );
}
