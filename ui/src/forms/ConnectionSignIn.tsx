import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { call, type ConnectionView } from "../api";
import { go } from "../app/navigate";
import { Button } from "../components/Button";
import { words } from "../strings";
import { SignIn } from "./SignIn";
import { signsIn } from "./signsIn";

/** Where a connection is refused: signing in anew, or the way to its keys. */
export function ConnectionSignIn({ connection }: { connection: string }) {
  const [view, setView] = useState<ConnectionView | null>(null);
  useEffect(() => {
    let here = true;
    call("connection_get", { id: connection })
      .then((next) => here && setView(next))
      // What was refused stands on the screen already.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [connection]);
  if (view === null) return null;
  const { definition, id } = view;
  if (signsIn(definition.http?.auth) !== null) return <SignIn workbench={{ id, definition }} />;
  return (
    <div>
      <Button icon={<KeyRound className="icon" aria-hidden />} data-testid="to-keys" onClick={() => go({ name: "connection", id, tab: "settings" })}>
        {words.signIn.toKeys}
      </Button>
    </div>
  );
}
