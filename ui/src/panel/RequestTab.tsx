import { Send } from "lucide-react";
import type { Stream, StreamPreview } from "../api";
import { count } from "../app/format";
import { CopyButton } from "../components/CopyButton";
import { words } from "../strings";
import { Asides } from "./Asides";
import { Exchange } from "./Exchange";
import { NotRead } from "./NotRead";
import { Pager, usePage } from "./Pager";

/** The request of a page as it was sent, its secrets masked, what came back, and the requests beside it. */
export function RequestTab({ id, stream, preview }: { id: string; stream: Stream; preview: StreamPreview }) {
  const { pages } = preview;
  const { page: place, show } = usePage(pages);
  const page = pages[place];
  const asides = <Asides id={id} stream={stream} asides={preview.asides ?? []} left={preview.asides_left} version={preview.version} />;
  if (page === undefined) {
    if ((preview.asides ?? []).length === 0) return <NotRead icon={<Send aria-hidden />} title={words.request.none} text={words.request.noneText} />;
    return (
      <div className="scroll" tabIndex={0} role="region" aria-label={words.request.asides}>
        {asides}
      </div>
    );
  }
  return (
    <>
      <div className="bar">
        <Pager page={place} pages={pages} onChange={show} />
        <CopyButton text={() => page.curl} label={words.request.curl} testId="copy-curl" />
        <span className="dim">{words.request.masked}</span>
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label={words.request.sent} data-testid="request">
        <Exchange request={page.request} response={page.response} facts={[[words.request.records, count(page.records)]]} />
        {asides}
      </div>
    </>
  );
}
