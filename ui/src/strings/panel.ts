import { count } from "../app/format";
import { panelWordsDe } from "./de/panel";
import { inGerman } from "./language";

const some = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? "" : "s"}`;

/** Every word about how much of a stream the test panel shows. */
export const panelWords = {
  group: "What was read",
  more: "Read more",
  upTo: (pages: number, records: number) => `Reads again from the first page: up to ${some(pages, "page")} or ${some(records, "record")}`,
  stop: "Stop",
  reading: "Reading further",
  read: (rows: number, read: number, requests: number, cut: boolean) =>
    `${cut && read > rows ? `${count(rows)} of ${some(read, "record")}` : some(rows, "record")} from ${some(requests, "request")}`,
  andEnd: (read: string, end: string) => `${read}, ${end}`,
  atPages: (n: number) => `stopped at ${some(n, "page")}`,
  atRecords: (n: number) => `stopped at ${some(n, "record")}`,
  atBytes: "stopped at the memory that previews may take",
  stopped: "stopped by you",
  all: "all there are",
  maybeAll: "whether there are more is not known",
  most: "This is the most that a preview reads. A sync reads all.",
  part: "Partition",
  allParts: "All partitions",
  partHelp: (names: string[]) => `Reads one part alone. Choose it, or type its ${names.join(" and ")}.`,
  noPart: (names: string[]) => `Name the part: ${names.map((name) => `${name}=…`).join(", ")}`,
  filter: "Filter: text, or column:text",
  matches: (found: number, all: number) => `${count(found)} of ${count(all)} match`,
  noMatch: "No record matches.",
  clear: "Show all",
  json: "JSON",
  jsonOf: (n: number) => `Record ${count(n)} as it came`,
  sortHint: "Click to sort",
  sorted: { ascending: "sorted, smallest first", descending: "sorted, greatest first" },
  asColumn: "Add as column",
  asId: (stream: string) => `Use as the id that ${stream} is read by`,
  what: { parent: (stream: string) => `Parent ${stream}`, token: "Token", login: "Login", job: "Job" },
  notKept: (n: number) => `${some(n, "more request")} were sent that are not kept.`,
  noBody: "Its answer is not kept: the answers beside the pages are too long together.",
  toldFrom: (n: number, of: number) => (n === of ? `Told from ${some(n, "record")}.` : `Told from ${count(n)} of ${some(of, "record")}.`),
  wholeState: "The whole state",
  reset: "Reset",
};

inGerman("panel", panelWords, panelWordsDe);
