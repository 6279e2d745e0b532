import { useEffect, useState } from "react";
import { call, type ResumeStream, type ResumeView, type RunView } from "../api";
import { count } from "../app/format";
import { runWords } from "../strings/runs";

const words = runWords.resumeFrom;

/** Where the next sync of a connection goes on, asked once the run ended. */
export function useResume(view: RunView): ResumeView | null {
  const [resume, setResume] = useState<ResumeView | null>(null);
  const { connection, id, outcome } = view.run;
  const stopped = outcome != null && outcome !== "done";
  useEffect(() => {
    if (!stopped) return;
    let here = true;
    call("run_resume", { id: connection })
      .then((next) => here && setResume(next))
      // Without it the button says less.
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, [connection, id, stopped]);
  return stopped ? resume : null;
}

/** Says where the next sync goes on. */
export function ResumeNote({ resume }: { resume: ResumeView }) {
  const lines = resume.streams.filter((stream) => stream.pages != null || stream.since != null);
  if (lines.length === 0) return null;
  return (
    <ul className="soft" data-testid="run-resume-from">
      {lines.map((stream) => (
        <li key={stream.stream}>{line(stream)}.</li>
      ))}
    </ul>
  );
}

function line(stream: ResumeStream): string {
  if (stream.pages == null) return words.since(stream.stream, stream.since ?? "");
  if (stream.pages === 0 && stream.partitions === 0) return words.anew(stream.stream);
  const parts = stream.partitions > 0 ? `; ${words.partitions(count(stream.partitions))}` : "";
  return words.pages(stream.stream, stream.pages, stream.records ?? 0) + parts;
}
