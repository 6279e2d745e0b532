import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call, toProblem, type AskCell, type DataCell, type Problem } from "../api";
import { bytes } from "../app/format";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { Segmented } from "../components/Segmented";
import { Sheet } from "../components/Sheet";
import { BRANCH, linesOf, toggled, type Branch } from "../panel/tree";
import { TreeLines } from "../panel/TreeLines";
import { dataWords } from "../strings/data";

const words = dataWords.cell;

/** One value, whole: as text, and as a tree where it is JSON. */
export function CellSheet({ cell, onClose }: { cell: AskCell; onClose: () => void }) {
  const [value, setValue] = useState<DataCell | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [view, setView] = useState<"tree" | "text">("tree");
  useEffect(() => {
    let here = true;
    call("data_cell", cell).then(
      (found) => here && setValue(found),
      (thrown: unknown) => here && setProblem(toProblem(thrown)),
    );
    return () => {
      here = false;
    };
  }, [cell]);
  const text = value?.text ?? null;
  return (
    <Sheet
      title={words.title(cell.column)}
      size="large"
      onClose={onClose}
      actions={text !== null && <CopyButton text={() => text} label={words.copy} testId="cell-copy" />}
    >
      <div className="cell-sheet" data-testid="cell-sheet">
        {problem !== null && <ProblemView problem={problem} />}
        {value?.json && (
          <Segmented
            label={words.views}
            value={view}
            options={[
              { value: "tree", label: words.tree },
              { value: "text", label: words.text },
            ]}
            onChange={setView}
          />
        )}
        {value?.cut && <p className="soft">{words.cut(bytes(value.bytes))}</p>}
        {value !== null && text === null && <p className="soft">{words.null}</p>}
        {text === "" && <p className="soft">{words.empty}</p>}
        {value?.json && view === "tree" && <CellTree cell={cell} />}
        {text !== null && text !== "" && !(value?.json && view === "tree") && (
          <pre className="text cell-text" tabIndex={0} data-testid="cell-text">
            {text}
          </pre>
        )}
      </div>
    </Sheet>
  );
}

function CellTree({ cell }: { cell: AskCell }) {
  const [branches, setBranches] = useState<ReadonlyMap<string, Branch>>(new Map());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(new Set<string>());
  const more = useCallback(
    async (path: string) => {
      const offset = branches.get(path)?.nodes.length ?? 0;
      const mark = `${path} ${offset}`;
      if (asked.current.has(mark)) return;
      asked.current.add(mark);
      try {
        const nodes = await call("data_cell_nodes", { cell, path, offset, limit: BRANCH });
        setBranches((before) => new Map(before).set(path, { nodes: [...(before.get(path)?.nodes.slice(0, offset) ?? []), ...nodes], more: nodes.length === BRANCH }));
        setProblem(null);
      } catch (thrown) {
        asked.current.delete(mark);
        setProblem(toProblem(thrown));
      }
    },
    [cell, branches],
  );
  const lines = useMemo(() => linesOf(branches, open), [branches, open]);
  const toggle = (path: string) => setOpen((before) => toggled(before, path));
  return (
    <>
      {problem !== null && <ProblemView problem={problem} onRetry={() => setBranches(new Map(branches))} />}
      <TreeLines className="cell-tree" label={words.label} testId="cell-tree" lines={lines} autoFocus onToggle={toggle} onPick={(node) => node.children > 0 && toggle(node.path)} onMissing={more} />
    </>
  );
}
