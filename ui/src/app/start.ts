import { call, painted, subscribe, type AppEvent, type Theme } from "../api";
import { backInSettings, refreshHome, show } from "./navigate";
import { loadRooms } from "./rooms";
import { speak } from "../strings/language";
import { app, say, toast, toastFault } from "./store";
import { applySize } from "./zoom";
import { takeBatch, takePush } from "../batches/news";
import { takeExport } from "../data/exports";
import { takeRun } from "./sync";
import { takeDropped } from "./drop";
import { write } from "./kept";
import { flushEdit } from "./workbench";
import { nameTheWindow } from "./windowTitle";
import { schedulesChanged } from "../schedules/SchedulePart";
import { said } from "./said";

/** Listens to the program and asks for what the first view needs. */
export function start(): void {
  applySize();
  subscribe(hear);
  nameTheWindow();
  backInSettings();
  const first = Promise.all([refreshHome(), loadInfo()]);
  tellPaint(false);
  void first.then(() => {
    tellPaint(true);
    // The other rooms are read while nobody waits for them.
    setTimeout(() => void loadRooms(), 50);
  });
  // What was typed a moment ago goes along before the window goes.
  window.addEventListener("pagehide", () => void flushEdit());
}

/** Tells the program that something was drawn. A page that is out of sight draws nothing, and is none the worse. */
function tellPaint(ready: boolean): void {
  const tell = () => painted(ready, ready ? 0 : sincePaint());
  if (document.hidden) tell();
  else requestAnimationFrame(() => requestAnimationFrame(tell));
}

/** Milliseconds since the page painted first. */
function sincePaint(): number {
  const paint = performance.getEntriesByType("paint").find((entry) => entry.name === "first-contentful-paint");
  return paint === undefined ? 0 : Math.round(performance.now() - paint.startTime);
}

async function loadInfo(): Promise<void> {
  try {
    const info = await call("app_info", {});
    app.set({ info });
    applyTheme(info.settings.theme);
    speak(info.settings.language);
  } catch (thrown) {
    toastFault(thrown);
  }
}

/** Shows a theme at once. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  // The window looks for it before it draws anything.
  write("theme", theme);
}

function hear(event: AppEvent): void {
  switch (event.type) {
    case "run":
      takeRun(event.view);
      break;
    case "batch":
      takeBatch(event.view);
      break;
    case "push":
      takePush(event.view);
      break;
    case "export":
      takeExport(event.view);
      break;
    case "progress":
      progress(event.workbench, said(event.message));
      break;
    case "code_asked":
      app.set((state) => ({ asked: [...state.asked, { id: event.id, who: event.who, message: event.message }] }));
      break;
    case "schedule":
      schedulesChanged();
      break;
    case "notify":
      toast(`${said(event.title)}: ${said(event.text)}`);
      break;
    case "webhook":
      app.set((state) => ({ webhookNews: state.webhookNews + 1 }));
      break;
    case "link_asked":
      show({ name: "link", url: event.url });
      break;
    case "dragged":
      app.set({ dragged: event.names });
      break;
    case "dropped":
      takeDropped(event);
      break;
  }
}

function progress(workbench: string, message: string): void {
  const busy = app.get().busy;
  if (busy === null || (busy.workbench !== "" && workbench !== "" && busy.workbench !== workbench)) return;
  app.set({ busy: { ...busy, message, workbench: workbench === "" ? busy.workbench : workbench } });
  say(message);
}
