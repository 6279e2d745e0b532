import { useEffect, useRef } from "react";
import { CrashGuard } from "./CrashGuard";
import { DropHint } from "./DropHint";
import { Overlays } from "./Overlays";
import { Rail } from "./Rail";
import { Steps } from "./Steps";
import { useKeys } from "./keys";
import { useApp } from "./store";
import { ConnectionRoom } from "../connection/ConnectionRoom";
import { Toasts } from "../components/Toasts";
import { DataView } from "../run/DataView";
import { Connections } from "../home/Connections";
import { Home } from "../home/Home";
import { Bench } from "../open/Bench";
import { RunRoom } from "../run/RunRoom";
import { SettingsView } from "../settings/SettingsView";
import "./app.css";

/** The window: the rail, the room in front, and what stands over it. */
export function App() {
  useKeys();
  const room = useRef<HTMLElement>(null);
  const place = useApp((state) => `${state.view.name} ${state.workbench?.id ?? ""} ${state.workbench?.stage ?? ""}`);
  useEffect(() => {
    // What had the focus went with the view before: the next Tab starts in the new one.
    if (place !== "" && document.activeElement === document.body) room.current?.focus();
  }, [place]);
  return (
    <CrashGuard>
      <div className="app">
        <Rail />
        <main ref={room} className="room" tabIndex={-1}>
          <Room />
        </main>
      </div>
      <Overlays />
      <Toasts />
      <DropHint />
    </CrashGuard>
  );
}

function Room() {
  const view = useApp((state) => state.view);
  switch (view.name) {
    case "home":
      return <Home />;
    case "workbench":
      return <Bench />;
    case "run":
      return (
        <>
          <StepsOfRun id={view.id} />
          <RunRoom key={view.id} id={view.id} />
        </>
      );
    case "data":
      return <DataView connection={view.connection} title={view.title} />;
    case "connection":
      return <ConnectionRoom key={view.id} id={view.id} tab={view.tab} />;
    case "connections":
      return <Connections />;
    case "settings":
      return <SettingsView />;
  }
}

/** The steps over a run of the connector in front; a run of another one has none. */
function StepsOfRun({ id }: { id: string }) {
  const own = useApp((state) => state.workbench?.connection != null && state.runs[id]?.run.connection === state.workbench.connection);
  return own ? <Steps /> : null;
}
