import { useEffect, useState } from "react";
import { call, toProblem, type DependentConnection, type Dependents, type Problem } from "../api";
import { goHome } from "../app/navigate";
import { app } from "../app/store";
import { flushEdit } from "../app/workbench";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import "./sheets.css";

const W = words.management.delete;

interface DeleteSheetProps {
  id: string;
  title: string;
  kind?: "connector" | "connection" | undefined;
  onClose: () => void;
}

/** Says what goes before it goes. */
export function DeleteSheet({ id, title, kind = "connector", onClose }: DeleteSheetProps) {
  const [goes, setGoes] = useState<Dependents | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    call(kind === "connector" ? "connector_dependents" : "connection_dependents", { id })
      .then((next) => here && setGoes(next))
      .catch((thrown: unknown) => here && setProblem(toProblem(thrown)));
    return () => {
      here = false;
    };
  }, [id, kind]);
  const [going, setGoing] = useState(false);
  const remove = async () => {
    setGoing(true);
    try {
      // What was typed a moment ago must not come after it.
      await flushEdit();
      await call(kind === "connector" ? "connector_delete" : "connection_delete", { id });
      const { workbench } = app.get();
      if (workbench?.id === id || workbench?.connection === id) app.set({ workbench: null });
      goHome();
    } catch (thrown) {
      setProblem(toProblem(thrown));
      setGoing(false);
    }
  };
  const actions = (
    <>
      <Button data-autofocus onClick={onClose}>
        {words.cancel}
      </Button>
      <Button look="danger" data-testid="delete-confirm" disabled={going || goes === null || goes.busy != null} onClick={() => void remove()}>
        {W.confirm}
      </Button>
    </>
  );
  return (
    <Sheet title={W.title(title)} onClose={onClose} actions={actions}>
      {goes === null && problem === null && <p role="status">{W.looking}</p>}
      {goes !== null && <Goes goes={goes} kind={kind} />}
      <p className="soft">{W.end}</p>
      {goes?.busy != null && <p role="alert">{goes.busy}</p>}
      {problem !== null && <ProblemView problem={problem} />}
    </Sheet>
  );
}

function Goes({ goes, kind }: { goes: Dependents; kind: "connector" | "connection" }) {
  return (
    <div data-testid="delete-goes">
      <p>{W.goes}</p>
      {kind === "connector" && (
        <ul className="bullets">
          <li>{W.versions(goes.versions)}</li>
          {goes.connections.length === 0 && <li>{W.none}</li>}
        </ul>
      )}
      {goes.connections.map((connection) => (
        <div key={connection.id}>
          {kind === "connector" && <h3>{connection.name}</h3>}
          <ul className="bullets">
            {lines(connection).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function lines(one: DependentConnection): string[] {
  return [
    ...(one.runs > 0 ? [W.runs(one.runs)] : []),
    one.data_goes && one.tables.length === 0 ? W.noData : one.data_goes ? W.rows(one.rows, one.tables.length, one.bytes) : W.stays(one.destination),
    ...(one.secrets.length > 0 ? [W.secrets(one.secrets)] : []),
    ...(one.schedule != null ? [W.schedule(one.schedule)] : []),
    ...one.others.map((other) => W.other(other.count, other.name)),
  ];
}
