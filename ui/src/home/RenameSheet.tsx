import { useId, useState, type FormEvent } from "react";
import { call, toProblem, type Problem } from "../api";
import { refreshHome } from "../app/navigate";
import { flushEdit, renew } from "../app/workbench";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import "./sheets.css";

/** Asks for a connector's new name. */
export function RenameSheet({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const form = useId();
  const [name, setName] = useState(title);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await flushEdit();
      await call("connector_rename", { id, name: name.trim() });
      void refreshHome();
      await renew(id);
      onClose();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button look="primary" main type="submit" form={form} disabled={name.trim() === ""}>
        {words.home.save}
      </Button>
    </>
  );
  return (
    <Sheet title={words.home.renameTitle} onClose={onClose} actions={actions}>
      <form id={form} className="stack" onSubmit={(event) => void save(event)}>
        <Field label={words.home.name}>
          {({ id: input }) => (
            <input
              id={input}
              className="input"
              value={name}
              data-autofocus
              data-testid="rename-input"
              onFocus={(event) => event.target.select()}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {problem !== null && <ProblemView problem={problem} />}
      </form>
    </Sheet>
  );
}
