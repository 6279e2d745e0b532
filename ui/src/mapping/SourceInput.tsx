import { useEffect, useId, useRef, useState, type ComponentProps, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { app } from "../app/store";
import { carries, dropped } from "../builder/drag";
import { Offer } from "../forms/ExpressionInput";
import { expressionAt, type Offered } from "../forms/expression";
import { words } from "../strings";
import { completeSource } from "./paths";
import "../forms/forms.css";

interface SourceInputProps extends Omit<ComponentProps<"input">, "onChange" | "value"> {
  value: string;
  onType: (text: string) => void;
}

/** Where a column comes from: a path, completed from the last answer, or a template. A value of the answer can be dropped on it. */
export function SourceInput({ value, onType, ...rest }: SourceInputProps) {
  const [offers, setOffers] = useState<Offered[]>([]);
  const [at, setAt] = useState(0);
  const [place, setPlace] = useState<DOMRect | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const id = useId();
  const close = () => {
    asked.current += 1;
    setOffers([]);
  };
  const open = offers.length > 0 && place !== null;
  useEffect(() => {
    if (!open) return;
    // The list does not go along with what is scrolled.
    const away = (event: Event) => {
      if (!(event.target instanceof Element && event.target.closest("[role=listbox]") !== null)) setOffers([]);
    };
    window.addEventListener("scroll", away, true);
    window.addEventListener("resize", away);
    return () => {
      window.removeEventListener("scroll", away, true);
      window.removeEventListener("resize", away);
    };
  }, [open]);
  const look = async (element: HTMLInputElement) => {
    asked.current += 1;
    const mine = asked.current;
    const { workbench, stream } = app.get();
    const inputs = (workbench?.definition.config ?? []).map((each) => each.name);
    const before = element.value.slice(0, element.selectionStart ?? element.value.length);
    const found = await completeSource(before, workbench?.id ?? "", stream, inputs).catch(() => []);
    if (mine !== asked.current) return;
    // What is written already needs no offer.
    setOffers(found.length === 1 && found[0]?.insert === element.value ? [] : found);
    setPlace(element.getBoundingClientRect());
    setAt(0);
  };
  const take = (offer: Offered | undefined) => {
    const element = input.current;
    if (element === null || offer === undefined) return;
    const end = element.selectionStart ?? value.length;
    const before = value.slice(0, end);
    let text = offer.insert;
    if (expressionAt(before) !== null) {
      const start = end - (/\w*$/.exec(before)?.[0].length ?? 0);
      text = `${value.slice(0, start)}${offer.insert}${value.slice(end).includes("}}") ? "" : " }}"}${value.slice(end)}`;
    }
    close();
    onType(text);
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return void look(event.currentTarget);
    }
    if (!open) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      return setAt((at + by + offers.length) % offers.length);
    }
    if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      return take(offers[at]);
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  };
  return (
    <>
      <input
        {...rest}
        ref={input}
        className={over ? "input mono dropping" : "input mono"}
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${id}-${at}` : undefined}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onType(event.target.value);
          void look(event.target);
        }}
        onKeyDown={keys}
        onBlur={close}
        onDragOver={(event) => {
          if (!carries(event)) return;
          event.preventDefault();
          event.stopPropagation();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          const taken = dropped(event);
          if (taken === null || taken.parent !== app.get().stream) return;
          event.preventDefault();
          event.stopPropagation();
          onType(taken.inside);
        }}
      />
      {open &&
        createPortal(
          <div id={id} className="expression-offers mapping-offers" style={below(place)} role="listbox" aria-label={words.forms.offers} data-testid="source-offers">
            {offers.map((offer, index) => (
              <Offer key={offer.label} id={`${id}-${index}`} offer={offer} chosen={index === at} onTake={() => take(offer)} />
            ))}
          </div>,
          document.querySelector("main") ?? document.body,
        )}
    </>
  );
}

const HIGH = 240;

/** Below the field, or above it where there is no room. */
function below(place: DOMRect): { left: number; top?: number; bottom?: number; width: number } {
  const width = Math.min(Math.max(place.width, 320), window.innerWidth - 16);
  const left = Math.max(8, Math.min(place.left, window.innerWidth - width - 8));
  return place.bottom + HIGH < window.innerHeight || place.top < HIGH ? { left, top: place.bottom + 2, width } : { left, bottom: window.innerHeight - place.top + 2, width };
}
