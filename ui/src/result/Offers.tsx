import { Pin, X } from "lucide-react";
import { useState } from "react";
import type { Offer, OfferWay, Workbench } from "../api";
import { read, write } from "../app/kept";
import { useApp } from "../app/store";
import { takeOffer } from "../app/workbench";
import { Button } from "../components/Button";
import { Ticked } from "../components/Ticked";
import { openWords } from "../strings/open";

const words = openWords.offers;

/** What stands fixed in the request and could be loosened, each with its ways: one click takes one. */
export function Offers({ workbench }: { workbench: Workbench }) {
  const [left, setLeft] = useState<string[]>(() => (read(place(workbench.id)) ?? "").split(" "));
  const shown = (workbench.offers ?? []).filter((offer) => !left.includes(keyOf(offer)));
  if (shown.length === 0) return null;
  const leave = (offer: Offer) => {
    const next = [...left, keyOf(offer)];
    setLeft(next);
    write(place(workbench.id), next.join(" "));
  };
  return (
    <ul className="offers" aria-label={words.label} data-testid="offers">
      {shown.map((offer) => (
        <OfferLine key={keyOf(offer)} offer={offer} onLeave={() => leave(offer)} />
      ))}
    </ul>
  );
}

function place(id: string): string {
  return `offers.left.${id}`;
}

function keyOf(offer: Offer): string {
  return encodeURIComponent(`${offer.stream}.${offer.name}.${offer.value}`);
}

function OfferLine({ offer, onLeave }: { offer: Offer; onLeave: () => void }) {
  const idle = useApp((state) => state.busy === null);
  return (
    <li className="offer" data-testid={`offer-${offer.name}`}>
      <Pin className="icon" aria-hidden />
      <span className="offer-text">
        <Ticked text={sentence(offer)} />
      </span>
      <span className="offer-ways">
        {offer.ways.map((way, at) => (
          <Button
            key={way.way}
            look={at === 0 ? "plain" : "quiet"}
            disabled={!idle}
            title={hint(offer, way)}
            data-testid={`offer-${offer.name}-${way.way}`}
            onClick={() => void takeOffer(offer.name, way.way)}
          >
            {label(offer, way)}
          </Button>
        ))}
        <Button look="quiet" icon={<X className="icon" aria-hidden />} aria-label={words.leave(offer.value)} title={words.leave(offer.value)} data-testid={`offer-${offer.name}-leave`} onClick={onLeave} />
      </span>
    </li>
  );
}

function sentence(offer: Offer): string {
  const { value, noun, stream, parameter, place: where } = offer;
  const pair = `${parameter ?? ""}=${value}`;
  if (where === "start") return words.starts(value);
  if (where === "query") return noun === "" ? words.fixed(pair) : words.keeps(pair, noun);
  if (noun === "") return words.fixed(value);
  return offer.itself ? words.itself(value, noun) : words.within(value, noun, stream);
}

function label(offer: Offer, way: OfferWay): string {
  switch (way.way) {
    case "parent":
      return words.every(offer.noun);
    case "input":
      return words.input;
    case "start":
      return words.start;
    case "now":
      return words.now;
  }
}

function hint(offer: Offer, way: OfferWay): string {
  switch (way.way) {
    case "parent":
      return way.exists ? words.byStream(way.stream) : words.addsStream(way.stream, way.path);
    case "input":
      return words.asks(offer.value);
    case "start":
      return way.until == null ? words.onlyNew(way.cursor) : words.onlyNewUntil(way.cursor, way.until);
    case "now":
      return words.endsNow;
  }
}
