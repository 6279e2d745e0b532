import { Eye, EyeOff } from "lucide-react";
import { useState, type Ref } from "react";
import { words } from "../strings";
import { Button } from "./Button";

interface SecretInputProps {
  id: string;
  describedBy: string | undefined;
  testId: string;
  value: string;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
  required?: boolean;
  invalid?: boolean;
}

/** A field for a key or a password, hidden until the person asks to see it. */
export function SecretInput({ id, describedBy, testId, value, onChange, inputRef, required, invalid }: SecretInputProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="secret">
      <input
        ref={inputRef}
        id={id}
        className="input mono"
        type={shown ? "text" : "password"}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={describedBy}
        aria-required={required}
        aria-invalid={invalid}
        data-testid={testId}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Button
        look="quiet"
        icon={<Icon className="icon" aria-hidden />}
        aria-label={shown ? words.key.hide : words.key.show}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}
