import { addFromAnywhere } from "../builder/go";
import { LISTS } from "../builder/rows";
import { words } from "../strings";
import { newConnector, openSettings, shareable, shareNow } from "./keys";
import { shownKeys } from "./keymap";
import { go, goHome, show } from "./navigate";
import type { AppState } from "./store";
import { startSync } from "./sync";
import { knownExamples } from "../home/examples";
import { settingsWords } from "../strings/settings";
import { homeWords } from "../strings/home";
import { openExample, openFile, openFolder, openSample } from "./source";
import { accept, openConnector, redo, undo } from "./workbench";

/** Something that can be done from the palette. */
export interface Command {
  id: string;
  label: string;
  keys?: string | undefined;
  run: () => void;
}

/** What can be done as things stand: the next steps first, then connectors, then the rooms. */
export function commands(state: AppState): Command[] {
  return [...steps(state), ...connectors(state), ...connections(state), ...rooms(), ...examples()];
}

function steps({ workbench, view }: AppState): Command[] {
  if (workbench?.stage !== "ready" || view.name === "home" || view.name === "settings") return [];
  const list: Command[] = [];
  const { connection } = workbench;
  if (!workbench.accepted) list.push({ id: "accept", label: words.result.accept, keys: shownKeys("next"), run: () => void accept() });
  if (workbench.accepted && connection != null) {
    list.push({ id: "sync", label: words.result.sync, run: () => void startSync(connection) });
    list.push({ id: "full", label: words.run.full, run: () => void startSync(connection, true) });
  }
  if (shareable() !== null) list.push({ id: "share", label: words.result.share, keys: shownKeys("share"), run: shareNow });
  if (workbench.can_undo) list.push({ id: "undo", label: words.result.undo, keys: shownKeys("undo"), run: () => void undo() });
  if (workbench.can_redo) list.push({ id: "redo", label: words.result.redo, keys: shownKeys("redo"), run: () => void redo() });
  for (const kind of LISTS) list.push({ id: `add-${kind}`, label: words.builder.add[kind], run: () => void addFromAnywhere(kind) });
  return list;
}

function connectors({ home }: AppState): Command[] {
  return (home?.connectors ?? []).map((card) => ({
    id: `open-${card.id}`,
    label: words.palette.open(card.title === "" ? card.name : card.title, card.host),
    run: () => void openConnector(card.id),
  }));
}

function connections({ home }: AppState): Command[] {
  return (home?.connectors ?? []).flatMap((card) =>
    card.connections.map((each) => ({
      id: `connection-${each.id}`,
      label: `${words.connection.openNamed(each.name)} · ${card.title === "" ? card.name : card.title}`,
      run: () => go({ name: "connection", id: each.id, tab: "runs" }),
    })),
  );
}

function examples(): Command[] {
  return knownExamples().map((each) => ({
    id: `example-${each.name}`,
    label: `${homeWords.try} ${each.title} · ${each.host}`,
    run: () => void openExample(each.name, each.title),
  }));
}

function rooms(): Command[] {
  return [
    { id: "new", label: words.keys.rows[2][1], keys: shownKeys("new"), run: newConnector },
    { id: "sample", label: words.box.sample, run: () => void openSample() },
    { id: "file", label: words.box.file, run: () => void openFile() },
    { id: "folder", label: words.box.folder, run: () => void openFolder() },
    { id: "home", label: words.nav.home, keys: shownKeys("home"), run: goHome },
    { id: "settings", label: words.nav.settings, keys: shownKeys("settings"), run: openSettings },
    { id: "about", label: `${settingsWords.about} Tapwright`, run: openSettings },
    { id: "shortcuts", label: settingsWords.shortcuts, run: openSettings },
    { id: "keys", label: words.nav.keys, keys: shownKeys("keys"), run: () => show({ name: "keys" }) },
  ];
}
