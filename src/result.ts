/** What every sum and reduction reports beside its value. */

import { ascending, getOrAdd } from "./collect.js";
import { units } from "./data/units.js";
import { byTime } from "./extent.js";
import type { Clash, LeftOut } from "./guard.js";
import { addUp, type Covers, coverageOf, type Interval, lowestConfidence, sourcesOf } from "./interval.js";
import { dimensionKey, subjectKey } from "./keys.js";
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
  /** Number of observations that count; with `latest`, `min` and `max` of those compared. */
  readonly count: number;
  /** The lowest confidence of the observations that count. */
  readonly confidence: Confidence;
  /** Ids of the observations that count, in order of time; with `latest`, `min` and `max` the one whose value and time it is. */
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
  const down = (x: string, y: string) => ascending(y, x);
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

/** Of the rows compared the one whose value a reduction gives. */
function bestOf(
  reduction: "latest" | "min" | "max",
  rows: readonly ObservationRecord[],
): ObservationRecord | undefined {
  const best = (better: (a: ObservationRecord, b: ObservationRecord) => boolean) =>
    rows.length === 0 ? undefined : rows.reduce((a, b) => (better(b, a) ? b : a));
  const least = (row: ObservationRecord) => row.low ?? row.high ?? 0;
  const most = (row: ObservationRecord) => row.high ?? row.low ?? 0;
  if (reduction === "min") return best((a, b) => least(a) < least(b));
  if (reduction === "max") return best((a, b) => most(a) > most(b));
  return best((a, b) => newestFirst(a, b) < 0);
}

let currencies: ReadonlySet<string> | undefined;
const isCurrency = (unit: string) => {
  currencies ??= new Set<string>(units.filter((u) => u.kind === "currency").map((u) => u.id));
  return currencies.has(unit);
};
const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;

/**
 * Says so where the parts of a sum cover fewer days than all of them together: a brand without its December hides behind one
 * that has it. What an event brings has the time of the event alone.
 */
function uneven(rows: readonly ObservationRecord[], { days }: Covers): string[] {
  const parts = new Map<string, ObservationRecord[]>();
  for (const row of rows)
    if (row.subject.type !== "event")
      getOrAdd(
        parts,
        [subjectKey(row), row.area, dimensionKey(row)].filter(Boolean).join(", "),
        () => [],
      ).push(row);
  const fewer = [...parts].flatMap(([name, own]) => {
    const known = coverageOf(own)?.days ?? 0;
    return known < days ? [`${name} ${known}`] : [];
  });
  if (fewer.length === 0) return [];
  const more = fewer.length > 6 ? ` and ${fewer.length - 6} more` : "";
  return [`Not every part covers these ${plural(days, "day")}: ${fewer.slice(0, 6).join("; ")}${more}.`];
}

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
  if (covers && adds) found.push(...uneven(rows, covers));
  const [first] = rows;
  if (first && adds && rows.length > 1 && (first.timing !== "during" || isCurrency(first.unit))) {
    const ends = rows.map((row) => row.end ?? row.start ?? "").sort();
    const [from, to] = [ends[0] as string, ends.at(-1) as string];
    if (isCurrency(first.unit) && from !== "" && from.slice(0, 4) !== to.slice(0, 4))
      found.push(
        `Nominal money of ${from.slice(0, 4)} to ${to.slice(0, 4)} was added, without regard to inflation or exchange rates.`,
      );
    if (first.timing !== "during" && from !== to)
      found.push(`The values are of different dates, ${from || "unknown"} to ${to}.`);
  }
  for (const [counted, left] of clash.slice(0, 3))
    found.push(`"${left}" was left out: it shares days with "${counted}", and neither holds the other.`);
  return found;
}

/** The caveats of rows, without repeats. */
function caveatsOf(rows: readonly ObservationRecord[]): Set<string> {
  const found = new Set<string>();
  for (const row of rows) for (const caveat of row.caveats) found.add(caveat);
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
  const seen = kept.length > 1 ? [...kept].sort(byTime) : kept;
  const best = reduction === "sum" || reduction === "count" ? undefined : bestOf(reduction, seen);
  const rows = best ? [best] : seen;
  const used = rows.length > 0 ? rows : known;
  const first = used[0] as ObservationRecord;
  const dimensions = dimensionKey(first);
  const { type, id } = first.subject;
  let { start, end } = first;
  let [oneCut, oneSubject, onePeriod] = [true, true, true];
  for (const row of used) {
    oneCut &&= row.dimensions === first.dimensions || dimensionKey(row) === dimensions;
    oneSubject &&= row.subject.id === id && row.subject.type === type;
    onePeriod &&= row.period === first.period;
    if (start !== null && (row.start === null || row.start < start)) start = row.start;
    if (end !== null && (row.end === null || row.end > end)) end = row.end;
  }
  const covers = first.timing === "during" && seen.length > 0 ? coverageOf(seen, span) : null;
  const compare = (a: LeftOut, b: LeftOut) => ascending(a.id, b.id) || ascending(a.reason, b.reason);
  const pairs = [...clash].sort(([a, b], [c, d]) => ascending(a, c) || ascending(b, d));
  const n = seen.length;
  const { value, low, high, approximate } =
    reduction === "count" ? { value: n, low: n, high: n, approximate: false } : addUp(rows);
  // Field by field: engines grow an object that begins with a spread with every field that follows.
  return {
    value,
    low,
    high,
    approximate,
    metric: first.metric,
    unit: first.unit,
    measure: first.measure,
    status: first.status,
    timing: first.timing,
    dimensions: oneCut ? first.dimensions : {},
    subject: oneSubject ? first.subject : null,
    period: onePeriod ? first.period : null,
    start,
    end,
    covers,
    count: n,
    confidence: lowestConfidence(rows),
    observations: rows.map((row) => row.id),
    sources: sourcesOf(rows),
    caveats: [...new Set([...caveatsOf(rows), ...ownCaveats(seen, reduction === "sum", covers, pairs)])],
    clash: pairs,
    leftOut: [...leftOut].sort(compare),
  };
}
