import { useState } from "react";
import type { Detected, Part, Workbench } from "../api";
import { ConfidenceTag } from "../components/ConfidenceTag";
import { shownPreview, useApp } from "../app/store";
import { detectStream, isBare } from "../app/workbench";
import { Button } from "../components/Button";
import { words } from "../strings";
import { CandidatePopover } from "./CandidatePopover";
import "./result.css";
import { said } from "../app/said";

/** What was found, one chip a part: its reading, what speaks for it, and how sure it is. */
export function Chips({ workbench }: { workbench: Workbench }) {
  const [open, setOpen] = useState<{ part: Part; anchor: DOMRect } | null>(null);
  const stream = useApp((state) => state.stream);
  const preview = useApp(shownPreview);
  // Before anything was read there is what was told of the first stream.
  const detection = preview?.detection ?? (workbench.definition.streams?.[0]?.name === stream ? workbench.detection : null);
  if (detection == null) return preview !== undefined && isBare(workbench, stream) ? <Offer /> : null;
  const shown = detection.parts.find((each) => each.part === open?.part);
  return (
    <div className="chips" role="group" aria-label={words.chips.label}>
      {detection.parts.map((detected) => (
        <ChipButton
          key={detected.part}
          detected={detected}
          open={open?.part === detected.part}
          onOpen={(anchor) => setOpen({ part: detected.part, anchor })}
        />
      ))}
      {open !== null && shown !== undefined && (
        <CandidatePopover detected={shown} types={detection.types} anchor={open.anchor} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}

function ChipButton({ detected, open, onOpen }: { detected: Detected; open: boolean; onOpen: (anchor: DOMRect) => void }) {
  const best = detected.candidates[0];
  if (best === undefined) return null;
  const label = best.label === "" ? words.chips.none : said(best.label);
  return (
    <button
      type="button"
      className={`chip ${best.confidence} is-${detected.part}`}
      data-testid={`chip-${detected.part}`}
      data-confidence={best.confidence}
      aria-haspopup="dialog"
      aria-expanded={open}
      title={`${label}: ${said(best.evidence)}`}
      onClick={(event) => onOpen(event.currentTarget.getBoundingClientRect())}
    >
      <span className="chip-top">
        <span className="chip-part">{words.chips.part[detected.part]}</span>
        <span className="chip-label">{label}</span>
        <ConfidenceTag confidence={best.confidence} />
      </span>
      <span className="chip-evidence">{said(best.evidence)}</span>
    </button>
  );
}

/** A stream of which only the request is known: the rest is told from its answer. */
function Offer() {
  return (
    <div className="chips">
      <Button data-testid="detect-stream" title={words.chips.detectHelp} onClick={() => void detectStream()}>
        {words.chips.detect}
      </Button>
      <span className="soft">{words.chips.detectHelp}</span>
    </div>
  );
}
