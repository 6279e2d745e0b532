import { FileDown } from "lucide-react";
import { openWords } from "../strings/open";
import { useApp } from "./store";

const W = openWords.dropped;
/** Names that are told. */
const MOST = 5;

/** Over the whole window while files are held over it: what becomes of them when they are let go. */
export function DropHint() {
  const names = useApp((state) => state.dragged);
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST);
  return (
    <div className="drop-hint" role="status" data-testid="drop-hint">
      <div>
        <FileDown aria-hidden />
        <p className="drop-title">{names.length === 1 ? W.letGoOne : W.letGo(names.length)}</p>
        <ul className="mono">
          {shown.map((name, at) => (
            <li key={`${at} ${name}`}>{name}</li>
          ))}
        </ul>
        {names.length > MOST && <p className="dim">{W.more(names.length - MOST)}</p>}
        <p className="soft">{W.kinds}</p>
      </div>
    </div>
  );
}
