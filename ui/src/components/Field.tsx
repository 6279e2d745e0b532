import { useId, type ReactNode } from "react";
import { Ticked } from "./Ticked";
import "./controls.css";

interface FieldProps {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  children: (ids: { id: string; describedBy: string | undefined }) => ReactNode;
}

/** A control with its label, help and error, tied together for readers. */
export function Field({ label, help, error, children }: FieldProps) {
  const id = useId();
  const about = `${id}-about`;
  const told = help !== undefined || error !== undefined;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: told ? about : undefined })}
      {told && (
        <div id={about} className={error === undefined ? "help" : "error"}>
          {error === undefined ? help : <Ticked text={error} />}
        </div>
      )}
    </div>
  );
}
