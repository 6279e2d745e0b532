import { Copy, Ellipsis, History, Pencil, PlugZap, Trash2 } from "lucide-react";
import { useState } from "react";
import { call, type ConnectionCard, type ConnectorCard } from "../api";
import { ago } from "../app/format";
import { go, refreshHome, show } from "../app/navigate";
import { toast, toastFault } from "../app/store";
import { openConnector } from "../app/workbench";
import { Button } from "../components/Button";
import { Menu } from "../components/Menu";
import { OutcomeTag } from "../components/OutcomeTag";
import { HealthTag } from "../health/HealthTag";
import { language } from "../strings/language";
import { words } from "../strings";
import { homeWords } from "../strings/home";

/** One connector: opens on a click, F2 renames. */
export function ConnectorRow({ card }: { card: ConnectorCard }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const title = card.title === "" ? card.name : card.title;
  // One connection is told in the connector's own line; several have a line each.
  const only = card.connections.length === 1 ? card.connections[0] : undefined;
  const rooms = card.connections.map((each) => ({
    id: `connection-${each.id}`,
    label: words.connection.openNamed(each.name),
    icon: <PlugZap className="icon" aria-hidden />,
    run: () => go({ name: "connection", id: each.id, tab: "runs" }),
  }));
  const items = [
    ...rooms,
    { id: "rename", label: words.home.rename, icon: <Pencil className="icon" aria-hidden />, end: "F2", run: () => show({ name: "rename", id: card.id, title }) },
    { id: "versions", label: words.management.versions.open, icon: <History className="icon" aria-hidden />, run: () => show({ name: "versions", id: card.id, title }) },
    { id: "duplicate", label: words.management.versions.duplicate, icon: <Copy className="icon" aria-hidden />, run: () => void duplicate(card.id) },
    { id: "delete", label: words.home.delete, icon: <Trash2 className="icon" aria-hidden />, run: () => show({ name: "delete", id: card.id, title }) },
  ];
  return (
    <li className="row" data-connector={card.id}>
      <button type="button" className="row-main" data-testid={`connector-${card.name}`} onClick={() => void openConnector(card.id)}>
        <span className="row-title">{title}</span>
        <span className="row-sub mono">{card.host.includes("{{") ? "" : card.host}</span>
        <span className="row-sub" title={card.streams.join(", ")}>
          {words.home.streams(card.streams.length)}
        </span>
        <span className="row-end">
          {only !== undefined && <Standing connection={only} />}
          {card.connections.length === 0 && <span className="dim">{card.draft ? words.home.draft : words.home.neverRun}</span>}
        </span>
      </button>
      {only !== undefined && (
        <Button
          look="quiet"
          icon={<PlugZap className="icon" aria-hidden />}
          aria-label={homeWords.connection(only.name)}
          title={homeWords.connection(only.name)}
          data-testid={`connection-of-${card.name}`}
          onClick={() => go({ name: "connection", id: only.id, tab: "runs" })}
        />
      )}
      <Button
        look="quiet"
        icon={<Ellipsis className="icon" aria-hidden />}
        aria-label={words.home.more(title)}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      />
      {anchor !== null && <Menu label={words.home.more(title)} anchor={anchor} items={items} onClose={() => setAnchor(null)} />}
      {card.connections.length > 1 && (
        <ul className="row-connections">
          {card.connections.map((each) => (
            <li key={each.id}>
              <button type="button" className="row-main connection" aria-label={homeWords.connection(each.name)} onClick={() => go({ name: "connection", id: each.id, tab: "runs" })}>
                <PlugZap className="icon" aria-hidden />
                <span className="row-sub">{each.name}</span>
                <span className="row-end">
                  <Standing connection={each} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** How a connection stands: its health, its last run, its next one. */
function Standing({ connection }: { connection: ConnectionCard }) {
  const { health, last_run: last, next_run: next } = connection;
  return (
    <>
      {next != null && <span className="dim">{words.management.schedule.next(soon(next))}</span>}
      {health != null && health.state !== "pass" && <HealthTag state={health.state} />}
      {last == null ? (
        <span className="dim">{words.home.neverRun}</span>
      ) : (
        <>
          <OutcomeTag outcome={last.outcome} />
          <span className="dim">{ago(last.started_at)}</span>
        </>
      )}
    </>
  );
}

/** Makes a copy of a connector, without connections. */
async function duplicate(id: string): Promise<void> {
  try {
    const made = await call("connector_duplicate", { id });
    toast(words.management.settings.duplicated(made.name));
    await refreshHome();
  } catch (thrown) {
    toastFault(thrown);
  }
}

/** A moment to come, as the clock here shows it. */
function soon(at: string): string {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? at : then.toLocaleString(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
}
