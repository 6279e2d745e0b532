import type { Workbench } from "../api";
import { CopyButton } from "../components/CopyButton";
import { words } from "../strings";

/** The definition as it would be saved. */
export function YamlPane({ workbench }: { workbench: Workbench }) {
  return (
    <>
      <div className="bar">
        <CopyButton text={() => workbench.yaml} label={words.yaml.copy} />
      </div>
      {/* A text that scrolls must be reachable by keyboard. */}
      <pre className="scroll" tabIndex={0} role="region" aria-label={words.yaml.label} data-testid="yaml">
        {workbench.yaml}
      </pre>
    </>
  );
}
