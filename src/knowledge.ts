/** What was known on a day: a claim counts from the publication of its source. */
import { sources } from "./data/sources.js";
import { dateWindow } from "./dates.js";
import { CpecDataError } from "./errors.js";
import type { ClaimRecord, SourceRecord } from "./types.js";

let index: Map<string, SourceRecord> | undefined;

/** The source of an id. @internal */
export function sourceOf(id: string): SourceRecord | undefined {
  index ??= new Map(sources.map((source) => [source.id, source]));
  return index.get(id);
}

/**
 * Whether a claim was published on or before a day. An undated page counts as soon as what it tells of has begun.
 * @internal
 */
export function wasKnown(claim: ClaimRecord, day: string, begun: string | null): boolean {
  const published = sourceOf(claim.source)?.published ?? null;
  return published === null ? begun === null || begun <= day : dateWindow(published).earliest <= day;
}

/** The last day of a date given by a caller. @internal */
export function asDay(asOf: string): string {
  try {
    return dateWindow(asOf).latest;
  } catch (error) {
    throw new CpecDataError("INVALID_DATE", `asOf is "${asOf}".`, { hint: (error as CpecDataError).hint });
  }
}
