import { ScrollText } from "lucide-react";
import { EmptyState } from "../components/EmptyState";
import { words } from "../strings";

/** What happened while the first pages were read. */
export function LogTab({ lines }: { lines: string[] }) {
  if (lines.length === 0) return <EmptyState icon={<ScrollText aria-hidden />} title={words.log.none} />;
  return (
    // A list that scrolls must be reachable by keyboard.
    <div className="scroll" tabIndex={0} role="region" aria-label={words.log.label}>
      <ol className="log-lines mono" data-testid="log">
        {lines.map((line, index) => (
          // Lines are only ever added at the end.
          <li key={index}>{line}</li>
        ))}
      </ol>
    </div>
  );
}
