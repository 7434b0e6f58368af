/** What changed between two states of the dataset, in terms of the data, and the version bump that it calls for. */
import { isDeepStrictEqual } from "node:util";
import { aggregateBySector } from "../../src/aggregate.js";
import { conflicts } from "../../src/conflicts.js";
import { show } from "../../src/schema/problems.js";
import { toSeries } from "../../src/series.js";
import type { ClaimRecord, DatasetRecords, ObservationRecord } from "../../src/types.js";

export const BUMPS = ["none", "patch", "minor", "major"] as const;
export type Bump = (typeof BUMPS)[number];

export interface Change {
  /** `events/plant-opening`, or `observations/...`. */
  readonly record: string;
  /** What happened to it, in words. */
  readonly text: string;
  readonly bump: Bump;
  /** Sources that came with the change. */
  readonly sources: readonly string[];
}

export interface Difference {
  readonly added: readonly Change[];
  readonly moved: readonly Change[];
  readonly removed: readonly Change[];
  readonly changed: readonly Change[];
  /** Sums by sector whose value moves. */
  readonly totals: readonly string[];
  readonly series: readonly string[];
  readonly conflicts: readonly string[];
  readonly bump: Bump;
}

type Fields = Readonly<Record<string, unknown>>;

const COLLECTIONS = [
  "events",
  "organisations",
  "metrics",
  "projects",
  "sources",
  "sectors",
  "places",
  "units",
] as const;

/** Changes of these are wording or support: a patch. Changes of all others are changes of fact: minor. */
const WORDING = new Set(
  "title summary name names description definition caveats claims confidence text basis publisher url archivedUrl accessed seen language origin identifiers why symbol".split(
    " ",
  ),
);
/** Worked out by the build from other keys, so that they would be told twice. */
const DERIVED = new Set(
  "id earliest latest precision start end metric unit measure sector parent observations".split(" "),
);

const larger = (a: Bump, b: Bump): Bump => (BUMPS.indexOf(a) > BUMPS.indexOf(b) ? a : b);
export const highest = (bumps: Iterable<Bump>): Bump => [...bumps].reduce(larger, "none");

const isMap = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function claimsChanged(before: readonly ClaimRecord[], after: readonly ClaimRecord[]) {
  const only = (a: readonly ClaimRecord[], b: readonly ClaimRecord[]) =>
    a.filter((c) => !b.some((d) => d.source === c.source)).map((c) => c.source);
  const added = only(after, before);
  const dropped = only(before, after);
  const parts = [...added.map((s) => `+${s}`), ...dropped.map((s) => `-${s}`)];
  return { text: parts.length > 0 ? parts.join(", ") : "said in another way", added };
}

/** Every key in which two states of a record differ. */
function keysChanged(
  record: string,
  before: Fields,
  after: Fields,
  derived = DERIVED,
  prefix = "",
): Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): Change[] => {
    const [old, now] = [before[key], after[key]];
    if (derived.has(key) || isDeepStrictEqual(old, now)) return [];
    const path = `${prefix}${key}`;
    const bump: Bump = WORDING.has(key) ? "patch" : "minor";
    if (key === "claims") {
      const { text, added } = claimsChanged((old ?? []) as ClaimRecord[], (now ?? []) as ClaimRecord[]);
      return [{ record, text: `claims: ${text}`, bump, sources: added }];
    }
    if (isMap(old) && isMap(now)) return keysChanged(record, old, now, derived, `${path}.`);
    return [{ record, text: `${path}: ${show(old)} → ${show(now)}`, bump, sources: [] }];
  });
}

/** One value in words, for a list. */
function amountOf(o: ObservationRecord): string {
  const about = o.approximate ? "about " : "";
  if (o.value !== null) return `${about}${o.value}`;
  if (o.low !== null && o.high !== null) return `${about}${o.low} to ${o.high}`;
  return o.low !== null ? `${o.low} or more` : o.high !== null ? `${o.high} or less` : "no value";
}

const sourcesOf = (row: { readonly claims?: readonly ClaimRecord[] }) => [
  ...new Set((row.claims ?? []).map((c) => c.source)),
];

/** Pairs of observations that left and came: the same thing with another status, or the same value at another time. */
function restated(gone: readonly ObservationRecord[], come: ObservationRecord[]) {
  const place = (o: ObservationRecord) => JSON.stringify([o.metric, o.subject, o.dimensions, o.timing]);
  const like = (a: ObservationRecord, b: ObservationRecord) =>
    place(a) === place(b) &&
    ((a.period === b.period && a.asOf === b.asOf) ||
      (a.status === b.status && isDeepStrictEqual([a.value, a.low, a.high], [b.value, b.low, b.high])));
  return gone.flatMap((old) => {
    const at = come.findIndex((o) => like(old, o));
    return at < 0 ? [] : [[old, come.splice(at, 1)[0] as ObservationRecord] as const];
  });
}

function observationsChanged(before: DatasetRecords, after: DatasetRecords) {
  const rows = (data: DatasetRecords) =>
    new Map(data.metrics.flatMap((m) => m.observations).map((o) => [o.id, o]));
  const [old, now] = [rows(before), rows(after)];
  const come = [...now.values()].filter((o) => !old.has(o.id));
  const gone = [...old.values()].filter((o) => !now.has(o.id));
  const pairs = restated(gone, come);
  const paired = new Set(pairs.map(([o]) => o.id));
  const name = (o: ObservationRecord) => `observations/${o.id}`;
  // The unit is told once, with the metric.
  const changed = [
    ...[...now.values()].flatMap((o) =>
      old.has(o.id) ? [[old.get(o.id) as ObservationRecord, o] as const] : [],
    ),
    ...pairs,
  ].flatMap(([o, n]) => keysChanged(name(o), o as unknown as Fields, n as unknown as Fields));
  return {
    added: come.map((o) => ({
      record: name(o),
      text: `${amountOf(o)} ${o.unit}`,
      bump: "minor" as const,
      sources: sourcesOf(o),
    })),
    removed: gone
      .filter((o) => !paired.has(o.id))
      .map((o) => ({
        record: name(o),
        text: `was ${amountOf(o)} ${o.unit}`,
        bump: "minor" as const,
        sources: [],
      })),
    changed,
  };
}

/** Rows by what tells them apart, of which some value moves. */
function moves<R>(
  before: readonly R[],
  after: readonly R[],
  key: (row: R) => string,
  say: (row: R) => string,
): string[] {
  const [old, now] = [before, after].map((rows) => new Map(rows.map((r) => [key(r), say(r)]))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((k) => old.get(k) !== now.get(k))
    .sort()
    .map((k) => `${k}: ${old.get(k) ?? "none"} → ${now.get(k) ?? "none"}`);
}

const words = (parts: readonly (string | null | undefined)[]) => parts.filter((p) => p).join(", ");
const dimensionsOf = (d: Readonly<Record<string, string>>) => Object.values(d).join(", ");

export function difference(before: DatasetRecords, after: DatasetRecords): Difference {
  const added: Change[] = [];
  const moved: Change[] = [];
  const removed: Change[] = [];
  const changed: Change[] = [];
  for (const collection of COLLECTIONS) {
    const rows = (data: DatasetRecords) =>
      new Map((data[collection] as unknown as readonly Fields[]).map((r) => [r.id as string, r]));
    const [old, now] = [rows(before), rows(after)];
    for (const [id, row] of now) {
      const record = `${collection}/${id}`;
      const was = old.get(id);
      const title = String(row.title ?? row.name);
      if (!was)
        added.push({
          record,
          text: title,
          bump: "minor",
          sources: sourcesOf(row as { claims?: ClaimRecord[] }),
        });
      else {
        const derived =
          collection === "metrics"
            ? new Set(["id", "observations"])
            : collection === "sources"
              ? new Set(["id"])
              : DERIVED;
        changed.push(...keysChanged(record, was, row, derived));
      }
    }
    for (const [id, row] of old) {
      if (now.has(id)) continue;
      const record = `${collection}/${id}`;
      const redirect = after.redirects[id];
      if (redirect)
        moved.push({
          record,
          text: `${redirect.kind}${redirect.to.length > 0 ? ` to ${redirect.to.join(", ")}` : ""}: ${redirect.why}`,
          bump: "minor",
          sources: [],
        });
      else
        removed.push({
          record,
          text: `${String(row.title ?? row.name)}; no redirect`,
          bump: "major",
          sources: [],
        });
    }
  }
  const observations = observationsChanged(before, after);
  added.push(...observations.added);
  removed.push(...observations.removed);
  changed.push(...observations.changed);

  const rows = (data: DatasetRecords) => data.metrics.flatMap((m) => m.observations);
  const [oldRows, newRows] = [rows(before), rows(after)];
  const totals = moves(
    aggregateBySector(oldRows),
    aggregateBySector(newRows),
    (r) =>
      words([r.sector, r.metric, r.status, r.timing, r.period, r.subject?.id, dimensionsOf(r.dimensions)]),
    (r) => words([`${r.low === r.high ? r.value : `${r.low ?? ".."} to ${r.high ?? ".."}`} ${r.unit}`]),
  );
  const series = moves(
    toSeries(oldRows).filter((s) => s.points.length > 1),
    toSeries(newRows).filter((s) => s.points.length > 1),
    (s) => words([s.metric, s.subject.id, s.status, s.cadence, dimensionsOf(s.dimensions)]),
    (s) => `${s.points.length} values, ${s.points[0]?.period} to ${s.points.at(-1)?.period}`,
  );
  const disagree = (data: DatasetRecords) =>
    conflicts({ events: data.events, observations: rows(data) }).map((c) => ({
      name: `${c.id} ${c.field}`,
      says: c.positions.map((p) => `${p.says} (${p.sources.join(", ")})`).join(" against "),
    }));
  const knownConflicts = new Set(disagree(before).map((c) => c.name));
  const newConflicts = disagree(after)
    .filter((c) => !knownConflicts.has(c.name))
    .map((c) => `${c.name}: ${c.says}`);
  const bump = highest([...added, ...moved, ...removed, ...changed].map((c) => c.bump));
  return { added, moved, removed, changed, totals, series, conflicts: newConflicts, bump };
}

/** Longer lists are cut: a reviewer reads the first, and the files tell the rest. */
const MOST = 40;

/** The difference as a page: plain lines, or Markdown. */
export function page(d: Difference, markdown: boolean): string {
  // Text of records is no Markdown, and must not become any.
  const plain = (text: string) => (markdown ? text.replace(/[\\`*_{}[\]<>|#@!]/g, "\\$&") : text);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [
          markdown ? `### ${title} (${lines.length})` : `${title} (${lines.length})`,
          ...(markdown ? [""] : []),
          ...lines.slice(0, MOST).map((line) => `${markdown ? "- " : "  "}${plain(line)}`),
          ...(lines.length > MOST ? [`${markdown ? "- " : "  "}and ${lines.length - MOST} more`] : []),
          "",
        ];
  const listed = (changes: readonly Change[]) =>
    changes.map((c) => `${c.record}: ${c.text}${c.sources.length > 0 ? ` (${c.sources.join(", ")})` : ""}`);
  const verdict =
    d.bump === "none"
      ? "The data is the same: no version bump."
      : `The data calls for a ${d.bump} version bump.`;
  return [
    markdown ? `## Data: ${d.bump === "none" ? "no change" : d.bump}` : "",
    verdict,
    "",
    ...section("Added", listed(d.added)),
    ...section("Moved, with a redirect", listed(d.moved)),
    ...section("Removed", listed(d.removed)),
    ...section("Changed", listed(d.changed)),
    ...section("Sums by sector that move", d.totals),
    ...section("Series that move", d.series),
    ...section("New disagreements of sources", d.conflicts),
  ]
    .join("\n")
    .trim();
}

/** A changeset for the difference: what it was, what it is now, and by which source. */
export function changeset(d: Difference, packageName: string): string {
  const line = (verb: string) => (c: Change) =>
    `- ${verb} \`${c.record}\`: ${c.text.replaceAll("`", "'")}${c.sources.length > 0 ? ` (${c.sources.join(", ")})` : ""}`;
  // A source that comes with its record needs no line of its own.
  const cited = new Set([...d.added, ...d.changed].flatMap((c) => c.sources.map((s) => `sources/${s}`)));
  const lines = [
    ...d.added.filter((c) => !cited.has(c.record)).map(line("New")),
    ...d.moved.map(line("Moved")),
    ...d.removed.map(line("Removed")),
    ...d.changed.map(line("Changed")),
  ];
  const shown = lines.slice(0, MOST);
  const rest = lines.length - shown.length;
  return `---\n"${packageName}": ${d.bump}\n---\n\nData:\n\n${shown.join("\n")}\n${rest > 0 ? `- and ${rest} more\n` : ""}`;
}
