import type { ConnectorCard, Definition, Stream } from "../api";
import { freeStream } from "../builder/streamName";

/** The URL that a text is, alone; null for anything else. */
export function urlOf(text: string): URL | null {
  const only = text.trim();
  if (!/^https?:\/\/\S+$/i.test(only)) return null;
  try {
    return new URL(only);
  } catch {
    return null;
  }
}

/** How many connectors are offered. */
const MOST = 3;

/** The connectors that call the host of a URL. Drafts, which may have read nothing yet, only where there is nothing else. */
export function connectorsOf(url: URL, cards: ConnectorCard[]): ConnectorCard[] {
  const same = (card: ConnectorCard) => card.host !== "" && (card.host === url.host || (card.host === url.hostname && url.port === ""));
  const found = cards.filter((card) => same(card) && (!card.draft || card.streams.length > 0));
  const made = found.filter((card) => !card.draft);
  return (made.length > 0 ? made : found).slice(0, MOST);
}

/** What a connector is called beside others: with its streams, where another one has the same title. */
export function nameAmong(card: ConnectorCard, cards: ConnectorCard[]): string {
  const titleOf = ({ title, name }: ConnectorCard) => (title === "" ? name : title);
  const twice = cards.filter((each) => titleOf(each) === titleOf(card)).length > 1;
  return twice && card.streams.length > 0 ? `${titleOf(card)} (${card.streams.slice(0, 2).join(", ")}${card.streams.length > 2 ? ", …" : ""})` : titleOf(card);
}

/** Parameters by which a key could be in a URL: the connector signs in by itself. */
const KEYS = /key|token|secret|passw|signature|^sig$|^auth|credential/i;

/** The stream that reads a URL, its path behind the connector's base; and which parameters were left out. */
export function streamOf(url: URL, definition: Pick<Definition, "http" | "streams">): { stream: Stream; left: string[] } {
  const path = pathBehind(definition.http?.base_url ?? "", url);
  const query: Record<string, string> = {};
  const left: string[] = [];
  for (const [name, value] of url.searchParams) {
    if (KEYS.test(name)) left.push(name);
    else query[name] = value;
  }
  const name = freeStream(url.pathname, (definition.streams ?? []).map((each) => each.name));
  const request = Object.keys(query).length === 0 ? { path } : { path, query };
  return { stream: { name, request } as Stream, left };
}

/** A URL's path behind a base; the whole address where it lies elsewhere. Text that would be an expression is none. */
function pathBehind(base: string, url: URL): string {
  const whole = `${url.origin}${url.pathname}`;
  // Of a base with expressions only what stands behind the host is known.
  const fixed = base.includes("{{") ? `${url.origin}${base.replace(/\{\{.*?\}\}/g, "").replace(/^[a-z]+:\/\/[^/]*/i, "")}` : base;
  const start = fixed.replace(/\/+$/, "");
  const path = start !== "" && (whole === start || whole.startsWith(`${start}/`)) ? whole.slice(start.length) : whole;
  return path.replaceAll("{{", "%7B%7B").replaceAll("{%", "%7B%");
}

/** The stream that reads the same path and parameters already. */
export function sameStream(streams: Stream[], stream: Stream): Stream | undefined {
  const text = ({ request }: Stream) => JSON.stringify([request?.path ?? "", request?.query ?? {}]);
  return streams.find((each) => text(each) === text(stream));
}
