import { ChevronDown } from "lucide-react";
import { useEffect, useState } from "react";
import { call, toProblem, type EditList } from "../api";
import { app } from "../app/store";
import { flushEdit, undoMany } from "../app/workbench";
import { Button } from "../components/Button";
import { Popover } from "../components/Popover";
import { words } from "../strings";
import { saidChange } from "../app/said";

const W = words.result;

/** The list of changes: any of them can be gone back to. */
export function ChangesButton({ id, disabled }: { id: string; disabled: boolean }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  return (
    <>
      <Button
        look="quiet"
        className="changes-open"
        icon={<ChevronDown className="icon" aria-hidden />}
        aria-label={W.changes}
        title={W.changes}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        disabled={disabled}
        data-testid="changes-open"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      />
      {anchor !== null && <Changes id={id} anchor={anchor} onClose={() => setAnchor(null)} />}
    </>
  );
}

function Changes({ id, anchor, onClose }: { id: string; anchor: DOMRect; onClose: () => void }) {
  const [edits, setEdits] = useState<EditList | null>(null);
  useEffect(() => {
    let here = true;
    flushEdit()
      .then(() => call("edits", { id }))
      .then((list) => here && setEdits(list))
      .catch((thrown: unknown) => {
        app.set({ problem: toProblem(thrown) });
        onClose();
      });
    return () => {
      here = false;
    };
  }, [id, onClose]);
  const go = (steps: number) => {
    onClose();
    void undoMany(steps);
  };
  const undone = edits?.undone ?? [];
  const done = edits?.done ?? [];
  return (
    <Popover label={W.changes} anchor={anchor} onClose={onClose}>
      <div className="changes" data-testid="edit-list">
        <h2>{W.changes}</h2>
        {edits !== null && done.length + undone.length === 0 && <p className="dim">{W.noChanges}</p>}
        <ol>
          {undone.toReversed().map((what, at) => (
            <li key={`undone ${at}`} className="undone">
              <button type="button" title={W.againTo} onClick={() => go(at - undone.length)}>
                <span>{saidChange(what)}</span> <span className="dim">{W.undone}</span>
              </button>
            </li>
          ))}
          {done.toReversed().map((what, at) => (
            <li key={`done ${at}`}>
              <button type="button" title={W.backTo} data-testid={`edit-${at}`} onClick={() => go(at + 1)}>
                <span>{saidChange(what)}</span>
                {at === 0 && <span className="dim">{W.now}</span>}
              </button>
            </li>
          ))}
        </ol>
      </div>
    </Popover>
  );
}
