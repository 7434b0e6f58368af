/** Turns what contributors write into what ships: windows, ids, denormalised fields and confidence. */
import { confidenceOf } from "../../src/claims.js";
import { dateWindow, periodWindow } from "../../src/dates.js";
import { SHAPES } from "../../src/schema/shipped.js";
import type * as T from "../../src/types.js";
import type { Authored } from "./schemas.js";

/** A record as written. */
type RecordOf<C extends keyof Authored> = Authored[C] extends ReadonlyMap<string, infer R> ? R : never;
type AuthoredEvent = RecordOf<"events">;
type AuthoredObservation = RecordOf<"metrics">["observations"][number];
type AuthoredClaim = AuthoredEvent["claims"][number];

/** The subject of an observation that names none. */
const DEFAULT_SUBJECT: T.Subject = { type: "place", id: "pakistan" };

/** An object without the keys whose value is undefined. */
const compact = <O extends object>(object: O) =>
  Object.fromEntries(Object.entries(object).filter(([, v]) => v !== undefined)) as {
    [K in keyof O]: Exclude<O[K], undefined>;
  };

function fuzzyDate(date: AuthoredEvent["date"]): T.FuzzyDate {
  const { edtf, basis = "stated" as const, text } = typeof date === "string" ? { edtf: date } : date;
  return compact({ edtf, ...dateWindow(edtf), basis, text });
}

const claim = ({ at, ...rest }: AuthoredClaim): T.ClaimRecord => compact({ ...rest, locator: at });
const claimsOf = (claims: readonly AuthoredClaim[]) => claims.map(claim);
const outcomeOf = (o: AuthoredEvent["outcome"]) => o && { ...o, claims: claimsOf(o.claims) };

function event(id: string, e: AuthoredEvent) {
  return {
    id,
    ...e,
    date: fuzzyDate(e.date),
    endDate: e.endDate === undefined ? undefined : fuzzyDate(e.endDate),
    organisations: e.organisations ?? [],
    places: e.places ?? [],
    promised: (e.promised ?? []).map((p) => ({ ...p, claims: claimsOf(p.claims) })),
    outcome: outcomeOf(e.outcome),
    caveats: e.caveats ?? [],
    claims: claimsOf(e.claims),
  };
}

function organisation(id: string, o: RecordOf<"organisations">) {
  const parents = (o.parents ?? []).map((p) => ({ ...p, claims: claimsOf(p.claims) }));
  return {
    id,
    ...o,
    names: o.names ?? [],
    country: o.country ?? null,
    parent: parents.find((p) => p.until === undefined)?.organisation,
    parents,
    sectors: o.sectors ?? [],
    identifiers: o.identifiers ?? [],
    claims: claimsOf(o.claims),
  };
}

/** Ends of a value as shipped: a single value has equal ends, an open bound has one, a missing value none. */
function ends(
  value: AuthoredObservation["value"],
): Pick<T.ObservationRecord, "value" | "low" | "high" | "approximate"> {
  const single = (n: number, approximate: boolean) => ({ value: n, low: n, high: n, approximate });
  if (value === undefined) return { value: null, low: null, high: null, approximate: false };
  if (typeof value === "number") return single(value, false);
  if ("low" in value)
    return { value: null, low: value.low, high: value.high, approximate: value.approximate ?? false };
  if ("approximate" in value) return single(value.approximate, true);
  if ("moreThan" in value) return { value: null, low: value.moreThan, high: null, approximate: false };
  if ("atLeast" in value) return { value: null, low: value.atLeast, high: null, approximate: false };
  return {
    value: null,
    low: null,
    high: "lessThan" in value ? value.lessThan : value.atMost,
    approximate: false,
  };
}

function time(o: AuthoredObservation): Pick<T.ObservationRecord, "timing" | "period" | "start" | "end"> {
  if (o.at !== undefined) {
    const w = dateWindow(o.at);
    return { timing: "at", period: o.at, start: w.earliest, end: w.latest };
  }
  if (o.during !== undefined) {
    const w = periodWindow(o.during);
    return { timing: "during", period: o.during, start: w.earliest, end: w.latest };
  }
  if (o.toDate !== undefined)
    return { timing: "to-date", period: o.toDate, start: null, end: dateWindow(o.toDate).latest };
  if (o.perYear !== undefined) {
    const { from, to } = o.perYear;
    return {
      timing: "per-year",
      period: `${from ?? ".."}/${to ?? ".."}`,
      start: from === undefined ? null : dateWindow(from).earliest,
      end: to === undefined ? null : dateWindow(to).latest,
    };
  }
  const by = o.by ?? "unknown";
  return { timing: "by", period: by, start: null, end: by === "unknown" ? null : dateWindow(by).latest };
}

function subject(s: AuthoredObservation["subject"]): T.Subject {
  if (s === undefined) return DEFAULT_SUBJECT;
  const [type, id] = Object.entries(s)[0] as [T.Subject["type"], string];
  return { type, id };
}

/** Stands in for the confidence of an observation until its sources are known. */
const UNSETTLED: T.ObservationRecord["confidence"] = "low";

/** The readable key of an observation: series, time and, where given, the day it was said. */
function observationId(metric: string, o: Omit<T.ObservationRecord, "id" | "confidence">): string {
  const who = o.subject.type === "place" ? o.subject.id : `${o.subject.type}/${o.subject.id}`;
  const dimensions = Object.entries(o.dimensions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, v]) => `:${name}=${v}`);
  const said = o.asOf === undefined ? "" : `@${o.asOf}`;
  return `${metric}:${who}${dimensions.join("")}:${o.status}:${o.timing}:${o.period}${said}`;
}

function metric(id: string, m: RecordOf<"metrics">) {
  const observations = m.observations.map((o) => {
    const { at: _at, during: _during, toDate: _toDate, perYear: _perYear, by: _by, ...rest } = o;
    const shape = compact({
      metric: id,
      unit: m.unit,
      measure: m.measure,
      sector: m.sector,
      ...rest,
      scope: o.scope ?? m.scope,
      area: o.area ?? m.area,
      subject: subject(o.subject),
      dimensions: o.dimensions ?? {},
      ...time(o),
      ...ends(o.value),
      outcome: outcomeOf(o.outcome),
      caveats: o.caveats ?? [],
      claims: claimsOf(o.claims),
    });
    return { id: observationId(id, shape), ...shape, confidence: UNSETTLED };
  });
  return {
    id,
    ...m,
    dimensions: m.dimensions ?? {},
    breaks: (m.breaks ?? []).map((b) => ({ ...b, claims: claimsOf(b.claims) })),
    observations,
  };
}

function project(id: string, p: RecordOf<"projects">) {
  return {
    id,
    ...p,
    places: p.places ?? [],
    organisations: p.organisations ?? [],
    route: p.route ?? [],
    identifiers: p.identifiers ?? [],
    claims: claimsOf(p.claims),
  };
}

const source = (id: string, s: RecordOf<"sources">) => ({
  id,
  ...s,
  published: s.published ?? null,
  url: s.url ?? null,
  caveats: s.caveats ?? [],
});
const asWritten = (id: string, record: object) => ({ id, ...record });

const MAKERS: { readonly [C in keyof Authored]: (id: string, record: RecordOf<C>) => object } = {
  events: event,
  organisations: organisation,
  metrics: metric,
  projects: project,
  sources: source,
  sectors: asWritten,
  places: asWritten,
  units: asWritten,
  redirects: (_, redirect) => redirect,
};

/** A record as it ships. */
type Shipped<C extends keyof Authored> = C extends "redirects"
  ? T.Redirect
  : T.DatasetRecords[Exclude<C, "redirects">][number];
/** All records as they ship, by collection and id; the confidence of observations is still open. */
export type Made = { readonly [C in keyof Authored]: ReadonlyMap<string, Shipped<C>> };

/** One record as it ships. It goes through its shipped schema, which puts the keys in order and proves that none is lost or unknown. */
export function normalise<C extends keyof Authored>(
  collection: C,
  id: string,
  record: RecordOf<C>,
): Shipped<C> {
  const made = SHAPES[collection].safeParse(compact(MAKERS[collection](id, record)));
  if (made.success) return made.data as Shipped<C>;
  const issues = made.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; ");
  throw new Error(`${collection}/${id} doesn't fit src/schema/shipped.ts: ${issues}`);
}

const byId = <R extends { id: string }>(a: R, b: R) => (a.id < b.id ? -1 : 1);

/** The dataset in a stable order: events by date, the rest by id; tables in the order in which they are written. */
export function assemble(made: Made): T.DatasetRecords {
  const sorted = <R extends { id: string }>(rows: ReadonlyMap<string, R>) => [...rows.values()].sort(byId);
  return {
    events: [...made.events.values()].sort(
      (a, b) =>
        a.date.earliest.localeCompare(b.date.earliest) ||
        a.date.latest.localeCompare(b.date.latest) ||
        byId(a, b),
    ),
    organisations: sorted(made.organisations),
    metrics: sorted(made.metrics).map((m) => ({
      ...m,
      observations: m.observations.map((o) => ({
        ...o,
        confidence: confidenceOf(
          o.claims,
          (c) => c.value !== undefined && c.value !== o.value,
          (s) => made.sources.get(s),
        ),
      })),
    })),
    projects: sorted(made.projects),
    sources: sorted(made.sources),
    sectors: [...made.sectors.values()],
    places: [...made.places.values()],
    units: [...made.units.values()],
    redirects: Object.fromEntries([...made.redirects].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
