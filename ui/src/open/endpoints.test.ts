import { expect, it } from "vitest";
import type { EndpointChoice, EndpointList, InputAsk } from "../api";
import { asksOf, braces, firstChosen, foundIn, grouped, missingOf, taken } from "./endpoints";

const one = (name: string, more: Partial<EndpointChoice> = {}): EndpointChoice => ({ name, group: "", title: "", method: "GET", path: `/${name}`, list: true, signed: true, fields: 0, inputs: [], parents: [], ...more });
const ask = (name: string, more: Partial<InputAsk> = {}): InputAsk => ({ name, title: name, description: "", type: "string", required: true, default: null, options: [], goes_to: "", given: false, ...more });
const list: EndpointList = {
  base_url: "https://{{ config.region }}.acme.test",
  servers: ["https://{{ config.region }}.acme.test", "https://sandbox.acme.test"],
  auth_inputs: ["api_key"],
  inputs: [ask("region", { default: "eu" }), ask("api_key", { type: "secret" }), ask("customer_id"), ask("since")],
  endpoints: [
    one("customer", { group: "Customers", list: false, inputs: ["customer_id"], parents: [["customer_id", "customers"]] }),
    one("customers", { group: "Customers", title: "List them" }),
    one("orders", { group: "Orders", path: "/customers/{customer_id}/orders", inputs: ["customer_id", "since"], parents: [["customer_id", "customers"]] }),
    one("events", { signed: false }),
  ],
};

it("finds by all words, and puts lists first in their group", () => {
  expect(foundIn(list.endpoints, "CUSTOMERS list").map((each) => each.name)).toEqual(["customers"]);
  expect(foundIn(list.endpoints, "").length).toBe(4);
  expect(grouped(list.endpoints).map(({ group, endpoints }) => [group, endpoints.map((each) => each.name)])).toEqual([
    ["Customers", ["customers", "customer"]],
    ["Orders", ["orders"]],
    ["", ["events"]],
  ]);
  expect([...firstChosen(list.endpoints)]).toEqual([]);
  expect([...firstChosen(list.endpoints.slice(0, 1))]).toEqual(["customer"]);
});

it("asks for what the choice needs and nothing else", () => {
  const names = (chosen: string[], base = "https://{region}.acme.test") => asksOf(list, new Set(chosen), base).map((each) => each.name);
  expect(names(["orders"])).toEqual(["region", "api_key", "customer_id", "since"]);
  expect(names(["orders", "customers"])).toEqual(["region", "api_key", "since"]);
  expect(names(["events"], "https://sandbox.acme.test")).toEqual([]);
});

it("sends what was filled in, secrets apart, and the address where it is another", () => {
  const asks = asksOf(list, new Set(["orders"]), "https://{region}.acme.test");
  const given = { region: "us", api_key: "k", customer_id: "" };
  expect(missingOf(list, asks, given).map((each) => each.name)).toEqual(["customer_id", "since"]);
  expect(taken(list, new Set(["orders"]), braces(list.base_url), asks, given)).toEqual({ endpoints: ["orders"], values: { region: "us" }, secrets: { api_key: "k" } });
  expect(taken(list, new Set(["events"]), " https://sandbox.acme.test", [], {})).toEqual({ endpoints: ["events"], base_url: "https://sandbox.acme.test", values: {}, secrets: {} });
});
