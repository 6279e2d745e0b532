import { Cable, House, Keyboard, Search, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { words } from "../strings";
import { titleOf } from "./title";
import { shownKeys, type KeyCommand } from "./keymap";
import { go, goHome, show } from "./navigate";
import { useApp, type View } from "./store";

/** The way between rooms. */
export function Rail() {
  const view = useApp((state) => state.view.name);
  const workbench = useApp((state) => state.workbench);
  const at = (names: View["name"][]) => names.includes(view);
  return (
    <nav className="rail" aria-label={words.nav.label}>
      <RailButton label={words.nav.home} here={at(["home"])} testId="nav-home" onClick={goHome}>
        <House aria-hidden />
      </RailButton>
      {workbench !== null && (
        <RailButton
          label={`${words.nav.connector}: ${titleOf(workbench.definition)}`}
          here={at(["workbench", "run", "data", "connection"])}
          testId="nav-connector"
          onClick={() => go({ name: "workbench" })}
        >
          <Cable aria-hidden />
        </RailButton>
      )}
      <div className="grow" />
      <RailButton label={withKeys(words.nav.palette, "palette")} onClick={() => show({ name: "palette" })} testId="palette-open">
        <Search aria-hidden />
      </RailButton>
      <RailButton label={withKeys(words.nav.keys, "keys")} onClick={() => show({ name: "keys" })} testId="keys-open">
        <Keyboard aria-hidden />
      </RailButton>
      <RailButton label={words.nav.settings} here={at(["settings"])} testId="settings-open" onClick={() => go({ name: "settings" })}>
        <Settings aria-hidden />
      </RailButton>
    </nav>
  );
}

/** A name with the keys that do the same, where there are some. */
function withKeys(label: string, command: KeyCommand): string {
  const keys = shownKeys(command);
  return keys === undefined ? label : `${label} (${keys})`;
}

interface RailButtonProps {
  label: string;
  here?: boolean;
  testId: string;
  onClick: () => void;
  children: ReactNode;
}

function RailButton({ label, here, testId, onClick, children }: RailButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} aria-current={here ? "page" : undefined} data-testid={testId} onClick={onClick}>
      {children}
    </button>
  );
}
