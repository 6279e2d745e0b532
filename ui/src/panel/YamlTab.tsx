import { CopyButton } from "../components/CopyButton";
import { words } from "../strings";

/** The definition as it would be saved. */
export function YamlTab({ text }: { text: string }) {
  return (
    <>
      <div className="bar">
        <CopyButton text={() => text} label={words.yaml.copy} />
      </div>
      {/* A text that scrolls must be reachable by keyboard. */}
      <pre className="scroll" tabIndex={0} role="region" aria-label={words.yaml.label} data-testid="yaml">
        {text}
      </pre>
    </>
  );
}
