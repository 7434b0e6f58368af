import { dayNumber } from "./dates.js";
import { CpecDataError } from "./errors.js";
import { classKey, guard, type LeftOut, sourcesOf } from "./guard.js";
import { dimensionKey, subjectKey } from "./keys.js";
import type { ObservationRecord, Subject } from "./types.js";
import type { Confidence, Measure, ObservationStatus, Timing } from "./vocabulary.js";

/**
 * How the times of a series follow each other: calendar or fiscal years, quarters, months, days or a window that returns
 * each year (`01-01/04-30`); levels, running totals, rates and deadlines have no period.
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
export interface SeriesPoint {
  readonly period: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly approximate: boolean;
  readonly confidence: Confidence;
  /** Id of the observation. */
  readonly observation: string;
  readonly sources: readonly string[];
}

/** Comparable values in order: one metric, subject, status, timing, dimensions and cadence. @group Types */
export interface Series {
  /** What tells this series from all others. */
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
  readonly leftOut: readonly LeftOut[];
}

/** The cadence of a row: only rows of one cadence are comparable. */
export function cadenceOf(row: ObservationRecord): Cadence {
  if (row.timing === "at") return "level";
  if (row.timing === "to-date") return "running-total";
  if (row.timing === "per-year") return "rate";
  if (row.timing === "by") return "deadline";
  const { start, end } = row;
  if (start === null || end === null)
    throw new CpecDataError(
      "INVALID_DATA",
      `"${row.id}" is a value during a time that has no start or no end.`,
      {
        ids: [row.id],
        hint: "Give the first and the last day, or another timing.",
      },
    );
  const from = start.slice(5);
  const to = end.slice(5);
  const days = dayNumber(end) - dayNumber(start) + 1;
  const wholeMonths = from.endsWith("-01") && isLastOfMonth(end);
  if (days === 1) return "day";
  if (days <= 366 && from === "01-01" && to === "12-31") return "year";
  if (days <= 366 && from === "07-01" && to === "06-30") return "fiscal-year";
  if (wholeMonths && days <= 31) return "month";
  if (wholeMonths && days <= 92 && days >= 89 && (Number(from.slice(0, 2)) - 1) % 3 === 0) return "quarter";
  const years = Number(end.slice(0, 4)) - Number(start.slice(0, 4));
  return `${from}/${to}${years > 0 ? `+${years}` : ""}`;
}

function isLastOfMonth(day: string): boolean {
  return new Date(Date.parse(day) + 86_400_000).getUTCDate() === 1;
}

/**
 * Splits observations into series of comparable values, each in order of time. Calendar years, fiscal years and windows
 * such as January to April are different series, and so are statuses, timings, subjects and dimensions. Inside a series
 * overlaps are resolved (the widest period counts), missing and retracted values are left out, and both are listed.
 *
 * @param rows - observations of any kind and order; not changed.
 * @returns series in the order of their keys.
 * @example
 * ```ts
 * import { filterObservations, observations, toSeries } from "cpec-it-data";
 * const series = toSeries(filterObservations(observations, { metric: "phones-assembled", status: "actual", timing: "during", dimensions: {} }));
 * const yearly = series.find((s) => s.cadence === "year");
 * console.log(yearly?.points.find((p) => p.period === "2021")?.value); // → 24660000
 * ```
 * @group Helpers
 */
export function toSeries(rows: Iterable<ObservationRecord>): Series[] {
  const groups = new Map<string, ObservationRecord[]>();
  for (const row of rows) {
    // Levels, running totals and rates of different moments are the points of one series; the guard sees one moment at a time.
    const key = `${classKey(row)}|${subjectKey(row)}|${dimensionKey(row)}|${cadenceOf(row)}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => {
      const first = members[0] as ObservationRecord;
      const moments = new Map<string, ObservationRecord[]>();
      for (const row of members) {
        const when = row.timing === "during" ? "" : `${row.start}|${row.end}`;
        moments.set(when, [...(moments.get(when) ?? []), row]);
      }
      const guarded = [...moments.values()].map((at) => guard(at));
      const when = (row: ObservationRecord) =>
        `${row.end ?? row.start ?? "9999"}|${row.start ?? ""}|${row.id}`;
      const points = guarded
        .flatMap((g) => g.kept)
        .sort((a, b) => (when(a) < when(b) ? -1 : 1))
        .map(
          (row): SeriesPoint => ({
            period: row.period,
            start: row.start,
            end: row.end,
            value: row.value,
            low: row.low,
            high: row.high,
            approximate: row.approximate,
            confidence: row.confidence,
            observation: row.id,
            sources: sourcesOf([row]),
          }),
        );
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
        points,
        leftOut: guarded.flatMap((g) => g.leftOut),
      };
    });
}
