import { useId, useState, type FormEvent } from "react";
import { call } from "../api";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import { app, toastFault } from "./store";
import type { Asked } from "./store";
import { said } from "./said";

/** A login asks for a second factor: the code is typed here, and goes to who asked. Closing gives the login up. */
export function CodeSheet({ asked }: { asked: Asked }) {
  const form = useId();
  const [code, setCode] = useState("");
  const give = (text: string) => {
    app.set((state) => ({ asked: state.asked.filter((each) => each.id !== asked.id) }));
    call("code_give", { id: asked.id, code: text }).catch(toastFault);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== "") give(code.trim());
  };
  const actions = (
    <>
      <Button onClick={() => give("")}>{words.code.giveUp}</Button>
      <Button look="primary" main type="submit" form={form} disabled={code.trim() === ""} data-testid="code-send">
        {words.code.send}
      </Button>
    </>
  );
  return (
    <Sheet title={words.code.title(asked.who)} onClose={() => give("")} actions={actions}>
      <p className="soft">{said(asked.message)}</p>
      <form id={form} onSubmit={send}>
        <Field label={words.code.label}>
          {({ id }) => (
            <input
              id={id}
              className="input mono"
              inputMode="numeric"
              autoComplete="one-time-code"
              spellCheck={false}
              data-autofocus=""
              data-testid="code-input"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Sheet>
  );
}
