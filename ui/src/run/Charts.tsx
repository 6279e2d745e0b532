import { memo, useCallback, useMemo, useState } from "react";
import { call, toProblem, type Problem, type RunPoint, type RunSeries, type RunView } from "../api";
import { bytes, count, duration } from "../app/format";
import { ProblemView } from "../components/ProblemView";
import { runWords as words } from "../strings/runs";
import { Chart } from "./Chart";
import type { Point } from "./scale";
import { usePaced } from "../components/usePaced";
import "./charts.css";

/** While a run goes on, its charts are asked for this often at most, in milliseconds. */
const PACE = 500;
/** Rows of the table that says what the charts show. */
const TABLE = 60;

/** What a run did over time: of all streams, or of one. The points stay on the other side; at most 300 are here. */
export function Charts({ view }: { view: RunView }) {
  const [stream, setStream] = useState("");
  const ended = view.run.outcome != null;
  const { series, problem, again } = useSeries(view.run.id, stream, ended, view.duration_ms);
  const points = useMemo(() => series?.points ?? [], [series]);
  const several = view.streams.length > 1;
  return (
    <section className="section" aria-labelledby="run-charts" data-testid="run-charts" data-points={points.length}>
      <div className="section-head">
        <h2 id="run-charts">{words.charts}</h2>
        {several && (
          <select className="input chart-stream" aria-label={words.ofStream} data-testid="chart-stream" value={stream} onChange={(event) => setStream(event.target.value)}>
            <option value="">{words.whole}</option>
            {view.streams.map((each) => (
              <option key={each.stream} value={each.stream}>
                {each.stream}
              </option>
            ))}
          </select>
        )}
      </div>
      {series !== null && points.length === 0 && <p className="soft">{ended ? words.none : words.soon}</p>}
      {problem !== null && points.length === 0 && <ProblemView problem={problem} onRetry={again} />}
      {points.length > 0 && <Drawn points={points} />}
    </section>
  );
}

const Drawn = memo(function Drawn({ points }: { points: RunPoint[] }) {
  const of = (values: (point: RunPoint) => (number | null)[]): Point[] => points.map((point) => ({ at: point.at_ms, values: values(point) }));
  const { lines } = words;
  return (
    <>
      <div className="charts">
        <Chart testId="chart-records" title={words.records} lines={[{ label: lines.records, tone: "one" }]} points={of((point) => [point.read])} format={count} tick={whole} />
        <Chart testId="chart-bytes" title={words.bytes} lines={[{ label: lines.bytes, tone: "one" }]} points={of((point) => [point.bytes])} format={bytes} />
        <Chart
          testId="chart-latency"
          title={words.latency}
          lines={[
            { label: lines.p50, tone: "one" },
            { label: lines.p95, tone: "two" },
            { label: lines.p99, tone: "three" },
          ]}
          points={of((point) => [point.p50_ms ?? null, point.p95_ms ?? null, point.p99_ms ?? null])}
          format={duration}
        />
        <Chart
          testId="chart-requests"
          title={words.requests}
          lines={[
            { label: lines.requests, tone: "one" },
            { label: lines.retries, tone: "three" },
          ]}
          points={of((point) => [point.requests, point.retries])}
          format={count}
          tick={whole}
        />
      </div>
      <details className="chart-table">
        <summary>{words.asTable}</summary>
        <div className="chart-scroll" tabIndex={0} role="region" aria-label={words.asTable}>
          <Table points={points} />
        </div>
      </details>
    </>
  );
});

function Table({ points }: { points: RunPoint[] }) {
  const step = Math.ceil(points.length / TABLE);
  const shown = points.filter((_, index) => index % step === 0 || index === points.length - 1);
  const ms = (value: number | null | undefined) => (value == null ? words.noValue : duration(value));
  const { lines } = words;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          {[words.time, lines.records, lines.bytes, lines.requests, lines.retries, lines.p50, lines.p95, lines.p99].map((name) => (
            <th key={name} scope="col" className="num">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((point) => (
          <tr key={point.at_ms}>
            <th scope="row" className="num">
              {duration(point.at_ms)}
            </th>
            {[count(point.read), bytes(point.bytes), count(point.requests), count(point.retries), ms(point.p50_ms), ms(point.p95_ms), ms(point.p99_ms)].map((text, index) => (
              // The columns do not change.
              <td key={index} className="num">
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function whole(value: number): string {
  return value < 10_000 ? count(value) : value < 1_000_000 ? `${count(Math.round(value / 100) / 10)} k` : `${count(Math.round(value / 100_000) / 10)} M`;
}

interface Answered {
  /** What was asked: the run and its stream. */
  of: string;
  series: RunSeries | null;
  problem: Problem | null;
}

/** A run's series, asked for again as the run goes on. */
function useSeries(id: string, stream: string, ended: boolean, at: number) {
  const [held, setHeld] = useState<Answered | null>(null);
  const of = `${id} ${stream}`;
  const load = useCallback(async () => {
    try {
      const series = await call("run_series", { id, ...(stream === "" ? {} : { stream }) });
      setHeld({ of, series, problem: null });
    } catch (thrown) {
      // What was drawn stays.
      setHeld((before) => ({ of, series: before?.of === of ? before.series : null, problem: toProblem(thrown) }));
    }
  }, [id, stream, of]);
  const again = usePaced(load, `${at} ${ended}`, ended ? 0 : PACE);
  // An answer for another stream is none for this one.
  const mine = held?.of === of ? held : null;
  return { series: mine?.series ?? null, problem: mine?.problem ?? null, again };
}
