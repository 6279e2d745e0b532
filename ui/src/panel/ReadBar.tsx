import { ChevronsDown, Square } from "lucide-react";
import type { Stream, StreamPreview } from "../api";
import { cancelBusy } from "../app/busy";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { panelWords as W } from "../strings/panel";
import { further } from "./further";
import { PartBox } from "./PartBox";
import { partNames } from "./parts";
import { readFurther, readTo } from "./reading";

/** What was read for this preview, of which part, and the way to more. */
export function ReadBar({ stream, preview, faulty }: { stream: Stream; preview: StreamPreview; faulty: boolean }) {
  const busy = useApp((state) => state.busy);
  const next = further(preview);
  const { asked, ended } = preview;
  const still = busy === null;
  return (
    <div className="read-bar" role="group" aria-label={W.group}>
      {partNames(stream).length > 0 && (
        <PartBox
          key={stream.name}
          stream={stream}
          known={preview.parts ?? []}
          part={asked.part ?? null}
          disabled={!still || faulty}
          onPick={(part) => void readTo({ pages: asked.pages, records: asked.records }, part)}
        />
      )}
      <span className="soft" role="status" data-testid="read-told">
        {busy?.keeps === true ? busy.message : told(preview)}
      </span>
      {busy?.keeps === true ? (
        <Button icon={<Square className="icon" aria-hidden />} data-testid="read-stop" onClick={cancelBusy}>
          {W.stop}
        </Button>
      ) : (
        next !== null && (
          <Button icon={<ChevronsDown className="icon" aria-hidden />} data-testid="read-more" disabled={!still || faulty} title={W.upTo(next.pages, next.records)} onClick={() => void readFurther(preview)}>
            {W.more}
          </Button>
        )
      )}
      {next === null && preview.limited && (ended === "pages" || ended === "records" || ended === "bytes") && <span className="dim">{W.most}</span>}
    </div>
  );
}

function told(preview: StreamPreview): string {
  const { asked, ended } = preview;
  const read = W.read(preview.rows, preview.read, preview.requests, ended === "records");
  switch (ended) {
    case "pages":
      return W.andEnd(read, W.atPages(asked.pages));
    case "records":
      return W.andEnd(read, W.atRecords(asked.records));
    case "bytes":
      return W.andEnd(read, W.atBytes);
    case "stopped":
      return W.andEnd(read, W.stopped);
    default:
      if (preview.limited || preview.problem != null) return read;
      return W.andEnd(read, isUnsure(preview) ? W.maybeAll : W.all);
  }
}

/** Whether it is not known how the stream pages: there may be more. */
function isUnsure({ detection }: StreamPreview): boolean {
  return detection?.parts.find((part) => part.part === "pages")?.candidates[0]?.confidence === "unsure";
}
