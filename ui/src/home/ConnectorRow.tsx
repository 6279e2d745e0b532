import { Ellipsis, Pencil, PlugZap, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ConnectorCard } from "../api";
import { ago } from "../app/format";
import { go, show } from "../app/navigate";
import { openConnector } from "../app/workbench";
import { Button } from "../components/Button";
import { Menu } from "../components/Menu";
import { OutcomeTag } from "../components/OutcomeTag";
import { words } from "../strings";

/** One connector: opens on a click, F2 renames. */
export function ConnectorRow({ card }: { card: ConnectorCard }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const title = card.title === "" ? card.name : card.title;
  const last = card.connections.map((each) => each.last_run).find((run) => run != null);
  const rooms = card.connections.map((each) => ({
    id: `connection-${each.id}`,
    label: words.connection.openNamed(each.name),
    icon: <PlugZap className="icon" aria-hidden />,
    run: () => go({ name: "connection", id: each.id, tab: "runs" }),
  }));
  const items = [
    ...rooms,
    { id: "rename", label: words.home.rename, icon: <Pencil className="icon" aria-hidden />, end: "F2", run: () => show({ name: "rename", id: card.id, title }) },
    { id: "delete", label: words.home.delete, icon: <Trash2 className="icon" aria-hidden />, run: () => show({ name: "delete", id: card.id, title }) },
  ];
  return (
    <li className="row" data-connector={card.id}>
      <button type="button" className="row-main" data-testid={`connector-${card.name}`} onClick={() => void openConnector(card.id)}>
        <span className="row-title">{title}</span>
        <span className="row-sub mono">{card.host}</span>
        <span className="row-sub" title={card.streams.join(", ")}>
          {words.home.streams(card.streams.length)}
        </span>
        <span className="row-end">
          {last === undefined ? (
            <span className="dim">{card.draft ? words.home.draft : words.home.neverRun}</span>
          ) : (
            <>
              <OutcomeTag outcome={last.outcome} />
              <span className="dim">{ago(last.started_at)}</span>
            </>
          )}
        </span>
      </button>
      <Button
        look="quiet"
        icon={<Ellipsis className="icon" aria-hidden />}
        aria-label={words.home.more(title)}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      />
      {anchor !== null && <Menu label={words.home.more(title)} anchor={anchor} items={items} onClose={() => setAnchor(null)} />}
    </li>
  );
}
