import { useCallback, useEffect, useState } from "react";
import { call, toProblem, type ActionForm as Form, type ActionPast, type ConnectionView, type Problem } from "../api";
import { toastFault } from "../app/store";
import { AddThere } from "../builder/AddThere";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { actionWords as words } from "../strings/actions";
import { ActionForm } from "./ActionForm";
import { ActionHistory } from "./ActionHistory";
import { textsOf } from "./texts";
import "../home/home.css";
import "./actions.css";

/** The form that is open: an action, and what its fields start with. */
interface Chosen {
  name: string;
  start: Record<string, string>;
  /** A form that is filled anew is another one. */
  turn: number;
}

/** A connection's actions: the list, the form of one, and what was called before. */
export function ConnectionActions({ view }: { view: ConnectionView }) {
  const [forms, setForms] = useState<Form[] | null>(null);
  const [past, setPast] = useState<ActionPast[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const refresh = useCallback(() => {
    // The form and its answer stay on the screen.
    call("action_history", { id: view.id }).then(setPast, toastFault);
  }, [view.id]);
  useEffect(() => {
    call("actions", { id: view.id }).then(setForms, (thrown: unknown) => setProblem(toProblem(thrown)));
    refresh();
  }, [view.id, refresh]);
  const choose = (name: string, start: Record<string, string>) => setChosen((before) => ({ name, start, turn: (before?.turn ?? 0) + 1 }));
  if (problem !== null) return <ProblemView problem={problem} />;
  if (forms === null) return null;
  if (forms.length === 0)
    return (
      <EmptyState title={words.none}>
        <p>{words.noneText}</p>
        <AddThere connector={view.connector} list="actions" />
      </EmptyState>
    );
  const form = forms.find((one) => one.name === chosen?.name) ?? forms[0];
  return (
    <div className="actions-part">
      <nav aria-label={words.list} className="action-list">
        <ul className="rows">
          {forms.map((one) => (
            <li key={one.name} className="row">
              <button
                type="button"
                className="row-main"
                data-testid={`action-${one.name}`}
                aria-current={one.name === form?.name ? "true" : undefined}
                onClick={() => choose(one.name, {})}
              >
                <span className="row-title">{one.name}</span>
                <span className="row-end dim">{words.kinds[one.kind]}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div className="action-main">
        {form !== undefined && (
          <>
            <h2>{form.name}</h2>
            <ActionForm key={`${form.name} ${chosen?.turn ?? 0}`} connection={view.id} form={form} start={chosen?.start ?? {}} onCalled={refresh} />
          </>
        )}
        <ActionHistory past={past} onAgain={(one) => choose(one.action, textsOf(one))} />
      </div>
    </div>
  );
}
