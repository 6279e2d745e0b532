import { call, toProblem, type AppEvent, type Problem } from "../api";
import { refreshHome, show } from "./navigate";
import { openSource, PATH } from "./source";
import { app, say } from "./store";
import { titleOf } from "./title";
import { openWords } from "../strings/open";

/** What became of one of several dropped files. */
export type DroppedFile = { name: string } & (
  | { state: "waits" }
  /** It is a connector now, or a draft of one. */
  | { state: "taken"; id: string; title: string }
  /** A folder of connectors: one of them is chosen there. */
  | { state: "folder"; text: string; connectors: number }
  | { state: "refused"; problem: Problem }
);

type OneFile = Extract<AppEvent, { type: "dropped" }>;

/** Files of a drop that are not all told yet. */
let told: OneFile[] = [];

/** Takes a file of a drop: alone it is opened, of several each becomes a connector of its own. */
export function takeDropped(file: OneFile): void {
  app.set({ dragged: [] });
  if (file.of <= 1) {
    told = [];
    void openSource(file.text);
    return;
  }
  told.push(file);
  if (told.length < file.of) return;
  const files = told;
  told = [];
  void takeAll(files);
}

/** One after the other: none is asked for before the one before it is settled. */
async function takeAll(files: OneFile[]): Promise<void> {
  let states: DroppedFile[] = files.map(({ name }) => ({ name, state: "waits" }));
  show({ name: "dropped", files: states });
  const tell = (at: number, next: DroppedFile) => {
    states = states.with(at, next);
    if (app.get().overlay?.name === "dropped") app.set({ overlay: { name: "dropped", files: states } });
  };
  for (const [at, { name, text }] of files.entries()) {
    // Whoever closes the list wants no more of them.
    if (app.get().overlay?.name !== "dropped") break;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    tell(at, await taken(name, text));
  }
  say(openWords.dropped.done(states.filter((each) => each.state === "taken").length, states.length));
  await refreshHome();
}

async function taken(name: string, text: string): Promise<DroppedFile> {
  try {
    if (PATH.test(text)) {
      const look = await call("folder_look", { text });
      if (look.connectors.length > 0) return { name, state: "folder", text, connectors: look.connectors.length };
    }
    const opened = await call("source_open", { text });
    if (opened.stage === "failed" && opened.problem != null) return { name, state: "refused", problem: opened.problem };
    return { name, state: "taken", id: opened.id, title: titleOf(opened.definition) };
  } catch (thrown) {
    return { name, state: "refused", problem: toProblem(thrown) };
  }
}
