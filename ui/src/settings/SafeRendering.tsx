import { useEffect, useState } from "react";
import { toastFault } from "../app/store";
import { safeRendering } from "../api";
import { settingsWords as words } from "../strings/settings";

/** Whether the window is drawn in software from the next start on. */
export function SafeRendering() {
  const [on, setOn] = useState<boolean | null>(null);
  useEffect(() => {
    let here = true;
    safeRendering(null)
      .then((now) => here && setOn(now))
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, []);
  return (
    <label className="check">
      <input
        type="checkbox"
        data-testid="safe-rendering"
        disabled={on === null}
        checked={on === true}
        onChange={(event) => {
          safeRendering(event.target.checked)
            .then(setOn)
            .catch(toastFault);
        }}
      />{" "}
      {words.safeHelp}
    </label>
  );
}
