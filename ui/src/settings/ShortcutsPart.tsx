import { RotateCcw, X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { FIRST_KEYS, KEY_COMMANDS, chord, commandAt, keysOf, labelOf, refusal, shownKeys, type KeyCommand } from "../app/keymap";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { settingsWords as words } from "../strings/settings";
import { keepOrTell } from "./settings";

interface Wish {
  command: KeyCommand;
  /** The keys that belong to another command. */
  keys?: string;
  taken?: KeyCommand;
  /** Why the keys can't be taken. */
  refused?: "plain" | "fixed";
}

/** Every command with its keys: a click records new ones. */
export function ShortcutsPart() {
  const changed = useApp((state) => state.info?.settings.keys) ?? {};
  const [wish, setWish] = useState<Wish | null>(null);
  const give = (command: KeyCommand, keys: string, from?: KeyCommand) => {
    const next = { ...changed, ...(from === undefined ? {} : { [from]: "" }), [command]: keys };
    // What is as it first was needs no entry.
    const kept = Object.fromEntries(Object.entries(next).filter(([name, value]) => FIRST_KEYS[name as KeyCommand] !== value));
    setWish(null);
    void keepOrTell({ keys: kept as Record<string, string> });
  };
  const onKeyDown = (command: KeyCommand) => (event: KeyboardEvent) => {
    if (wish?.command !== command || wish.taken !== undefined || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const keys = chord(event.nativeEvent);
    if (keys === "Escape") setWish(null);
    else if (keys !== null) {
      const refused = refusal(keys);
      const other = commandAt(keys, changed);
      if (refused !== null) setWish({ command, refused });
      else if (other !== null && other !== command && keysOf(other, changed) === keys) setWish({ command, keys, taken: other });
      else give(command, keys);
    }
  };
  return (
    <div className="settings-part">
      <p className="dim">{words.keysText}</p>
      <table className="shortcuts" data-testid="shortcuts">
        <thead>
          <tr>
            <th scope="col">{words.command}</th>
            <th scope="col">{words.keys}</th>
            <th>
              <span className="sr-only">{words.resetAll}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {KEY_COMMANDS.map((command) => (
            <tr key={command} data-changed={changed[command] !== undefined}>
              <th scope="row">{labelOf(command)}</th>
              <td>
                <button
                  type="button"
                  className="shortcut"
                  data-testid={`shortcut-${command}`}
                  aria-label={`${words.change(labelOf(command))}: ${shownKeys(command, changed) ?? words.none}`}
                  aria-pressed={wish?.command === command}
                  onClick={() => setWish({ command })}
                  onKeyDown={onKeyDown(command)}
                  onBlur={() => setWish((now) => (now?.taken === undefined ? null : now))}
                >
                  {wish?.command === command && wish.taken === undefined ? words.press : (shownKeys(command, changed) ?? words.none)}
                </button>
                {wish?.command === command && <Trouble wish={wish} onTake={(keys, from) => give(command, keys, from)} onLeave={() => setWish(null)} />}
              </td>
              <td className="shortcut-ends">
                {keysOf(command, changed) !== "" && (
                  <Button look="quiet" icon={<X className="icon" aria-hidden />} aria-label={words.clear(labelOf(command))} title={words.clear(labelOf(command))} onClick={() => give(command, "")} />
                )}
                {changed[command] !== undefined && (
                  <Button
                    look="quiet"
                    icon={<RotateCcw className="icon" aria-hidden />}
                    data-testid={`shortcut-reset-${command}`}
                    aria-label={words.reset(labelOf(command))}
                    title={words.reset(labelOf(command))}
                    onClick={() => reset(command)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {Object.keys(changed).length > 0 && (
        <div>
          <Button data-testid="shortcuts-reset" onClick={() => void keepOrTell({ keys: {} })}>
            {words.resetAll}
          </Button>
        </div>
      )}
    </div>
  );

  function reset(command: KeyCommand) {
    const other = KEY_COMMANDS.find((each) => each !== command && keysOf(each, changed) === FIRST_KEYS[command]);
    if (other === undefined) give(command, FIRST_KEYS[command]);
    else setWish({ command, keys: FIRST_KEYS[command], taken: other });
  }
}

function Trouble({ wish, onTake, onLeave }: { wish: Wish; onTake: (keys: string, from: KeyCommand) => void; onLeave: () => void }) {
  const { keys, taken } = wish;
  if (wish.refused !== undefined) return <p role="alert">{wish.refused === "plain" ? words.plain : words.fixed}</p>;
  if (keys === undefined || taken === undefined) return null;
  return (
    <div role="alert" className="shortcut-conflict" data-testid="shortcut-conflict">
      {words.conflict(keys.replaceAll("+", " "), labelOf(taken))}
      <Button data-testid="shortcut-take" onClick={() => onTake(keys, taken)}>
        {words.take}
      </Button>
      <Button look="quiet" icon={<X className="icon" aria-hidden />} aria-label={words.none} onClick={onLeave} />
    </div>
  );
}
