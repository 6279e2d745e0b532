import { LockKeyhole } from "lucide-react";
import { show } from "../app/navigate";
import { useApp } from "../app/store";
import { words } from "../strings";

/** Where the key will go, and where it will be kept. */
export function KeyringLine({ host }: { host: string }) {
  const kind = useApp((state) => state.info?.keyring.kind);
  const offer = kind === "none" ? words.key.makeFile : kind === "file_locked" ? words.key.unlock : null;
  return (
    <p className="note" data-testid="key-destination">
      <LockKeyhole className="icon" aria-hidden />
      <span>
        {host !== "" && words.key.onlyTo(host)} {kind !== undefined && words.key.kept[kind]}{" "}
        {offer !== null && (
          <button type="button" className="link" data-testid="keyring-open" onClick={() => show({ name: "keyring" })}>
            {offer}
          </button>
        )}
      </span>
    </p>
  );
}
