import { CrashGuard } from "./CrashGuard";
import { Overlays } from "./Overlays";
import { Rail } from "./Rail";
import { useKeys } from "./keys";
import { useApp } from "./store";
import { Toasts } from "../components/Toasts";
import { DataView } from "../run/DataView";
import { Home } from "../home/Home";
import { Bench } from "../open/Bench";
import { RunRoom } from "../run/RunRoom";
import { SettingsView } from "../settings/SettingsView";
import "./app.css";

/** The window: the rail, the room in front, and what stands over it. */
export function App() {
  useKeys();
  return (
    <CrashGuard>
      <div className="app">
        <Rail />
        <main className="room">
          <Room />
        </main>
      </div>
      <Overlays />
      <Toasts />
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
      return <RunRoom key={view.id} id={view.id} />;
    case "data":
      return <DataView connection={view.connection} title={view.title} />;
    case "settings":
      return <SettingsView />;
  }
}
