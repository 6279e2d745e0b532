import type { ExampleNeeds } from "../api";
import { inGerman } from "./language";
import { homeWordsDe } from "./de/home";

/** Every word of Home beside the one box. */
export const homeWords = {
  try: "Examples",
  tryText: "Definitions of well-known APIs that come with Tapwright. Nothing is sent before you agree.",
  sample: "Sample API",
  sampleText: "Customers, orders and events, served inside the app. No account, no network.",
  sampleHost: "on this machine",
  needs: { nothing: "no key", values: "no key, some values", key: "needs a key" } satisfies Record<ExampleNeeds, string>,
  opening: (title: string) => `Opening ${title}`,
  all: (n: number) => `Show all ${n}`,
  fewer: "Show fewer",
  filter: "Which examples",
  filters: { all: "All", free: "No key needed" },
  search: "Search connectors and examples",
  found: (connectors: number, examples: number) => `${connectors} connectors, ${examples} examples`,
  noMatch: (text: string) => `Nothing here is called “${text}”.`,
  noMatchText: "Paste the API's address into the box above to make a connector for it.",
  bundledLead: "This definition comes with Tapwright and is unchanged. Nothing was sent yet.",
  docs: "The vendor's documentation",
  connection: (name: string) => `Open the connection ${name}`,
};

inGerman("home", homeWords, homeWordsDe);
