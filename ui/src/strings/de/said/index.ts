import type { ProblemKind } from "../../../api";
import { app } from "./app";
import { definition } from "./definition";
import { described } from "./described";
import { detect } from "./detect";
import { engine } from "./engine";
import { health } from "./health";
import { http } from "./http";
import { rest } from "./rest";
import { updates } from "./updates";

export { changes, things } from "./changes";

/**
 * Sentences that the program makes, and what they are in German. `{}` is any text, `{n}` a number, `{?}` a text that
 * may be missing; in German they come in the same order, or are numbered from 1. What is not here stays English.
 */
export const sentences: Readonly<Record<string, string>> = { ...definition, ...described, ...detect, ...http, ...rest, ...health, ...updates, ...app, ...engine };

/** What a problem is about, where its own sentence has no German: it stands below in English then. */
export const kinds: Readonly<Record<ProblemKind, string>> = {
  config: "Eine Angabe stimmt nicht.",
  auth: "Die Anmeldung gelingt so nicht.",
  rate_limit: "Der Server bittet um weniger Anfragen.",
  network: "Der Server war nicht zu erreichen.",
  server: "Der Server meldet einen Fehler.",
  data: "Die Daten sind anders als erwartet.",
  storage: "Etwas ließ sich nicht lesen oder schreiben.",
  cancelled: "Angehalten.",
  internal: "Im Programm ist etwas schiefgegangen.",
};
