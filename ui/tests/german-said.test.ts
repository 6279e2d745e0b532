import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changer, speaker } from "../src/app/said";
import { changes, kinds, sentences, things } from "../src/strings/de/said";

const say = speaker(sentences);

/** All that the program's sources say, lines joined, with every place of a format as `{}`. */
const sources = [...readdirSync("../crates").map((name) => `../crates/${name}/src`), "../src-tauri/src"]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((each) => each.isFile() && each.name.endsWith(".rs"))
  .map((each) => readFileSync(`${each.parentPath}/${each.name}`, "utf8"))
  .join("\n")
  .replace(/\\\n\s*/g, "")
  .replaceAll("\\\\", "\\")
  .replaceAll('\\"', '"')
  .replace(/(\{\{)+/g, "⦃")
  .replace(/(\}\})+/g, "⦄")
  .replace(/\{[\w.:#?]*\}/g, "{}");

/** The longest part of a sentence without a place for something else. */
function heart(english: string): string {
  const parts = english.replaceAll("{{", "⦃").replaceAll("}}", "⦄").split(/\{[n?]?\}/);
  const longest = parts.toSorted((a, b) => b.length - a.length)[0] ?? "";
  return longest.trim().replace(/[.:,;"]$/, "");
}

describe("the program's sentences in German", () => {
  it("are sentences that the program still makes", () => {
    // A sentence may be put together of shorter parts. Counts are made from a word.
    const made = (part: string) => part.split(" ").length < 4 || sources.includes(part);
    const stale = Object.keys(sentences).filter((english) => !/^(all )?\{n\} \w/.test(english) && !heart(english).split(/[:;.,](?= )| \(/).map((part) => part.trim()).every(made));
    expect(stale).toEqual([]);
  });

  it("have as many places as the English ones", () => {
    const places = (text: string) => (text.match(/\{[n?]?\}/g) ?? []).length;
    const wrong = Object.entries(sentences).filter(([english, german]) => places(english) !== places(german) && !/\{\d\}/.test(german) && !(english.includes("{?}") && places(german) < places(english)));
    expect(wrong.map(([english]) => english)).toEqual([]);
  });

  it("have typographic marks", () => {
    const plain = (text: string) => text.replace(/`[^`]*`/g, "x").replace(/\{\{.*?\}\}/g, "x");
    const wrong = [...Object.values(sentences), ...Object.values(kinds)].filter((text) => /"|(?<!„[^“]*)“|\.\.\.|\S…| - |\s$|^\s/.test(plain(text)));
    expect(wrong).toEqual([]);
  });

  it("take what they are given along", () => {
    expect(say("There is no stream `users`. Streams: orders.")).toBe("Den Stream `users` gibt es nicht. Streams: orders.");
    expect(say("api.acme.test answered 401 Unauthorized: it refused the credentials.")).toBe("api.acme.test antwortete mit 401 Unauthorized: Die Zugangsdaten wurden abgelehnt.");
    expect(say("api.acme.test answered 404 Not Found: there is nothing at this address. It says: “Not Found”")).toBe(
      "api.acme.test antwortete mit 404 Not Found: Unter dieser Adresse gibt es nichts. Er sagt: „Not Found“",
    );
  });

  it("say parts of a sentence, too", () => {
    expect(say("db:5432 can't be reached, or the connection broke: nothing takes connections there (refused).")).toBe(
      "db:5432 ist nicht erreichbar, oder die Verbindung brach ab: dort nimmt nichts Verbindungen an (abgelehnt).",
    );
    expect(say("page 2 fetched with ?page=2: 100 records, 0 repeated; total 1,240")).toBe("Seite 2 geholt mit ?page=2: 100 Datensätze, 0 wiederholt; insgesamt 1.240");
    expect(say("all 100 whole numbers; null in 3")).toBe("alle 100 ganzen Zahlen; null in 3");
    expect(say("all 20 texts, ISO 8601")).toBe("alle 20 Texte, ISO 8601");
    expect(say("This computer's clock is 2 h ahead of the API's. Signatures and tokens may be refused: set the clock.")).toBe(
      "Die Uhr dieses Rechners geht gegenüber der API um 2 h vor. Signaturen und Token könnten abgelehnt werden: die Uhr stellen.",
    );
    expect(say("400 is a number that pages are cut at: there may be more; ?page=2 brought no other records; ?_page=2 brought no other records")).toBe(
      "400 ist eine Zahl, bei der Seiten gern enden: Es könnte mehr geben; ?page=2 brachte keine anderen Datensätze; ?_page=2 brachte keine anderen Datensätze",
    );
    expect(say("unique in 1,240 over 2 pages")).toBe("eindeutig in 1.240 über 2 Seiten");
    expect(say("sorted, oldest first, ISO 8601; all is fetched, and records that did not change are left out here")).toBe(
      "sortiert, älteste zuerst, ISO 8601; alles wird geholt, und unveränderte Datensätze bleiben hier weg",
    );
  });

  it("leave names alone", () => {
    expect(say("There is no column `text` here. Columns: id, name.")).toBe("Die Spalte `text` gibt es hier nicht. Spalten: id, name.");
  });

  it("stay English where they are not known, as a whole", () => {
    expect(say("Something else happened here.")).toBeNull();
    expect(say("Try again later. Something else happened here.")).toBeNull();
    expect(say("")).toBeNull();
  });

  it("are found quickly, also where nothing fits", () => {
    const long = "a; b. ".repeat(200);
    expect(say(long)).toBeNull();
  });
});

describe("changes of a definition in German", () => {
  const tell = changer(changes, things);

  it("name what was changed and how", () => {
    expect(tell("stream tickets › field price: type changed from integer to decimal")).toBe("Stream tickets › Spalte price: type geändert von integer zu decimal");
    expect(tell("stream tickets: the order of its fields changed")).toBe("Stream tickets: Reihenfolge von fields geändert");
    expect(tell("input region added (string)")).toBe("Eingabe region hinzugefügt (string)");
    expect(tell("stream users renamed to people")).toBe("Stream users umbenannt in people");
    expect(tell("http › auth changed from bearer to api_key")).toBe("http › auth geändert von bearer zu api_key");
  });
});
