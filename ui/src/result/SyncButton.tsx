import { ChevronDown, Play } from "lucide-react";
import { useState } from "react";
import { count, duration } from "../app/format";
import { useApp } from "../app/store";
import { startSync } from "../app/sync";
import { Button } from "../components/Button";
import { Menu } from "../components/Menu";
import { words } from "../strings";
import { runWords } from "../strings/runs";
import { isLong, sizeOf } from "./size";

/** How much a test may read, besides everything. */
const LIMITS = [100, 1_000, 10_000];

/** What takes less is not worth a guess, in milliseconds. */
const SOON = 10_000;

/** Starts a sync of everything; beside it, of a first part. Where it will take long, it says so before. */
export function SyncButton({ connection, disabled }: { connection: string; disabled: boolean }) {
  const [menu, setMenu] = useState<DOMRect | null>(null);
  const workbench = useApp((state) => state.workbench);
  const previews = useApp((state) => state.previews);
  const size = sizeOf([...(workbench?.preview == null ? [] : [workbench.preview]), ...Object.values(previews)]);
  const about = size === null ? null : size.ms < SOON ? "" : duration(rounded(size.ms));
  const long = size !== null && about !== null && about !== "" && isLong(size) ? { total: count(size.total), about } : null;
  const all = size === null || about === null ? runWords.limits.all : runWords.limits.allOf(count(size.total), about);
  const items = [
    ...LIMITS.filter((most) => size === null || most < size.total).map((most) => ({ id: `limit-${most}`, label: runWords.limits.first(count(most)), run: () => void startSync(connection, false, most) })),
    { id: "limit-all", label: all, run: () => void startSync(connection) },
    { id: "limit-anew", label: runWords.limits.anew, run: () => void startSync(connection, true) },
  ];
  return (
    <span className="split-btn">
      <Button
        look="primary"
        main
        data-testid="sync-start"
        disabled={disabled}
        title={long === null ? undefined : runWords.limits.long(long.total, long.about)}
        icon={<Play className="icon" aria-hidden />}
        onClick={() => void startSync(connection)}
      >
        {words.result.sync}
        {long !== null && <span data-testid="sync-long"> ≈ {long.about}</span>} <kbd>{words.keys.named("Ctrl ↵")}</kbd>
      </Button>
      <Button
        look="primary"
        data-testid="sync-limit"
        disabled={disabled}
        aria-haspopup="menu"
        aria-label={runWords.limits.label}
        title={runWords.limits.label}
        icon={<ChevronDown className="icon" aria-hidden />}
        onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}
      />
      {menu !== null && <Menu label={runWords.limits.label} anchor={menu} items={items} onClose={() => setMenu(null)} />}
    </span>
  );
}

/** A guess needs no seconds beside its minutes. */
function rounded(ms: number): number {
  const minute = 60_000;
  return ms < minute ? Math.max(1_000, Math.round(ms / 1_000) * 1_000) : Math.round(ms / minute) * minute;
}
