import { describe, expect, it } from "vitest";
import type { Definition, Problem, Stream } from "../api";
import { complete, expressionAt, wanted } from "../forms/expression";
import { ownName } from "../mapping/columns";
import { stepsOf } from "../mapping/TransformChips";
import { nodesOf } from "../panel/json";
import { partsOf } from "../panel/Pager";
import { partWords } from "../panel/parts";
import { byPost, fieldOf } from "./cause";
import { fill, inFirstRecord, insideRecord, makeChild } from "./child";
import { schedule } from "./yaml/settle";

const people = { name: "people", request: { path: "/people" }, records: { path: "$.data[*]" } } as Stream;

describe("a value as a parent's id", () => {
  it("is found within its record", () => {
    expect(insideRecord(people, "$.data[3].user.id")).toBe("$.user.id");
    expect(insideRecord(people, "$.total")).toBeNull();
    expect(insideRecord(people, "$.data[3]")).toBeNull();
    expect(insideRecord({ name: "x" } as Stream, "$[0].id")).toBe("$.id");
    expect(inFirstRecord(people, "$.user.id")).toBe("$.data[0].user.id");
  });

  it("fills the placeholder of the other path, or its own copy there", () => {
    const reference = "{{ partition.person_id }}";
    expect(fill("/people/{id}/orders", "person_id", "7")).toBe(`/people/${reference}/orders`);
    expect(fill("/people/:id/orders", "person_id", "7")).toBe(`/people/${reference}/orders`);
    expect(fill("/people/17/orders", "person_id", "17")).toBe(`/people/${reference}/orders`);
    expect(fill('/people/a b/orders', "person_id", '"a b"')).toBe(`/people/${reference}/orders`);
    expect(fill("/orders", "person_id", "17")).toBeNull();
    expect(fill("/x/{{ config.a }}", "person_id", "17")).toBeNull();
  });

  it("makes the other stream a child, or a new one", () => {
    const definition = { tapwright: 1, name: "x", streams: [people, { name: "orders", request: { path: "/orders" } }] } as Definition;
    const value = { parent: "people", inside: "$.id", value: "17" };
    const made = makeChild(definition, value, "orders").definition.streams?.[1];
    expect(made?.partitions).toEqual([{ type: "parent", stream: "people", value: "$.id", as: "people_id", inject: { query: "people_id" } }]);
    const fresh = makeChild(definition, value, null);
    expect(fresh.index).toBe(2);
    expect(fresh.definition.streams?.[2]).toEqual({
      name: "people_details", request: { path: "/people/{{ partition.people_id }}" },
      partitions: [{ type: "parent", stream: "people", value: "$.id", as: "people_id" }],
    });
    expect(definition.streams).toHaveLength(2);
  });
});

describe("JSON beside the pages", () => {
  it("becomes a tree that keeps every digit", () => {
    const nodes = nodesOf(' {"id": 12345678901234567890, "a b": [1.10, null, {"x": "é\\"\\u0041"}], "e": {}} ');
    expect(nodes?.get("$")?.map((node) => [node.path, node.kind, node.value, node.children])).toEqual([
      ["$.id", "number", "12345678901234567890", 0],
      ["$['a b']", "array", "", 3],
      ["$.e", "object", "", 0],
    ]);
    expect(nodes?.get("$['a b']")?.map((node) => node.value)).toEqual(["1.10", "null", ""]);
    for (const text of ["", "<html>", "{", '{"a" 1}', "[1,", "7", "[1] x", "[".repeat(500)]) expect(nodesOf(text), text).toBeNull();
  });
});

describe("expressions", () => {
  it("are found where they are open", () => {
    expect(expressionAt("a {{ record.")).toBe(" record.");
    expect(expressionAt("a {{ record.x }} b")).toBeNull();
    expect(expressionAt("plain")).toBeNull();
  });

  it("say what they want next", () => {
    expect(wanted(" record.us")).toEqual({ kind: "member", path: "record", word: "us" });
    expect(wanted(" response.data.")).toEqual({ kind: "member", path: "response.data", word: "" });
    expect(wanted(" record.x | lo")).toEqual({ kind: "filter", word: "lo" });
    expect(wanted(" no")).toEqual({ kind: "name", word: "no" });
    expect(wanted(" 'rec")).toBeNull();
  });

  it("complete inputs without asking", async () => {
    expect((await complete(" config.a", "c1", "s", ["api_token", "site"])).map((offer) => offer.label)).toEqual(["api_token"]);
  });
});

describe("the cause of a problem", () => {
  const definition = { tapwright: 1, name: "x", streams: [people] } as Definition;
  const problem = (more: Partial<Problem>) => ({ code: "x", kind: "data", stage: "select", message: "m", retry: false, ...more }) as Problem;

  it("is the field that is named, else the likely one", () => {
    expect(fieldOf(problem({ field: "http.base_url" }), definition, "people")).toBe("http.base_url");
    expect(fieldOf(problem({ faults: [{ code: "x", path: "streams[0].key", message: "m" }] }), definition, "people")).toBe("streams[0].key");
    expect(fieldOf(problem({ kind: "auth" }), definition, "people")).toBe("http.auth");
    expect(fieldOf(problem({}), definition, "people")).toBe("streams[0].records.path");
    expect(fieldOf(problem({ kind: "server", message: "The server answered 404 Not Found." }), definition, "people")).toBe("streams[0].request.path");
    expect(fieldOf(problem({ kind: "server", message: "The server answered 503." }), definition, "people")).toBeNull();
    expect(fieldOf(problem({ kind: "config", code: "method_rejected" }), definition, "people")).toBe("streams[0].request.method");
    expect(fieldOf(problem({ kind: "internal" }), definition, "people")).toBeNull();
  });
});

describe("parts and steps", () => {
  it("groups pages by their partition", () => {
    const page = (partition?: string) => ({ partition }) as never;
    expect(partsOf([page('{"r":"eu"}'), page('{"r":"us"}'), page('{"r":"eu"}')]).map((each) => each.pages)).toEqual([[0, 2], [1]]);
    expect(partWords('{"region":"eu","day":{"start":"1","end":"2"}}')).toBe("region eu, day 1 – 2");
  });

  it("shows each transform before and after", () => {
    const samples = [{ before: " a", after: "A", steps: ["a", "A"] }, { before: "x", after: null, steps: ["x"], why: "no number" }];
    expect(stepsOf(samples, 0)).toEqual([{ before: " a", after: "a" }, { before: "x", after: "x" }]);
    expect(stepsOf(samples, 1)).toEqual([{ before: "a", after: "A" }, { before: "x", after: "no number" }]);
  });

  it("knows the name that the API gave", () => {
    expect(["$.user.firstName", "$['a b']", undefined].map((from) => ownName({ name: "n", from } as never))).toEqual(["firstName", "a b", "n"]);
  });
});

describe("typed text", () => {
  it("is sent when it rests, the newest only, one after the other", async () => {
    const sent: string[] = [];
    let done: () => void = () => undefined;
    const text = schedule<string>((each) => {
      sent.push(each);
      return new Promise((resolve) => (done = resolve));
    });
    text.put("a");
    text.put("ab");
    text.flush();
    expect(sent).toEqual(["ab"]);
    text.put("abc");
    text.put("abcd");
    text.flush();
    expect([sent, text.busy()]).toEqual([["ab"], true]);
    done();
    await new Promise((resolve) => setTimeout(resolve));
    expect(sent).toEqual(["ab", "abcd"]);
  });
});

describe("a request that is refused by GET", () => {
  const at = (path: string, code: string, request = {}) =>
    byPost({ code, kind: "config", stage: "respond", message: "" } as Problem, { tapwright: 1, name: "x", streams: [{ name: "a", request: { path, ...request } }] } as Definition);

  it("goes by POST where the address is a search's or GraphQL's", () => {
    expect(at("/contacts/search", "not_found")).toMatchObject({ field: null, definition: { streams: [{ request: { method: "POST", body: { json: {} } } }] } });
    expect(at("/graphql", "method_rejected")?.field).toBe("streams[0].request.body.graphql.query");
    expect(at("/things", "method_rejected")?.field).toBeNull();
    expect(at("/things", "not_found")).toBeNull();
    expect(at("/search", "server_error")).toBeNull();
    expect(at("/search", "not_found", { method: "POST" })).toBeNull();
  });
});
