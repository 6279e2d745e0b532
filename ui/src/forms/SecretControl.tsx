import { KeyRound } from "lucide-react";
import { useState } from "react";
import { words } from "../strings";
import { useForms } from "./context";
import { freeName, reference, referenceOf } from "./edit";

interface SecretControlProps {
  id: string;
  about: string | undefined;
  label: string;
  title: string;
  path: string;
  value: unknown;
  faulty: boolean;
  onChange: (value: unknown) => void;
}

const NEW = "+";
const OTHER = "=";

/** A secret: which of the connector's secret inputs stands here. The value itself goes to the keyring. */
export function SecretControl({ id, about, label, title, path, value, faulty, onChange }: SecretControlProps) {
  const { inputs, addSecret, giveValues } = useForms();
  const [custom, setCustom] = useState(false);
  const text = typeof value === "string" ? value : "";
  const name = referenceOf(value);
  const secrets = inputs.filter((input) => input.type === "secret").map((input) => input.name);
  const known = name !== null && inputs.some((input) => input.name === name);
  const other = custom || (text !== "" && !known);
  const choose = (word: string) => {
    setCustom(word === OTHER);
    if (word === NEW) {
      const wanted = path.split(/[.[\]]/).filter((part) => part !== "").at(-1) ?? "secret";
      return onChange(reference(addSecret(freeName(wanted, inputs.map((input) => input.name)), title)));
    }
    if (word !== OTHER) onChange(word === "" ? "" : reference(word));
  };
  const shown = known && !secrets.includes(name) ? [...secrets, name] : secrets;
  return (
    <div className="form-secret">
      <div className="form-row">
        <KeyRound className="icon" aria-hidden />
        <select
          id={id}
          className="input form-short"
          aria-describedby={about}
          aria-invalid={faulty || undefined}
          data-testid={`form-${path}`}
          value={other ? OTHER : known ? name : ""}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{words.forms.unset}</option>
          {shown.map((each) => (
            <option key={each}>{each}</option>
          ))}
          <option value={NEW}>{words.forms.newSecret}</option>
          <option value={OTHER}>{words.forms.expression}</option>
        </select>
        {known && !other && (
          <button type="button" className="link" onClick={giveValues}>
            {words.forms.giveValue}
          </button>
        )}
      </div>
      {other && (
        <input
          className="input mono"
          aria-label={label}
          spellCheck={false}
          autoComplete="off"
          value={text}
          placeholder={words.forms.example(reference("api_token"))}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {other && text !== "" && !text.includes("{{") && <p className="error">{words.forms.literal}</p>}
    </div>
  );
}
