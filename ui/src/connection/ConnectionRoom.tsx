import { ArrowLeft, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { call, toProblem, type ConnectionView, type Problem } from "../api";
import { go } from "../app/navigate";
import { useApp } from "../app/store";
import { startSync } from "../app/sync";
import { openConnector } from "../app/workbench";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Tabs } from "../components/Tabs";
import { words } from "../strings";
import { dataWords } from "../strings/data";
import { connectionTabs } from "./tabs";
import "./connection.css";

/** A connection: all that it does, one part at a time. */
export function ConnectionRoom({ id, tab }: { id: string; tab: string }) {
  const [view, setView] = useState<ConnectionView | null>(null);
  const [failed, setFailed] = useState<Problem | null>(null);
  const later = useApp((state) => state.problem);
  const changed = useApp((state) => state.changed);
  const busy = useApp((state) => state.busy !== null);
  useEffect(() => {
    let here = true;
    call("connection_get", { id })
      .then((next) => {
        if (!here) return;
        setView(next);
        setFailed(null);
      })
      .catch((thrown: unknown) => here && setFailed(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [id, changed]);
  // What is on the screen stays, also where it could not be asked for again.
  if (view === null)
    return failed === null ? null : (
      <div className="page narrow">
        <ProblemView problem={failed} />
      </div>
    );
  const tabs = connectionTabs.filter((each) => each.shown?.(view) ?? true);
  const at = tabs.find((each) => each.id === tab) ?? tabs[0];
  return (
    <div className="full" data-testid="connection-room">
      <header className="topbar">
        <Button
          look="quiet"
          icon={<ArrowLeft className="icon" aria-hidden />}
          aria-label={words.run.connector}
          title={words.run.connector}
          data-testid="connection-connector"
          onClick={() => void openConnector(view.connector)}
        />
        <div className="name">
          <h1>
            {view.name} {view.title !== view.name && <span className="dim">{view.title}</span>}
          </h1>
        </div>
        <Button data-testid="sync-start" disabled={busy} icon={<Play className="icon" aria-hidden />} onClick={() => void startSync(view.id)}>
          {dataWords.sync}
        </Button>
      </header>
      <Tabs
        label={words.connection.parts}
        tabs={tabs.map((each, index) => ({ value: each.id, label: each.label, apart: index > 0 && tabs[index - 1]?.group !== each.group }))}
        value={at?.id ?? ""}
        panel="connection-part"
        onChange={(next) => go({ name: "connection", id, tab: next })}
      />
      <div id="connection-part" role="tabpanel" aria-labelledby={`connection-part-${at?.id ?? ""}`} className="connection-part">
        {later !== null && <ProblemView problem={later} />}
        {failed !== null && <ProblemView problem={failed} />}
        {at !== undefined && <h2 className="sr-only">{at.label}</h2>}
        {at !== undefined && <at.Part key={at.id} view={view} />}
      </div>
    </div>
  );
}
