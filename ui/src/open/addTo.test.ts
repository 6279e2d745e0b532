import { describe, expect, it } from "vitest";
import type { ConnectorCard } from "../api";
import { connectorsOf, nameAmong, sameStream, streamOf, urlOf } from "./addTo";

const url = (text: string) => urlOf(text) as URL;

describe("a URL of a host that is known", () => {
  it("is told from other text", () => {
    expect(urlOf(" https://api.acme.test/v1/orders \n")?.pathname).toBe("/v1/orders");
    expect([urlOf("curl https://a.test"), urlOf("https://"), urlOf("orders"), urlOf("ftp://a.test/x")]).toEqual([null, null, null, null]);
  });

  it("finds the connectors of its host, with its port", () => {
    const card = (id: string, host: string, draft = false) => ({ id, host, draft, streams: [] }) as unknown as ConnectorCard;
    const cards = [card("1", "api.acme.test"), card("2", "127.0.0.1:4010"), card("3", "api.acme.test", true), card("4", "")];
    expect(connectorsOf(url("https://api.acme.test/x"), cards).map((each) => each.id)).toEqual(["1"]);
    expect(connectorsOf(url("http://127.0.0.1:4010/x"), cards).map((each) => each.id)).toEqual(["2"]);
    expect(connectorsOf(url("http://127.0.0.1:4011/x"), cards)).toEqual([]);
  });

  it("leaves drafts out beside what was kept, and tells two of one title apart", () => {
    const card = (id: string, draft: boolean, streams: string[]) => ({ id, name: "local-api", title: "Local API", host: "a.test", draft, streams }) as unknown as ConnectorCard;
    const [draft, tickets, people] = [card("1", true, ["comments"]), card("2", false, ["tickets"]), card("3", false, ["a", "b", "c"])];
    expect(connectorsOf(url("https://a.test/x"), [draft]).map((each) => each.id)).toEqual(["1"]);
    const found = connectorsOf(url("https://a.test/x"), [draft, tickets, people]);
    expect(found.map((each) => nameAmong(each, found))).toEqual(["Local API (tickets)", "Local API (a, b, …)"]);
    expect(nameAmong(tickets, [tickets])).toBe("Local API");
  });

  it("becomes a stream behind the base, without its keys", () => {
    const definition = { http: { base_url: "https://api.acme.test/v1/" }, streams: [{ name: "orders" }] } as never;
    expect(streamOf(url("https://api.acme.test/v1/orders?status=open&api_key=x"), definition)).toEqual({
      stream: { name: "orders_2", request: { path: "/orders", query: { status: "open" } } },
      left: ["api_key"],
    });
    expect(streamOf(url("https://api.acme.test/v2/users"), definition).stream.request?.path).toBe("https://api.acme.test/v2/users");
    const templated = { http: { base_url: "https://{{ config.shop }}.acme.test/v1" } } as never;
    expect(streamOf(url("https://a.acme.test/v1/users"), templated).stream.request?.path).toBe("/users");
  });

  it("is known where it is read already", () => {
    const { stream } = streamOf(url("https://a.test/orders?x=1"), { http: { base_url: "https://a.test" } } as never);
    expect(sameStream([{ name: "a", request: { path: "/orders", query: { x: "1" } } } as never], stream)?.name).toBe("a");
    expect(sameStream([{ name: "a", request: { path: "/orders" } } as never], stream)).toBeUndefined();
  });
});
