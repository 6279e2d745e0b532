import { Columns3, KeyRound, TrendingUp } from "lucide-react";
import { useMemo } from "react";
import type { AskValue, Role, Stream, TreeNode } from "../api";
import { pointAt } from "../app/workbench";
import { inFirstRecord } from "../builder/child";
import type { MenuItem } from "../components/Menu";
import { ProblemView } from "../components/ProblemView";
import { BodyTree } from "../panel/BodyTree";
import { useWhole } from "../panel/ValueSheet";
import { words } from "../strings";
import { panelWords as W } from "../strings/panel";

const ICONS = { key: KeyRound, cursor: TrendingUp, column: Columns3 } satisfies Partial<Record<Role, unknown>>;

/** A record as it came, as a tree: any value can be used as key, cursor or column. */
export function RecordJson({ id, stream, row, version }: { id: string; stream: Stream; row: number; version: number }) {
  const ask = useMemo((): AskValue => ({ id, stream: stream.name, place: { in: "raw", row } }), [id, stream.name, row]);
  const { value, problem } = useWhole(ask, version);
  const uses = (node: TreeNode): MenuItem[] =>
    (["key", "cursor", "column"] as const)
      .filter((role) => role === "column" || (node.kind !== "object" && node.kind !== "array"))
      .map((role) => {
        const Icon = ICONS[role];
        return { id: role, label: words.tree.role[role], icon: <Icon className="icon" aria-hidden />, run: () => void pointAt(inFirstRecord(stream, node.path), role) };
      });
  return (
    <section className="record-json" aria-label={W.jsonOf(row + 1)} data-testid="record-json">
      <h2>{W.jsonOf(row + 1)}</h2>
      {problem !== null && <ProblemView problem={problem} />}
      {value?.text != null && <BodyTree text={value.text} label={W.jsonOf(row + 1)} uses={uses} className="" />}
    </section>
  );
}
