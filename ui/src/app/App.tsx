import { Suspense, useEffect, useRef } from "react";
import { CrashGuard } from "./CrashGuard";
import { DropHint } from "./DropHint";
import { Rail } from "./Rail";
import { Steps } from "./Steps";
import { useKeys } from "./keys";
import { Bench, ConnectionRoom, DataView, Overlays, RunRoom, SettingsView } from "./rooms";
import { useApp } from "./store";
import { Toasts } from "../components/Toasts";
import { Connections } from "../home/Connections";
import { Home } from "../home/Home";
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
          <Suspense fallback={null}>
            <Room />
          </Suspense>
        </main>
      </div>
      <Suspense fallback={null}>
        <Overlays />
      </Suspense>
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
