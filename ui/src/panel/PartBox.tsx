import { useId, useState, type KeyboardEvent } from "react";
import type { Stream } from "../api";
import { panelWords as W } from "../strings/panel";
import { matching, partNames, partWords, typedPart } from "./parts";

interface PartBoxProps {
  stream: Stream;
  /** The first parts, as far as they are known. */
  known: string[];
  /** The part that is shown; null: all, from the first. */
  part: string | null;
  disabled: boolean;
  onPick: (part: string | null) => void;
}

/** Lists at most so many; more words find the others. */
const SHOWN = 50;

/** Which part of a stream is read: one of those that are known, or one that is typed. */
export function PartBox({ stream, known, part, disabled, onPick }: PartBoxProps) {
  const id = useId();
  const shown = part === null ? "" : partWords(part);
  // Null: nobody types.
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(-1);
  const [wrong, setWrong] = useState(false);
  const names = partNames(stream);
  const open = text !== null && !disabled;
  const offers: (string | null)[] = open ? [...(part === null ? [] : [null]), ...matching(text === shown ? "" : text, known).slice(0, SHOWN)] : [];
  const close = () => {
    setText(null);
    setAt(-1);
    setWrong(false);
  };
  const pick = (next: string | null) => {
    close();
    if (next !== part) onPick(next);
  };
  const take = () => {
    const offer = offers[at];
    if (offer !== undefined) return pick(offer);
    const typed = (text ?? "").trim();
    if (typed === "") return pick(null);
    const given = typedPart(typed, known, names);
    if (given === null) setWrong(true);
    else pick(given);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") take();
    else if (event.key === "Escape" && open) close();
    else if (event.key === "ArrowDown" && !open) setText(shown);
    else if (event.key === "ArrowDown") setAt(Math.min(offers.length - 1, at + 1));
    else if (event.key === "ArrowUp" && open) setAt(Math.max(-1, at - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span className="part-box">
      <input
        className="input"
        role="combobox"
        aria-label={W.part}
        aria-expanded={open && offers.length > 0}
        aria-controls={open ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-invalid={wrong || undefined}
        title={wrong ? W.noPart(names) : W.partHelp(names)}
        placeholder={W.allParts}
        data-testid="part"
        disabled={disabled}
        value={text ?? shown}
        onFocus={(event) => event.target.select()}
        onPointerDown={() => setText(text ?? shown)}
        // What is typed takes the place of the part that is shown.
        onClick={(event) => {
          if (text === null || text === shown) event.currentTarget.select();
        }}
        onChange={(event) => {
          setText(event.target.value);
          setAt(-1);
          setWrong(false);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {wrong && (
        <span className="sr-only" role="alert">
          {W.noPart(names)}
        </span>
      )}
      {offers.length > 0 && (
        <div id={id} className="part-offers" role="listbox" aria-label={W.part} data-testid="part-offers">
          {offers.map((offer, place) => (
            <div
              key={offer ?? ""}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(offer)}
            >
              {offer === null ? W.allParts : partWords(offer)}
            </div>
          ))}
        </div>
      )}
    </span>
  );
}
