import { destinationDe } from "./de/destination";
import { inGerman } from "./language";

/** Words about where records go. */
export const destination = {
  title: "Where the records go",
  now: "Now:",
  kind: "Where to",
  kinds: {
    own: "A database on this machine",
    sqlite: "Another SQLite file",
    postgres: "A PostgreSQL database",
    parquet: "Parquet files in a folder",
    csv: "CSV files in a folder",
  },
  help: {
    own: "Kept with the app. The Data part shows it.",
    sqlite: "The file's whole path. It is made where it is missing.",
    postgres: "postgres://USER@HOST/DATABASE?schema=NAME, without the password.",
    parquet: "The folder's whole path: one file a stream, written anew at each sync.",
    csv: "The folder's whole path: one file a stream, written anew at each sync.",
  },
  place: "Place",
  password: "Password",
  passwordHelp: "Kept in the keyring. Empty where the server asks for none, or PGPASSWORD and ~/.pgpass tell it.",
  save: "Use from the next sync on",
  saved: (place: string) => `Records go to ${place} from the next sync on.`,
  stays: "What is at the old place stays there. The new one begins empty: the next sync reads everything.",
  notKept: (why: string) => `The password is known until the app closes: ${why}`,
};

inGerman("destination", destination, destinationDe);
