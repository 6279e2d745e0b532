import { useCallback, useEffect, useState } from "react";
import { call, toProblem, type ActionForm as Form, type ActionPast, type InputAsk, type Problem, type Workbench } from "../api";
import { app, useApp } from "../app/store";
import { accept, flushEdit } from "../app/workbench";
import { ActionForm } from "../actions/ActionForm";
import { ActionHistory } from "../actions/ActionHistory";
import { textsOf } from "../actions/texts";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { ProblemView } from "../components/ProblemView";
import { words } from "../strings";
import { WebhooksPart } from "../webhooks/WebhooksPart";
import "../home/home.css";
import "../actions/actions.css";

const W = words.builder.tryOut;

/** The lists whose items are tried out beside their form. */
export type TriedList = "actions" | "webhooks";

/** An action or a webhook beside its form: tried with the connection's own values, as it stands in the form. */
export function TryOut({ workbench, list, index }: { workbench: Workbench; list: TriedList; index: number }) {
  const name = workbench.definition[list]?.[index]?.name ?? "";
  return (
    <section className="panel try-out" aria-label={W.title(name)} data-testid={`try-${list}`}>
      <div className="scroll">
        <h2>{W.title(name)}</h2>
        <Body workbench={workbench} list={list} name={name} />
      </div>
    </section>
  );
}

function Body({ workbench, list, name }: { workbench: Workbench; list: TriedList; name: string }) {
  const idle = useApp((state) => state.busy === null);
  const { connection } = workbench;
  const faulty = workbench.faults.length > 0 || (workbench.text_faults ?? []).length > 0;
  if (!workbench.accepted || connection == null)
    return (
      <EmptyState title={W.accept}>
        <p>{W.acceptText}</p>
        <Button look="primary" data-testid="try-accept" disabled={!idle || faulty} onClick={() => void accept()}>
          {words.result.accept}
        </Button>
      </EmptyState>
    );
  return (
    <>
      {faulty && <p className="note warn">{W.faults}</p>}
      <Missing workbench={workbench} />
      {list === "actions" ? (
        <TryAction key={name} workbench={workbench} connection={connection} name={name} faulty={faulty} />
      ) : (
        <WebhooksPart view={{ id: connection, connector: workbench.id }} only={name} turn={workbench.yaml} />
      )}
    </>
  );
}

/** Says which values of the connection are missing, with the way to give them. */
function Missing({ workbench }: { workbench: Workbench }) {
  const [asks, setAsks] = useState<InputAsk[]>([]);
  useEffect(() => {
    let here = true;
    // Without it a try says by itself what is missing.
    call("inputs", { id: workbench.id }).then((next) => here && setAsks(next), () => undefined);
    return () => {
      here = false;
    };
  }, [workbench.id, workbench.yaml]);
  const missing = asks.filter((ask) => ask.required && !ask.given && (ask.default == null || ask.default === ""));
  if (missing.length === 0) return null;
  return (
    <div className="note warn" data-testid="try-missing">
      <span>{W.missing(missing.map((ask) => (ask.title === "" ? ask.name : ask.title)).join(", "))}</span>{" "}
      <Button data-testid="try-give" onClick={() => app.set({ section: "config", item: null, pane: "form" })}>
        {W.give}
      </Button>
    </div>
  );
}

interface TryActionProps {
  workbench: Workbench;
  connection: string;
  name: string;
  faulty: boolean;
}

function TryAction({ workbench, connection, name, faulty }: TryActionProps) {
  const [form, setForm] = useState<Form | null>(null);
  const [past, setPast] = useState<ActionPast[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [start, setStart] = useState<{ values: Record<string, string>; turn: number }>({ values: {}, turn: 0 });
  const history = useCallback(() => {
    call("action_history", { id: connection }).then(
      (all) => setPast(all.filter((one) => one.action === name)),
      () => undefined,
    );
  }, [connection, name]);
  useEffect(history, [history]);
  useEffect(() => {
    // While there are faults the form of before stays.
    if (faulty) return;
    let here = true;
    const load = async () => {
      await flushEdit();
      return call("actions", { id: connection });
    };
    load().then(
      (all) => {
        if (!here) return;
        setForm(all.find((one) => one.name === name) ?? null);
        setProblem(null);
      },
      (thrown: unknown) => here && setProblem(toProblem(thrown)),
    );
    return () => {
      here = false;
    };
  }, [connection, name, faulty, workbench.yaml]);
  if (problem !== null) return <ProblemView problem={problem} />;
  if (form === null) return null;
  return (
    <>
      <ActionForm key={start.turn} connection={connection} form={form} start={start.values} onCalled={history} beside />
      <ActionHistory past={past} onAgain={(one) => setStart((before) => ({ values: textsOf(one), turn: before.turn + 1 }))} />
    </>
  );
}
