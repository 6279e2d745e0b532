import { describe, expect, it } from "vitest";
import type { Definition } from "../api";
import { descriptors as forms } from "../../tests/dev/forms";
import { fieldNames } from "./name";

const definition = {
  tapwright: 1,
  name: "shop",
  config: [{ name: "token", type: "secret" }],
  http: { base_url: "https://api.example.test", auth: { type: "oauth2", grant: "client_credentials", token_url: "" } },
  streams: [{ name: "orders", request: { path: "/orders" } }],
} as unknown as Definition;

describe("the name of a field", () => {
  it.each([
    ["http.auth", ["Sign-in"]],
    ["http.auth.token_url", ["Sign-in", "token url"]],
    ["http.auth.scopes[1]", ["Sign-in", "scopes", "2"]],
    ["config[0].default", ["Inputs", "token", "default"]],
    ["streams[0].request.path", ["Request", "path"]],
    ["streams[0].request.unheard_of", ["Request"]],
  ])("%s", (path, names) => {
    expect(fieldNames(definition, forms, path)).toEqual(names);
  });

  it("names the stream where there are several", () => {
    const two = { ...definition, streams: [...(definition.streams ?? []), { name: "customers" }] } as unknown as Definition;
    expect(fieldNames(two, forms, "streams[1].request.path")?.slice(0, 2)).toEqual(["customers", "Request"]);
  });

  it("has none for what no form shows", () => {
    expect(fieldNames(definition, forms, "")).toBeNull();
    expect(fieldNames(definition, forms, "nowhere")).toBeNull();
  });
});
