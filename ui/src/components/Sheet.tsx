import { X } from "lucide-react";
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { words } from "../strings";
import { Button } from "./Button";
import "./sheet.css";

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** The buttons at the end. */
  actions?: ReactNode;
  size?: "small" | "large";
  /** Whether the title is for readers only. */
  bare?: boolean;
}

const REACHABLE = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex='0']";

/** A dialog over the window. Keeps the focus inside, closes on Escape, and gives the focus back. */
export function Sheet({ title, onClose, children, actions, size = "small", bare }: SheetProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useFocusInside(box);
  useLostFocus(box, onClose);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (event.key === "Tab") keepInside(event, box.current);
  };
  return createPortal(
    <div className="scrim" onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
      <div ref={box} className={`sheet ${size}`} role="dialog" aria-modal="true" aria-labelledby={id} tabIndex={-1} onKeyDown={onKeyDown}>
        <div className={bare ? "sr-only" : "sheet-head"}>
          <h2 id={id}>{title}</h2>
          {!bare && <Button look="quiet" icon={<X className="icon" aria-hidden />} aria-label={words.close} onClick={onClose} />}
        </div>
        <div className="sheet-body">{children}</div>
        {actions !== undefined && <div className="sheet-actions">{actions}</div>}
      </div>
    </div>,
    document.body,
  );
}

function useFocusInside(box: React.RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    const before = document.activeElement;
    const root = document.getElementById("root");
    root?.setAttribute("inert", "");
    const node = box.current;
    const first = node?.querySelector<HTMLElement>("[data-autofocus]") ?? node?.querySelector<HTMLElement>(".sheet-body input");
    if (node !== null && node !== undefined && !node.contains(document.activeElement)) (first ?? node).focus();
    return () => {
      if (document.querySelectorAll(".scrim").length <= 1) root?.removeAttribute("inert");
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [box]);
}

/**
 * Keys that no control has heard: a button that is disabled while it works loses the focus to the page, and the sheet would
 * not hear Escape or Tab any more.
 */
function useLostFocus(box: React.RefObject<HTMLDivElement | null>, onClose: () => void) {
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      const sheets = document.querySelectorAll(".sheet");
      if (event.target !== document.body || sheets[sheets.length - 1] !== box.current) return;
      if (event.key === "Escape") onClose();
      else if (event.key === "Tab") box.current?.focus();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [box, onClose]);
}

function keepInside(event: KeyboardEvent, box: HTMLElement | null) {
  const all = [...(box?.querySelectorAll<HTMLElement>(REACHABLE) ?? [])];
  const first = all[0];
  const last = all.at(-1);
  if (first === undefined || last === undefined) return;
  const at = document.activeElement;
  if (event.shiftKey && (at === first || at === box)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && at === last) {
    event.preventDefault();
    first.focus();
  }
}
