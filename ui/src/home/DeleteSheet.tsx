import { useState } from "react";
import { call, toProblem, type Problem } from "../api";
import { goHome } from "../app/navigate";
import { app } from "../app/store";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import "./sheets.css";

/** Says what goes before it goes. */
export function DeleteSheet({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const remove = async () => {
    try {
      await call("connector_delete", { id });
      if (app.get().workbench?.id === id) app.set({ workbench: null });
      goHome();
    } catch (thrown) {
      setProblem(toProblem(thrown));
    }
  };
  const actions = (
    <>
      <Button data-autofocus onClick={onClose}>
        {words.cancel}
      </Button>
      <Button look="danger" data-testid="delete-confirm" onClick={() => void remove()}>
        {words.home.delete}
      </Button>
    </>
  );
  return (
    <Sheet title={words.home.deleteTitle(title)} onClose={onClose} actions={actions}>
      <div>
        <p>{words.home.deleteText}</p>
        <ul className="bullets">
          {words.home.deleteWhat.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
      </div>
      <p className="soft">{words.home.deleteEnd}</p>
      {problem !== null && <ProblemView problem={problem} />}
    </Sheet>
  );
}
