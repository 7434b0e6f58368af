/** How values, dates and vocabularies read. */
import type { FuzzyDate, ObservationRecord } from "../../../src/types.js";

/** `under-way` → `under way`; vocabularies are English words already. */
export const words = (id: string) => id.replaceAll("-", " ");
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const plural = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

const full = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });
/** Twelve digits tell more than any source; what a computer adds behind them is left out. */
export const number = (n: number) => full.format(Number(n.toPrecision(12)));
export const compact = (n: number) => short.format(n);
export const percent = (n: number, digits = 1) =>
  new Intl.NumberFormat("en", { style: "percent", maximumSignificantDigits: digits + 2 }).format(n);

interface Interval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly approximate?: boolean;
}
interface UnitLike {
  readonly symbol: string;
  readonly kind: string;
}

export function withUnit(text: string, unit: UnitLike | undefined): string {
  if (!unit) return text;
  if (unit.kind === "currency") return `${unit.symbol}\u00a0${text}`;
  return unit.symbol === "%" ? `${text}\u00a0%` : `${text}\u00a0${unit.symbol}`;
}

/** A single value, a range or a bound; nothing in the middle is invented. */
export function interval(i: Interval, unit?: UnitLike, of: (n: number) => string = number): string {
  const about = i.approximate ? "about " : "";
  if (i.value !== null) return about + withUnit(of(i.value), unit);
  if (i.low !== null && i.high !== null) return about + withUnit(`${of(i.low)} to ${of(i.high)}`, unit);
  if (i.low !== null) return `${about}at least ${withUnit(of(i.low), unit)}`;
  if (i.high !== null) return `${about}at most ${withUnit(of(i.high), unit)}`;
  return "no value";
}

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
export function day(iso: string): string {
  const [year, month, date] = iso.split("-").map(Number) as [number, number, number];
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/** A date as a reader says it; a window stays a window. */
export function when(date: FuzzyDate): string {
  const [year, month] = date.edtf.split("-");
  if (date.precision === "day") return day(date.earliest);
  if (date.precision === "month") return `${MONTHS[Number(month) - 1]} ${year}`;
  if (date.precision === "quarter") return `quarter ${Number(month) - 32} of ${year}`;
  if (date.precision === "year") return String(year);
  return `between ${day(date.earliest)} and ${day(date.latest)}`;
}

/** One end of a time in words: `2021`, `September 2021`, `quarter 2 of 2021`, `fiscal year 2021-22`. */
function moment(part: string): string {
  const [year = "", month, date] = part.split("-");
  if (part.startsWith("FY")) return `fiscal year ${part.slice(2)}`;
  if (!/^\d{4}$/.test(year)) return part;
  if (month === undefined) return year;
  if (date !== undefined) return day(part);
  const n = Number(month);
  if (n >= 33 && n <= 36) return `quarter ${n - 32} of ${year}`;
  return MONTHS[n - 1] === undefined ? part : `${MONTHS[n - 1]} ${year}`;
}

/** A time as written in the data, in words: `2021`, `FY2021-22`, `2022-01/2022-05`, `unknown`. */
export function period(label: string): string {
  const [from = "", to] = label.split("/");
  if (label === "../..") return "any year";
  if (to === undefined) return moment(from);
  if (to === "..") return `${moment(from)} on`;
  if (from === "..") return `up to ${moment(to)}`;
  return `${moment(from)} to ${moment(to)}`;
}

const TIMINGS: Readonly<Record<string, string>> = {
  at: "at",
  during: "during",
  "to-date": "up to",
  "per-year": "a year, from",
  by: "by",
};
/** The time of a value with its relation: `up to 14 March 2023`. The same words in every view. */
export function timeOf(row: Pick<ObservationRecord, "timing" | "period">): string {
  if (row.timing === "by" && row.period === "unknown") return "no deadline given";
  return `${TIMINGS[row.timing]} ${period(row.period)}`;
}

const lastOfMonth = (iso: string) => new Date(Date.parse(iso) + 86_400_000).getUTCDate() === 1;
/** A window of days in words, as short as it can be said: a day, a month, a year, or both ends. */
export function span({ earliest, latest }: { readonly earliest: string; readonly latest: string }): string {
  if (earliest === latest) return day(earliest);
  const [a, b] = [earliest.slice(0, 4), latest.slice(0, 4)];
  if (earliest.endsWith("-01-01") && latest.endsWith("-12-31")) return a === b ? a : `${a} to ${b}`;
  if (earliest.endsWith("-01") && lastOfMonth(latest)) {
    const [m, n] = [moment(earliest.slice(0, 7)), moment(latest.slice(0, 7))];
    return m === n ? m : `${a === b ? m.slice(0, -5) : m} to ${n}`;
  }
  return `${day(earliest)} to ${day(latest)}`;
}

export const SCOPE_NAMES: Readonly<Record<string, string>> = {
  cpec: "CPEC",
  bilateral: "bilateral",
  context: "context",
};
export const dimensionsText = (dimensions: Readonly<Record<string, string>>) =>
  Object.values(dimensions).map(words).join(", ");
