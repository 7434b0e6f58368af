/** The indices of the views: columns of the records that a view shows and filters by, packed into a file each. */
import { countryName } from "../../docs/explorer/parts/countries.js";
import { capital, interval, period, span, timeOf, when, words } from "../../docs/explorer/parts/format.js";
import type {
  ConflictRow,
  EventRow,
  EventText,
  FigureLine,
  Filtered,
  IndexName,
  Indices,
  MetricRow,
  OrganisationRow,
  PlaceRow,
  PromiseRow,
  RouteRow,
} from "../../docs/explorer/parts/indices.js";
import { promiseName, subjectName } from "../../docs/explorer/parts/naming.js";
import { RULES } from "../../docs/explorer/parts/rules.js";
import { CURRENCIES } from "../../docs/explorer/views/sectors.js";
import { aggregateBySector } from "../../src/aggregate.js";
import { type Conflict, conflicts } from "../../src/conflicts.js";
import { heldBy } from "../../src/containment.js";
import { events } from "../../src/data/events.js";
import { metrics } from "../../src/data/metrics.js";
import { observations } from "../../src/data/observations.js";
import { organisations } from "../../src/data/organisations.js";
import { places } from "../../src/data/places.js";
import { projects } from "../../src/data/projects.js";
import { organisationsOf } from "../../src/filter.js";
import { getEvent, getMetric } from "../../src/find.js";
import { sourceOf } from "../../src/knowledge.js";
import { type PromiseRecord, promises } from "../../src/promises.js";
import type { CpecEvent, Observation } from "../../src/types.js";
import { SCOPES } from "../../src/vocabulary.js";
import { ledger } from "./ledger.js";
import { liveSources, unitOf } from "./parts.js";

const placeOf = new Map<string, (typeof places)[number]>(places.map((p) => [p.id, p]));
const figureOf = new Map<string, Observation>(observations.map((o) => [o.id, o]));
const bodiesAmong = (subjects: readonly string[]) => [
  ...new Set(
    subjects.flatMap((s) => (s.startsWith("organisation/") ? [s.slice("organisation/".length)] : [])),
  ),
];

/** The publishers of some sources, each once: the record's own page has every source. */
function publishers(ids: readonly string[]): string {
  const names = [...new Set(ids.map((id) => sourceOf(id)?.publisher ?? id))];
  return `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}
/** Bodies of a record, and those whose subsidiaries they were then. */
const among = (own: readonly string[], all: readonly string[]) => ({
  own,
  owners: all.filter((id) => !own.includes(id)),
});

const filteredEvent = (e: CpecEvent): Filtered & { start: string; end: string } => ({
  sectors: e.sectors,
  ...among(organisationsOf(e, false), organisationsOf(e, true)),
  scope: e.scope,
  start: e.date.earliest,
  end: e.date.latest,
});
const filteredFigure = (o: Observation): Filtered => ({
  sectors: [o.sector],
  ...among(
    bodiesAmong([`${o.subject.type}/${o.subject.id}`]),
    bodiesAmong(heldBy(`${o.subject.type}/${o.subject.id}`, o)),
  ),
  scope: o.scope,
  start: o.start,
  end: o.end,
});

const eventRow = (e: CpecEvent): EventRow => ({
  ...filteredEvent(e),
  id: e.id,
  status: e.status,
  places: [...new Set(e.places)],
  partOf: e.partOf ?? null,
});
const eventText = (e: CpecEvent): EventText => ({
  title: e.title,
  date: e.date.precision === "day" ? null : capital(when(e.date)),
  until: e.endDate && e.endDate.latest > e.date.latest ? e.endDate.latest : null,
  kind: e.kind,
  sources: new Set(e.claims.map((c) => c.source)).size,
});

const organisationRow = (o: (typeof organisations)[number]): OrganisationRow => ({
  id: o.id,
  name: o.name,
  short: o.names.find((n) => n.use === "acronym")?.name ?? null,
  kind: o.kind,
  country: o.country ?? "both",
  nation: countryName(o.country),
  parent: o.parent ?? null,
  sector: o.sectors[0] ?? null,
});

/** What counts among amounts: neither repeats nor parts beside their whole. */
const counting = new Set(
  aggregateBySector(
    observations.filter((o) => unitOf.get(o.unit)?.kind === "currency"),
    { scope: SCOPES },
  ).flatMap((row) => row.observations),
);
function figureLine(o: Observation): FigureLine {
  const { own, owners, scope } = filteredFigure(o);
  const [metric = "", who = "", ...rest] = o.id.split(":");
  const value = o.value ?? o.low ?? o.high;
  const shown = interval(o, unitOf.get(o.unit));
  return {
    metric,
    who,
    dimensions: rest.slice(0, -3),
    status: o.status,
    timing: o.timing,
    said: rest.at(-1) ?? "",
    own,
    owners,
    scope,
    about: o.subject.type === "organisation" ? null : subjectName(o.subject),
    value,
    shown: shown === interval({ value, low: null, high: null }, unitOf.get(o.unit)) ? null : shown,
    confidence: capital(o.confidence),
    sources: liveSources(o).length,
  };
}

const amounts = (currency: string) =>
  observations.filter((o) => o.unit === currency && counting.has(o.id)).map(figureLine);

const metricRow = (m: (typeof metrics)[number]): MetricRow => ({
  id: m.id,
  name: m.name,
  sector: m.sector,
  scope: m.scope,
  unit: m.unit,
  symbol: unitOf.get(m.unit)?.symbol ?? "",
  unitKind: unitOf.get(m.unit)?.kind ?? "",
});

function promiseRow(p: PromiseRecord): PromiseRow {
  const record = p.type === "event" ? getEvent(p.id.replace(/#\d+$/, "")) : figureOf.get(p.id);
  const then = { start: p.madeOn?.earliest ?? null, end: p.madeOn?.latest ?? null };
  return {
    sectors: [p.sector],
    ...among(
      p.organisations,
      bodiesAmong(p.organisations.flatMap((id) => heldBy(`organisation/${id}`, then))),
    ),
    scope: record?.scope ?? "context",
    start: p.madeOn?.earliest ?? null,
    end: p.by?.latest ?? null,
    id: p.id,
    name: promiseName(p),
    verdict: p.verdict,
    sentence: p.sentence,
    made: p.madeOn ? span(p.madeOn) : "no date known",
    due: p.by ? span(p.by) : "no deadline given",
    delay: p.delay && [p.delay.min, p.delay.max],
    newestWord: p.newestWord,
    replaced: p.restatedBy !== null,
    publishers: publishers(p.sources),
  };
}

function conflictRow(c: Conflict): ConflictRow {
  const figure = figureOf.get(c.id);
  const event = getEvent(c.id);
  const says = (said: string | number) =>
    c.field === "date"
      ? period(String(said))
      : c.field === "status"
        ? words(String(said))
        : interval({ value: Number(said), low: null, high: null }, figure && unitOf.get(figure.unit));
  return {
    ...(figure ? filteredFigure(figure) : filteredEvent(event as CpecEvent)),
    id: c.id,
    kind: c.type,
    name: figure
      ? `${getMetric(figure.metric).name}: ${subjectName(figure.subject)}, ${figure.status}, ${timeOf(figure)}`
      : (event?.title ?? c.id),
    field: c.field,
    held: says(c.settled),
    positions: c.positions.map((p) => [
      says(p.says),
      publishers(p.sources),
      c.field === "value" && Number(p.says) > 0 && Number(c.settled) > 0
        ? Number((Number(p.says) / Number(c.settled)).toPrecision(4))
        : null,
      p.says === c.settled,
    ]),
    spread: c.spread,
    rule: RULES[c.rule],
  };
}

function inPakistan(id: string): boolean {
  for (let at: string | undefined = id; at; at = placeOf.get(at)?.within) if (at === "pakistan") return true;
  return false;
}
const placeRow = (p: (typeof places)[number]): PlaceRow => ({
  id: p.id,
  name: p.name,
  kind: p.kind,
  latitude: p.latitude ?? null,
  longitude: p.longitude ?? null,
  inPakistan: inPakistan(p.id),
  point: p.kind === "city" || (p.kind === "region" && !places.some((q) => q.within === p.id)),
});

const routeRow = (p: (typeof projects)[number]): RouteRow => ({
  id: p.id,
  name: p.name,
  route: p.route,
  sectors: p.sectors,
  ...among(
    p.organisations.map((o) => o.id),
    bodiesAmong(p.organisations.flatMap((o) => heldBy(`organisation/${o.id}`, { start: null, end: null }))),
  ),
});

/** Years at whose end the ledger can be read: from the first ten promises on to the last full year. */
const made = ledger
  .flatMap((p) => p.madeOn?.earliest.slice(0, 4) ?? [])
  .sort()
  .slice(10);
const last =
  Number(
    events
      .reduce((a, e) => (e.date.latest > a && e.status === "occurred" ? e.date.latest : a), "")
      .slice(0, 4),
  ) - 1;
export const YEARS: readonly string[] = Array.from({ length: last - Number(made[0]) + 1 }, (_, i) =>
  String(last - i),
);

export const indices: Indices = {
  events: events.map(eventRow),
  "event-texts": events.map(eventText),
  organisations: organisations.map(organisationRow),
  figures: observations.map(figureLine),
  amounts: amounts(CURRENCIES[0][0]),
  metrics: metrics.map(metricRow),
  promises: ledger.map(promiseRow),
  conflicts: conflicts().map(conflictRow),
  places: places.map(placeRow),
  routes: projects.filter((p) => p.route.length > 1).map(routeRow),
};
const past = YEARS.map((year) => [year, promises({ asOf: `${year}-12-31` })] as const);

/** Every index by the name of its file; the ledger for the end of each year too, and the amounts of each currency. */
export const indexFiles = (): readonly (readonly [file: string, rows: readonly object[]])[] => [
  ...(Object.keys(indices) as IndexName[]).map((name) => [name, indices[name]] as const),
  ...past.map(([year, rows]) => [`promises-${year}`, rows.map(promiseRow)] as const),
  ...CURRENCIES.slice(1).map(([id]) => [`amounts-${id}`, amounts(id)] as const),
];

const byId = <R extends { readonly id: string }>(rows: readonly R[]) =>
  Object.fromEntries(rows.map((r) => [r.id, r]));
/** Whole records for the JSON files that a reader takes along, by id. */
export const recordFiles = (): readonly (readonly [file: string, records: object])[] => [
  ["events", byId(events)],
  ["figures", byId(observations)],
  ["metrics", byId(metrics)],
  ["organisations", byId(organisations)],
  ["promises", byId(ledger)],
  ...past.map(([year, rows]) => [`promises-${year}`, byId(rows)] as const),
  ["conflicts", Object.fromEntries(conflicts().map((c) => [`${c.id} ${c.field}`, c]))],
];
