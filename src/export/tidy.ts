import { ascending } from "../collect.js";
import { dayNumber } from "../dates.js";
import { guard } from "../guard.js";
import { sourcesOf } from "../interval.js";
import { dimensionKey } from "../keys.js";
import { checkObservations } from "../rows.js";
import { total } from "../total.js";
import type { ObservationRecord } from "../types.js";

/** A value that counts, laid out so that plain sums are right. @group Types */
export interface TidyRow {
  readonly metric: string;
  readonly sector: string;
  readonly scope: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** All dimensions as one text (`a=b;c=d`, by name); empty for the total. */
  readonly dimensions: string;
  readonly status: string;
  readonly timing: string;
  readonly period: string;
  readonly start: string | null;
  readonly end: string | null;
  /** The calendar year in which the whole period lies; `null` where it lies in none, or another value holds a part of that year. */
  readonly year: number | null;
  /** Days that the value covers; `null` where an end is open. */
  readonly days: number | null;
  readonly unit: string;
  /** What came to be during a period: adds up within a metric. `null` for a range or bound. */
  readonly value: number | null;
  /** The lower end of the same, equal to `value` for a single value: adds up too. */
  readonly low: number | null;
  /** The upper end of the same. */
  readonly high: number | null;
  /** What was at a time (levels, shares, rates, running totals): never adds up over time. */
  readonly level: number | null;
  /** What was planned, signed, aimed at or expected: never adds to what came to be. */
  readonly promised: number | null;
  readonly approximate: boolean;
  readonly confidence: string;
  readonly observation: string;
  readonly sources: readonly string[];
}

const byKey = <K, V>(map: Map<K, V[]>, key: K, value: V) => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const yearOf = (day: string) => Number(day.slice(0, 4));
const yearsFrom = (start: string, end: string) =>
  Array.from({ length: yearOf(end) - yearOf(start) + 1 }, (_, i) => yearOf(start) + i);

/** The rows of one class that add up: all that count, or those of one cut where cuts overlap. */
function addable<R extends ObservationRecord>(kept: readonly R[]): ReadonlySet<R> {
  if (kept.length === 0) return new Set();
  const adds = (rows: readonly R[]) => {
    try {
      total(rows);
      return true;
    } catch {
      return false;
    }
  };
  if (adds(kept)) return new Set(kept);
  const cuts = new Map<string, R[]>();
  for (const row of kept) byKey(cuts, dimensionKey(row), row);
  const ordered = [...cuts].sort(
    ([a, x], [b, y]) => Number(b === "") - Number(a === "") || y.length - x.length || ascending(a, b),
  );
  return new Set(ordered.map(([, rows]) => rows).find(adds) ?? []);
}

/**
 * The values that count, one row each, so laid out that a plain sum within a metric is right, in tools that know no guard:
 * repeats, parts, contained subjects, dimensions beside their total and overlapping periods are left out, as in
 * {@link total}; and each number stands in the column that says what may be done with it. `value`, `low` and `high` hold what came to be
 * during a period, and add up; `level` holds what was at a time, and doesn't; `promised` holds what came to be only perhaps.
 *
 * @param rows - observations; not changed.
 * @returns rows by metric, then status, timing and time. O(n log n).
 * @throws CpecDataError `INVALID_ROW`, `CONFLICTING_ROWS`.
 * @example
 * ```ts
 * import { observations } from "cpec-it-data";
 * import { toTidy } from "cpec-it-data/export";
 * const made = toTidy(observations).filter((row) => row.metric === "phones-assembled" && row.year === 2021);
 * console.log(made.reduce((sum, row) => sum + (row.value ?? 0), 0)); // → 24660000
 * ```
 * @group Formats
 */
export function toTidy(rows: Iterable<ObservationRecord>): TidyRow[] {
  const classes = new Map<string, ObservationRecord[]>();
  for (const row of checkObservations("toTidy()", rows).rows)
    byKey(classes, [row.metric, row.unit, row.measure, row.status, row.timing].join("\n"), row);
  return [...classes.values()]
    .flatMap((all) => {
      const { kept } = guard(all);
      const [first] = all as [ObservationRecord];
      const actual = first.status === "actual";
      const sums =
        actual && first.measure === "flow" && first.timing === "during"
          ? addable(kept)
          : new Set<ObservationRecord>();
      // A fiscal year has taken a part of its two years: what is left of them is no year.
      const broken = new Set(
        [...sums].flatMap(({ start, end }) =>
          start !== null && end !== null && yearOf(start) !== yearOf(end) ? yearsFrom(start, end) : [],
        ),
      );
      return kept.map((row): TidyRow => {
        const { start, end, low, high } = row;
        const adds = sums.has(row);
        const number = row.value ?? low ?? high;
        return {
          metric: row.metric,
          sector: row.sector,
          scope: row.scope,
          subjectType: row.subject.type,
          subjectId: row.subject.id,
          dimensions: dimensionKey(row),
          status: row.status,
          timing: row.timing,
          period: row.period,
          start,
          end,
          year:
            end !== null && yearOf(start ?? end) === yearOf(end) && !(adds && broken.has(yearOf(end)))
              ? yearOf(end)
              : null,
          days: start !== null && end !== null ? dayNumber(end) - dayNumber(start) + 1 : null,
          unit: row.unit,
          value: adds ? row.value : null,
          low: adds ? low : null,
          high: adds ? high : null,
          level: actual && !adds ? number : null,
          promised: actual ? null : number,
          approximate: row.approximate || row.value === null,
          confidence: row.confidence,
          observation: row.id,
          sources: sourcesOf([row]),
        };
      });
    })
    .sort(
      (a, b) =>
        ascending(a.metric, b.metric) ||
        ascending(a.status, b.status) ||
        ascending(a.timing, b.timing) ||
        ascending(a.start ?? a.end ?? "", b.start ?? b.end ?? "") ||
        ascending(a.observation, b.observation),
    );
}
