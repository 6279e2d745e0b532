import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { call, toProblem, type AskCell, type DataCell, type Problem } from "../api";
import { bytes } from "../app/format";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { Segmented } from "../components/Segmented";
import { Sheet } from "../components/Sheet";
import { BRANCH, linesOf, treeStep, type Branch } from "../panel/tree";
import { TreeRow } from "../panel/TreeRow";
import { dataWords } from "../strings/data";
import "../panel/panel.css";

const words = dataWords.cell;
const LINE = 24;
/** Lines that are drawn; more come as branches are opened. */
const LINES = 3000;

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
  const [at, setAt] = useState(0);
  const asked = useRef(new Set<string>());
  const base = useId();
  const load = (path: string, offset: number) => {
    if (asked.current.has(`${path} ${offset}`)) return;
    asked.current.add(`${path} ${offset}`);
    call("data_cell_nodes", { cell, path, offset, limit: BRANCH }).then(
      (nodes) => setBranches((before) => new Map(before).set(path, { nodes: [...(before.get(path)?.nodes ?? []), ...nodes], more: nodes.length === BRANCH })),
      (thrown: unknown) => setProblem(toProblem(thrown)),
    );
  };
  const loader = useRef(load);
  useEffect(() => {
    loader.current = load;
  });
  useEffect(() => loader.current("$", 0), []);
  const lines = linesOf(branches, open).slice(0, LINES);
  const toggle = (path: string) => {
    if (!branches.has(path)) load(path, 0);
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  };
  const more = (parent: string) => load(parent, branches.get(parent)?.nodes.length ?? 0);
  const here = Math.max(0, Math.min(at, lines.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = treeStep(event.key, here, lines);
    if (step === null) return;
    event.preventDefault();
    if (step.toggle !== undefined) toggle(step.toggle);
    if (step.to === undefined) return;
    const line = lines[step.to];
    if (line?.node === null) more(line.parent);
    setAt(step.to);
    document.getElementById(`${base}-${step.to}`)?.scrollIntoView({ block: "nearest" });
  };
  if (problem !== null) return <ProblemView problem={problem} />;
  return (
    <div className="tree cell-tree" role="tree" tabIndex={0} data-autofocus aria-label={words.label} aria-activedescendant={`${base}-${here}`} data-testid="cell-tree" onKeyDown={onKeyDown}>
      <div className="tree-in" role="presentation" style={{ height: lines.length * LINE }}>
        {lines.map((line, index) =>
          line.node === null && branches.has(line.parent) ? (
            <button key={`more ${line.parent}`} type="button" className="tree-row link" style={{ top: index * LINE, paddingLeft: 12 + line.depth * 18 }} onClick={() => more(line.parent)}>
              …
            </button>
          ) : (
            <TreeRow
              key={line.node?.path ?? `more ${line.parent}`}
              id={`${base}-${index}`}
              line={line}
              top={index * LINE}
              here={index === here}
              onPick={() => {
                setAt(index);
                if (line.node !== null && line.node.children > 0) toggle(line.node.path);
              }}
              onToggle={() => line.node !== null && toggle(line.node.path)}
            />
          ),
        )}
      </div>
    </div>
  );
}
