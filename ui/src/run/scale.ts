/** A round number that is at least so much, and the steps to it. */
export function ticks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [0.5, 1, 2, 2.5, 5].map((part) => part * power).find((each) => most / each <= 3) ?? 5 * power;
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** A point of a chart: its place in time, and a value for each line. */
export interface Point {
  at: number;
  values: (number | null)[];
}

/** The path of a line through its points. Where a value is missing, the line is broken. */
export function path(points: Point[], line: number, x: (at: number) => number, y: (value: number) => number): string {
  let pen = false;
  const parts: string[] = [];
  for (const point of points) {
    const value = point.values[line];
    if (value == null) {
      pen = false;
      continue;
    }
    parts.push(`${pen ? "L" : "M"}${x(point.at).toFixed(1)} ${y(value).toFixed(1)}`);
    pen = true;
  }
  return parts.join("");
}

/** The point that is nearest to a moment. */
export function nearest(points: Point[], at: number): number {
  let best = 0;
  for (const [index, point] of points.entries()) if (Math.abs(point.at - at) < Math.abs((points[best]?.at ?? 0) - at)) best = index;
  return best;
}
