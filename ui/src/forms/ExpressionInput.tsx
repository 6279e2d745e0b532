import { useEffect, useId, useRef, useState, type ComponentProps, type KeyboardEvent } from "react";
import { call, type ExpressionTried } from "../api";
import { app } from "../app/store";
import type { ParentValue } from "../builder/child";
import { adopt, carries, dropped } from "../builder/drag";
import { words } from "../strings";
import { complete, expressionAt, wanted, type Offered } from "./expression";
import { said } from "../app/said";

interface ExpressionInputProps extends Omit<ComponentProps<"input">, "onChange" | "value"> {
  value: string;
  onType: (text: string) => void;
}

/** A text with expressions: names, functions and members of what was read are completed, and its value is shown. */
export function ExpressionInput({ value, onType, onKeyDown, onBlur, ...rest }: ExpressionInputProps) {
  const [offers, setOffers] = useState<Offered[]>([]);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const id = useId();

  const look = async (element: HTMLInputElement, force: boolean) => {
    asked.current += 1;
    const mine = asked.current;
    const inside = expressionAt(element.value.slice(0, element.selectionStart ?? 0));
    const want = inside === null ? null : wanted(inside);
    if (inside === null || want === null || (want.word === "" && want.kind === "name" && !force)) return setOffers([]);
    const { workbench, stream } = app.get();
    const inputs = (workbench?.definition.config ?? []).map((each) => each.name);
    const found = await complete(inside, workbench?.id ?? "", stream, inputs).catch(() => []);
    if (mine !== asked.current) return;
    setOffers(found.slice(0, 60));
    setAt(0);
  };
  /** Nothing is offered any more, nor what is on its way. */
  const close = () => {
    asked.current += 1;
    setOffers([]);
  };
  const take = (offer: Offered | undefined) => {
    const element = input.current;
    if (element === null || offer === undefined) return;
    const end = element.selectionStart ?? value.length;
    const word = /\w*$/.exec(value.slice(0, end))?.[0] ?? "";
    const start = end - word.length;
    const closed = /^\s*[}%]/.test(value.slice(end)) || value.slice(end).includes("}}");
    const text = `${value.slice(0, start)}${offer.insert}${closed ? "" : " }}"}${value.slice(end)}`;
    close();
    onType(text);
    const cursor = start + offer.insert.length - (offer.insert.endsWith("()") ? 1 : 0);
    requestAnimationFrame(() => element.setSelectionRange(cursor, cursor));
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (offers.length > 0) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by !== undefined) {
        event.preventDefault();
        return setAt((at + by + offers.length) % offers.length);
      }
      if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") {
        event.preventDefault();
        return take(offers[at]);
      }
      if (event.key === "Escape") {
        event.stopPropagation();
        return close();
      }
    }
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return void look(event.currentTarget, true);
    }
    onKeyDown?.(event);
  };
  return (
    <div className="expression">
      <input
        {...rest}
        ref={input}
        role="combobox"
        aria-expanded={offers.length > 0}
        aria-controls={offers.length > 0 ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={offers.length > 0 ? `${id}-${at}` : undefined}
        value={value}
        onChange={(event) => {
          onType(event.target.value);
          void look(event.target, false);
        }}
        onKeyDown={keys}
        onBlur={(event) => {
          close();
          onBlur?.(event);
        }}
        onDragOver={(event) => {
          if (carries(event)) event.preventDefault();
        }}
        onDrop={(event) => {
          const taken = dropped(event);
          if (taken === null) return;
          event.preventDefault();
          takeDropped(taken, value, onType);
        }}
      />
      {offers.length > 0 && (
        <div id={id} className="expression-offers" role="listbox" aria-label={words.forms.offers} data-testid="expression-offers">
          {offers.map((offer, place) => (
            <Offer key={`${offer.label} ${offer.detail}`} id={`${id}-${place}`} offer={offer} chosen={place === at} onTake={() => take(offer)} />
          ))}
        </div>
      )}
      <LiveValue text={value} />
    </div>
  );
}

/** A member of this stream's record is written here; one of another stream makes this one its child. */
function takeDropped(from: ParentValue, before: string, onType: (text: string) => void): void {
  const { stream } = app.get();
  if (from.parent !== stream) return adopt(from, stream);
  onType(`${before}{{ record${from.inside.slice(1)} }}`);
}

interface OfferProps {
  id: string;
  offer: Offered;
  chosen: boolean;
  onTake: () => void;
}

/** One thing that completes a text. */
export function Offer({ id, offer, chosen, onTake }: OfferProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView?.({ block: "nearest" });
  }, [chosen]);
  return (
    // A press must not take the focus from the field.
    <div ref={line} id={id} role="option" aria-selected={chosen} title={offer.about} onPointerDown={(event) => event.preventDefault()} onClick={onTake}>
      <span className="mono">{offer.label}</span>
      <span className="expression-detail mono">{offer.detail}</span>
      {chosen && offer.about !== "" && <span className="expression-about">{offer.about}</span>}
    </div>
  );
}

/** How long typing rests before an expression is tried out, in milliseconds. */
const REST = 200;

/** What an expression gives for the first record that was read. */
function LiveValue({ text }: { text: string }) {
  const [tried, setTried] = useState<ExpressionTried | null>(null);
  const worth = text.includes("{{") || text.includes("{%");
  useEffect(() => {
    if (!worth) return setTried(null);
    let here = true;
    const timer = setTimeout(() => {
      const { workbench, stream } = app.get();
      if (workbench === null) return;
      call("expression_try", { id: workbench.id, stream, text })
        .then((answer) => here && setTried(answer))
        // A value to look at is an extra: the field works without.
        .catch(() => here && setTried(null));
    }, REST);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [text, worth]);
  if (!worth || tried === null) return null;
  const { value, secret, later, problem } = tried;
  return (
    <p className={problem == null ? "expression-value" : "expression-value bad"} role="status" data-testid="expression-value">
      <span aria-hidden>→ </span>
      {problem != null ? said(problem) : secret ? words.forms.secretValue : later.length > 0 ? words.forms.later(later) : <code>{value ?? words.forms.nothing}</code>}
    </p>
  );
}
