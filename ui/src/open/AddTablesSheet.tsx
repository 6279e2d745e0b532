import { useState } from "react";
import { toProblem, type Problem } from "../api";
import { addTables, type Chosen } from "../app/source";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { Working } from "../components/Working";
import { words } from "../strings";
import { openWords } from "../strings/open";
import { useTables } from "./DatabaseView";
import { TableChooser } from "./TableChooser";

/** More tables for a connector that reads a database. */
export function AddTablesSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { tables, problem, again } = useTables(id);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const take = async (chosen: Chosen) => {
    setBusy(true);
    setFailed(null);
    try {
      await addTables(id, chosen);
      onClose();
    } catch (thrown) {
      setFailed(toProblem(thrown));
      setBusy(false);
    }
  };
  return (
    <Sheet title={openWords.tables.add} size="large" onClose={onClose}>
      {tables === null && problem === null && <Working message={openWords.database.reading} />}
      {problem !== null && <ProblemView problem={problem} onRetry={again} />}
      {failed !== null && <ProblemView problem={failed} />}
      {tables !== null && <TableChooser tables={tables} busy={busy} onTake={(chosen) => void take(chosen)} others={<Button onClick={onClose}>{words.cancel}</Button>} />}
      {busy && <Working message={openWords.tables.taking} />}
    </Sheet>
  );
}
