import type { Fault } from "../api";
import { Ticked } from "../components/Ticked";
import { words } from "../strings";
import { said } from "../app/said";

/** What is wrong, and what was likely meant. */
export function FaultLines({ faults }: { faults: Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className="form-faults" role="alert">
      {faults.map((fault) => (
        <li key={`${fault.path} ${fault.message}`} data-testid={`fault-${fault.path}`}>
          <Ticked text={said(fault.message)} />
          {fault.suggestion != null && ` ${words.problem.suggestion(fault.suggestion)}`}
        </li>
      ))}
    </ul>
  );
}
