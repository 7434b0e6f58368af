import { ascending, getOrAdd } from "./collect.js";
import { CpecDataError } from "./errors.js";
import { organisationsOf, placesOf } from "./filter.js";
import type { LeftOut } from "./guard.js";
import { sourcesOf } from "./interval.js";
import { checkOptions, fieldsOrFunction, flag, listOf, oneOf, oneOrMore } from "./options.js";
import { checkEvents } from "./rows.js";
import type { EventRecord } from "./types.js";
import {
  DEFAULT_SCOPES,
  EVENT_STATUSES,
  type EventStatus,
  type OneOrMore,
  SCOPES,
  type Scope,
} from "./vocabulary.js";

/** Fields by which events can be counted. @group Types */
export const COUNT_FIELDS = /* @__PURE__ */ Object.freeze([
  "sector",
  "year",
  "quarter",
  "month",
  "kind",
  "organisation",
  "place",
  "scope",
  "status",
] as const);
/** A field by which events can be counted. @group Types */
export type CountField = (typeof COUNT_FIELDS)[number];

/** A value by which events are counted; `null` for events that have none. @group Types */
export type CountKey = string | number | null;

/** Options of {@link countEvents}. @group Types */
export interface CountOptions<E extends EventRecord = EventRecord, F extends CountField = CountField> {
  /** One field, several, or a function that gives an event's group. */
  readonly by: F | readonly F[] | ((event: E) => CountKey);
  /** Scopes that count; `context` is left out unless named. */
  readonly scope?: OneOrMore<Scope>;
  /** Statuses that count; what is only planned, postponed, cancelled or unverified is left out unless named. */
  readonly status?: OneOrMore<EventStatus>;
  /** `false` counts under the organisations and places as the records name them, without parents and larger places. Default `true`. */
  readonly rollUp?: boolean;
}

/** One group of events. @group Types */
export interface CountRow<F extends string = string> {
  /** The values counted by: one entry a field, or `key` for a function. A window over two groups of time is its own: `2022/2023`. */
  readonly group: Readonly<Record<F, CountKey>>;
  /** The first of these values: the only one when counted by one field. */
  readonly key: CountKey;
  readonly count: number;
  readonly events: readonly string[];
  readonly sources: readonly string[];
  /** Events whose whole is counted in the same group, and repeats. */
  readonly leftOut: readonly LeftOut[];
}

const window = (of: (day: string) => string) => (event: EventRecord) => {
  const [from, to] = [of(event.date.earliest), of(event.date.latest)];
  return [from === to ? from : `${from}/${to}`];
};
const quarter = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

const KEYS: Readonly<Record<CountField, (event: EventRecord, rollUp: boolean) => readonly CountKey[]>> = {
  sector: (event) => event.sectors.slice(0, 1),
  year: /* @__PURE__ */ window((day) => day.slice(0, 4)),
  quarter: /* @__PURE__ */ window(quarter),
  month: /* @__PURE__ */ window((day) => day.slice(0, 7)),
  kind: (event) => [event.kind],
  organisation: organisationsOf,
  place: placesOf,
  scope: (event) => [event.scope],
  status: (event) => [event.status],
};

/**
 * Counts events. By default it counts what occurred or is ongoing, and leaves out scope `context`; a part is left out
 * where its whole is counted in the same group. By `sector` an event counts once, under its primary sector; by
 * `organisation` or `place` it counts under each, and under the bodies whose subsidiaries they were and the larger places, as
 * {@link filterEvents} finds them: those rows don't add up to the number of events. O(n log n).
 *
 * @param events - events, of the dataset or of your own; not changed.
 * @param options - what to count by (several fields give one row for each combination), and what counts.
 * @returns one row a group: in order of time when counted by it alone, else by count.
 * @throws {@link CpecDataError} `UNKNOWN_OPTION`, `UNKNOWN_VALUE`, `INVALID_ROW`, `CONFLICTING_ROWS`.
 * @see {@link aggregate} for figures; {@link filterEvents}.
 * @example
 * ```ts
 * import { countEvents, events } from "cpec-it-data";
 * const [first] = countEvents(events, { by: ["sector", "year"] });
 * console.log(typeof first?.group.sector, typeof first?.group.year, (first?.count ?? 0) > 0); // → string string true
 * ```
 * @group Helpers
 */
export function countEvents<E extends EventRecord, F extends CountField>(
  events: Iterable<E>,
  options: CountOptions<E, F>,
): CountRow<CountField extends F ? "key" : F>[] {
  const by = fieldsOrFunction(COUNT_FIELDS);
  checkOptions("countEvents()", options ?? null, {
    by,
    scope: oneOrMore(oneOf(SCOPES)),
    status: oneOrMore(oneOf(EVENT_STATUSES)),
    rollUp: flag,
  });
  by(options.by, 'countEvents(): "by"');
  const { scope = DEFAULT_SCOPES, status = ["occurred", "ongoing"], rollUp = true } = options;
  const [scopes, statuses] = [listOf(scope as OneOrMore<Scope>), listOf(status as OneOrMore<EventStatus>)];
  const { by: wanted } = options;
  const names = typeof wanted === "function" ? ["key"] : listOf(wanted as F | readonly F[]);
  const keysOf =
    typeof wanted === "function"
      ? [(event: E): readonly CountKey[] => [wanted(event)]]
      : (names as readonly CountField[]).map((name) => (event: E) => KEYS[name](event, rollUp));

  const { rows, repeats } = checkEvents("countEvents()", events);
  const counts = (event: E) => scopes.includes(event.scope) && statuses.includes(event.status);
  const byId = new Map(rows.filter(counts).map((event) => [event.id, event]));
  const again = new Map<string, number>();
  for (const id of repeats) again.set(id, (again.get(id) ?? 0) + 1);
  const groups = new Map<string, { values: readonly CountKey[]; events: Map<string, E> }>();
  for (const event of byId.values()) {
    let combinations: CountKey[][] = [[]];
    for (const keys of keysOf) {
      const values = keys(event);
      combinations = combinations.flatMap((c) => (values.length > 0 ? values : [null]).map((v) => [...c, v]));
    }
    for (const values of combinations)
      getOrAdd(groups, JSON.stringify(values), () => ({ values, events: new Map<string, E>() })).events.set(
        event.id,
        event,
      );
  }
  const inTime = names.length === 1 && ["year", "quarter", "month"].includes(names[0] as string);
  const text = (key: CountKey | undefined) => (key == null ? "\uffff" : String(key));
  return [...groups.values()]
    .map(({ values, events: members }) => {
      const kept: E[] = [];
      const leftOut: LeftOut[] = [];
      const wholes = wholesOf(members, byId);
      for (const event of [...members.values()].sort((a, b) => ascending(a.id, b.id))) {
        const whole = wholes.get(event.id);
        const fate: LeftOut | undefined =
          whole === undefined ? undefined : { id: event.id, reason: "part", because: whole };
        if (fate) leftOut.push(fate);
        else kept.push(event);
        for (let n = again.get(event.id) ?? 0; n > 0; n--)
          leftOut.push(fate ?? { id: event.id, reason: "duplicate", because: event.id });
      }
      return {
        group: Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])) as Record<
          CountField extends F ? "key" : F,
          CountKey
        >,
        key: values[0] ?? null,
        count: kept.length,
        events: kept.map((event) => event.id),
        sources: sourcesOf(kept),
        leftOut,
      };
    })
    .sort((a, b) => {
      if (!inTime && a.count !== b.count) return b.count - a.count;
      for (const name of names as (keyof typeof a.group)[]) {
        const order = ascending(text(a.group[name]), text(b.group[name]));
        if (order !== 0) return order;
      }
      return 0;
    });
}

/** For each event of a group the outermost whole of which it is a part, if that is in the group; those in between need not be. */
function wholesOf(
  group: ReadonlyMap<string, EventRecord>,
  all: ReadonlyMap<string, EventRecord>,
): ReadonlyMap<string, string | undefined> {
  const known = new Map<string, string | undefined>();
  for (const event of group.values()) {
    const way: string[] = [];
    const seen = new Set<string>();
    let at: string | undefined = event.id;
    while (at !== undefined && !known.has(at)) {
      if (seen.has(at))
        throw new CpecDataError(
          "INVALID_ROW",
          `The events ${way.map((id) => `"${id}"`).join(" > ")} are parts of each other, in a ring.`,
          {
            ids: way,
            hint: "Take one of the links (`partOf`) out.",
          },
        );
      seen.add(at);
      way.push(at);
      at = all.get(at)?.partOf;
    }
    for (const id of way.reverse()) {
      const up: string | undefined = all.get(id)?.partOf;
      known.set(id, up === undefined ? undefined : (known.get(up) ?? (group.has(up) ? up : undefined)));
    }
  }
  return known;
}
