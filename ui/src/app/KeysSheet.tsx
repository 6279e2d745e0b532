import { Fragment } from "react";
import { Button } from "../components/Button";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";
import { keyWords } from "../strings/keys";
import { settingsWords } from "../strings/settings";
import { KEY_COMMANDS, labelOf, shownKeys } from "./keymap";
import { go } from "./navigate";

type Part = Exclude<keyof typeof keyWords, "window" | "find">;

/** The keys of the parts of the window; they can't be changed. */
const PARTS: { [P in Part]: Record<Exclude<keyof (typeof keyWords)[P], "title">, string> } = {
  tree: { move: "↑ ↓", fold: "→ ←", open: "Enter", add: "Ins", rename: "F2", duplicate: "Ctrl D", order: "Alt ↑ ↓", remove: "Del", menu: "Shift+F10" },
  grid: { move: "↑ ↓ ← →", far: "Ctrl ↑ ↓ ← →", ends: "Home+End", page: "PgUp PgDn", range: "Shift ↑ ↓ ← →", open: "Enter", copy: "Ctrl C", menu: "Shift+F10" },
  response: { move: "↑ ↓", fold: "→ ←", use: "Enter", copy: "C" },
  mapping: { move: "↑ ↓", next: "Tab", choose: "Space" },
  yaml: { complete: "Ctrl Space", find: "Ctrl F", fold: "Ctrl Shift [", indent: "Tab", leave: "Esc+Tab" },
};

/** Keys, each as it stands on the keyboard. */
function Keys({ keys }: { keys: string | undefined }) {
  if (keys === undefined) return <dt>{settingsWords.none}</dt>;
  return (
    <dt>
      {keys.split(" ").map((key, at) => (
        <Fragment key={at}>
          {at > 0 && " "}
          <kbd>{key}</kbd>
        </Fragment>
      ))}
    </dt>
  );
}

/** The keys of the window and of its parts. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const actions = (
    <Button data-testid="keys-change" onClick={() => go({ name: "settings", part: "shortcuts" })}>
      {settingsWords.shortcuts}…
    </Button>
  );
  return (
    <Sheet title={words.keys.title} onClose={onClose} actions={actions} size="large">
      <div className="keys-parts" tabIndex={0} role="region" aria-label={words.keys.title}>
        <section aria-labelledby="keys-window">
          <h3 id="keys-window">{keyWords.window}</h3>
          <dl className="keys">
            {KEY_COMMANDS.map((command) => (
              <Fragment key={command}>
                <Keys keys={shownKeys(command)} />
                <dd>{labelOf(command)}</dd>
              </Fragment>
            ))}
            <Keys keys="Esc" />
            <dd>{words.close}</dd>
          </dl>
        </section>
        {(Object.keys(PARTS) as Part[]).map((part) => (
          <section key={part} aria-labelledby={`keys-${part}`} data-testid={`keys-${part}`}>
            <h3 id={`keys-${part}`}>{keyWords[part].title}</h3>
            <dl className="keys">
              {Object.entries<string>(PARTS[part]).map(([what, keys]) => (
                <Fragment key={what}>
                  <Keys keys={words.keys.named(keys.replaceAll("+", " "))} />
                  <dd>{(keyWords[part] as Record<string, string>)[what]}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
