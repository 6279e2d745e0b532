import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));

it("lets only the api folder talk to the shell", () => {
  const others = files.filter((name) => !name.startsWith("api/") && readFileSync(join("src", name), "utf8").includes("@tauri-apps"));
  expect(others).toEqual([]);
});

it("names colours in the tokens only", () => {
  const styles = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css") && name !== "tokens.css");
  const own = styles.filter((name) => /#[0-9a-f]{3,8}\b/i.test(readFileSync(join("src", name), "utf8")));
  expect(own).toEqual([]);
});
