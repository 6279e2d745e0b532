import { CircleAlert, CircleCheck, FolderOpen, Hourglass } from "lucide-react";
import type { DroppedFile } from "../app/drop";
import { saidOf } from "../app/said";
import { openSource } from "../app/source";
import { openConnector } from "../app/workbench";
import { Button } from "../components/Button";
import { Sheet } from "../components/Sheet";
import { openWords } from "../strings/open";
import "./open.css";

const W = openWords.dropped;

/** Several dropped files: what became of each, and the way to it. */
export function DroppedSheet({ files, onClose }: { files: DroppedFile[]; onClose: () => void }) {
  return (
    <Sheet title={W.title(files.length)} onClose={onClose}>
      <p className="soft">{W.lead}</p>
      <ul className="dropped-files" data-testid="dropped-files">
        {files.map((file, at) => (
          <li key={`${at} ${file.name}`} data-state={file.state}>
            <Icon state={file.state} />
            <div>
              <p className="mono break">{file.name}</p>
              <What file={file} />
            </div>
            {file.state === "taken" && (
              <Button data-testid={`dropped-open-${at}`} onClick={() => void openConnector(file.id)}>
                {W.open}
              </Button>
            )}
            {file.state === "folder" && (
              <Button data-testid={`dropped-open-${at}`} onClick={() => void openSource(file.text)}>
                {W.choose}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function What({ file }: { file: DroppedFile }) {
  switch (file.state) {
    case "waits":
      return <p className="dim">{W.waits}</p>;
    case "taken":
      return <p className="soft">{W.taken(file.title)}</p>;
    case "folder":
      return <p className="soft">{W.folder(file.connectors)}</p>;
    case "refused": {
      const { message, hint } = saidOf(file.problem);
      return (
        <p className="bad" role="alert">
          {message} {hint != null && <span className="soft">{hint}</span>}
        </p>
      );
    }
  }
}

const ICONS = { waits: Hourglass, taken: CircleCheck, folder: FolderOpen, refused: CircleAlert };

function Icon({ state }: { state: DroppedFile["state"] }) {
  const Shown = ICONS[state];
  return <Shown className={`icon ${state === "taken" ? "good" : state === "refused" ? "bad" : ""}`} aria-hidden />;
}
