import { ascending, getOrAdd } from "./collect.js";
import { dayNumber, decimalYear, isoDay, periodWindow } from "./dates.js";
import { byTime } from "./extent.js";
import { type Clash, classKey, guard, inside, type LeftOut, usable, withRepeats } from "./guard.js";
import { type Covers, coverageOf, type Interval, sourcesOf } from "./interval.js";
import { dimensionKey, subjectKey } from "./keys.js";
import { checkOptions, text } from "./options.js";
import { checkObservations } from "./rows.js";
import type { ObservationRecord, Subject } from "./types.js";
import type { Confidence, Measure, ObservationStatus, Timing } from "./vocabulary.js";

/**
 * How the times of a series follow each other: calendar or fiscal years, quarters, months, days, or a window that returns
 * each year, named by its months or days (`07/02` for July to February, `11-15/12-31`, `+1` where it ends a year later than
 * its months say); levels, running totals, rates and deadlines have no period.
 * @group Types
 */
export type Cadence =
  | "year"
  | "fiscal-year"
  | "quarter"
  | "month"
  | "day"
  | "level"
  | "running-total"
  | "rate"
  | "deadline"
  | (string & {});

/** One value of a series. @group Types */
export interface SeriesPoint extends Interval {
  readonly period: string;
  readonly start: string | null;
  readonly end: string | null;
  /** Where it lies on an axis of years: the middle of its time, or the one end that it has; `null` for unknown deadlines. */
  readonly x: number | null;
  readonly confidence: Confidence;
  /** Id of the observation. */
  readonly observation: string;
  readonly sources: readonly string[];
  readonly caveats: readonly string[];
}

/** Comparable values in order: one metric, subject, status, timing, dimensions and cadence. @group Types */
export interface Series {
  /** What distinguishes this series from all others. */
  readonly key: string;
  readonly metric: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly sector: string;
  readonly subject: Subject;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly status: ObservationStatus;
  readonly timing: Timing;
  readonly cadence: Cadence;
  readonly points: readonly SeriesPoint[];
  /**
   * The days that its points cover, of the period `within`, or else from the first to the last; `null` for levels, running
   * totals, rates and deadlines, which have no extent in time.
   */
  readonly covers: Covers | null;
  /** Pairs of observations that share days: of each pair only the first is a point. */
  readonly clash: readonly Clash[];
  readonly leftOut: readonly LeftOut[];
}

/** Options of {@link toSeries}. @group Types */
export interface SeriesOptions {
  /** The period asked for, as in {@link total}: what does not lie wholly inside it is left out as `outside`. */
  readonly within?: string;
}

/** The cadence of a row: only rows of one cadence are comparable. It is read off the calendar, not off the number of days. */
export function cadenceOf({ timing, start, end }: ObservationRecord): Cadence {
  if (timing === "at") return "level";
  if (timing === "to-date") return "running-total";
  if (timing === "per-year") return "rate";
  if (timing === "by" || start === null || end === null) return "deadline";
  if (start === end) return "day";
  const years = Number(end.slice(0, 4)) - Number(start.slice(0, 4));
  const later = (expected: number) => (years === expected ? "" : `+${years}`);
  const [from, to] = [start.slice(5, 7), end.slice(5, 7)];
  if (!start.endsWith("-01") || !isoDay(dayNumber(end) + 1).endsWith("-01"))
    return `${start.slice(5)}/${end.slice(5)}${later(start.slice(5) <= end.slice(5) ? 0 : 1)}`;
  const months = years * 12 + Number(to) - Number(from) + 1;
  if (months === 12 && from === "01") return "year";
  if (months === 12 && from === "07") return "fiscal-year";
  if (months === 1) return "month";
  if (months === 3 && Number(from) % 3 === 1) return "quarter";
  return `${from}/${to}${later(from <= to ? 0 : 1)}`;
}

/** Where a time lies on an axis of years: the middle of its window, or the one end it has. @internal */
function middleYear({ start, end }: Pick<ObservationRecord, "start" | "end">): number | null {
  if (start === null && end === null) return null;
  if (start === null || end === null) return decimalYear((start ?? end) as string);
  return (decimalYear(start) + decimalYear(isoDay(dayNumber(end) + 1))) / 2;
}

/**
 * Splits observations into series of comparable values, each in order of time. Calendar years, fiscal years and windows
 * such as January to April are different series, and so are statuses, timings, subjects, areas and dimensions. Inside a series
 * overlaps are resolved (the widest period counts), missing, retracted and replaced values are left out, and all of these are
 * listed. O(n log n).
 *
 * @param rows - observations of any kind and order; not changed.
 * @param options - `within`, the period of whose days each series says how many it covers.
 * @returns series in the order of their keys.
 * @throws {@link CpecDataError} `INVALID_ROW`, `CONFLICTING_ROWS`, `INVALID_DATE`, `UNKNOWN_OPTION`.
 * @see {@link computeTrend}; {@link ratioOf}; {@link total}.
 * @example
 * ```ts
 * import { filterObservations, observations, toSeries } from "cpec-it-data";
 * const series = toSeries(filterObservations(observations, { metric: "phones-assembled", status: "actual", timing: "during", dimensions: {} }));
 * const yearly = series.find((s) => s.cadence === "year");
 * console.log(yearly?.points.find((p) => p.period === "2021")?.value); // → 24660000
 * ```
 * @group Helpers
 */
export function toSeries(rows: Iterable<ObservationRecord>, options: SeriesOptions = {}): Series[] {
  checkOptions("toSeries()", options, { within: text });
  const span = options.within === undefined ? undefined : periodWindow(options.within);
  const { rows: all, repeats } = checkObservations("toSeries()", rows);
  const again = new Set(repeats);
  const groups = new Map<string, ObservationRecord[]>();
  for (const row of all) {
    const key = `${classKey(row)}|${subjectKey(row)}|${row.area ?? ""}|${dimensionKey(row)}|${cadenceOf(row)}`;
    getOrAdd(groups, key, () => []).push(row);
  }
  return [...groups]
    .sort(([a], [b]) => ascending(a, b))
    .map(([key, members]) => {
      const first = members[0] as ObservationRecord;
      const { rows: wanted, outside } = inside(members, span, span ? usable(members).replacedBy : new Map());
      const { kept, leftOut, clash } = pointsOf(wanted);
      return {
        key,
        metric: first.metric,
        unit: first.unit,
        measure: first.measure,
        sector: first.sector,
        subject: first.subject,
        dimensions: first.dimensions,
        status: first.status,
        timing: first.timing,
        cadence: cadenceOf(first),
        points: [...kept].sort(inOrder).map(
          (row): SeriesPoint => ({
            period: row.period,
            start: row.start,
            end: row.end,
            x: middleYear(row),
            value: row.value,
            low: row.low,
            high: row.high,
            approximate: row.approximate,
            confidence: row.confidence,
            observation: row.id,
            sources: sourcesOf([row]),
            caveats: row.caveats,
          }),
        ),
        covers: first.timing === "during" ? coverageOf(kept, span && [span.earliest, span.latest]) : null,
        clash,
        leftOut: withRepeats(
          [...outside, ...leftOut],
          members.filter((row) => again.has(row.id)).map((row) => row.id),
        ).sort((a, b) => ascending(a.id, b.id)),
      };
    });
}

/** By the last day, where there is one: running totals and deadlines have no first. */
const inOrder = (a: ObservationRecord, b: ObservationRecord) =>
  ascending(a.end ?? a.start ?? "9999", b.end ?? b.start ?? "9999") || byTime(a, b);

/** The rows of one series that become its points: every moment of levels, running totals, rates and deadlines is one of its own. */
function pointsOf(rows: readonly ObservationRecord[]) {
  if (rows.length === 0 || rows[0]?.timing === "during") return guard(rows);
  const { rows: valid, replacedBy, leftOut } = usable(rows);
  const moments = new Map<string, ObservationRecord[]>();
  const kept: ObservationRecord[] = [];
  const clash: Clash[] = [];
  for (const row of valid) {
    const newer = replacedBy.get(row);
    if (newer) leftOut.push({ id: row.id, reason: "superseded", because: newer.id });
    else getOrAdd(moments, `${row.start}|${row.end}`, () => []).push(row);
  }
  for (const moment of moments.values()) {
    const guarded = guard(moment);
    kept.push(...guarded.kept);
    leftOut.push(...guarded.leftOut);
    clash.push(...guarded.clash);
  }
  return { kept, leftOut, clash };
}
