/** What every sum and reduction reports beside its value. */

import { units } from "./data/units.js";
import type { Clash, LeftOut } from "./guard.js";
import { byTime } from "./guard.js";
import {
  addUp,
  type Covers,
  coverageOf,
  type Interval,
  lowestConfidence,
  NO_VALUE,
  sourcesOf,
} from "./interval.js";
import { dimensionKey } from "./keys.js";
import type { ObservationRecord, Subject } from "./types.js";
import type { Confidence, Measure, ObservationStatus, Timing } from "./vocabulary.js";

/** What a group of like observations comes to, with what it rests on. @group Types */
export interface Result extends Interval {
  readonly metric: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly status: ObservationStatus;
  readonly timing: Timing;
  /** The common dimensions of the rows; empty for totals. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** The common subject; `null` when several count. */
  readonly subject: Subject | null;
  /** The common period as written; `null` when several count. */
  readonly period: string | null;
  /** First day of the rows that count, ISO 8601; `null` when open. */
  readonly start: string | null;
  /** Last day of the rows that count, ISO 8601; `null` when open. */
  readonly end: string | null;
  /** The days that a sum over time covers; `null` for values that have no extent in time. */
  readonly covers: Covers | null;
  /** Number of observations that count. */
  readonly count: number;
  /** The lowest confidence of the observations that count. */
  readonly confidence: Confidence;
  /** Ids of the observations that count, in order of time. */
  readonly observations: readonly string[];
  /** Ids of the sources they rest on. */
  readonly sources: readonly string[];
  /** What to bear in mind: the caveats of the observations that count, and what the library itself sees. */
  readonly caveats: readonly string[];
  /** Pairs of observations that share days without one holding the other: of each pair only the first counts. */
  readonly clash: readonly Clash[];
  /** Observations that don't count, and why. */
  readonly leftOut: readonly LeftOut[];
}

/** How to reduce rows to one value. @group Types */
export const REDUCTIONS = /* @__PURE__ */ Object.freeze(["sum", "count", "latest", "min", "max"] as const);
/** How a group of observations is reduced to one value. @group Types */
export type Reduction = (typeof REDUCTIONS)[number];

/** The newest first: of statements the one said last, of the rest the one that ends last; open rates go by their start. */
export function newestFirst(a: ObservationRecord, b: ObservationRecord): number {
  const down = (x: string, y: string) => (x < y ? 1 : x > y ? -1 : 0);
  if (a.timing === "by")
    return down(a.asOf ?? "", b.asOf ?? "") || down(a.end ?? "", b.end ?? "") || byTime(a, b);
  if (a.timing === "per-year")
    return (
      down(a.start ?? "", b.start ?? "") ||
      down(a.end ?? "9999", b.end ?? "9999") ||
      down(a.asOf ?? "", b.asOf ?? "") ||
      byTime(a, b)
    );
  return (
    down(a.end ?? "", b.end ?? "") ||
    down(a.asOf ?? "", b.asOf ?? "") ||
    down(a.start ?? "", b.start ?? "") ||
    byTime(a, b)
  );
}

/** Reduces rows that count to one value. @internal */
export function reduceTo(reduction: Reduction, rows: readonly ObservationRecord[]): Interval {
  if (reduction === "count")
    return { value: rows.length, low: rows.length, high: rows.length, approximate: false };
  if (rows.length === 0) return NO_VALUE;
  if (reduction === "sum") return addUp(rows);
  const only = ({ value, low, high, approximate }: ObservationRecord): Interval => ({
    value,
    low,
    high,
    approximate,
  });
  const best = (better: (a: ObservationRecord, b: ObservationRecord) => boolean) =>
    only(rows.reduce((a, b) => (better(b, a) ? b : a)));
  const least = (row: ObservationRecord) => row.low ?? row.high ?? 0;
  const most = (row: ObservationRecord) => row.high ?? row.low ?? 0;
  if (reduction === "min") return best((a, b) => least(a) < least(b));
  if (reduction === "max") return best((a, b) => most(a) > most(b));
  return best((a, b) => newestFirst(a, b) < 0);
}

const isCurrency = (unit: string) => units.some((u) => u.id === unit && u.kind === "currency");
const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;

/** What the library itself sees in a sum: holes, nominal money of several years, levels of mixed dates, clashes. */
function ownCaveats(
  rows: readonly ObservationRecord[],
  adds: boolean,
  covers: Covers | null,
  clash: readonly Clash[],
): string[] {
  const found: string[] = [];
  if (covers && covers.missing.length > 0) {
    const shown = covers.missing.slice(0, 6).join(", ");
    const more =
      covers.missing.length > 6
        ? ` and ${plural(covers.missing.length - 6, "further stretch").replace("stretchs", "stretches")}`
        : "";
    found.push(`No values for ${shown}${more}: ${covers.days} of ${plural(covers.of, "day")} are covered.`);
  }
  const [first] = rows;
  if (first && adds && rows.length > 1) {
    const years = rows.map((row) => (row.end ?? row.start ?? "").slice(0, 4)).filter((year) => year !== "");
    const [from, to] = [
      years.reduce((a, b) => (a < b ? a : b), "9999"),
      years.reduce((a, b) => (a > b ? a : b), ""),
    ];
    if (isCurrency(first.unit) && years.length > 0 && from !== to)
      found.push(
        `Nominal money of ${from} to ${to} was added, without regard to inflation or exchange rates.`,
      );
    if (first.timing !== "during") {
      const ends = rows.map((row) => row.end ?? row.start ?? "").sort();
      if (ends[0] !== ends.at(-1))
        found.push(`The values are of different dates, ${ends[0] || "unknown"} to ${ends.at(-1)}.`);
    }
  }
  for (const [counted, left] of clash.slice(0, 3))
    found.push(`"${left}" was left out: it shares days with "${counted}", and neither holds the other.`);
  return found;
}

/** Puts a result together. `known` are rows of the class from which the common facts are read when none counts. @internal */
export function resultOf(
  reduction: Reduction,
  kept: readonly ObservationRecord[],
  known: readonly ObservationRecord[],
  leftOut: readonly LeftOut[],
  clash: readonly Clash[],
  span?: readonly [string, string],
): Result {
  const rows = [...kept].sort(byTime);
  const used = rows.length > 0 ? rows : known;
  const first = used[0] as ObservationRecord;
  const dimensions = dimensionKey(first);
  const all = (same: (row: ObservationRecord) => boolean) => used.every(same);
  let { start, end } = first;
  for (const row of used) {
    if (start !== null && (row.start === null || row.start < start)) start = row.start;
    if (end !== null && (row.end === null || row.end > end)) end = row.end;
  }
  const covers = first.timing === "during" && rows.length > 0 ? coverageOf(rows, span) : null;
  const compare = (a: LeftOut, b: LeftOut) =>
    a.id < b.id ? -1 : a.id > b.id ? 1 : a.reason < b.reason ? -1 : 1;
  const pairs = [...clash].sort(([a, b], [c, d]) => (a < c ? -1 : a > c ? 1 : b < d ? -1 : 1));
  return {
    ...reduceTo(reduction, rows),
    metric: first.metric,
    unit: first.unit,
    measure: first.measure,
    status: first.status,
    timing: first.timing,
    dimensions: all((row) => dimensionKey(row) === dimensions) ? first.dimensions : {},
    subject: all((row) => row.subject.type === first.subject.type && row.subject.id === first.subject.id)
      ? first.subject
      : null,
    period: all((row) => row.period === first.period) ? first.period : null,
    start,
    end,
    covers,
    count: rows.length,
    confidence: lowestConfidence(rows),
    observations: rows.map((row) => row.id),
    sources: sourcesOf(rows),
    caveats: [
      ...new Set([
        ...rows.flatMap((row) => row.caveats),
        ...ownCaveats(rows, reduction === "sum", covers, pairs),
      ]),
    ],
    clash: pairs,
    leftOut: [...leftOut].sort(compare),
  };
}
