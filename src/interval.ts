/** Values as intervals, and what a sum of them covers. */

import { liveClaims } from "./claims.js";
import { ascending } from "./collect.js";
import { dayNumber, isoDay } from "./dates.js";
import type { ObservationRecord } from "./types.js";
import { CONFIDENCES, type Confidence } from "./vocabulary.js";

/** A value as an interval: both ends are equal for a single value, an open end is `null`. @group Types */
export interface Interval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly approximate: boolean;
}

/** The days that a sum over time covers. @group Types */
export interface Covers {
  /** Days on which at least one observation counts. */
  readonly days: number;
  /** Days of the period asked for (`within`, a year); where none was, from the first day that counts to the last. */
  readonly of: number;
  /** The stretches without any observation, as periods: `2023-04/2023-06`. */
  readonly missing: readonly string[];
}

const NO_VALUE: Interval = { value: null, low: null, high: null, approximate: false };

/** Adds values end to end: an open end stays open, and no midpoint is invented. @internal */
export function addUp(rows: readonly Interval[]): Interval {
  if (rows.length === 0) return NO_VALUE;
  let low: number | null = 0;
  let high: number | null = 0;
  let single = true;
  let approximate = false;
  for (const row of rows) {
    low = low === null || row.low === null ? null : low + row.low;
    high = high === null || row.high === null ? null : high + row.high;
    single &&= row.value !== null;
    approximate ||= row.approximate;
  }
  return { value: single ? low : null, low, high, approximate };
}

/** Ids of the sources of rows, without repeats; deprecated claims do not support them. @internal */
export function sourcesOf(rows: readonly { readonly claims: ObservationRecord["claims"] }[]): string[] {
  const found = new Set<string>();
  for (const row of rows) for (const claim of liveClaims(row.claims)) found.add(claim.source);
  return [...found];
}

/** The lowest confidence; `high` where there are no rows. @internal */
export function lowestConfidence(rows: readonly ObservationRecord[]): Confidence {
  let lowest = 0;
  for (const row of rows) lowest = Math.max(lowest, CONFIDENCES.indexOf(row.confidence));
  return CONFIDENCES[lowest] as Confidence;
}

/** A window of days as a period: whole years and months by their name, the rest day by day. @internal */
function periodOf(start: string, end: string): string {
  const lastOfMonth = isoDay(dayNumber(end) + 1).endsWith("-01");
  const join = (a: string, b: string) => (a === b ? a : `${a}/${b}`);
  if (start.endsWith("-01-01") && end.endsWith("-12-31")) return join(start.slice(0, 4), end.slice(0, 4));
  if (start.endsWith("-01") && lastOfMonth) return join(start.slice(0, 7), end.slice(0, 7));
  return join(start, end);
}

/** The days that periods cover, within their span or a given one. Periods in order of time need no sorting. @internal */
export function coverageOf(
  rows: readonly { readonly start: string | null; readonly end: string | null }[],
  span?: readonly [string, string],
): Covers | null {
  const windows: { start: string; end: string }[] = [];
  let inOrder = true;
  for (const { start, end } of rows) {
    if (start === null || end === null) continue;
    const before = windows[windows.length - 1];
    if (before && start < before.start) inOrder = false;
    // What begins before the last one ends goes on with it.
    if (before && inOrder && start <= before.end) {
      if (end > before.end) before.end = end;
    } else windows.push({ start, end });
  }
  const [earliest] = windows;
  if (!earliest) return null;
  if (!inOrder) windows.sort((a, b) => ascending(a.start, b.start));
  const first = dayNumber(span ? span[0] : (windows[0] as { start: string }).start);
  let last = span ? dayNumber(span[1]) : first;
  let next = first;
  let days = 0;
  const missing: string[] = [];
  for (const window of windows) {
    const [from, to] = [dayNumber(window.start), dayNumber(window.end)];
    if (from > next) missing.push(periodOf(isoDay(next), isoDay(from - 1)));
    if (to >= next) {
      days += to - Math.max(from, next) + 1;
      next = to + 1;
    }
    if (to > last) last = to;
  }
  if (next <= last) missing.push(periodOf(isoDay(next), isoDay(last)));
  return { days, of: last - first + 1, missing };
}
