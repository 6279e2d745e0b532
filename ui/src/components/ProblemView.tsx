import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "../api";
import { go } from "../app/navigate";
import { BodyTree } from "../panel/BodyTree";
import { words } from "../strings";
import { Button } from "./Button";
import { CopyButton } from "./CopyButton";
import { Place, useFieldName } from "./Place";
import { Ticked } from "./Ticked";
import "./controls.css";
import { said, saidOf } from "../app/said";

/** Problems that the app's settings mend, not a definition. */
const SETTINGS = ["bad_certificate", "bad_proxy"];

interface ProblemViewProps {
  problem: Problem;
  onRetry?: (() => void) | undefined;
  /** Goes to where a field is edited. */
  onField?: ((path: string) => void) | undefined;
  /** The field that most likely has to change. */
  cause?: string | null | undefined;
  children?: ReactNode;
}

/** What happened, why, and what to do next, where it happened. It can be copied. */
export function ProblemView({ problem, onRetry, onField, cause, children }: ProblemViewProps) {
  const faults = problem.faults ?? [];
  const { message, hint, original } = saidOf(problem);
  const causeName = useFieldName(onField === undefined ? null : (cause ?? null));
  return (
    <div className="problem" role="alert" data-testid="problem" data-code={problem.code}>
      <CircleAlert className="icon" aria-hidden />
      <div className="body">
        <p className="message">
          <Ticked text={message} />
        </p>
        {original !== null && (
          <p lang="en">
            <Ticked text={original} />
          </p>
        )}
        {hint !== null && (
          <p>
            <Ticked text={hint} />
          </p>
        )}
        {problem.field != null && faults.length === 0 && (onField === undefined || cause !== problem.field) && <Place path={problem.field} onField={onField} />}
        {faults.length > 0 && (
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.path} ${fault.message}`}>
                <Place path={fault.path} onField={onField} /> <Ticked text={said(fault.message)} />
                {fault.suggestion != null && ` ${words.problem.suggestion(fault.suggestion)}`}
              </li>
            ))}
          </ul>
        )}
        {problem.request != null && <code>{problem.request}</code>}
        {problem.detail != null && problem.detail !== "" && (
          <details>
            <summary>{words.problem.detail}</summary>
            <BodyTree text={problem.detail} label={words.problem.detail} />
          </details>
        )}
        <div className="actions">
          {onField !== undefined && cause != null && (
            <Button data-testid="problem-field" onClick={() => onField(cause)}>
              {words.problem.change(causeName)}
            </Button>
          )}
          {SETTINGS.includes(problem.code) && (
            <Button data-testid="problem-settings" onClick={() => go({ name: "settings" })}>
              {words.problem.settings}
            </Button>
          )}
          {onRetry !== undefined && <Button onClick={onRetry}>{words.problem.retry}</Button>}
          {children}
          <CopyButton look="quiet" text={() => asText(problem)} label={words.problem.copy} />
        </div>
      </div>
    </div>
  );
}

/** All of a problem as text, to be sent to whom it concerns. Problems hold no secrets. */
function asText(problem: Problem): string {
  const lines = [`${problem.message} (${problem.code}, ${problem.kind}, ${problem.stage})`];
  if (problem.hint != null) lines.push(problem.hint);
  if (problem.request != null) lines.push(problem.request);
  for (const fault of problem.faults ?? []) lines.push(`${fault.path}: ${fault.message}`);
  if (problem.detail != null) lines.push("", problem.detail);
  return lines.join("\n");
}
