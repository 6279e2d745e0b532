import { useEffect, useId, useState, type KeyboardEvent } from "react";
import { Sheet } from "../components/Sheet";
import { neighbour } from "../components/roving";
import { words } from "../strings";
import { commands, ranked, type Command } from "./commands";
import { useApp } from "./store";

/** Everything that can be opened or done, by its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const state = useApp();
  const id = useId();
  const found = ranked(commands(state), text);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView?.({ block: "nearest" });
  }, [id, chosen]);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      run(found[chosen]);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setAt(neighbour(event.key, chosen, found.length) ?? 0);
  };
  return (
    <Sheet title={words.palette.title} onClose={onClose} bare>
      <input
        className="input"
        role="combobox"
        aria-label={words.palette.placeholder}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found[chosen] === undefined ? undefined : `${id}-${chosen}`}
        placeholder={words.palette.placeholder}
        value={text}
        data-autofocus
        data-testid="palette"
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} className="palette-list" role="listbox" aria-label={words.palette.title}>
        {found.map((command, index) => (
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
            onKeyDown={onKeyDown}
          >
            {command.label}
            {command.keys !== undefined && <kbd>{words.keys.named(command.keys)}</kbd>}
          </div>
        ))}
        {found.length === 0 && <p className="dim">{words.palette.none}</p>}
      </div>
    </Sheet>
  );
}
