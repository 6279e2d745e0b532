import { BadgeCheck, CircleHelp, ThumbsUp } from "lucide-react";
import type { Confidence } from "../api";
import { words } from "../strings";
import "./controls.css";

const ICONS = { proved: BadgeCheck, likely: ThumbsUp, unsure: CircleHelp } satisfies Record<Confidence, unknown>;
const LOOKS = { proved: "good", likely: "", unsure: "warn" } satisfies Record<Confidence, string>;

/** How sure a detection is, as a word with its sign: never by colour alone. */
export function ConfidenceTag({ confidence }: { confidence: Confidence }) {
  const Icon = ICONS[confidence];
  return (
    <span className={`tag ${LOOKS[confidence]}`}>
      <Icon className="icon" aria-hidden />
      {words.chips.confidence[confidence]}
    </span>
  );
}
