/** What differs between two built datasets, and the bump of the version that it calls for (README, "Versions"). Pure. */
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

type Plain = Readonly<Record<string, unknown>>;
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

type Collections = Readonly<Record<string, ReadonlyMap<string, Plain>>>;
/** Records by collection and id; observations stand on their own. */
function collectionsOf(data: Partial<DatasetRecords>): Collections {
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
      // Both ends of a single value repeat it.
      const single = was.value !== record.value && was.low === was.value && record.low === record.value;
      for (const { path, from, to } of differences(was, record)) {
        if (single && (path[0] === "low" || path[0] === "high")) continue;
        const own: Bump = path.some((key) => WORDING.has(key)) ? "patch" : "minor";
        changed.push({ collection, id, field: path.join("."), from, to, bump: own });
        bump = larger(bump, own);
      }
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

/** A value as a changelog prints it. */
export const printed = (value: unknown): string =>
  value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
/** A change on one line: what it was, and what it is. */
export const asLine = ({ id, field, from, to }: Change): string =>
  `${id} ${field}: ${printed(from)} → ${printed(to)}`;
