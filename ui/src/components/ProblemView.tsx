import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "../api";
import { words } from "../strings";
import { Button } from "./Button";
import { CopyButton } from "./CopyButton";
import "./controls.css";

interface ProblemViewProps {
  problem: Problem;
  onRetry?: (() => void) | undefined;
  children?: ReactNode;
}

/** What happened, why, and what to do next, where it happened. It can be copied. */
export function ProblemView({ problem, onRetry, children }: ProblemViewProps) {
  const faults = problem.faults ?? [];
  return (
    <div className="problem" role="alert" data-testid="problem" data-code={problem.code}>
      <CircleAlert className="icon" aria-hidden />
      <div className="body">
        <p className="message">{problem.message}</p>
        {problem.hint != null && <p>{problem.hint}</p>}
        {problem.field != null && faults.length === 0 && <code>{problem.field}</code>}
        {faults.length > 0 && (
          <ul>
            {faults.map((fault) => (
              <li key={`${fault.path} ${fault.message}`}>
                <code>{fault.path}</code> {fault.message}
                {fault.suggestion != null && ` ${words.problem.suggestion(fault.suggestion)}`}
              </li>
            ))}
          </ul>
        )}
        {problem.request != null && <code>{problem.request}</code>}
        {problem.detail != null && problem.detail !== "" && (
          <details>
            <summary>{words.problem.detail}</summary>
            <pre>{problem.detail}</pre>
          </details>
        )}
        <div className="actions">
          {onRetry !== undefined && <Button onClick={onRetry}>{words.problem.retry}</Button>}
          {children}
          <CopyButton look="quiet" text={() => asText(problem)} label={words.problem.copy} />
        </div>
      </div>
    </div>
  );
}

/** All of a problem as text, to be sent to whom it concerns. Problems hold no secrets. */
export function asText(problem: Problem): string {
  const lines = [`${problem.message} (${problem.code}, ${problem.kind}, ${problem.stage})`];
  if (problem.hint != null) lines.push(problem.hint);
  if (problem.request != null) lines.push(problem.request);
  for (const fault of problem.faults ?? []) lines.push(`${fault.path}: ${fault.message}`);
  if (problem.detail != null) lines.push("", problem.detail);
  return lines.join("\n");
}
