import type { LeftOut } from "./guard.js";
import type { EventRecord } from "./types.js";
import type { EventStatus, Scope } from "./vocabulary.js";

/** Fields by which events can be counted. @group Types */
export type CountField =
  | "sector"
  | "year"
  | "quarter"
  | "month"
  | "kind"
  | "organisation"
  | "place"
  | "scope"
  | "status";

/** Options of {@link countEvents}. @group Types */
export interface CountOptions<E extends EventRecord = EventRecord> {
  /** What to count by, or a function that gives an event's group. */
  readonly by: CountField | ((event: E) => string | number | null);
  /** Scopes that count; `context` is left out unless named. */
  readonly scopes?: readonly Scope[];
  /** Statuses that count; what is only planned, postponed, cancelled or unverified is left out unless named. */
  readonly statuses?: readonly EventStatus[];
}

/** One group of events. @group Types */
export interface CountRow {
  /** The group; `null` for events that have none. A window over two groups of time is its own: `2022/2023`. */
  readonly key: string | number | null;
  readonly count: number;
  readonly events: readonly string[];
  readonly sources: readonly string[];
  /** Events whose whole is counted in the same group (R5), and repeats. */
  readonly leftOut: readonly LeftOut[];
}

const spread = (of: (day: string) => string) => (event: EventRecord) => {
  const [from, to] = [of(event.date.earliest), of(event.date.latest)];
  return [from === to ? from : `${from}/${to}`];
};
const quarter = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

const KEYS: Readonly<Record<CountField, (event: EventRecord) => readonly (string | number | null)[]>> = {
  sector: (event) => event.sectors.slice(0, 1),
  year: spread((day) => day.slice(0, 4)),
  quarter: spread(quarter),
  month: spread((day) => day.slice(0, 7)),
  kind: (event) => [event.kind],
  organisation: (event) => [...new Set(event.organisations.map((o) => o.id))],
  place: (event) => event.places,
  scope: (event) => [event.scope],
  status: (event) => [event.status],
};

/**
 * Counts events. By default it counts what occurred or is ongoing, and leaves out scope `context`; a part is left out
 * where its whole is counted in the same group. By `sector` an event counts once, under its primary sector; by
 * `organisation` or `place` it counts under each, so those rows don't add up to the number of events.
 *
 * @param events - events, of the dataset or of your own.
 * @returns one row a group: times in order, the rest by count.
 * @example
 * ```ts
 * import { countEvents, events } from "cpec-it-data";
 * const [first] = countEvents(events, { by: "sector" });
 * console.log(typeof first?.key, (first?.count ?? 0) > 0); // → string true
 * ```
 * @group Helpers
 */
export function countEvents<E extends EventRecord>(
  events: Iterable<E>,
  options: CountOptions<E>,
): CountRow[] {
  const { by, scopes = ["cpec", "bilateral"], statuses = ["occurred", "ongoing"] } = options;
  const keysOf = typeof by === "function" ? (event: E) => [by(event)] : KEYS[by];
  const groups = new Map<string | number | null, Map<string, E>>();
  const repeats = new Map<string | number | null, LeftOut[]>();
  for (const event of events) {
    if (!scopes.includes(event.scope) || !statuses.includes(event.status)) continue;
    const keys = keysOf(event);
    for (const key of keys.length > 0 ? keys : [null]) {
      const group = groups.get(key) ?? new Map<string, E>();
      groups.set(key, group);
      if (!group.has(event.id)) group.set(event.id, event);
      else
        repeats.set(key, [
          ...(repeats.get(key) ?? []),
          { id: event.id, reason: "duplicate", because: event.id },
        ]);
    }
  }
  const rows = [...groups].map(([key, group]): CountRow => {
    const kept: E[] = [];
    const leftOut: LeftOut[] = [...(repeats.get(key) ?? [])];
    for (const event of group.values()) {
      const whole = wholeOf(event, group);
      if (whole === undefined) kept.push(event);
      else leftOut.push({ id: event.id, reason: "part", because: whole });
    }
    return {
      key,
      count: kept.length,
      events: kept.map((event) => event.id),
      sources: [...new Set(kept.flatMap((event) => event.claims.map((claim) => claim.source)))],
      leftOut,
    };
  });
  const text = (row: CountRow) => (row.key === null ? "\uffff" : String(row.key));
  const inTime = by === "year" || by === "quarter" || by === "month";
  return rows.sort((a, b) => (inTime ? 0 : b.count - a.count) || (text(a) < text(b) ? -1 : 1));
}

/** The nearest whole of an event that is in the group too. */
function wholeOf(event: EventRecord, group: ReadonlyMap<string, EventRecord>): string | undefined {
  const seen = new Set([event.id]);
  for (let up = event.partOf; up !== undefined && !seen.has(up); up = group.get(up)?.partOf) {
    if (group.has(up)) return up;
    seen.add(up);
  }
  return undefined;
}
