import { LISTS } from "../builder/rows";
import { addFirst, openRow } from "../builder/go";
import { connectionTabs } from "../connection/tabs";
import { further } from "../panel/further";
import { readFurther } from "../panel/reading";
import { knownExamples } from "../home/examples";
import { setTheme, SETTINGS_PARTS, THEMES } from "../settings/settings";
import { words } from "../strings";
import { homeWords } from "../strings/home";
import { panelWords } from "../strings/panel";
import { guideWords } from "../strings/guide";
import { settingsWords } from "../strings/settings";
import { setGuide } from "./guide";
import { newConnector, openSettings, shareable, shareNow } from "./keys";
import { shownKeys } from "./keymap";
import { go, goHome, show } from "./navigate";
import { openExample, openFile, openFolder, openSample } from "./source";
import { PANEL_TABS, shownPreview, type AppState, type Pane } from "./store";
import { startSync } from "./sync";
import { titleOf } from "./title";
import { toPane, toTab } from "./ways";
import { accept, openConnector, redo, reread, undo } from "./workbench";

const W = words.palette;

/** Something that can be done from the palette. */
export interface Command {
  id: string;
  label: string;
  keys?: string | undefined;
  run: () => void;
}

/** What can be done as things stand: the next steps first, then what is near, then connectors, then the rest. */
export function commands(state: AppState): Command[] {
  return [
    ...steps(state),
    ...bench(state),
    ...rooms(),
    ...parts(state),
    ...streams(state),
    ...connectors(state),
    ...connections(state),
    ...settings(state),
    ...examples(),
  ];
}

/** The commands that have all words of a text in them: those that begin with it first, then those with a word that does. */
export function ranked(all: Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return all;
  const each = wanted.split(/\s+/);
  const found = all.flatMap((command) => {
    const label = command.label.toLowerCase();
    if (!each.every((word) => label.includes(word))) return [];
    const starts = each.every((word) => label.split(/[\s·:(]+/).some((part) => part.startsWith(word)));
    return [{ command, rank: label.startsWith(wanted) ? 0 : starts ? 1 : 2 }];
  });
  return found.toSorted((a, b) => a.rank - b.rank).map(({ command }) => command);
}

function steps({ workbench, view }: AppState): Command[] {
  if (workbench?.stage !== "ready" || view.name === "home" || view.name === "settings" || view.name === "connections") return [];
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
  return list;
}

/** What can be done with the connector in front. */
function bench(state: AppState): Command[] {
  const { workbench } = state;
  if (workbench?.stage !== "ready") return [];
  const list: Command[] = [{ id: "reread", label: words.result.reread, run: () => void readAgain() }];
  const preview = shownPreview(state);
  if (preview !== undefined && further(preview) !== null)
    list.push({
      id: "read-more",
      label: panelWords.more,
      run: () => {
        go({ name: "workbench" });
        void readFurther(preview);
      },
    });
  const panes: [Pane, string][] = [["none", words.builder.table], ["form", words.builder.form], ["yaml", words.builder.yaml]];
  list.push(...panes.map(([pane, label]) => ({ id: `view-${pane}`, label: W.view(label), run: () => toPane(pane) })));
  list.push(...PANEL_TABS.map((tab) => ({ id: `tab-${tab}`, label: W.tab(words.tabs[tab]), run: () => toTab(tab) })));
  if (workbench.accepted) list.push({ id: "versions", label: words.management.versions.open, run: () => show({ name: "versions", id: workbench.id, title: titleOf(workbench.definition) }) });
  list.push(...LISTS.map((name) => ({ id: `add-${name}`, label: words.builder.add[name], run: () => void addFirst(name) })));
  return list;
}

async function readAgain(): Promise<void> {
  go({ name: "workbench" });
  await reread();
}

function streams({ workbench }: AppState): Command[] {
  if (workbench?.stage !== "ready") return [];
  return (workbench.definition.streams ?? []).map(({ name }) => ({
    id: `stream-${name}`,
    label: W.stream(name),
    run: () => {
      go({ name: "workbench" });
      openRow({ id: name, kind: "stream", level: 2, label: name, faults: 0 }, name);
    },
  }));
}

/** The parts of the connection in front: of its room, or that of the connector. */
function parts({ workbench, view, home }: AppState): Command[] {
  const id = view.name === "connection" ? view.id : workbench?.connection;
  if (id == null) return [];
  const name = (home?.connectors ?? []).flatMap((card) => card.connections).find((each) => each.id === id)?.name ?? "";
  const known = workbench?.connection === id ? workbench : null;
  return connectionTabs
    .filter((tab) => tab.shown === undefined || known === null || tab.shown(known))
    .map((tab) => ({ id: `part-${tab.id}`, label: W.part(tab.label, name), run: () => go({ name: "connection", id, tab: tab.id }) }));
}

function connectors({ home }: AppState): Command[] {
  return (home?.connectors ?? []).map((card) => ({
    id: `open-${card.id}`,
    label: W.open(card.title === "" ? card.name : card.title, card.host),
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
    { id: "home", label: words.nav.home, keys: shownKeys("home"), run: goHome },
    { id: "connections", label: guideWords.connections.title, run: () => go({ name: "connections" }) },
    { id: "settings", label: words.nav.settings, keys: shownKeys("settings"), run: openSettings },
    { id: "keys", label: words.nav.keys, keys: shownKeys("keys"), run: () => show({ name: "keys" }) },
    { id: "sample", label: words.box.sample, run: () => void openSample() },
    { id: "file", label: words.box.file, run: () => void openFile() },
    { id: "folder", label: words.box.folder, run: () => void openFolder() },
  ];
}

function settings({ guide }: AppState): Command[] {
  return [
    { id: "guide", label: guide ? guideWords.hideSteps : guideWords.showSteps, run: () => setGuide(!guide) },
    ...THEMES.map((theme) => ({ id: `theme-${theme}`, label: W.theme(words.settings.themes[theme]), run: () => void setTheme(theme) })),
    ...SETTINGS_PARTS.map((part) => ({ id: `settings-${part}`, label: W.setting(settingsWords[part]), run: () => go({ name: "settings", part }) })),
  ];
}
