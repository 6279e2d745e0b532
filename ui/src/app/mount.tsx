import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { start } from "./start";
import { language } from "../strings/language";
import "../fonts/fonts.css";
import "../tokens.css";
import "../base.css";

/** Draws the window and starts to listen. The transport must be connected. */
export function mount(): void {
  const root = document.getElementById("root");
  if (root === null) return;
  document.documentElement.lang = language;
  start();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
