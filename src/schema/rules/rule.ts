/** What a rule is, and what it is given: the records with look-ups, and a way to report. */
import type {
  ClaimRecord,
  DatasetRecords,
  EventRecord,
  MetricRecord,
  ObservationRecord,
  OrganisationRecord,
  SourceRecord,
} from "../../types.js";
import type { UnitKind } from "../../vocabulary.js";
import type { Collection, Problem } from "../problems.js";
import type { Reference } from "../references.js";

/** A rule across records. @group Schemas */
export interface Rule {
  readonly id: string;
  /** Why the rule exists, in one sentence. */
  readonly why: string;
}

export interface CheckedRule extends Rule {
  readonly check: (data: Indexed, report: Report) => void;
}

export type Path = readonly (string | number)[];
export type Found = Pick<Problem, "found" | "expected" | "fix"> & {
  nearest?: string | undefined;
  level?: Problem["level"];
};
export type Report = (collection: Collection, id: string, path: Path, problem: Found) => void;
/** Reports a problem at a path inside one observation. */
export type Say = (path: Path, problem: Found) => void;

/** A claim and where it stands. */
export interface PlacedClaim {
  readonly claim: ClaimRecord;
  readonly collection: Collection;
  readonly id: string;
  readonly path: Path;
}

export interface Indexed extends DatasetRecords {
  readonly ids: Readonly<Record<Reference, ReadonlySet<string>>>;
  readonly source: (id: string) => SourceRecord | undefined;
  readonly observation: ReadonlyMap<string, ObservationRecord>;
  readonly event: ReadonlyMap<string, EventRecord>;
  readonly organisation: ReadonlyMap<string, OrganisationRecord>;
  readonly unitKind: ReadonlyMap<string, UnitKind>;
  /** Every claim of every record. */
  readonly claims: readonly PlacedClaim[];
  /** Today, where the caller knows it. */
  readonly today?: string | undefined;
}

/** Finds every list called `claims`, however deep: a new field with claims needs no line here. `path` grows and shrinks on the way. */
function claimsIn(node: object, path: (string | number)[], visit: (claim: ClaimRecord, path: Path) => void) {
  const isList = Array.isArray(node);
  for (const key in node) {
    const value = (node as Record<string, unknown>)[key];
    if (typeof value !== "object" || value === null) continue;
    path.push(isList ? Number(key) : key);
    if (key === "claims") (value as ClaimRecord[]).forEach((claim, i) => void visit(claim, [...path, i]));
    else claimsIn(value, path, visit);
    path.pop();
  }
}

const byId = <R extends { readonly id: string }>(rows: readonly R[]) => new Map(rows.map((r) => [r.id, r]));

export function index(data: DatasetRecords, today?: string): Indexed {
  const observations = data.metrics.flatMap((m) => m.observations);
  const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map((r) => r.id));
  const sources = byId(data.sources);
  const claims = (["events", "organisations", "projects", "metrics"] as const).flatMap((collection) =>
    data[collection].flatMap((record) => {
      const found: PlacedClaim[] = [];
      claimsIn(record, [], (claim, path) => void found.push({ claim, collection, id: record.id, path }));
      return found;
    }),
  );
  return {
    ...data,
    ids: {
      events: idsOf(data.events),
      organisations: idsOf(data.organisations),
      metrics: idsOf(data.metrics),
      projects: idsOf(data.projects),
      sources: idsOf(data.sources),
      sectors: idsOf(data.sectors),
      places: idsOf(data.places),
      units: idsOf(data.units),
      observations: idsOf(observations),
    },
    source: (id) => sources.get(id),
    observation: byId(observations),
    event: byId(data.events),
    organisation: byId(data.organisations),
    unitKind: new Map(data.units.map((u) => [u.id, u.kind])),
    claims,
    today,
  };
}

/** Visits every observation, with a report that knows where it stands. */
export function eachObservation(
  data: DatasetRecords,
  report: Report,
  visit: (o: ObservationRecord, say: Say, m: MetricRecord) => void,
) {
  for (const m of data.metrics)
    m.observations.forEach((o, i) => {
      visit(o, (path, problem) => report("metrics", m.id, ["observations", i, ...path], problem), m);
    });
}

/** An observation with its report. */
export interface Placed {
  readonly o: ObservationRecord;
  /** Its value, not a number where it has none, and its first and last day, empty where open. */
  readonly value: number;
  readonly start: string;
  readonly end: string;
  readonly m: MetricRecord;
  readonly say: Say;
}

/** Rows by a key; those whose key is undefined are left out. */
export function groupBy<R>(rows: readonly R[], keyOf: (row: R) => string | undefined): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Observations that agree in all parts of a key; those without a key are left out. */
export function groupObservations(
  data: DatasetRecords,
  report: Report,
  keyOf: (o: ObservationRecord, m: MetricRecord) => readonly unknown[] | undefined,
): Placed[][] {
  const placed: Placed[] = [];
  eachObservation(data, report, (o, say, m) => {
    placed.push({ o, m, say, value: o.value ?? Number.NaN, start: o.start ?? "", end: o.end ?? "" });
  });
  return [...groupBy(placed, ({ o, m }) => keyOf(o, m)?.join("|")).values()];
}

/** Dimensions as one text, by name. */
export const dimensionKey = (o: ObservationRecord) => JSON.stringify(Object.entries(o.dimensions).sort());

/** Days from the first to the last, both counted. */
export const daysOf = (start: string, end: string) =>
  Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000) + 1;
