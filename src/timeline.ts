import type { EventRecord } from "./types.js";

/** An event in its place in time. @group Types */
export interface TimelineEntry<E extends EventRecord = EventRecord> {
  readonly event: E;
  /** Whether it certainly came after the one before it; `null` for the first. */
  readonly afterPrevious: "certain" | "possible" | null;
}

/**
 * Events in order of time: by the first day they can have begun, then by the last. Where two windows overlap the order is
 * only possible, and the later entry says so. Every scope and status is kept.
 *
 * @param events - events, of the dataset or of your own; not changed.
 * @example
 * ```ts
 * import { events, filterEvents, timeline } from "cpec-it-data";
 * const story = timeline(filterEvents(events, { project: "xiaomi-lahore-plant" }));
 * console.log(story.map((entry) => entry.event.id).includes("xiaomi-plant-opening")); // → true
 * ```
 * @group Helpers
 */
export function timeline<E extends EventRecord>(events: Iterable<E>): TimelineEntry<E>[] {
  const text = (e: E) => `${e.date.earliest}|${e.date.latest}|${e.id}`;
  const sorted = [...events].sort((a, b) => (text(a) < text(b) ? -1 : 1));
  return sorted.map((event, i) => {
    const before = sorted
      .slice(0, i)
      .reduce((latest, e) => (e.date.latest > latest ? e.date.latest : latest), "");
    return { event, afterPrevious: i === 0 ? null : before < event.date.earliest ? "certain" : "possible" };
  });
}
