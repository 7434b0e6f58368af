import { ascending } from "./collect.js";
import { noOptions } from "./options.js";
import { checkEvents } from "./rows.js";
import type { EventRecord } from "./types.js";

/** An event in its place in time. @group Types */
export interface TimelineEntry<E extends EventRecord = EventRecord> {
  readonly event: E;
  /** Whether it certainly came after the one before it; `null` for the first. */
  readonly afterPrevious: "certain" | "possible" | null;
}

/**
 * Events in order of time: by the first day they can have begun, then by the last. Where two windows overlap the order is
 * only possible, and the later entry says so. Every scope and status is kept; an event given twice stands once. O(n log n).
 *
 * @param events - events, of the dataset or of your own; not changed.
 * @throws {@link CpecDataError} `INVALID_ROW`, `CONFLICTING_ROWS`.
 * @see {@link filterEvents}; {@link projectStatus}.
 * @example
 * ```ts
 * import { events, filterEvents, timeline } from "cpec-it-data";
 * const story = timeline(filterEvents(events, { project: "xiaomi-lahore-plant" }));
 * console.log(story.map((entry) => entry.event.id).includes("xiaomi-plant-opening")); // → true
 * ```
 * @group Helpers
 */
export function timeline<E extends EventRecord>(events: Iterable<E>): TimelineEntry<E>[];
export function timeline<E extends EventRecord>(events: Iterable<E>, options?: unknown): TimelineEntry<E>[] {
  noOptions("timeline()", options);
  const text = (e: E) => `${e.date.earliest}|${e.date.latest}|${e.id}`;
  const sorted = [...checkEvents("timeline()", events).rows].sort((a, b) => ascending(text(a), text(b)));
  let latest = "";
  return sorted.map((event, i) => {
    const afterPrevious = i === 0 ? null : latest < event.date.earliest ? "certain" : "possible";
    if (event.date.latest > latest) latest = event.date.latest;
    return { event, afterPrevious };
  });
}
