import { language } from "../strings/language";

const german = language === "de";
const whole = new Intl.NumberFormat(language);
const tenths = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });

const second = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const wall = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "UTC" });

/** A count with separators: `1,240`. */
export function count(value: number): string {
  return whole.format(value);
}

/** A number with one decimal: `98.5`. */
export function tenth(value: number): string {
  return tenths.format(value);
}

/** A length of time in few words: `850 ms`, `12 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${tenths.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A size: `812 B`, `14.2 kB`, `3.1 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (value < 1_000_000) return `${tenths.format(value / 1000)} kB`;
  return `${tenths.format(value / 1_000_000)} MB`;
}

/** A moment as people say it: `just now`, `5 min ago`, `20 Nov, 14:05`. */
export function ago(at: string, now: number = Date.now()): string {
  const then = Date.parse(at);
  if (Number.isNaN(then)) return at;
  const seconds = (now - then) / 1000;
  if (seconds < 45) return german ? "gerade eben" : "just now";
  if (seconds < 3600) return before(`${Math.round(seconds / 60)} min`);
  if (seconds < 86_400) return before(`${Math.round(seconds / 3600)} h`);
  return day.format(then);
}

/** A moment that is told from others of the same minute: `21 Nov, 14:05:09`. */
export function moment(at: string): string {
  const then = Date.parse(at);
  return Number.isNaN(then) ? at : second.format(then);
}

/** A moment of a zone's own clock, as `2026-03-30T06:00:00+02:00` carries it: `Mon, 30 Mar, 06:00`. */
export function wallClock(at: string): string {
  const then = Date.parse(`${at.slice(0, 19)}Z`);
  return Number.isNaN(then) ? at : wall.format(then);
}

/** So long ago. */
function before(span: string): string {
  return german ? `vor ${span}` : `${span} ago`;
}

/** A moment in a log: `14:05:09`. */
export function clock(at: string): string {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? at : then.toTimeString().slice(0, 8);
}
