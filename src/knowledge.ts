/** What was known on a day: a claim counts from the publication of its source. */
import { sources } from "./data/sources.js";
import { dateWindow } from "./dates.js";
import { CpecDataError } from "./errors.js";
import type { ClaimRecord, ObservationRecord, SourceRecord } from "./types.js";

let index: Map<string, SourceRecord> | undefined;

/** The source of an id. @internal */
export function sourceOf(id: string): SourceRecord | undefined {
  index ??= new Map(sources.map((source) => [source.id, source]));
  return index.get(id);
}

/**
 * Whether a claim was published on or before a day. An undated page counts from the earliest day on which it can have
 * told of the thing, which the caller names: the begin of an event, the end of what a figure covers.
 * @internal
 */
export function wasKnown(claim: ClaimRecord, day: string, possible: string | null): boolean {
  const published = sourceOf(claim.source)?.published ?? null;
  return published === null ? possible === null || possible <= day : dateWindow(published).earliest <= day;
}

/** The first day on which a value was said: its `asOf`, or the first publication; `null` when no source is dated. @internal */
export function firstSaid(row: ObservationRecord): string | null {
  if (row.asOf !== undefined) return dateWindow(row.asOf).earliest;
  const days = row.claims.flatMap((claim) => {
    const published = sourceOf(claim.source)?.published;
    return published == null ? [] : [dateWindow(published).earliest];
  });
  return days.length === 0 ? null : days.reduce((a, b) => (b < a ? b : a));
}

/** The last day of a date given by a caller. @internal */
export function asDay(asOf: string): string {
  try {
    return dateWindow(asOf).latest;
  } catch (error) {
    throw new CpecDataError("INVALID_DATE", `asOf is "${asOf}".`, { hint: (error as CpecDataError).hint });
  }
}
