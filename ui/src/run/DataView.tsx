import { ArrowLeft } from "lucide-react";
import { go } from "../app/navigate";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { DataGrid } from "../data/DataGrid";
import { words } from "../strings";

/** The synced records of a connection. */
export function DataView({ connection, title }: { connection: string; title: string }) {
  const workbench = useApp((state) => state.workbench);
  return (
    <div className="full">
      <header className="topbar">
        {workbench?.connection === connection && (
          <Button
            look="quiet"
            icon={<ArrowLeft className="icon" aria-hidden />}
            aria-label={words.run.connector}
            title={words.run.connector}
            onClick={() => go({ name: "workbench" })}
          />
        )}
        <div className="name">
          <h1>
            {title} <span className="dim">{words.data.title}</span>
          </h1>
        </div>
      </header>
      <DataGrid key={connection} connection={connection} />
    </div>
  );
}
