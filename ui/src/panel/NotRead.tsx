import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { useApp } from "../app/store";
import { reread } from "../app/workbench";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { words } from "../strings";

/** What stands in the test panel where nothing came: why, and the way to read. */
export function NotRead({ icon, title, text }: { icon?: ReactNode; title: string; text: string }) {
  const busy = useApp((state) => state.busy !== null);
  const faulty = useApp((state) => (state.workbench?.faults.length ?? 0) > 0);
  return (
    <EmptyState icon={icon} title={title}>
      <p>{faulty ? words.unread.faulty : text}</p>
      <Button data-testid="read-first" disabled={busy || faulty} icon={<RefreshCw className="icon" aria-hidden />} onClick={() => void reread()}>
        {words.unread.read}
      </Button>
    </EmptyState>
  );
}
