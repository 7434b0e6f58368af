import { areasOf, DEFAULT_AREA, heldBy } from "./containment.js";
import { liesIn, periodWindow } from "./dates.js";
import { CpecDataError } from "./errors.js";
import dimensionFacts from "./generated/dimensions.json" with { type: "json" };
import type {
  EventId,
  MetricId,
  OrganisationId,
  PlaceId,
  ProjectId,
  SectorId,
  UnitId,
} from "./generated/ids.js";
import links from "./generated/links.json" with { type: "json" };
import { wantedIds } from "./known-ids.js";
import { type Check, checkOptions, flag, oneOf, oneOrMore, suggestion, text } from "./options.js";
import { checkEvents, checkList, checkObservations } from "./rows.js";
import type { CpecEvent, EventRecord, Observation, ObservationRecord } from "./types.js";
import * as V from "./vocabulary.js";

/** Ids of the dataset for its own records; any text for records of your own. */
type IdFor<R, Id extends string> = [R] extends [never]
  ? string
  : R extends Observation | CpecEvent
    ? Id
    : string;

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
export interface EventFilter<E extends EventRecord = CpecEvent> extends TimeFilter {
  /** Any of the event's sectors. */
  readonly sector?: V.OneOrMore<IdFor<E, SectorId>>;
  /** Takes part in it, in any role, itself or through a body that was its subsidiary then. */
  readonly organisation?: V.OneOrMore<IdFor<E, OrganisationId>>;
  /** In the place or in one that lies in it. */
  readonly place?: V.OneOrMore<IdFor<E, PlaceId>>;
  /** Of the project or of a part of it. */
  readonly project?: V.OneOrMore<IdFor<E, ProjectId>>;
  readonly kind?: V.OneOrMore<V.EventKind>;
  readonly status?: V.OneOrMore<V.EventStatus>;
  readonly scope?: V.OneOrMore<V.Scope>;
  /** `false` takes the organisations and places as the records name them, without subsidiaries and smaller places. Default `true`. */
  readonly rollUp?: boolean;
}

/** What observations are wanted; whatever is left out does not restrict. @group Types */
export interface ObservationFilter<R extends ObservationRecord = Observation> extends TimeFilter {
  readonly metric?: V.OneOrMore<IdFor<R, MetricId>>;
  readonly unit?: V.OneOrMore<IdFor<R, UnitId>>;
  readonly sector?: V.OneOrMore<IdFor<R, SectorId>>;
  /** The figure is the body's own, or that of a body that was its subsidiary then, or of a project that one of them leads. */
  readonly organisation?: V.OneOrMore<IdFor<R, OrganisationId>>;
  /** The body (or a subsidiary then) takes part, in any role, in the event or project that the figure is about, or the figure is its own. */
  readonly involving?: V.OneOrMore<IdFor<R, OrganisationId>>;
  /** What is counted lies in the place, as far as the record says. */
  readonly place?: V.OneOrMore<IdFor<R, PlaceId>>;
  /** About the project, a part of it, or an event of it. */
  readonly project?: V.OneOrMore<IdFor<R, ProjectId>>;
  /** About the event, or reported at it. */
  readonly event?: V.OneOrMore<IdFor<R, EventId>>;
  readonly measure?: V.OneOrMore<V.Measure>;
  readonly status?: V.OneOrMore<V.ObservationStatus>;
  readonly timing?: V.OneOrMore<V.Timing>;
  readonly scope?: V.OneOrMore<V.Scope>;
  /** Exactly these dimensions: `{}` for totals only. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** Made on first use, so that a bundle without the filters holds none of it. */
const ids: Check = (value, name) => oneOrMore(text)(value, name);
const timeOptions = () => ({ from: text, to: text, dates: oneOf(["certain", "possible"]) });
const eventOptions = () =>
  ({
    sector: ids,
    organisation: ids,
    place: ids,
    project: ids,
    kind: oneOrMore(oneOf(V.EVENT_KINDS)),
    status: oneOrMore(oneOf(V.EVENT_STATUSES)),
    scope: oneOrMore(oneOf(V.SCOPES)),
    rollUp: flag,
    ...timeOptions(),
  }) satisfies Record<keyof EventFilter, Check>;
const observationOptions = () =>
  ({
    metric: ids,
    unit: ids,
    sector: ids,
    organisation: ids,
    involving: ids,
    place: ids,
    project: ids,
    event: ids,
    measure: oneOrMore(oneOf(V.MEASURES)),
    status: oneOrMore(oneOf(V.OBSERVATION_STATUSES)),
    timing: oneOrMore(oneOf(V.TIMINGS)),
    scope: oneOrMore(oneOf(V.SCOPES)),
    dimensions: (value, name) => {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        throw new CpecDataError("UNKNOWN_VALUE", `${name} is not an object.`, {
          hint: 'Pass names and values, such as { technology: "2g" }, or {} for totals.',
        });
      for (const [key, v] of Object.entries(value)) text(v, `${name}, "${key}"`);
    },
    ...timeOptions(),
  }) satisfies Record<keyof ObservationFilter, Check>;

/** Whether one of some values is wanted; everything fits where nothing is. */
const matches = (wanted: V.OneOrMore<string> | ReadonlySet<string> | undefined) => {
  if (wanted === undefined) return undefined;
  const set =
    wanted instanceof Set
      ? wanted
      : new Set<string>(typeof wanted === "string" ? [wanted] : (wanted as Iterable<string>));
  return (values: Iterable<string | undefined>) => {
    for (const value of values) if (value !== undefined && set.has(value)) return true;
    return false;
  };
};

/** Ids of a type among subjects (`type/id`). */
const idsAmong = (type: string, subjects: readonly string[]) =>
  subjects.filter((s) => s.startsWith(`${type}/`)).map((s) => s.slice(type.length + 1));

type Window = { readonly start: string | null; readonly end: string | null };

/** A test of windows against a span; an open end of a window reaches without limit. */
function inSpan({ from, to, dates = "certain" }: TimeFilter): ((window: Window) => boolean) | undefined {
  if (from === undefined && to === undefined) return undefined;
  const first = from === undefined ? "0000" : periodWindow(from).earliest;
  const last = to === undefined ? "9999" : periodWindow(to).latest;
  if (first > last)
    throw new CpecDataError("OUT_OF_RANGE", `The span from ${from} to ${to} is empty.`, {
      hint: "Put the earlier date in `from`.",
    });
  const span = { earliest: first, latest: last };
  return dates === "possible"
    ? ({ start, end }) => (start ?? "0000") <= last && (end ?? "9999") >= first
    : (window) => liesIn(window, span);
}

/**
 * Events that fit a filter. All scopes and statuses count unless the filter says otherwise. O(n).
 *
 * @param events - events, of the dataset or of your own; not changed.
 * @param filter - what is wanted; every part must fit. With `from` / `to` and `dates: "certain"` the whole window of an
 * event's date must lie in the span, with `"possible"` any day of it.
 * @returns a new array in the same order.
 * @throws {@link CpecDataError} `UNKNOWN_OPTION` and `UNKNOWN_VALUE` for a key, word or id that does not exist, `OUT_OF_RANGE`
 * for an empty span, `INVALID_DATE` for a date it can't read, `INVALID_ROW` for events it can't take.
 * @see {@link countEvents}; {@link timeline}.
 * @example
 * ```ts
 * import { events, filterEvents } from "cpec-it-data";
 * const plants = filterEvents(events, { sector: "device-manufacturing", place: "punjab", from: "2022", to: "2022" });
 * console.log(plants.some((event) => event.places.includes("lahore"))); // → true
 * ```
 * @group Helpers
 */
export function filterEvents<E extends EventRecord>(events: Iterable<E>, filter: EventFilter<E>): E[] {
  const helper = "filterEvents()";
  checkOptions(helper, filter ?? null, eventOptions());
  checkList(helper, events, "events");
  const given: readonly E[] = Array.isArray(events) ? events : [...events];
  const { rows } = checkEvents(helper, given);
  const wanted = (
    name: keyof EventFilter,
    value: V.OneOrMore<string> | undefined,
    collection: Parameters<typeof wantedIds>[3],
    own: (e: E) => Iterable<string | undefined>,
  ) =>
    matches(
      wantedIds(helper, name, value, collection, function* () {
        for (const e of rows) yield* own(e);
      }),
    );
  const span = inSpan(filter);
  const sector = wanted("sector", filter.sector, "sectors", (e) => e.sectors);
  const organisation = wanted("organisation", filter.organisation, "organisations", (e) =>
    e.organisations.map((o) => o.id),
  );
  const place = wanted("place", filter.place, "places", (e) => e.places);
  const project = wanted("project", filter.project, "projects", (e) => [e.project]);
  const kind = matches(filter.kind);
  const status = matches(filter.status);
  const scope = matches(filter.scope);
  const { rollUp = true } = filter;
  const found: E[] = [];
  for (const event of given) {
    const window = { start: event.date.earliest, end: event.date.latest };
    if (
      (!kind || kind([event.kind])) &&
      (!status || status([event.status])) &&
      (!scope || scope([event.scope])) &&
      (!sector || sector(event.sectors)) &&
      (!organisation || organisation(organisationsOf(event, rollUp))) &&
      (!place || place(placesOf(event, rollUp))) &&
      (!project ||
        (event.project !== undefined &&
          project(idsAmong("project", heldBy(`project/${event.project}`, window))))) &&
      (!span || span(window))
    )
      found.push(event);
  }
  return found;
}

/** The organisations of an event, with the bodies whose subsidiaries they were then. @internal */
export function organisationsOf(event: EventRecord, rollUp: boolean): string[] {
  const own = event.organisations.map((o) => o.id);
  if (!rollUp) return [...new Set(own)];
  const window = { start: event.date.earliest, end: event.date.latest };
  return [...new Set(own.flatMap((id) => idsAmong("organisation", heldBy(`organisation/${id}`, window))))];
}

/** The places of an event, with those in which they lie. @internal */
export function placesOf(event: EventRecord, rollUp: boolean): string[] {
  return [...new Set(rollUp ? event.places.flatMap((id) => areasOf(id)) : event.places)];
}

/** Bodies that take part in the event or project that a row is about, or at which it was reported. */
function partiesOf(row: ObservationRecord): readonly string[] {
  const { type, id } = row.subject;
  const of = (table: typeof links.events, key: string) =>
    Object.hasOwn(table, key) ? (table[key]?.parties ?? []) : [];
  const about = type === "event" ? of(links.events, id) : type === "project" ? of(links.projects, id) : [];
  return row.event === undefined ? about : [...about, ...of(links.events, row.event)];
}

/** Places in which what a row counts lies, from the narrowest that the records name. */
function placesOfRow(row: ObservationRecord): readonly string[] {
  const { type, id } = row.subject;
  if (type === "place") return areasOf(id);
  const table = type === "event" ? links.events : type === "project" ? links.projects : undefined;
  const own = table && Object.hasOwn(table, id) ? table[id]?.place : undefined;
  const area = areasOf(row.area ?? DEFAULT_AREA);
  return own === undefined ? area : [...areasOf(own), ...area];
}

/** Projects that a row is about. */
function projectsOf(row: ObservationRecord): readonly string[] {
  const { type, id } = row.subject;
  const project =
    type === "project"
      ? id
      : type === "event" && Object.hasOwn(links.events, id)
        ? links.events[id]?.project
        : undefined;
  return project === undefined ? [] : idsAmong("project", heldBy(`project/${project}`, row));
}

/** Checks dimensions against those that the metrics declare, or that the rows have. */
function checkDimensions(
  helper: string,
  filter: ObservationFilter<ObservationRecord>,
  rows: readonly ObservationRecord[],
): void {
  if (!filter.dimensions) return;
  const metrics =
    filter.metric === undefined
      ? undefined
      : new Set(typeof filter.metric === "string" ? [filter.metric] : filter.metric);
  const known = new Map<string, Set<string>>();
  const put = (name: string, values: Iterable<string>) => {
    const set = known.get(name) ?? new Set();
    known.set(name, set);
    for (const value of values) set.add(value);
  };
  for (const [metric, dimensions] of Object.entries(dimensionFacts))
    if (!metrics || metrics.has(metric))
      for (const [name, { values }] of Object.entries(dimensions)) put(name, values);
  for (const row of rows)
    if (!metrics || metrics.has(row.metric))
      for (const [name, value] of Object.entries(row.dimensions)) put(name, [value]);
  for (const [name, value] of Object.entries(filter.dimensions)) {
    const values = known.get(name);
    if (!values)
      throw new CpecDataError("UNKNOWN_VALUE", `${helper}: no dimension is called "${name}".`, {
        ids: [name],
        hint: `${suggestion(name, known.keys())}Dimensions: ${[...known.keys()].join(", ") || "none; use {} for totals"}.`,
      });
    if (!values.has(value))
      throw new CpecDataError(
        "UNKNOWN_VALUE",
        `${helper}: the dimension "${name}" has no value "${value}".`,
        {
          ids: [value],
          hint: `${suggestion(value, values)}Its values: ${[...values].join(", ")}.`,
        },
      );
  }
}

/**
 * Observations that fit a filter. All scopes and statuses count unless the filter says otherwise. O(n).
 *
 * @param rows - observations, of the dataset or of your own; not changed.
 * @param filter - what is wanted; every part must fit. With `dates: "certain"` a period must lie wholly in the span; a
 * running total or deadline is placed by its end, a rate by its start; unknown deadlines are in no span. `organisation` takes
 * figures that are the body's own, `involving` also those about events and projects in which it takes part.
 * @returns a new array in the same order.
 * @throws {@link CpecDataError} `UNKNOWN_OPTION` and `UNKNOWN_VALUE` for a key, word or id that does not exist, `OUT_OF_RANGE`
 * for an empty span, `INVALID_DATE` for a date it can't read, `INVALID_ROW` for rows it can't take.
 * @see {@link total}; {@link toSeries}; {@link aggregate}.
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
  filter: ObservationFilter<R>,
): R[] {
  const helper = "filterObservations()";
  checkOptions(helper, filter ?? null, observationOptions());
  checkList(helper, rows, "observations");
  const given: readonly R[] = Array.isArray(rows) ? rows : [...rows];
  const { rows: checked } = checkObservations(helper, given);
  checkDimensions(helper, filter as ObservationFilter<ObservationRecord>, checked);
  const wanted = (
    name: keyof ObservationFilter,
    value: V.OneOrMore<string> | undefined,
    collection: Parameters<typeof wantedIds>[3],
    own: (row: R) => string | undefined,
  ) => matches(wantedIds(helper, name, value, collection, () => checked.map(own)));
  const subjectOf = (type: string) => (row: R) => (row.subject.type === type ? row.subject.id : undefined);
  const span = inSpan(filter);
  const metric = wanted("metric", filter.metric, "metrics", (row) => row.metric);
  const unit = wanted("unit", filter.unit, "units", (row) => row.unit);
  const sector = wanted("sector", filter.sector, "sectors", (row) => row.sector);
  const organisation = wanted(
    "organisation",
    filter.organisation,
    "organisations",
    subjectOf("organisation"),
  );
  const involving = wanted("involving", filter.involving, "organisations", subjectOf("organisation"));
  const place = wanted("place", filter.place, "places", (row) =>
    row.subject.type === "place" ? row.subject.id : row.area,
  );
  const project = wanted("project", filter.project, "projects", subjectOf("project"));
  const event = wanted("event", filter.event, "events", (row) => row.event ?? subjectOf("event")(row));
  const measure = matches(filter.measure);
  const status = matches(filter.status);
  const timing = matches(filter.timing);
  const scope = matches(filter.scope);
  const dimensions = filter.dimensions && Object.entries(filter.dimensions);
  const found: R[] = [];
  for (const row of given) {
    const subject = `${row.subject.type}/${row.subject.id}`;
    if (
      (!metric || metric([row.metric])) &&
      (!unit || unit([row.unit])) &&
      (!sector || sector([row.sector])) &&
      (!measure || measure([row.measure])) &&
      (!status || status([row.status])) &&
      (!timing || timing([row.timing])) &&
      (!scope || scope([row.scope])) &&
      (!dimensions ||
        (Object.keys(row.dimensions).length === dimensions.length &&
          dimensions.every(([name, value]) => row.dimensions[name] === value))) &&
      (!span || span(row)) &&
      (!event || event([row.event, row.subject.type === "event" ? row.subject.id : undefined])) &&
      (!place || place(placesOfRow(row))) &&
      (!project || project(projectsOf(row))) &&
      (!organisation || organisation(idsAmong("organisation", heldBy(subject, row)))) &&
      (!involving ||
        involving(
          idsAmong("organisation", [
            ...heldBy(subject, row),
            ...partiesOf(row).flatMap((id) => heldBy(`organisation/${id}`, row)),
          ]),
        ))
    )
      found.push(row);
  }
  return found;
}
