/** What differs between two built datasets, and the bump of the version that it calls for (README, "Versions"). Pure. */
import { show } from "../src/schema/problems.js";
import type { DatasetRecords, ObservationRecord } from "../src/types.js";

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
  /** Gone without a redirect. Ids of observations follow from their values, so these come and go in minor versions. */
  readonly removed: readonly (Named & { readonly bump: Bump })[];
  /** Gone, with what became of the id. */
  readonly moved: readonly (Named & { readonly to: readonly string[] })[];
  readonly changed: readonly Change[];
}

/** Fields that hold words, support or addresses; a change of any other field changes a number, a date, a status or a link. */
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

/** Worked out by the build from other fields, so that a change would be told twice. */
const DERIVED = new Set(["earliest", "latest", "precision", "parent"]);
/** The same of an observation, beside what its metric says. */
const DERIVED_OF_OBSERVATIONS = new Set([...DERIVED, "start", "end", "metric", "unit", "measure", "sector"]);

export type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const equal = (a: unknown, b: unknown): boolean => {
  if (isPlain(a) && isPlain(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => equal(a[key], b[key]));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((v, i) => equal(v, b[i]));
  return Object.is(a, b);
};

/** Paths at which two records differ; lists count as one value. */
function differences(
  a: Plain,
  b: Plain,
  at: readonly string[] = [],
): { path: readonly string[]; from: unknown; to: unknown }[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => {
    const [from, to] = [a[key], b[key]];
    if (equal(from, to)) return [];
    const path = [...at, key];
    return isPlain(from) && isPlain(to) ? differences(from, to, path) : [{ path, from, to }];
  });
}

export type Collections = Readonly<Record<string, ReadonlyMap<string, Plain>>>;
/** Records by collection and id; observations stand on their own. */
export function collectionsOf(data: Partial<DatasetRecords>): Collections {
  const metrics = data.metrics ?? [];
  const observations: ObservationRecord[] = metrics.flatMap((metric) => metric.observations);
  const bare = metrics.map(({ observations: _, ...metric }) => metric);
  const {
    events = [],
    organisations = [],
    projects = [],
    sources = [],
    sectors = [],
    places = [],
    units = [],
  } = data;
  const lists = {
    events,
    organisations,
    metrics: bare,
    observations,
    projects,
    sources,
    sectors,
    places,
    units,
  };
  return Object.fromEntries(
    Object.entries(lists).map(([name, rows]) => [
      name,
      new Map(rows.map((row) => [row.id, row as unknown as Plain])),
    ]),
  );
}

/** Every field in which two states of one record differ. */
export function changesOf(collection: string, id: string, was: Plain, now: Plain): Change[] {
  const derived = collection === "observations" ? DERIVED_OF_OBSERVATIONS : DERIVED;
  // Both ends of a single value repeat it.
  const single = was.value !== now.value && was.low === was.value && now.low === now.value;
  return differences(was, now)
    .filter(({ path }) => !derived.has(path.at(-1) as string))
    .filter(({ path }) => !(single && (path[0] === "low" || path[0] === "high")))
    .map(({ path, from, to }) => ({
      collection,
      id,
      field: path.join("."),
      from,
      to,
      bump: path.some((key) => WORDING.has(key)) ? "patch" : "minor",
    }));
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
  const removed: (Named & { bump: Bump })[] = [];
  const moved: (Named & { to: readonly string[] })[] = [];
  const changed: Change[] = [];
  let bump: Bump = "none";
  for (const [collection, records] of Object.entries(now)) {
    const earlier = old[collection] ?? new Map<string, Plain>();
    for (const [id, record] of records) {
      const was = earlier.get(id);
      if (!was) {
        added.push({ collection, id });
        bump = larger(bump, "minor");
        continue;
      }
      const own = changesOf(collection, id, was, record);
      changed.push(...own);
      bump = own.map((change) => change.bump).reduce(larger, bump);
    }
    for (const id of earlier.keys()) {
      if (records.has(id)) continue;
      const redirect = Object.hasOwn(redirects, id) ? redirects[id] : undefined;
      if (redirect) moved.push({ collection, id, to: redirect.to });
      else removed.push({ collection, id, bump: collection === "observations" ? "minor" : "major" });
      bump = larger(bump, redirect || collection === "observations" ? "minor" : "major");
    }
  }
  return { bump, added, removed, moved, changed };
}

/** How a changelog names a record. */
export const nameOf = ({ collection, id }: Named): string => `\`${collection}/${id}\``;
/** A change on one line, as drafted changesets have it: what it was, and what it is. */
export const asLine = (change: Change): string =>
  `${nameOf(change)}: ${change.field}: ${show(change.from)} → ${show(change.to)}`;
