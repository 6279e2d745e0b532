import { KeyringSheet } from "../settings/KeyringSheet";
import { DuplicateSheet } from "../connection/DuplicateSheet";
import { VersionsSheet } from "../connector/VersionsSheet";
import { DeleteSheet } from "../home/DeleteSheet";
import { RenameSheet } from "../home/RenameSheet";
import { AddTablesSheet } from "../open/AddTablesSheet";
import { DroppedSheet } from "../open/DroppedSheet";
import { WorkspaceSheet } from "../open/WorkspaceSheet";
import { LinkSheet } from "../open/LinkSheet";
import { ValueSheet } from "../panel/ValueSheet";
import { ShareSheet } from "../share/ShareSheet";
import { CodeSheet } from "./CodeSheet";
import { KeysSheet } from "./KeysSheet";
import { Palette } from "./Palette";
import { show } from "./navigate";
import { useApp } from "./store";

/** What stands over the window. A login that waits for a code comes before the rest, which stays as it is. */
export function Overlays() {
  const asked = useApp((state) => state.asked[0]);
  return (
    <>
      <Shown />
      {asked !== undefined && <CodeSheet key={asked.id} asked={asked} />}
    </>
  );
}

function Shown() {
  const overlay = useApp((state) => state.overlay);
  const close = () => show(null);
  switch (overlay?.name) {
    case undefined:
      return null;
    case "palette":
      return <Palette onClose={close} />;
    case "keys":
      return <KeysSheet onClose={close} />;
    case "share":
      return <ShareSheet id={overlay.id} saveAtOnce={overlay.save} onClose={close} />;
    case "keyring":
      return <KeyringSheet onClose={close} />;
    case "link":
      return <LinkSheet url={overlay.url} onClose={close} />;
    case "rename":
      return <RenameSheet id={overlay.id} title={overlay.title} onClose={close} />;
    case "delete":
      return <DeleteSheet id={overlay.id} title={overlay.title} kind={overlay.kind} onClose={close} />;
    case "duplicate":
      return <DuplicateSheet id={overlay.id} title={overlay.title} onClose={close} />;
    case "workspace":
      return <WorkspaceSheet look={overlay.look} onClose={close} />;
    case "tables":
      return <AddTablesSheet id={overlay.id} onClose={close} />;
    case "dropped":
      return <DroppedSheet files={overlay.files} onClose={close} />;
    case "value":
      return <ValueSheet ask={overlay.ask} title={overlay.title} onClose={close} />;
    case "versions":
      return <VersionsSheet id={overlay.id} title={overlay.title} onClose={close} />;
  }
}
