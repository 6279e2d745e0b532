import { useMemo } from "react";
import type { Descriptors, FormKind } from "../api";
import { Field } from "../components/Field";
import { SecretInput } from "../components/SecretInput";
import { FormsProvider, type FormsWorld } from "../forms/context";
import { Settings } from "../forms/SettingsControl";
import { Ticked } from "../components/Ticked";
import "../forms/forms.css";
import { otherNames, soundsSecret, title, type Filled } from "./authForm";

interface AuthFieldsProps {
  forms: Descriptors;
  kind: FormKind;
  filled: Filled;
  onChange: (change: (before: Filled) => Filled) => void;
}

/** The settings of a kind of sign-in, filled in with values: what is a person's own goes to inputs. */
export function AuthFields({ forms, kind, filled, onChange }: AuthFieldsProps) {
  const { texts } = filled;
  const world = useMemo<FormsWorld>(
    () => ({
      forms,
      faults: [],
      inputs: [],
      streams: [],
      addSecret: () => "",
      giveValues: () => undefined,
      own: { texts, set: (path, text) => onChange((before) => ({ ...before, texts: { ...before.texts, [path]: text } })) },
    }),
    [forms, texts, onChange],
  );
  return (
    <FormsProvider value={world}>
      <p className="form-help">
        <Ticked text={kind.help} />
      </p>
      <Settings kind={kind} inner={filled.auth} path="auth" outer="auth" onChange={(auth) => onChange((before) => ({ ...before, auth: { ...(auth as object), type: kind.type } }))} />
      {otherNames(filled.auth).map((name) => {
        const set = (text: string) => onChange((before) => ({ ...before, others: { ...before.others, [name]: text } }));
        const value = filled.others[name] ?? "";
        return (
          <Field key={name} label={title(name)}>
            {({ id, describedBy }) =>
              soundsSecret(name) ? (
                <SecretInput id={id} describedBy={describedBy} testId={`own-${name}`} value={value} onChange={set} />
              ) : (
                <input id={id} className="input" autoComplete="off" data-testid={`own-${name}`} value={value} onChange={(event) => set(event.target.value)} />
              )
            }
          </Field>
        );
      })}
    </FormsProvider>
  );
}
