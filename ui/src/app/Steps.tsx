import { Check, ChevronDown, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/Button";
import { Menu } from "../components/Menu";
import { guideWords as W } from "../strings/guide";
import { nextStep, setGuide, standing, stepsOf, type Step } from "./guide";
import { useApp } from "./store";
import { goToStep } from "./ways";
import "./guide.css";

/** The five steps from an address to a shared file: what is done, what is next, and the way to each. */
export function Steps() {
  const guide = useApp((state) => state.guide);
  const workbench = useApp((state) => state.workbench);
  const stream = useApp((state) => state.stream);
  const previews = useApp((state) => state.previews);
  const home = useApp((state) => state.home);
  const runs = useApp((state) => state.runs);
  // What was shared is known once its sheet is closed.
  useApp((state) => state.overlay);
  const now = guide ? standing({ workbench, stream, previews, home, runs }) : null;
  if (now === null) return null;
  const steps = stepsOf(now);
  return <Line steps={steps} ready={now.workbench.stage === "ready"} />;
}

function Line({ steps, ready }: { steps: Step[]; ready: boolean }) {
  const [menu, setMenu] = useState<DOMRect | null>(null);
  const next = nextStep(steps);
  const step = steps[next];
  const nameOf = (each: Step) => (each.done ? W.done(W.names[each.name]) : W.todo(W.names[each.name], each.missing));
  return (
    <nav className="steps" aria-label={W.label} data-testid="steps">
      <ol>
        {steps.map((each, at) => (
          <li key={each.name}>
            <button
              type="button"
              className={each.done ? "steps-one done" : "steps-one"}
              aria-current={at === next ? "step" : undefined}
              aria-disabled={(!ready && each.name !== "connect") || undefined}
              title={nameOf(each)}
              data-testid={`step-${each.name}`}
              data-done={each.done}
              onClick={() => void goToStep(each.name)}
            >
              <span className="steps-mark num" aria-hidden>
                {each.done ? <Check className="icon" /> : at + 1}
              </span>
              {W.names[each.name]}
              {/* What is shown is the beginning of what is said. */}
              <span className="sr-only">{nameOf(each).slice(W.names[each.name].length)}</span>
            </button>
          </li>
        ))}
      </ol>
      {step !== undefined && (
        <button type="button" className="steps-few" aria-haspopup="menu" title={W.all} data-testid="steps-few" onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}>
          {W.at(next + 1, W.names[step.name])}
          <ChevronDown className="icon" aria-hidden />
        </button>
      )}
      {step !== undefined && !step.done && <span className="steps-missing soft" title={step.missing}>{step.missing}</span>}
      <Button look="quiet" icon={<X className="icon" aria-hidden />} aria-label={W.hideSteps} title={W.hideSteps} data-testid="steps-hide" onClick={() => setGuide(false)}>
        {W.hide}
      </Button>
      {menu !== null && (
        <Menu
          label={W.label}
          anchor={menu}
          items={steps.map((each) => ({ id: `step-${each.name}`, label: nameOf(each), icon: each.done ? <Check className="icon" aria-hidden /> : <span className="icon" aria-hidden />, run: () => void goToStep(each.name) }))}
          onClose={() => setMenu(null)}
        />
      )}
    </nav>
  );
}
