import { ago, bytes, count } from "../app/format";
import { fixturesDe } from "./de/fixtures";
import { inGerman } from "./language";

/** What the tab of recordings says. */
export const fixtures = {
  title: "Fixtures",
  text: "Recorded answers, rows of tables and lines of files: with them a mapping is edited and tested with no network, no database and no folder. Keys, tokens and cookies are scrubbed before anything is written.",
  none: "Nothing recorded yet",
  noneText: "A recording reads the first pages of each stream once, or the first 500 rows of a table and lines of a file, and keeps them on this machine.",
  pages: "Pages or files a stream",
  scrub: "Scrub too",
  scrubHelp: "emails, names, phones, or members by their names, with commas between",
  record: "Record now",
  recordAgain: "Record again",
  recording: "Recording",
  reading: "Reading the recording",
  offline: "Offline",
  offlineHelp: "Previews in the workbench read from this recording. Nothing is sent.",
  test: "Run the checks",
  testing: "Replaying",
  update: "Accept the differences",
  remove: "Delete the recording",
  folder: "Folder",
  summary: (files: number, size: number, at: string) => `${count(files)} answers, ${bytes(size)}, recorded ${ago(at)}`,
  limit: (pages: number) => `up to ${count(pages)} pages a stream`,
  streams: "Streams",
  scrubbed: "Scrubbed",
  scrubbedLine: (what: string, values: number, places: number) => `${what}: ${count(values)} in ${count(places)} places`,
  nothingScrubbed: "Nothing private was found.",
  failed: "Not recorded",
  files: "Answers",
  file: "File",
  stream: "Stream",
  request: "Request",
  status: "Status",
  size: "Size",
  checks: "Checks",
  passed: "All checks pass, with no network.",
  notPassed: "Some checks fail.",
  verdict: { pass: "pass", warn: "look", fail: "fail" },
  records: (n: number) => (n === 1 ? "1 record" : `${count(n)} records`),
  whole: "Connector",
};

inGerman("fixtures", fixtures, fixturesDe);
