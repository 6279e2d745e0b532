import { useEffect, useLayoutEffect, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import "./sheet.css";

interface PopoverProps {
  label: string;
  /** What it hangs on, as it stands on the screen. */
  anchor: { left: number; top: number; bottom: number };
  onClose: () => void;
  role?: "dialog" | "menu";
  children: ReactNode;
}

/** A small box beside what it is about. Closes on Escape or a click elsewhere, and gives the focus back. */
export function Popover({ label, anchor, onClose, role = "dialog", children }: PopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  useClose(box, onClose);
  useLayoutEffect(() => {
    const node = box.current;
    if (node === null) return;
    const { width, height } = node.getBoundingClientRect();
    const below = anchor.bottom + 4 + height <= window.innerHeight;
    node.style.left = `${Math.max(8, Math.min(anchor.left, window.innerWidth - width - 8))}px`;
    node.style.top = `${below ? anchor.bottom + 4 : Math.max(8, anchor.top - height - 4)}px`;
  }, [anchor]);
  return createPortal(
    <div ref={box} className="popover" role={role} aria-label={label} tabIndex={-1}>
      {children}
    </div>,
    home(),
  );
}

/** Where it is drawn: within the sheet in front, for the rest of the window is out of reach then. */
function home(): Element {
  const sheets = document.querySelectorAll(".scrim");
  return sheets[sheets.length - 1] ?? document.querySelector("main") ?? document.body;
}

function useClose(box: React.RefObject<HTMLDivElement | null>, onClose: () => void) {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const before = document.activeElement;
    const node = box.current;
    (node?.querySelector<HTMLElement>("[data-autofocus]") ?? node?.querySelector<HTMLElement>("button") ?? node)?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" && event.key !== "Tab") return;
      if (event.key === "Escape") event.stopPropagation();
      if (event.key === "Tab" && node?.getAttribute("role") === "dialog") return;
      event.preventDefault();
      close.current();
    };
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !node?.contains(event.target)) close.current();
    };
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("pointerdown", onDown, true);
    return () => {
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("pointerdown", onDown, true);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [box]);
}
