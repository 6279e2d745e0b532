import { Cable, House, Keyboard, Search, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { words } from "../strings";
import { titleOf } from "./title";
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
      <RailButton label={`${words.nav.palette} (${words.keys.named("Ctrl K")})`} onClick={() => show({ name: "palette" })} testId="palette-open">
        <Search aria-hidden />
      </RailButton>
      <RailButton label={`${words.nav.keys} (${words.keys.named("Ctrl /")})`} onClick={() => show({ name: "keys" })} testId="keys-open">
        <Keyboard aria-hidden />
      </RailButton>
      <RailButton label={words.nav.settings} here={at(["settings"])} testId="settings-open" onClick={() => go({ name: "settings" })}>
        <Settings aria-hidden />
      </RailButton>
    </nav>
  );
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
