import { CpecDataError } from "./errors.js";
import type { Interval } from "./interval.js";
import { show } from "./nearest.js";
import type { Series, SeriesPoint } from "./series.js";

/** One period of {@link ratioOf}. @group Types */
export interface RatioPoint extends Interval {
  readonly period: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly x: number | null;
  /** Id of the observation above the line. */
  readonly numerator: string;
  /** Id of the observation below the line. */
  readonly denominator: string;
  readonly sources: readonly string[];
  readonly caveats: readonly string[];
}

/** Two series joined by period. @group Types */
export interface Ratio {
  /** Unit of the numerator over that of the denominator; `1` where they are equal. */
  readonly unit: string;
  readonly points: readonly RatioPoint[];
  /** Periods of the one that the other lacks. */
  readonly missing: readonly string[];
}

/**
 * One series over another, period by period: a share of a whole, money a unit, phones made for each phone imported. Only
 * equal times are joined; what one of the two lacks is listed. Ends are divided as intervals, so that a range stays a range;
 * a denominator that may be zero gives an open end. O(n).
 *
 * @param numerator - a series of {@link toSeries}.
 * @param denominator - another, of the same cadence and status.
 * @throws {@link CpecDataError} `MIXED_TIMING` for different cadences, `MIXED_STATUS` for different statuses.
 * @see {@link toSeries}; {@link computeTrend}.
 * @example
 * ```ts
 * import { filterObservations, observations, ratioOf, toSeries } from "cpec-it-data";
 * const yearly = (metric: "phones-assembled" | "phones-imported") =>
 *   toSeries(filterObservations(observations, { metric, status: "actual", dimensions: {} })).find((s) => s.cadence === "year");
 * const [made, imported] = [yearly("phones-assembled"), yearly("phones-imported")];
 * const ratio = made && imported && ratioOf(made, imported);
 * console.log(ratio?.points.find((p) => p.period === "2021")?.value?.toFixed(2)); // → 2.40
 * ```
 * @group Helpers
 */
export function ratioOf(numerator: Series, denominator: Series): Ratio {
  for (const series of [numerator, denominator]) {
    if (!Array.isArray((series as Series | undefined)?.points))
      throw new CpecDataError("INVALID_ROW", `ratioOf() got ${show(series)} where it expects a series.`, {
        hint: 'Pass two series of toSeries(), such as toSeries(rows).find((s) => s.cadence === "year").',
      });
  }
  const differ = (field: "cadence" | "status", code: "MIXED_TIMING" | "MIXED_STATUS") => {
    if (numerator[field] !== denominator[field])
      throw new CpecDataError(
        code,
        `The series have different ${field === "cadence" ? "cadences" : "statuses"}: "${numerator[field]}" and "${denominator[field]}".`,
        {
          ids: [numerator.key, denominator.key],
          hint: `Choose two with the same: toSeries(rows).find((s) => s.${field} === "${numerator[field]}").`,
        },
      );
  };
  differ("cadence", "MIXED_TIMING");
  differ("status", "MIXED_STATUS");
  const key = (p: SeriesPoint) => `${p.start}|${p.end}`;
  const below = new Map(denominator.points.map((p) => [key(p), p]));
  const above = new Set(numerator.points.map(key));
  const over = (a: number | null, b: number | null) => (a === null || b === null || b <= 0 ? null : a / b);
  const isNegative = (n: number | null) => n !== null && n < 0;
  return {
    unit: numerator.unit === denominator.unit ? "1" : `${numerator.unit}/${denominator.unit}`,
    points: numerator.points.flatMap((p): RatioPoint[] => {
      const q = below.get(key(p));
      if (!q) return [];
      // Over a denominator that may be negative nothing is certain; below zero the smaller one gives the lower end.
      const [least, most] = isNegative(q.low) ? [null, null] : [q.low, q.high];
      return [
        {
          period: p.period,
          start: p.start,
          end: p.end,
          x: p.x,
          value: over(p.value, q.value),
          low: over(p.low, isNegative(p.low) ? least : most),
          high: over(p.high, isNegative(p.high) ? most : least),
          approximate: p.approximate || q.approximate,
          numerator: p.observation,
          denominator: q.observation,
          sources: [...new Set([...p.sources, ...q.sources])],
          caveats: [...new Set([...p.caveats, ...q.caveats])],
        },
      ];
    }),
    missing: [
      ...numerator.points.filter((p) => !below.has(key(p))).map((p) => p.period),
      ...denominator.points.filter((p) => !above.has(key(p))).map((p) => p.period),
    ].sort(),
  };
}
