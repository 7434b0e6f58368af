/** What differs between two built datasets, and the bump of the version that it calls for (README, "Versions"). Pure. */
import { isDeepStrictEqual } from "node:util";
import { COLLECTIONS, show } from "../../src/schema/problems.js";
import type { DatasetRecords, ObservationRecord } from "../../src/types.js";

export type Bump = "none" | "patch" | "minor" | "major";
const ORDER: readonly Bump[] = ["none", "patch", "minor", "major"];
/** The larger of two bumps. */
export const larger = (a: Bump, b: Bump): Bump => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

/** A field that differs. */
export interface Change {
  readonly collection: string;
  readonly id: string;
  /** Path inside the record, such as `date.edtf`. */
  readonly field: string;
  /** `undefined` where there was none. */
  readonly from: unknown;
  readonly to: unknown;
  readonly bump: Bump;
}

/** A record that came or went, and where it went to. */
export interface Named {
  readonly collection: string;
  readonly id: string;
}
export interface Comparison {
  readonly bump: Bump;
  readonly added: readonly Named[];
  /** Gone without a redirect, or with one into another collection. */
  readonly removed: readonly Named[];
  /** Observations whose id follows their new time, status or subject: the figure is there, and has changed. */
  readonly restated: readonly (Named & { readonly to: string })[];
  /** Gone, with what became of the id. */
  readonly moved: readonly (Named & { readonly to: readonly string[] })[];
  readonly changed: readonly Change[];
}

/** Fields that hold words, support or addresses. A change of any other field changes a number, a date, a status or a link. */
const WORDING = new Set([
  "title",
  "summary",
  "description",
  "definition",
  "name",
  "names",
  "caveats",
  "claims",
  "confidence",
  "text",
  "basis",
  "why",
  "publisher",
  "url",
  "archivedUrl",
  "accessed",
  "seen",
  "origin",
  "language",
  "identifiers",
  "symbol",
]);
/** Fields of a metric by which all its figures are read: a change makes other figures of them. */
const MEANING: Readonly<Record<string, Bump>> = { unit: "major", measure: "major", definition: "minor" };
/** Fields of which the most telling all change only when an id is given to another thing. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  events: ["title", "kind", "date"],
  organisations: ["name", "kind"],
  metrics: ["name", "unit"],
  projects: ["name", "sectors"],
  sources: ["title", "publisher"],
};

/** Derived fields. Skipped, because the change of their source field is reported already. */
const DERIVED = new Set(["earliest", "latest", "precision", "parent"]);
/** The same of an observation, beside what its metric says. */
const DERIVED_OF_OBSERVATIONS = new Set([...DERIVED, "start", "end", "metric", "unit", "measure", "sector"]);

export type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** Paths at which two records differ; lists count as one value. */
function differences(
  a: Plain,
  b: Plain,
  at: readonly string[] = [],
): { path: readonly string[]; from: unknown; to: unknown }[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => {
    const [from, to] = [a[key], b[key]];
    if (isDeepStrictEqual(from, to)) return [];
    const path = [...at, key];
    return isPlain(from) && isPlain(to) ? differences(from, to, path) : [{ path, from, to }];
  });
}

export type Collections = Readonly<Record<string, ReadonlyMap<string, Plain>>>;
/** Records by collection and id; observations stand on their own. */
export function collectionsOf(data: Partial<DatasetRecords>): Collections {
  const { redirects: _, metrics = [], ...others } = data;
  const lists: Readonly<Record<string, readonly { readonly id: string }[]>> = {
    ...others,
    metrics: metrics.map(({ observations: _o, ...metric }) => metric),
    observations: metrics.flatMap((metric) => metric.observations),
  };
  const names = COLLECTIONS.flatMap((name) => (name === "metrics" ? [name, "observations"] : [name]));
  return Object.fromEntries(
    names
      .filter((name) => name !== "redirects")
      .map((name) => [name, new Map((lists[name] ?? []).map((row) => [row.id, row as unknown as Plain]))]),
  );
}

/** Every field in which two states of one record differ. */
export function changesOf(collection: string, id: string, was: Plain, now: Plain): Change[] {
  const derived = collection === "observations" ? DERIVED_OF_OBSERVATIONS : DERIVED;
  // Both ends of a single value repeat it.
  const single = was.value !== now.value && was.low === was.value && now.low === now.value;
  const bumpOf = (path: readonly string[]): Bump =>
    (collection === "metrics" && MEANING[path[0] as string]) ||
    (path.some((key) => WORDING.has(key)) ? "patch" : "minor");
  const found = differences(was, now)
    .filter(({ path }) => !derived.has(path.at(-1) as string))
    .filter(({ path }) => !(single && (path[0] === "low" || path[0] === "high")));
  // An id that stands for another thing misleads whoever holds it, as a dropped one does.
  const changed = new Set(found.map(({ path }) => path[0]));
  const reused = IDENTITY[collection]?.every((key) => changed.has(key)) ?? false;
  return found.map(({ path, from, to }) => ({
    collection,
    id,
    field: path.join("."),
    from,
    to,
    bump: reused ? "major" : bumpOf(path),
  }));
}

/** Pairs of observations that went and came: the same figure with another status, at another time, or of a renamed subject. */
function restatements(
  gone: readonly ObservationRecord[],
  come: readonly ObservationRecord[],
  redirects: DatasetRecords["redirects"],
): [ObservationRecord, ObservationRecord][] {
  const live = (id: string) => (redirects[id]?.kind === "moved" ? (redirects[id]?.to[0] ?? id) : id);
  const seriesOf = (o: ObservationRecord) =>
    JSON.stringify([live(o.metric), o.subject.type, live(o.subject.id), o.dimensions, o.timing]);
  const left = [...come];
  return gone.flatMap((old) => {
    const at = left.findIndex(
      (o) =>
        seriesOf(old) === seriesOf(o) &&
        ((old.period === o.period && old.asOf === o.asOf) ||
          (old.status === o.status &&
            isDeepStrictEqual([old.value, old.low, old.high], [o.value, o.low, o.high]))),
    );
    return at < 0 ? [] : [[old, left.splice(at, 1)[0] as ObservationRecord]];
  });
}

/**
 * Compares two built datasets.
 *
 * @param before - the earlier one, as its JSON files hold it.
 * @param after - the later one; its redirects say what became of ids that are gone.
 */
export function compare(before: Partial<DatasetRecords>, after: Partial<DatasetRecords>): Comparison {
  const [old, now] = [collectionsOf(before), collectionsOf(after)];
  const redirects = after.redirects ?? {};
  const added: Named[] = [];
  const removed: Named[] = [];
  const moved: (Named & { to: readonly string[] })[] = [];
  const changed: Change[] = [];
  for (const [collection, records] of Object.entries(now)) {
    const earlier = old[collection] ?? new Map<string, Plain>();
    for (const [id, record] of records) {
      const was = earlier.get(id);
      if (was) changed.push(...changesOf(collection, id, was, record));
      else added.push({ collection, id });
    }
    for (const id of earlier.keys()) {
      if (records.has(id)) continue;
      const redirect = Object.hasOwn(redirects, id) ? redirects[id] : undefined;
      // Whoever follows a redirect expects a record of the same kind.
      if (redirect?.to.every((to) => records.has(to))) moved.push({ collection, id, to: redirect.to });
      else removed.push({ collection, id });
    }
  }
  const rows = (list: readonly Named[], from: Collections) =>
    list.flatMap(({ collection, id }) =>
      collection === "observations" ? [from[collection]?.get(id) as unknown as ObservationRecord] : [],
    );
  const pairs = restatements(rows(removed, old), rows(added, now), redirects);
  const paired = new Set(pairs.flat().map((o) => o.id));
  const alone = ({ collection, id }: Named) => collection !== "observations" || !paired.has(id);
  for (const [was, row] of pairs)
    changed.push(
      ...changesOf("observations", was.id, was as unknown as Plain, row as unknown as Plain).filter(
        ({ field }) => field !== "id",
      ),
    );
  const gone = removed.filter(alone);
  const fresh = added.filter(alone);
  const restated = pairs.map(([was, row]) => ({ collection: "observations", id: was.id, to: row.id }));
  const bump = [
    ...changed.map((change) => change.bump),
    ...(gone.length > 0 ? ["major" as const] : []),
    ...(fresh.length + moved.length + restated.length > 0 ? ["minor" as const] : []),
  ].reduce<Bump>(larger, "none");
  return { bump, added: fresh, removed: gone, restated, moved, changed };
}

/** How a changelog names a record. */
export const nameOf = ({ collection, id }: Named): string => `\`${collection}/${id}\``;
/** A change on one line, as drafted changesets have it: what it was, and what it is. */
export const asLine = (change: Change): string =>
  `${nameOf(change)}: ${change.field}: ${show(change.from)} → ${show(change.to)}`;
