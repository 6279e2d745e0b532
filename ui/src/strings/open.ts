import { openWordsDe } from "./de/open";
import { inGerman } from "./language";
import { count } from "../app/format";

/** Words about opening databases, files and folders. */
export const openWords = {
  asking: "Asking the database for its tables",
  files: "Looking at the files",
  database: {
    title: (name: string) => `Choose what to read from ${name}`,
    lead: "Each table becomes a stream. More can be added later.",
    password: "The database asks for a password",
    refused: "The database did not take this user and password",
    username: "User name",
    secret: "Password",
    signIn: "Show the tables",
    signingIn: "Signing in",
    reading: "Reading the list of tables",
    other: "Another user…",
  },
  tables: {
    ways: "What to read",
    pick: "Tables",
    query: "Write a query",
    label: "Tables and views",
    search: "Search tables",
    all: "Choose all",
    none: "Choose none",
    views: "Views, too",
    chosen: (n: number, all: number) => `${count(n)} of ${count(all)} chosen`,
    head: { table: "Table", rows: "Rows, about", key: "Key", cursor: "Only what changed, by" },
    schema: (name: string) => `in ${name}`,
    view: "view",
    choose: (name: string) => `Choose ${name}`,
    taken: "read already",
    noKey: "none: read whole",
    noCursor: "all rows each time",
    noMatch: "No table has this in its name.",
    more: (n: number) => `${count(n)} more: search to see them.`,
    empty: "There are no tables that this user may read.",
    emptyHelp: "Is it the right database? Ask its owner for the right to SELECT, or write a query.",
    take: (n: number) => (n === 1 ? "Read 1 table" : `Read ${count(n)} tables`),
    taking: "Reading the first rows",
    add: "Add tables",
    added: (n: number) => (n === 1 ? "1 stream was added. Undo takes it away." : `${count(n)} streams were added. Undo takes them away.`),
    name: "Name of the stream",
    sql: "Query",
    sqlHelp: "One that begins with SELECT or WITH. It is read in a transaction that can't change anything.",
    sqlPlaceholder: "SELECT name, total FROM orders",
    takeQuery: "Read this query",
    queryName: "query",
  },
  workspace: {
    title: (name: string) => `Connectors in ${name}`,
    lead: "Opening one copies it into this app; the folder stays as it is.",
    faults: (n: number) => (n === 1 ? "1 fault" : `${count(n)} faults`),
    streams: (n: number) => (n === 1 ? "1 stream" : `${count(n)} streams`),
    recorded: "with a recording",
    kept: "here already",
    data: "Read the data files instead",
  },
};

inGerman("open", openWords, openWordsDe);
