import { describe, expect, it } from "vitest";
import type { Definition } from "../api";
import { freeStream, nameByPath, namedByPath } from "./streamName";

describe("a stream's name by its path", () => {
  it.each([
    ["/v1/orders/{id}/items", "items"],
    ["/v1/orders/{{ partition.order_id }}", "orders"],
    ["/repos/:owner/:repo/issues", "issues"],
    ["https://api.acme.test/v2.1/customerGroups.json?page=1", "customer_groups"],
    ["/users/3f2504e0-4f89-11d3-9a0c-0305e82c3301/posts/17", "posts"],
    ["/orders/search", "orders"],
    ["/search", "search"],
    ["https://api.acme.test", null],
    ["/v1/2024-01-31", null],
    ["", null],
  ])("%s", (path, name) => {
    expect(nameByPath(path)).toBe(name);
  });

  it("is one that no other stream has", () => {
    expect(freeStream("/b/items", ["items", "items_2"])).toBe("items_3");
    expect(freeStream("", [])).toBe("stream");
  });

  it("is taken only where nobody named the stream", () => {
    const definition = { streams: [{ name: "items", request: { path: "/items" } }, { name: "stream", request: { path: "/orders/{id}/items" } }, { name: "mine", request: { path: "/x" } }] } as unknown as Definition;
    expect(namedByPath(definition, "stream")?.name).toBe("items_2");
    expect(namedByPath(definition, "stream")?.definition.streams?.[1]?.name).toBe("items_2");
    expect(namedByPath(definition, "mine")).toBeNull();
    expect(namedByPath({ streams: [{ name: "stream", request: { path: "" } }] } as unknown as Definition, "stream")).toBeNull();
  });
});
