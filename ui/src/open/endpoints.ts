import type { EndpointChoice, EndpointList, InputAsk } from "../api";

/** What is taken of a file of many requests. */
export interface TakenEndpoints {
  endpoints: string[];
  base_url?: string;
  values: Record<string, string>;
  secrets: Record<string, string>;
}

/** An address with its inputs as people write them: `https://{region}.acme.test`. */
export function braces(address: string): string {
  return address.replace(/\{\{ config\.(\w+) \}\}/g, "{$1}");
}

/** The template of an address; what is in braces is an input where the list has it. */
function template(list: EndpointList, base: string): string {
  const known = (name: string) => list.inputs.some((ask) => ask.name === name);
  return base.trim().replace(/\{(\w+)\}/g, (whole, name: string) => (known(name) ? `{{ config.${name} }}` : whole));
}

/** The requests that have all words of a search in their name, path, group or title. */
export function foundIn(endpoints: EndpointChoice[], text: string): EndpointChoice[] {
  const wanted = text.trim().toLowerCase().split(/\s+/);
  const holds = (one: EndpointChoice) => {
    const all = `${one.name} ${one.path} ${one.group} ${one.title}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  };
  return endpoints.filter(holds);
}

/** The requests by group, as the file has them; in each the lists come first. */
export function grouped(endpoints: EndpointChoice[]): { group: string; endpoints: EndpointChoice[] }[] {
  const groups = new Map<string, EndpointChoice[]>();
  for (const one of endpoints) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return [...groups].map(([group, some]) => ({ group, endpoints: [...some.filter((one) => one.list), ...some.filter((one) => !one.list)] }));
}

/** What is chosen before a person chose any: the only one. */
export function firstChosen(endpoints: EndpointChoice[]): Set<string> {
  return new Set(endpoints.length === 1 ? endpoints.map((one) => one.name) : []);
}

/** What the chosen requests and their address ask for. What another chosen one lists is not asked. */
export function asksOf(list: EndpointList, chosen: Set<string>, base: string): InputAsk[] {
  const some = list.endpoints.filter((one) => chosen.has(one.name));
  const names = new Set([...template(list, base).matchAll(/config\.(\w+)/g)].map((match) => match[1] ?? ""));
  const linked = (one: EndpointChoice) => one.parents.filter(([, parent]) => chosen.has(parent)).at(-1)?.[0];
  for (const one of some) for (const name of one.inputs) if (name !== linked(one)) names.add(name);
  if (some.some((one) => one.signed)) for (const name of list.auth_inputs) names.add(name);
  return list.inputs.filter((ask) => names.has(ask.name));
}

/** What must be filled in first. A key that is missing is asked for by itself. */
export function missingOf(list: EndpointList, asks: InputAsk[], given: Record<string, string>): InputAsk[] {
  return asks.filter((ask) => ask.required && !ask.given && (given[ask.name] ?? "").trim() === "" && !list.auth_inputs.includes(ask.name));
}

/** The choice as it is sent. */
export function taken(list: EndpointList, chosen: Set<string>, base: string, asks: InputAsk[], given: Record<string, string>): TakenEndpoints {
  const values: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const ask of asks) {
    const value = given[ask.name] ?? "";
    if (value !== "") (ask.type === "secret" ? secrets : values)[ask.name] = value;
  }
  const address = template(list, base);
  return {
    endpoints: list.endpoints.filter((one) => chosen.has(one.name)).map((one) => one.name),
    ...(address !== list.base_url && { base_url: address }),
    values,
    secrets,
  };
}
