import { X } from "lucide-react";
import { dropToast, useApp } from "../app/store";
import { words } from "../strings";
import { Button } from "./Button";
import { ProblemView } from "./ProblemView";
import "./toasts.css";

/** Short news at the edge, and the live region that reads all news aloud. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  const said = useApp((state) => state.said);
  return (
    <>
      <div className="sr-only" role="status" aria-live="polite" data-testid="live">
        {said}
      </div>
      <div className="toasts" role="region" aria-label={words.messages}>
        {toasts.map((toast) => (
          <div key={toast.id} className="toast" data-testid="toast">
            {toast.problem === undefined ? <p>{toast.text}</p> : <ProblemView problem={toast.problem} />}
            <Button look="quiet" icon={<X className="icon" aria-hidden />} aria-label={words.close} onClick={() => dropToast(toast.id)} />
          </div>
        ))}
      </div>
    </>
  );
}
