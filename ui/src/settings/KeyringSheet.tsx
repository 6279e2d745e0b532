import { useId, useState, type FormEvent } from "react";
import { call, toProblem, type Problem } from "../api";
import { app, useApp } from "../app/store";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { SecretInput } from "../components/SecretInput";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import "../home/sheets.css";
import "../open/open.css";

/** Makes or unlocks the encrypted file for keys, where there is no keyring. */
export function KeyringSheet({ onClose }: { onClose: () => void }) {
  const locked = useApp((state) => state.info?.keyring.kind === "file_locked");
  const form = useId();
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const differ = !locked && second !== "" && first !== second;
  const ready = first !== "" && (locked || first === second);
  const unlock = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    try {
      const keyring = await call("keyring_unlock", { passphrase: first });
      app.set((state) => ({ info: state.info === null ? null : { ...state.info, keyring } }));
      onClose();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button look="primary" main type="submit" form={form} disabled={!ready} data-testid="keyring-save">
        {locked ? words.keyring.unlock : words.keyring.make}
      </Button>
    </>
  );
  return (
    <Sheet title={locked ? words.keyring.unlockTitle : words.keyring.title} onClose={onClose} actions={actions}>
      <p className="soft">{words.keyring.text}</p>
      <form id={form} className="stack" onSubmit={(event) => void unlock(event)}>
        <Field label={words.keyring.passphrase}>
          {({ id, describedBy }) => <SecretInput id={id} describedBy={describedBy} testId="passphrase" value={first} onChange={setFirst} />}
        </Field>
        {!locked && (
          <Field label={words.keyring.again} error={differ ? words.keyring.differ : undefined}>
            {({ id, describedBy }) => (
              <SecretInput id={id} describedBy={describedBy} testId="passphrase-again" value={second} onChange={setSecond} invalid={differ} />
            )}
          </Field>
        )}
        {/* Enter in a form with two fields needs a button inside of it. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
      {problem !== null && <ProblemView problem={problem} />}
    </Sheet>
  );
}
