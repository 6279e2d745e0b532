import { describe, expect, it } from "vitest";
import type { FormGroup } from "../api";
import { descriptors as forms } from "../../tests/dev/forms";
import { atIndex, atKey, blank, faultsBelow, freeName, get, groupOf, innerPath, isOptional, makeKind, ownFaults, put, readJson, readKind, readScalar, referenceOf, showJson, shownFields, writeKind } from "./edit";

function group(name: string): FormGroup {
  const found = groupOf(forms, name);
  if (found === undefined) throw new Error(name);
  return found;
}

function kindOf(name: string, word: string) {
  const found = group(name).kinds.find((kind) => kind.type === word);
  if (found === undefined) throw new Error(word);
  return found;
}

describe("paths", () => {
  it("reads and writes below a path and leaves the rest", () => {
    const before = { http: { base_url: "a", auth: { type: "none" } }, name: "x" };
    expect(get(before, "http.auth.type")).toBe("none");
    expect(put(before, "http.auth.type", "basic")).toEqual({ http: { base_url: "a", auth: { type: "basic" } }, name: "x" });
    expect(put(before, "http.auth", undefined)).toEqual({ http: { base_url: "a" }, name: "x" });
    expect(put({}, "a.b", 1)).toEqual({ a: { b: 1 } });
    expect(before.http.auth.type).toBe("none");
  });

  it("writes places as faults do", () => {
    expect(atKey(atIndex("streams", 0), "paginate")).toBe("streams[0].paginate");
    expect(atKey("headers", "X-Key")).toBe("headers.X-Key");
    expect(atKey("query", "page[size]")).toBe('query["page[size]"]');
    const fault = (path: string) => ({ code: "x", path, message: "m" });
    const faults = [fault("http.auth.token"), fault("http.auth"), fault("http.author"), fault("streams[1].name"), fault("streams[10].name")];
    expect(faultsBelow(faults, "http.auth").map((each) => each.path)).toEqual(["http.auth.token", "http.auth"]);
    expect(faultsBelow(faults, "streams[1]").map((each) => each.path)).toEqual(["streams[1].name"]);
    expect(ownFaults(faults, "http.auth", ["http.auth.token"]).map((each) => each.path)).toEqual(["http.auth"]);
  });
});

describe("kinds", () => {
  it("reads and writes each form", () => {
    const cases: [string, unknown, string][] = [
      ["auth", { type: "bearer", token: "t" }, "bearer"],
      ["inject", { query: "page" }, "query"],
      ["inject", "path", "path"],
      ["steps", { replace: { find: "a" } }, "replace"],
      ["steps", "trim", "trim"],
      ["job", { ready: "x" }, ""],
    ];
    for (const [name, value, word] of cases) {
      const found = readKind(group(name), value);
      expect(found?.kind.type).toBe(word);
      if (found !== null) expect(writeKind(found.kind, found.inner)).toEqual(value);
    }
    expect(readKind(group("auth"), { type: "future" })).toBeNull();
    expect(readKind(group("inject"), undefined)).toBeNull();
  });

  it("makes a new kind with what it needs, nested kinds too", () => {
    expect(makeKind(forms, kindOf("auth", "oauth2"))).toEqual({ type: "oauth2", grant: "client_credentials", token_url: "" });
    expect(makeKind(forms, kindOf("paginate", "page"))).toEqual({ type: "page", inject: { query: "" } });
    expect(makeKind(forms, kindOf("steps", "replace"))).toEqual({ replace: { find: "" } });
    expect(blank(forms, { kind: "list", item: { kind: "text" } })).toEqual([]);
    expect(innerPath(kindOf("steps", "replace"), "x[0]")).toBe("x[0].replace");
    expect(innerPath(kindOf("auth", "basic"), "http.auth")).toBe("http.auth");
  });

  it("keeps what two kinds share", () => {
    const before = readKind(group("paginate"), { type: "page", inject: { query: "p" }, start: 3 });
    expect(makeKind(forms, kindOf("paginate", "cursor"), before)).toEqual({ type: "cursor", next: "", inject: { query: "p" } });
    const place = readKind(group("inject"), { query: "p" });
    expect(makeKind(forms, kindOf("inject", "header"), place)).toEqual({ header: "p" });
    expect(makeKind(forms, kindOf("inject", "path"), place)).toBe("path");
  });

  it("shows the fields of the chosen way, and others that hold something", () => {
    const oauth = kindOf("auth", "oauth2");
    const names = (inner: unknown) => shownFields(oauth, inner).plain.map((field) => field.path);
    expect(names({ grant: "client_credentials" })).toEqual(["grant", "token_url", "scopes"]);
    expect(names({ grant: "authorization_code" })).toContain("authorize_url");
    expect(names({ grant: "client_credentials", authorize_url: "x" })).toContain("authorize_url");
    expect(shownFields(oauth, {}).advanced.map((field) => field.path)).toEqual(["token_params"]);
  });

  it("adds what needs something before it shows it", () => {
    const fieldOf = (name: string) => forms.sections.find((section) => section.name === name)?.fields[0];
    const job = fieldOf("job");
    const request = fieldOf("request");
    expect(job !== undefined && isOptional(forms, job)).toBe(true);
    expect(request !== undefined && isOptional(forms, request)).toBe(false);
  });
});

describe("what is typed", () => {
  it("keeps numbers and words what they look like", () => {
    expect(["5", "1.5", "1.10", "007", "true", "", "x", "12345678901234567890"].map(readScalar)).toEqual([5, 1.5, "1.10", "007", true, "", "x", "12345678901234567890"]);
    expect(readJson("{\"a\": 1}")).toEqual({ value: { a: 1 } });
    expect(readJson("unknown")).toEqual({ value: "unknown" });
    expect(readJson("{{ config.x }}")).toEqual({ value: "{{ config.x }}" });
    expect(readJson("{\"a\"")).toEqual({ fault: true });
    expect(readJson(" ")).toEqual({ value: undefined });
    for (const value of ["text", "5", "true", 5, null, { a: [1] }, "", '"quoted"']) expect(readJson(showJson(value))).toEqual({ value });
  });

  it("knows a reference to an input, and names new ones", () => {
    expect(referenceOf("{{ config.api_token }}")).toBe("api_token");
    expect(referenceOf("Bearer {{ config.api_token }}")).toBeNull();
    expect(referenceOf(undefined)).toBeNull();
    expect(freeName("token", ["token", "token_2"])).toBe("token_3");
    expect(freeName("a b", [])).toBe("a_b");
  });
});
