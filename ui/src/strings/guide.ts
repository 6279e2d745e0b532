import { guideWordsDe } from "./de/guide";
import { inGerman } from "./language";

/** Every word of the five steps and of the list of connections. */
export const guideWords = {
  label: "Five steps, from an address to a shared file",
  names: { connect: "Connect", endpoints: "Endpoints", fields: "Fields", test: "Test", share: "Share" },
  at: (step: number, name: string) => `Step ${step} of 5: ${name}`,
  all: "All five steps",
  done: (name: string) => `${name}: done`,
  todo: (name: string, missing: string) => `${name}: ${missing}`,
  hide: "Hide",
  hideSteps: "Hide the five steps",
  showSteps: "Show the five steps",
  setting: "Five steps",
  settingHelp: "Show them above a connector",
  missing: {
    key: "The server wants a key.",
    trust: "Look at what it would call, and say whether you trust it.",
    tables: "Choose what is to be read.",
    failed: "Nothing could be read from there yet.",
    signIn: "Somebody has to sign in.",
    stream: "There is no stream yet.",
    unread: "Its first pages were not read yet.",
    records: "No records were found yet.",
    faults: (n: number) => (n === 1 ? "1 fault has to be mended." : `${n} faults have to be mended.`),
    accept: "Look at the columns, then say that it looks right.",
    sync: "It was not synced yet.",
    going: "The sync goes on.",
    synced: "The last sync did not end well.",
    share: "It was not saved or copied yet.",
    before: "The steps before come first.",
  },
  connections: {
    title: "Connections and schedules",
    lead: "Each connection is a connector with its own values, keys and data.",
    open: "All connections and schedules",
    name: "Connection",
    connector: "Connector",
    schedule: "Schedule",
    next: "Next run",
    last: "Last result",
    health: "Health",
    unscheduled: "none",
    scheduleOf: (name: string) => `Schedule of ${name}`,
    none: "No connections yet",
    noneText: "A connection comes with the first “Looks right”: it keeps the values and keys that a connector is read with.",
    toBox: "Open something",
    count: (connections: number, scheduled: number) => `${connections} connections, ${scheduled} with a schedule`,
  },
};

inGerman("guide", guideWords, guideWordsDe);
