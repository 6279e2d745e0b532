import { PlugZap } from "lucide-react";
import type { FolderLook } from "../api";
import { openSource } from "../app/source";
import { Button } from "../components/Button";
import { Sheet } from "../components/Sheet";
import { openWords } from "../strings/open";
import "./tables.css";

const W = openWords.workspace;

/** The connectors of a folder: one of them is opened. */
export function WorkspaceSheet({ look, onClose }: { look: FolderLook; onClose: () => void }) {
  const name = look.folder.split("/").at(-1) ?? look.folder;
  const actions = look.data ? <Button data-testid="workspace-data" onClick={() => void openSource(look.folder, true)}>{W.data}</Button> : undefined;
  return (
    <Sheet title={W.title(name)} onClose={onClose} actions={actions}>
      <div>
        <p className="soft mono break">{look.folder}</p>
        <p className="soft">{W.lead}</p>
      </div>
      <ul className="folder-connectors" data-testid="workspace-connectors">
        {look.connectors.map((each) => (
          <li key={each.path}>
            <button type="button" data-testid={`workspace-${each.name}`} onClick={() => void openSource(each.path)}>
              <PlugZap className="icon" aria-hidden />
              <span className="folder-connector">
                <span className="table-name">{each.title}</span>
                <span className="dim mono break">{each.file}</span>
              </span>
              <span className="dim folder-facts">
                {each.faults > 0 ? <span className="bad">{W.faults(each.faults)}</span> : <span>{W.streams(each.streams)}</span>}
                {each.recorded && <span>{W.recorded}</span>}
                {each.kept && <span>{W.kept}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
