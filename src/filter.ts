import { containersOf } from "./containment.js";
import { periodWindow } from "./dates.js";
import { CpecDataError } from "./errors.js";
import type { EventId, MetricId, OrganisationId, PlaceId, ProjectId, SectorId } from "./generated/ids.js";
import type { EventRecord, ObservationRecord } from "./types.js";
import type { EventKind, EventStatus, Measure, ObservationStatus, Scope, Timing } from "./vocabulary.js";

/** One value or several, any of which fits. Known ids are suggested, other strings allowed. @group Types */
export type OneOrMore<T extends string> = T | (string & {}) | readonly (T | (string & {}))[];

/** A span of time. @group Types */
export interface TimeFilter {
  /** First date, EDTF or fiscal year: its first day counts. */
  readonly from?: string;
  /** Last date, EDTF or fiscal year: its last day counts. */
  readonly to?: string;
  /** Whether an item must lie in the span for certain (default), or only possibly. */
  readonly dates?: "certain" | "possible";
}

/** What events are wanted; whatever is left out does not restrict. @group Types */
export interface EventFilter extends TimeFilter {
  /** Any of the event's sectors. */
  readonly sector?: OneOrMore<SectorId>;
  /** Takes part itself or through a subsidiary. */
  readonly organisation?: OneOrMore<OrganisationId>;
  /** In the place or in something that lies in it. */
  readonly place?: OneOrMore<PlaceId>;
  readonly project?: OneOrMore<ProjectId>;
  readonly kind?: OneOrMore<EventKind>;
  readonly status?: OneOrMore<EventStatus>;
  readonly scope?: OneOrMore<Scope>;
}

/** What observations are wanted; whatever is left out does not restrict. @group Types */
export interface ObservationFilter extends TimeFilter {
  readonly metric?: OneOrMore<MetricId>;
  readonly sector?: OneOrMore<SectorId>;
  /** The subject itself, a subsidiary, or a project it owns or operates. */
  readonly organisation?: OneOrMore<OrganisationId>;
  /** The subject itself or something that lies in it. */
  readonly place?: OneOrMore<PlaceId>;
  /** The subject itself, a part of it, or an event of it. */
  readonly project?: OneOrMore<ProjectId>;
  readonly event?: OneOrMore<EventId>;
  readonly measure?: OneOrMore<Measure>;
  readonly status?: OneOrMore<ObservationStatus>;
  readonly timing?: OneOrMore<Timing>;
  readonly scope?: OneOrMore<Scope>;
  /** Exactly these dimensions: `{}` for totals only. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

const EVENT_KEYS = [
  "sector",
  "organisation",
  "place",
  "project",
  "kind",
  "status",
  "scope",
  "from",
  "to",
  "dates",
];
const OBSERVATION_KEYS = [
  "metric",
  "sector",
  "organisation",
  "place",
  "project",
  "event",
  "measure",
  "status",
  "timing",
  "scope",
  "dimensions",
  "from",
  "to",
  "dates",
];

/** A misspelt key would silently let everything through. */
function knownKeys(filter: object, keys: readonly string[]) {
  const unknown = Object.keys(filter).filter((key) => !keys.includes(key));
  if (unknown.length > 0)
    throw new CpecDataError("OUT_OF_RANGE", `Unknown filter "${unknown.join('", "')}".`, {
      ids: unknown,
      hint: `Known filters: ${keys.join(", ")}.`,
    });
}

type Test<T> = (item: T) => boolean;
const any = (
  wanted: OneOrMore<string> | undefined,
): ((values: readonly (string | undefined)[]) => boolean) => {
  if (wanted === undefined) return () => true;
  const set = new Set<string>(typeof wanted === "string" ? [wanted] : wanted);
  return (values) => values.some((value) => value !== undefined && set.has(value));
};
/** A subject and all that contains it, for a match with something larger. */
const withContainers = (subject: string) => [subject, ...containersOf(subject)];
const prefixed = (type: string, wanted: OneOrMore<string> | undefined) =>
  wanted === undefined
    ? undefined
    : (typeof wanted === "string" ? [wanted] : wanted).map((id) => `${type}/${id}`);

/** A test of windows against a span; an open end of a window reaches without limit. */
function inSpan({
  from,
  to,
  dates = "certain",
}: TimeFilter): Test<{ start: string | null; end: string | null }> {
  if (from === undefined && to === undefined) return () => true;
  const first = from === undefined ? "0000" : periodWindow(from).earliest;
  const last = to === undefined ? "9999" : periodWindow(to).latest;
  if (first > last)
    throw new CpecDataError("OUT_OF_RANGE", `The span from ${from} to ${to} is empty.`, {
      hint: "Put the earlier date in `from`.",
    });
  return dates === "possible"
    ? ({ start, end }) => (start ?? "0000") <= last && (end ?? "9999") >= first
    : ({ start, end }) => {
        if (start === null && end === null) return false;
        // A running total or deadline is known by its end alone, a rate by its start.
        const begin = start ?? (end as string);
        const finish = end ?? (start as string);
        return begin >= first && finish <= last;
      };
}

/**
 * Events that fit a filter. All scopes and statuses count unless the filter says otherwise.
 *
 * @param events - events, of the dataset or of your own; not changed.
 * @param filter - what is wanted; every part must fit. With `from` / `to` and `dates: "certain"` the whole window of an
 * event's date must lie in the span, with `"possible"` any day of it.
 * @returns a new array in the same order.
 * @throws {@link CpecDataError} `OUT_OF_RANGE` for an unknown key or an empty span, `INVALID_DATE` for a date it can't read.
 * @example
 * ```ts
 * import { events, filterEvents } from "cpec-it-data";
 * const plants = filterEvents(events, { sector: "device-manufacturing", place: "punjab", from: "2022", to: "2022" });
 * console.log(plants.some((event) => event.places.includes("lahore"))); // → true
 * ```
 * @group Helpers
 */
export function filterEvents<E extends EventRecord>(events: Iterable<E>, filter: EventFilter): E[] {
  knownKeys(filter, EVENT_KEYS);
  const span = inSpan(filter);
  const sector = any(filter.sector);
  const organisation = any(prefixed("organisation", filter.organisation));
  const place = any(prefixed("place", filter.place));
  const project = any(prefixed("project", filter.project));
  const kind = any(filter.kind);
  const status = any(filter.status);
  const scope = any(filter.scope);
  const found: E[] = [];
  for (const event of events)
    if (
      sector(event.sectors) &&
      kind([event.kind]) &&
      status([event.status]) &&
      scope([event.scope]) &&
      organisation(event.organisations.flatMap((o) => withContainers(`organisation/${o.id}`))) &&
      place(event.places.flatMap((p) => withContainers(`place/${p}`))) &&
      project(event.project === undefined ? [] : withContainers(`project/${event.project}`)) &&
      span({ start: event.date.earliest, end: event.date.latest })
    )
      found.push(event);
  return found;
}

/**
 * Observations that fit a filter. All scopes and statuses count unless the filter says otherwise.
 *
 * @param rows - observations, of the dataset or of your own; not changed.
 * @param filter - what is wanted; every part must fit. With `dates: "certain"` a period must lie wholly in the span; a
 * running total or deadline is placed by its end, a rate by its start; unknown deadlines are in no span.
 * @returns a new array in the same order.
 * @throws {@link CpecDataError} `OUT_OF_RANGE` for an unknown key or an empty span, `INVALID_DATE` for a date it can't read.
 * @example
 * ```ts
 * import { filterObservations, observations } from "cpec-it-data";
 * const made = filterObservations(observations, { metric: "phones-assembled", timing: "during", dimensions: {}, from: "2021", to: "2021" });
 * console.log(made.some((row) => row.value === 24_660_000)); // → true
 * ```
 * @group Helpers
 */
export function filterObservations<R extends ObservationRecord>(
  rows: Iterable<R>,
  filter: ObservationFilter,
): R[] {
  knownKeys(filter, OBSERVATION_KEYS);
  const span = inSpan(filter);
  const metric = any(filter.metric);
  const sector = any(filter.sector);
  const event = any(filter.event);
  const measure = any(filter.measure);
  const status = any(filter.status);
  const timing = any(filter.timing);
  const scope = any(filter.scope);
  const subjects = [
    prefixed("organisation", filter.organisation),
    prefixed("place", filter.place),
    prefixed("project", filter.project),
  ]
    .filter((wanted) => wanted !== undefined)
    .map(any);
  const dimensions = filter.dimensions && Object.entries(filter.dimensions);
  const found: R[] = [];
  for (const row of rows)
    if (
      metric([row.metric]) &&
      sector([row.sector]) &&
      event([row.event, row.subject.type === "event" ? row.subject.id : undefined]) &&
      measure([row.measure]) &&
      status([row.status]) &&
      timing([row.timing]) &&
      scope([row.scope]) &&
      (!dimensions ||
        (Object.keys(row.dimensions).length === dimensions.length &&
          dimensions.every(([name, value]) => row.dimensions[name] === value))) &&
      span(row)
    ) {
      const chain = subjects.length > 0 ? withContainers(`${row.subject.type}/${row.subject.id}`) : [];
      if (subjects.every((fits) => fits(chain))) found.push(row);
    }
  return found;
}
