/** What was known on a day: a claim counts from the publication of its source. */
import { sources } from "./data/sources.js";
import { type DateWindow, dateWindow } from "./dates.js";
import { CpecDataError } from "./errors.js";
import type { ClaimRecord, SourceRecord } from "./types.js";

let index: Map<string, SourceRecord> | undefined;

/** Looks up a source by id. @internal */
export function sourceOf(id: string): SourceRecord | undefined {
  index ??= new Map(sources.map((source) => [source.id, source]));
  return index.get(id);
}

/** When the source of a claim was published; `undefined` when it shows no date. @internal */
export function publishedOn(claim: ClaimRecord): DateWindow | undefined {
  const published = sourceOf(claim.source)?.published ?? null;
  return published === null ? undefined : dateWindow(published);
}

/**
 * Whether a claim was published on or before a day. An undated source counts as published on `possible`, the earliest day on
 * which it could have reported this: the start of an event, the end of what a figure covers.
 * @internal
 */
export function wasKnown(claim: ClaimRecord, day: string, possible: string | null): boolean {
  const published = publishedOn(claim);
  return published === undefined ? possible === null || possible <= day : published.earliest <= day;
}

/** The last day of a date given by a caller. @internal */
export function asDay(asOf: string): string {
  try {
    return dateWindow(asOf).latest;
  } catch (error) {
    throw new CpecDataError("INVALID_DATE", `asOf is "${asOf}".`, { hint: (error as CpecDataError).hint });
  }
}
