import { Hourglass } from "lucide-react";
import type { StreamRun } from "../api";
import { bytes, count, duration } from "../app/format";
import { OutcomeTag } from "../components/OutcomeTag";
import { Progress } from "../components/Progress";
import { said } from "../app/said";
import { words } from "../strings";
import { healthWords } from "../strings/health";
import { runWords } from "../strings/runs";

/** How far one stream is: percent and time left where the server said how much there is, else what was read so far. */
export function StreamProgress({ stream, rate, alone }: { stream: StreamRun; rate: number; alone: boolean }) {
  const { counts, total } = stream;
  const ended = stream.outcome != null;
  const part = total == null || total === 0 ? null : Math.min(1, counts.read / total);
  // While it waits nobody knows how long it takes.
  const waits = stream.waiting != null;
  const left = part === null || total == null || rate <= 0 || waits ? null : duration(((total - counts.read) / rate) * 1000);
  return (
    <section className="section" aria-label={`${words.run.stream} ${stream.stream}`} data-testid={`run-stream-${stream.stream}`}>
      <div className="section-head num">
        <span className="run-stream">
          <h2 className="mono">{stream.stream}</h2>
          {ended && !alone && <OutcomeTag outcome={stream.outcome} />}
        </span>
        <span className="soft">
          {words.run.read(counts.read, total ?? null)}
          {!ended && part === null && counts.pages > 0 && ` · ${runWords.page(count(counts.pages))}`}
          {!ended && part !== null && ` · ${Math.floor(part * 100)} %`}
          {!ended && left !== null && ` · ${words.run.remaining(left)}`}
        </span>
      </div>
      {!ended && <Progress label={`${words.run.progress}: ${stream.stream}`} value={part} />}
      {!ended && <Partitions stream={stream} />}
      {stream.resumed && <p className="dim">{words.run.resumed}</p>}
      {!ended && stream.waiting != null && (
        <p className="note warn" data-testid="run-waiting">
          <Hourglass className="icon" aria-hidden />
          {said(stream.waiting)}
        </p>
      )}
      {ended && counts.requests > 0 && (
        <p className="dim num" data-testid={`run-latency-${stream.stream}`}>
          {bytes(counts.bytes)} {healthWords.bytes}
          {stream.latency.p50_ms != null && stream.latency.p95_ms != null && ` · ${healthWords.latency(duration(stream.latency.p50_ms), duration(stream.latency.p95_ms))}`}
        </p>
      )}
    </section>
  );
}

/** The partitions that are worked on, and how many are done. */
function Partitions({ stream }: { stream: StreamRun }) {
  if (stream.partitions_done === 0 && stream.partitions.length === 0) return null;
  return (
    <div className="run-partitions" data-testid={`run-partitions-${stream.stream}`}>
      <p className="soft num">{runWords.partitions(count(stream.partitions_done))}</p>
      <ul>
        {stream.partitions.map((one) => (
          <li key={one.partition} className="num">
            <span className="mono">{shortly(one.partition)}</span> <span className="dim">{runWords.partition(count(one.records), count(one.pages))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A partition's values in few characters: `{"id":7}` as `id 7`. */
function shortly(partition: string): string {
  const text = partition.replaceAll(/[{}"]/g, "").replaceAll(":", " ").replaceAll(",", ", ");
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
