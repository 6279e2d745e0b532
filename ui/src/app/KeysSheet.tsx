import { Fragment } from "react";
import { Button } from "../components/Button";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import { settingsWords } from "../strings/settings";
import { KEY_COMMANDS, labelOf, shownKeys } from "./keymap";
import { openSettings } from "./keys";

/** The keys of the window. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const actions = (
    <Button data-testid="keys-change" onClick={openSettings}>
      {settingsWords.shortcuts}…
    </Button>
  );
  return (
    <Sheet title={words.keys.title} onClose={onClose} actions={actions}>
      <dl className="keys">
        {KEY_COMMANDS.map((command) => (
          <Fragment key={command}>
            <dt>{shownKeys(command) ?? settingsWords.none}</dt>
            <dd>{labelOf(command)}</dd>
          </Fragment>
        ))}
        <dt>Esc</dt>
        <dd>{words.close}</dd>
      </dl>
    </Sheet>
  );
}
