import { call } from "../api";
import { busy } from "../app/busy";
import { go } from "../app/navigate";
import { arrive } from "../app/workbench";
import { Button } from "../components/Button";
import { Sheet } from "../components/Sheet";
import { words as all } from "../strings";
import { settingsWords } from "../strings/settings";

const words = settingsWords.link;

/** A link was followed outside of the app: asks before anything is fetched. */
export function LinkSheet({ url, onClose }: { url: string; onClose: () => void }) {
  const follow = async () => {
    onClose();
    go({ name: "home" });
    const opened = await busy(words.fetching, "", () => call("link_open", { url }));
    if (opened !== null) arrive(opened);
  };
  const actions = (
    <>
      <Button data-autofocus onClick={onClose}>
        {all.cancel}
      </Button>
      <Button look="primary" main data-testid="link-follow" onClick={() => void follow()}>
        {words.fetch}
      </Button>
    </>
  );
  return (
    <Sheet title={words.title} onClose={onClose} actions={actions}>
      <p className="soft">{words.text}</p>
      <p>{words.from}</p>
      <p className="mono link-to" data-testid="link-url">
        {url}
      </p>
      <p className="soft">{words.next}</p>
    </Sheet>
  );
}
