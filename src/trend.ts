import { ascending } from "./collect.js";
import { units } from "./data/units.js";
import { CpecDataError } from "./errors.js";
import breakTable from "./generated/breaks.json" with { type: "json" };
import type { LeftOut } from "./guard.js";
import { show } from "./nearest.js";
import { checkOptions } from "./options.js";
import { type Series, type SeriesPoint, toSeries } from "./series.js";
import {
  hamedRao,
  type LeastSquares,
  leastSquares,
  type MannKendall,
  mannKendall,
  type Point,
  type SerialCorrection,
  theilSen,
} from "./statistics.js";
import type { ObservationRecord } from "./types.js";

/** Options of {@link computeTrend}. @group Types */
export interface TrendOptions {
  /** Level of significance, between 0 and 1; default 0.05. */
  readonly alpha?: number;
}

/** From one point of a series to the next. @group Types */
export interface TrendStep {
  /** Period or x from which. */
  readonly from: string;
  readonly to: string;
  /** Years between the two. */
  readonly years: number;
  readonly change: number;
  /** Later over earlier; `null` when the earlier is not positive. */
  readonly ratio: number | null;
}

/** A value of a trend, as a chart takes it. @group Types */
export interface TrendPoint extends Point {
  readonly period: string;
  /** The least-squares line at `x`; `null` where none was fitted. */
  readonly fit: number | null;
}

/** Slopes a year. @group Types */
export interface Slopes {
  readonly leastSquares: LeastSquares;
  /** Median of the slopes between all pairs: robust against single slips. */
  readonly theilSen: number;
}

/** What can be said of a series, and no more than its points bear. @group Types */
export interface Trend {
  /** Number of single values that count. */
  readonly n: number;
  readonly first: { readonly period: string; readonly value: number } | null;
  readonly last: { readonly period: string; readonly value: number } | null;
  /** Years from the first to the last. */
  readonly span: number;
  /** Last less first; `null` with fewer than two points. */
  readonly change: number | null;
  /** Last over first; `null` when the first is not positive. */
  readonly ratio: number | null;
  /** Compound annual growth rate as a fraction; `null` for ratios, promises, spans under a year or values not positive. */
  readonly cagr: number | null;
  readonly steps: readonly TrendStep[];
  /** Slopes a year; `null` with fewer than three points, and for running totals, which can only rise. */
  readonly slope: Slopes | null;
  /**
   * Mann-Kendall test with its verdict, and the same with the variance corrected for serial correlation (Hamed and Rao);
   * `null` with fewer than five points, and for running totals.
   */
  readonly significance:
    | (MannKendall & {
        readonly significant: boolean;
        readonly corrected: (SerialCorrection & { readonly significant: boolean }) | null;
      })
    | null;
  /** The values that count, for a chart: `x` in years, and the least-squares line at `x` where there is one. */
  readonly points: readonly TrendPoint[];
  /** Periods missing between the first and the last. */
  readonly gaps: readonly string[];
  /** Known changes of method inside the span. */
  readonly breaks: readonly { readonly at: string; readonly why: string }[];
  /** What to bear in mind. */
  readonly caveats: readonly string[];
  /** Ids of the observations that count; empty for bare points. */
  readonly observations: readonly string[];
  /** Ids of the sources they rest on. */
  readonly sources: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/** A trend with the series it is of. @group Types */
export interface SeriesTrend extends Trend {
  readonly series: Omit<Series, "points" | "leftOut" | "clash">;
}

interface Dated extends Point {
  readonly label: string;
}

const MONTHS: Readonly<Record<string, number>> = { year: 12, "fiscal-year": 12, quarter: 3, month: 1 };

/** Labels of the periods missing between neighbours of a regular series. */
function gapsOf(series: Series, points: readonly SeriesPoint[]): string[] {
  const months = MONTHS[series.cadence] ?? (/^\d\d(?:-\d\d)?\//.test(series.cadence) ? 12 : undefined);
  if (months === undefined) return [];
  const index = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const label = (i: number) => {
    const [year, month] = [Math.floor(i / 12), (i % 12) + 1];
    if (series.cadence === "fiscal-year") return `FY${year}-${String((year + 1) % 100).padStart(2, "0")}`;
    if (series.cadence === "quarter") return `${year}-${32 + Math.ceil(month / 3)}`;
    return series.cadence === "month" ? `${year}-${String(month).padStart(2, "0")}` : String(year);
  };
  const gaps: string[] = [];
  points.forEach((point, n) => {
    const before = points[n - 1];
    if (!before) return;
    for (let i = index(before.start as string) + months; i < index(point.start as string); i += months)
      gaps.push(label(i));
  });
  return gaps;
}

/** Which statements a kind of series bears. */
interface Bears {
  /** A compound rate of growth. */
  readonly growth: boolean;
  /** Slopes and a test. */
  readonly trend: boolean;
}

/** The part of a trend that bare points allow. */
function describePoints(points: readonly Dated[], { alpha = 0.05 }: TrendOptions, bears: Bears) {
  const bad = points.find((p) => !Number.isFinite(p.x) || !Number.isFinite(p.y));
  if (bad)
    throw new CpecDataError("OUT_OF_RANGE", `A point is (${show(bad.x)}, ${show(bad.y)}).`, {
      hint: "Give one series of toSeries(), or points { x, y } of finite numbers.",
    });
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const repeated = sorted.find((p, i) => p.x === sorted[i - 1]?.x);
  if (repeated)
    throw new CpecDataError(
      "OUT_OF_RANGE",
      sorted.every((p) => p.x === repeated.x)
        ? `All ${sorted.length} points have the same x, ${repeated.x}: there is no time in which anything could change.`
        : `Two points have the same x, ${repeated.x}.`,
      { hint: "Give each x once: decide which value counts, for example with toSeries()." },
    );
  const n = sorted.length;
  const [first, last] = [sorted[0], sorted[n - 1]];
  const span = first && last ? last.x - first.x : 0;
  const ratio = first && last && n > 1 && first.y > 0 && last.y >= 0 ? last.y / first.y : null;
  const least = bears.trend && n >= 3 ? leastSquares(sorted) : null;
  const robust = bears.trend && n >= 3 ? theilSen(sorted) : null;
  const test = bears.trend && n >= 5 ? mannKendall(sorted) : null;
  const serial = test && hamedRao(sorted);
  const caveats: string[] = [];
  if (n < 2) caveats.push("Fewer than two values: no change can be given.");
  else if (bears.trend && n < 3) caveats.push("Two values: a change, but no slope.");
  else if (bears.trend && n < 5) caveats.push("Fewer than five values: slopes, but no test of significance.");
  if (test && serial && serial.factor !== 1)
    caveats.push(
      `Each value depends on the ones before it (correlation of ranks at lag 1: ${serial.lag1.toFixed(2)}): with the correction of Hamed and Rao p is ${serial.p.toPrecision(2)}, without it ${test.p.toPrecision(2)}.`,
    );
  return {
    n,
    first: first ? { period: first.label, value: first.y } : null,
    last: last ? { period: last.label, value: last.y } : null,
    span,
    change: first && last && n > 1 ? last.y - first.y : null,
    ratio,
    cagr: bears.growth && ratio !== null && ratio > 0 && span >= 1 ? ratio ** (1 / span) - 1 : null,
    steps: sorted.slice(1).map((to, i): TrendStep => {
      const from = sorted[i] as Dated;
      return {
        from: from.label,
        to: to.label,
        years: to.x - from.x,
        change: to.y - from.y,
        ratio: from.y > 0 && to.y >= 0 ? to.y / from.y : null,
      };
    }),
    slope: least && robust !== null ? { leastSquares: least, theilSen: robust } : null,
    significance: test && {
      ...test,
      significant: test.p < alpha,
      corrected: serial && { ...serial, significant: serial.p < alpha },
    },
    points: sorted.map(
      ({ x, y, label }): TrendPoint => ({
        period: label,
        x,
        y,
        fit: least ? least.intercept + least.slope * x : null,
      }),
    ),
    caveats,
  };
}

const days = (point: SeriesPoint) =>
  point.start === null || point.end === null ? 0 : Date.parse(point.end) - Date.parse(point.start);

function ofSeries(series: Series, options: TrendOptions): SeriesTrend {
  const byX = new Map<number, SeriesPoint>();
  let ranges = 0;
  let timeless = 0;
  let shared = 0;
  for (const point of series.points) {
    if (point.value === null) ranges += 1;
    else if (point.x === null) timeless += 1;
    else {
      // Of two values with one middle the more precisely dated one enters.
      const other = byX.get(point.x);
      if (other) shared += 1;
      if (!other || days(point) < days(other)) byX.set(point.x, point);
    }
  }
  const used = [...byX.values()].sort((a, b) => (a.x as number) - (b.x as number));
  const points = used.map((p): Dated => ({ x: p.x as number, y: p.value as number, label: p.period }));
  const running = series.timing === "to-date";
  const basics = describePoints(points, options, {
    growth: series.measure !== "ratio" && series.timing !== "by" && !running,
    trend: !running,
  });
  const gaps = gapsOf(series, used);
  const [from, to] = [used[0]?.start ?? used[0]?.end ?? "", used.at(-1)?.end ?? used.at(-1)?.start ?? ""];
  const breaks = (Object.hasOwn(breakTable, series.metric) ? breakTable[series.metric] : undefined)?.filter(
    (b) => b.at > from && b.at <= to,
  );
  const caveats = [...basics.caveats];
  const count = (n: number, one: string, many: string) => {
    if (n > 0) caveats.push(n === 1 ? `1 value ${one}` : `${n} values ${many}`);
  };
  if (running) {
    caveats.push("A running total can only rise, so that no trend is tested and no growth is given.");
    for (const [i, p] of points.entries()) {
      const before = points[i - 1];
      if (before && before.y > p.y)
        caveats.push(
          `The running total falls from ${before.y} (${before.label}) to ${p.y} (${p.label}): sources disagree.`,
        );
    }
  }
  count(ranges, "is a range or bound and does not enter.", "are ranges or bounds and do not enter.");
  count(timeless, "has no date and does not enter.", "have no date and do not enter.");
  count(
    shared,
    "shares its date with another and does not enter.",
    "share their date with another and do not enter.",
  );
  count(used.filter((p) => p.approximate).length, "is approximate.", "are approximate.");
  count(used.filter((p) => p.confidence === "low").length, "is of low confidence.", "are of low confidence.");
  if (series.status !== "actual") caveats.push(`The values are ${series.status}, not what came to be.`);
  if (units.some((u) => u.id === series.unit && u.kind === "currency"))
    caveats.push("The money is nominal, not adjusted for inflation or exchange rates.");
  if (gaps.length > 0) caveats.push(`${gaps.length} period(s) missing in between: ${gaps.join(", ")}.`);
  for (const b of breaks ?? []) caveats.push(`Change of method at ${b.at}: ${b.why}`);
  for (const point of used) for (const caveat of point.caveats) caveats.push(`${point.period}: ${caveat}`);
  const { points: _points, leftOut, clash: _clash, ...kind } = series;
  return {
    ...basics,
    series: kind,
    gaps,
    breaks: breaks ?? [],
    caveats,
    observations: used.map((p) => p.observation),
    sources: [...new Set(used.flatMap((p) => p.sources))],
    leftOut,
  };
}

const OPTIONS = {
  alpha: (value: unknown) => {
    if (typeof value !== "number" || !(value > 0 && value < 1))
      throw new CpecDataError("OUT_OF_RANGE", `alpha is ${String(value)}.`, {
        hint: "Give a level of significance between 0 and 1.",
      });
  },
};

const isSeries = (input: Series | readonly Point[]): input is Series => !Array.isArray(input);

/**
 * The trend of one series: change, ratio and growth from the first to the last value, steps, slopes a year, significance,
 * gaps and caveats. It says less on fewer points: two give a change only, three or four also slopes, five or more also a
 * test of significance, with and without a correction for serial correlation. A running total gets neither slope nor test.
 * Ranges, bounds and undated values don't enter; nothing is interpolated. O(n²) up to 500 points, O(n log n) above.
 *
 * @param series - a series of {@link toSeries}, or bare points with `x` in years (or any unit: slopes are then per that unit).
 * @param options - `alpha`, the level of significance.
 * @throws {@link CpecDataError} `OUT_OF_RANGE` for points that aren't finite or share an x, or an `alpha` outside 0 to 1;
 * `UNKNOWN_OPTION`.
 * @see NIST/SEMATECH e-Handbook (least squares); Sen 1968, doi:10.1080/01621459.1968.10480934; Mann 1945, doi:10.2307/1907187;
 * Kendall, Rank Correlation Methods, 1975; Hamed and Rao 1998, doi:10.1016/S0022-1694(97)00125-X.
 * @example
 * ```ts
 * import { computeTrend } from "cpec-it-data";
 * const trend = computeTrend([{ x: 2020, y: 13.05 }, { x: 2021, y: 24.66 }]);
 * console.log(trend.ratio?.toFixed(4), trend.slope); // → 1.8897 null
 * ```
 * @group Helpers
 */
export function computeTrend(series: Series, options?: TrendOptions): SeriesTrend;
export function computeTrend(points: readonly Point[], options?: TrendOptions): Trend;
export function computeTrend(input: Series | readonly Point[], options: TrendOptions = {}): Trend {
  checkOptions("computeTrend()", options, OPTIONS);
  if (!Array.isArray(input) && !Array.isArray((input as Series | undefined)?.points))
    throw new CpecDataError("INVALID_ROW", `computeTrend() got ${show(input)} where it expects a series.`, {
      hint: "Pass one series of toSeries(), or points { x, y }.",
    });
  if (isSeries(input)) return ofSeries(input, options);
  const points = input.map((p) => ({ ...p, label: String(p.x) }));
  return {
    ...describePoints(points, options, { growth: true, trend: true }),
    gaps: [],
    breaks: [],
    observations: [],
    sources: [],
    leftOut: [],
  };
}

/**
 * The trend of every series in the rows that has at least two values, strongest first: by |tau| where it can be tested,
 * then by number of values. Fiscal and calendar years, and windows within them, are series of their own.
 *
 * @param rows - observations of any kind and order; not changed.
 * @param options - as for {@link computeTrend}.
 * @see {@link computeTrend}; {@link toSeries}.
 * @example
 * ```ts
 * import { computeTrends, filterObservations, observations } from "cpec-it-data";
 * const trends = computeTrends(filterObservations(observations, { metric: "phones-assembled", status: "actual" }));
 * console.log(trends.every((t) => t.n >= 2)); // → true
 * ```
 * @group Helpers
 */
export function computeTrends(rows: Iterable<ObservationRecord>, options: TrendOptions = {}): SeriesTrend[] {
  checkOptions("computeTrends()", options, OPTIONS);
  const strength = (t: SeriesTrend) => (t.significance ? 1 + Math.abs(t.significance.tau) : 0);
  return toSeries(rows)
    .map((series) => ofSeries(series, options))
    .filter((trend) => trend.n >= 2)
    .sort((a, b) => strength(b) - strength(a) || b.n - a.n || ascending(a.series.key, b.series.key));
}
