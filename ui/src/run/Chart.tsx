import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { duration } from "../app/format";
import { useWidth } from "../components/useSize";
import { runWords as words } from "../strings/runs";
import { nearest, path, ticks, type Point } from "./scale";

/** One line of a chart. */
export interface Line {
  label: string;
  tone: "one" | "two" | "three";
}

interface ChartProps {
  title: string;
  lines: Line[];
  points: Point[];
  format: (value: number) => string;
  /** How the marks beside the lines say it, where that is shorter. */
  tick?: (value: number) => string;
  testId: string;
}

const HEIGHT = 132;
const LEFT = 58;
const BOTTOM = 20;
const TOP = 8;
const RIGHT = 10;

/** Values over time. The pointer and the arrow keys go from point to point; a table says the same. */
export function Chart({ title, lines, points, format, tick = format, testId }: ChartProps) {
  const id = useId();
  // The whole figure: it is there before the first value is.
  const frame = useRef<HTMLElement>(null);
  const width = Math.max(220, useWidth(frame, 420) || 420);
  const [at, setAt] = useState<number | null>(null);
  const last = points.at(-1)?.at ?? 0;
  const greatest = Math.max(0, ...points.flatMap((point) => point.values.map((value) => value ?? 0)));
  const marks = ticks(greatest);
  const top = marks.at(-1) ?? 1;
  const x = (moment: number) => LEFT + (last === 0 ? 0 : (moment / last) * (width - LEFT - RIGHT));
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const here = at === null ? null : Math.min(at, points.length - 1);
  const shown = here === null ? latest(points, lines.length) : points[here];
  const onKeyDown = (event: KeyboardEvent) => {
    const from = here ?? points.length - 1;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: points.length - 1, PageUp: from - 10, PageDown: from + 10 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(points.length - 1, to)));
  };
  const onPointer = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const moment = ((event.clientX - box.left - LEFT) / Math.max(1, width - LEFT - RIGHT)) * last;
    setAt(nearest(points, moment));
  };
  const said = shown === undefined ? "" : `${words.at(duration(shown.at))}: ${lines.map((line, index) => `${line.label} ${shownAs(shown.values[index] ?? null, format)}`).join(", ")}`;
  if (points.every((point) => point.values.every((value) => value === null)))
    return (
      <figure ref={frame} className="chart" data-testid={testId}>
        <figcaption>
          <h3>{title}</h3>
        </figcaption>
        <p className="chart-none dim">{words.noValue}</p>
      </figure>
    );
  return (
    <figure ref={frame} className="chart" data-testid={testId}>
      <figcaption id={id}>
        <h3>{title}</h3>
        <span className="chart-values num" aria-hidden>
          {shown !== undefined &&
            lines.map((line, index) => (
              <span key={line.label} className="chart-value">
                {lines.length > 1 && <i className={`key ${line.tone}`} />}
                {lines.length > 1 && <span className="dim">{line.label}</span>} {shownAs(shown.values[index] ?? null, format)}
              </span>
            ))}
          {here !== null && shown !== undefined && <span className="dim">{words.at(duration(shown.at))}</span>}
        </span>
      </figcaption>
      <div
        className="chart-frame"
        role="slider"
        tabIndex={0}
        aria-labelledby={id}
        title={words.chartKeys}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, points.length - 1)}
        aria-valuenow={here ?? Math.max(0, points.length - 1)}
        aria-valuetext={said}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(null)}
      >
        <svg width={width} height={HEIGHT} aria-hidden onPointerMove={onPointer} onPointerLeave={() => setAt(null)}>
          {marks.map((mark) => (
            <g key={mark}>
              <line className="chart-grid" x1={LEFT} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
              <text className="chart-tick" x={LEFT - 6} y={y(mark) + 4} textAnchor="end">
                {tick(mark)}
              </text>
            </g>
          ))}
          <text className="chart-tick" x={LEFT} y={HEIGHT - 4}>
            {duration(0)}
          </text>
          <text className="chart-tick" x={width - RIGHT} y={HEIGHT - 4} textAnchor="end">
            {duration(last)}
          </text>
          {lines.length === 1 && points.length > 1 && <path className="chart-area" d={`${path(points, 0, x, y)}L${x(last)} ${y(0)}L${x(points[0]?.at ?? 0)} ${y(0)}Z`} />}
          {lines.map((line, index) => (
            <path key={line.label} className={`chart-line ${line.tone}`} d={path(points, index, x, y)} />
          ))}
          {points.length < 200 &&
            lines.map((line, index) =>
              points.map((point, place) => marked(points, index, place) && <circle key={`${line.label} ${point.at}`} className={`chart-dot ${line.tone}`} cx={x(point.at)} cy={y(point.values[index] ?? 0)} r={2.5} />),
            )}
          {here !== null && shown !== undefined && (
            <>
              <line className="chart-cursor" x1={x(shown.at)} x2={x(shown.at)} y1={TOP} y2={HEIGHT - BOTTOM} />
              {lines.map((line, index) => shown.values[index] != null && <circle key={line.label} className={`chart-dot ${line.tone}`} cx={x(shown.at)} cy={y(shown.values[index] ?? 0)} r={4} />)}
            </>
          )}
        </svg>
      </div>
    </figure>
  );
}

/** The newest value of each line: the last moment may have none. */
function latest(points: Point[], lines: number): Point | undefined {
  const last = points.at(-1);
  if (last === undefined) return undefined;
  return { at: last.at, values: Array.from({ length: lines }, (_, line) => points.findLast((point) => point.values[line] != null)?.values[line] ?? null) };
}

function shownAs(number: number | null, format: (value: number) => string): string {
  return number === null ? words.noValue : format(number);
}

/** Whether a point is drawn as a dot: where there are few, and where no line leads to it. */
function marked(points: Point[], index: number, at: number): boolean {
  const there = (place: number) => points[place]?.values[index] != null;
  return there(at) && (points.length < 13 || (!there(at - 1) && !there(at + 1)));
}
