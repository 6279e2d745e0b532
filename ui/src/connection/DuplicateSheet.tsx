import { useId, useState, type FormEvent } from "react";
import { call, toProblem, type Problem } from "../api";
import { toast } from "../app/store";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import { goToConnection } from "./ConnectionSettings";

const W = words.management.settings;

/** Asks for a copy's name, and whether its keys go along. */
export function DuplicateSheet({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const form = useId();
  const [name, setName] = useState(`${title}-2`);
  const [secrets, setSecrets] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      const made = await call("connection_duplicate", { id, name, secrets });
      onClose();
      toast(W.duplicated(made.name));
      goToConnection(made.id);
    } catch (thrown) {
      setProblem(toProblem(thrown));
      setBusy(false);
    }
  };
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button look="primary" main type="submit" form={form} data-testid="duplicate-confirm" disabled={busy || name.trim() === ""}>
        {W.duplicate}
      </Button>
    </>
  );
  return (
    <Sheet title={W.duplicateTitle(title)} onClose={onClose} actions={actions}>
      <form id={form} className="stack" onSubmit={(event) => void make(event)}>
        <p className="soft">{W.duplicateHelp}</p>
        <Field label={W.name}>
          {({ id: input }) => <input id={input} className="input" value={name} data-autofocus data-testid="duplicate-name" onChange={(event) => setName(event.target.value)} />}
        </Field>
        <label className="check">
          <input type="checkbox" checked={secrets} onChange={(event) => setSecrets(event.target.checked)} /> {W.withSecrets}
        </label>
        {problem !== null && <ProblemView problem={problem} />}
      </form>
    </Sheet>
  );
}
