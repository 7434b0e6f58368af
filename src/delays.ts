/** Promises counted: by sector, body or year made, with verdicts and the median delay. */

import { ascending, getOrAdd } from "./collect.js";
import { checkOptions, oneOf } from "./options.js";
import { checks, type PromiseOptions, type PromiseRecord, promises } from "./promises.js";
import type { Delay } from "./verdicts.js";
import { VERDICTS, type Verdict } from "./vocabulary.js";

/** Options of {@link delays}. @group Types */
export interface DelayOptions extends Omit<PromiseOptions, "by"> {
  /** What to summarise by; default `sector`. A promise counts under each body that made it, or under the year in which it was made. */
  readonly by?: "sector" | "promisedBy" | "year";
}

/** Promises of one group, summed up. @group Types */
export interface DelayRow {
  readonly key: string | null;
  /** Promises, each chain of restatements once, by its newest wording. */
  readonly promises: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Promises of which the delay is known: kept or late, with a deadline. */
  readonly timed: number;
  /** Median delay in days as an interval: the medians of the least and of the largest delays; `null` when none is known. */
  readonly medianDelay: Delay | null;
  readonly ids: readonly string[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * Promises by sector, by the bodies that made them or by year made: how many, with which verdicts, and the median delay of
 * those whose day is known. A promise that was restated counts once, by its newest wording; early fulfilment counts as a negative delay. O(n log n).
 *
 * @param options - `by`, and the filters of {@link promises}.
 * @returns rows by number of promises.
 * @throws {@link CpecDataError} as {@link promises}.
 * @see {@link promises}; {@link projectStatus}.
 * @example
 * ```ts
 * import { delays } from "cpec-it-data";
 * const [first] = delays({ by: "sector" });
 * console.log((first?.promises ?? 0) > 0, first?.promises === first?.ids.length); // → true true
 * ```
 * @group Helpers
 */
export function delays(options: DelayOptions = {}): DelayRow[] {
  checkOptions("delays()", options, { ...checks(), by: oneOf(["sector", "promisedBy", "year"]) });
  const { by = "sector", ...filter } = options;
  const keysOf = (p: PromiseRecord): readonly (string | null)[] => {
    if (by === "sector") return [p.sector];
    if (by === "year") return [p.madeOn?.earliest.slice(0, 4) ?? null];
    return p.promisedBy.length > 0 ? p.promisedBy : [null];
  };
  const groups = new Map<string | null, PromiseRecord[]>();
  for (const p of promises(filter))
    if (p.restatedBy === null) for (const key of keysOf(p)) getOrAdd(groups, key, () => []).push(p);
  return [...groups]
    .map(([key, list]): DelayRow => {
      const timed = list.flatMap((p) =>
        p.delay && (p.verdict === "kept" || p.verdict === "late") ? [p.delay] : [],
      );
      const count = (verdict: Verdict) => list.filter((p) => p.verdict === verdict).length;
      return {
        key,
        promises: list.length,
        verdicts: Object.fromEntries(VERDICTS.map((v) => [v, count(v)])) as Record<Verdict, number>,
        timed: timed.length,
        medianDelay:
          timed.length > 0
            ? { min: median(timed.map((d) => d.min)), max: median(timed.map((d) => d.max)) }
            : null,
        ids: list.map((p) => p.id),
      };
    })
    .sort((a, b) => b.promises - a.promises || ascending(a.key ?? "\uffff", b.key ?? "\uffff"));
}
