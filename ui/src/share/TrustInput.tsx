import type { InputAsk } from "../api";
import { Field } from "../components/Field";
import { SecretInput } from "../components/SecretInput";
import { said } from "../app/said";
import { words } from "../strings";

interface TrustInputProps {
  ask: InputAsk;
  value: string;
  first: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** One value that a definition asks for, with where it may go. */
export function TrustInput({ ask, value, first, error, onChange }: TrustInputProps) {
  const title = ask.title === "" ? ask.name : ask.title;
  const help = [ask.description, ask.goes_to === "" ? "" : words.trust.goes(said(ask.goes_to)), ask.given && ask.type === "secret" ? words.trust.given : ""];
  const label = ask.required ? title : `${title} (${words.trust.optional})`;
  return (
    <Field label={label} help={help.filter((line) => line !== "").join(" ")} error={error}>
      {({ id, describedBy }) => {
        const shared = {
          id,
          className: "input",
          value,
          "aria-describedby": describedBy,
          "aria-required": ask.required,
          "aria-invalid": error !== undefined,
          "data-testid": `trust-input-${ask.name}`,
          ...(first ? { "data-autofocus": "" } : {}),
        };
        if (ask.type === "secret")
          return (
            <SecretInput
              id={id}
              describedBy={describedBy}
              testId={`trust-input-${ask.name}`}
              value={value}
              onChange={onChange}
              required={ask.required}
              invalid={error !== undefined}
            />
          );
        if (ask.type === "enum" || ask.type === "boolean")
          return (
            <select {...shared} onChange={(event) => onChange(event.target.value)}>
              <option value="" />
              {(ask.type === "boolean" ? ["true", "false"] : ask.options).map((option) => (
                <option key={option}>{option}</option>
              ))}
            </select>
          );
        if (ask.type === "list") return <textarea {...shared} rows={3} onChange={(event) => onChange(event.target.value)} />;
        return <input {...shared} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} />;
      }}
    </Field>
  );
}
