/** What changed between two states of the dataset, in words for a reviewer, and what follows: sums, series, disagreements. */
import { aggregateBySector } from "../../src/aggregate.js";
import { conflicts } from "../../src/conflicts.js";
import { show } from "../../src/schema/problems.js";
import { toSeries } from "../../src/series.js";
import type { ClaimRecord, DatasetRecords, ObservationRecord } from "../../src/types.js";
import { SCOPES } from "../../src/vocabulary.js";
import {
  type Bump,
  type Change,
  type Collections,
  collectionsOf,
  compare,
  type Named,
  type Plain,
} from "./compare.js";

/** One line of the page. */
export interface Line {
  /** `events/plant-opening`, or `observations/...`. */
  readonly record: string;
  /** What happened to it, in words. */
  readonly text: string;
  readonly bump: Bump;
  /** Sources that came with the change. */
  readonly sources: readonly string[];
}

export interface Difference {
  readonly added: readonly Line[];
  readonly moved: readonly Line[];
  readonly removed: readonly Line[];
  readonly changed: readonly Line[];
  /** Sums by sector whose value moves. */
  readonly totals: readonly string[];
  readonly series: readonly string[];
  readonly conflicts: readonly string[];
  readonly bump: Bump;
}

function claimsChanged(before: readonly ClaimRecord[], after: readonly ClaimRecord[]) {
  const only = (a: readonly ClaimRecord[], b: readonly ClaimRecord[]) =>
    a.filter((c) => !b.some((d) => d.source === c.source)).map((c) => c.source);
  const added = only(after, before);
  const dropped = only(before, after);
  const parts = [...added.map((s) => `+${s}`), ...dropped.map((s) => `-${s}`)];
  return { text: parts.length > 0 ? parts.join(", ") : "worded differently", added };
}

/** A changed field in words. */
function lineOf({ collection, id, field, from, to, bump }: Change): Line {
  const record = `${collection}/${id}`;
  if (field !== "claims") return { record, text: `${field}: ${show(from)} → ${show(to)}`, bump, sources: [] };
  const { text, added } = claimsChanged((from ?? []) as ClaimRecord[], (to ?? []) as ClaimRecord[]);
  return { record, text: `claims: ${text}`, bump, sources: added };
}

/** One value in words, for a list. */
function amountOf(o: Pick<ObservationRecord, "value" | "low" | "high" | "approximate">): string {
  const about = o.approximate ? "about " : "";
  if (o.value !== null) return `${about}${o.value}`;
  if (o.low !== null && o.high !== null) return `${about}${o.low} to ${o.high}`;
  return o.low !== null ? `${o.low} or more` : o.high !== null ? `${o.high} or less` : "no value";
}

const sourcesOf = (row: Plain) => [
  ...new Set(((row.claims ?? []) as readonly ClaimRecord[]).map((c) => c.source)),
];
const asRow = (record: Plain) => record as unknown as ObservationRecord;
/** What a record is, in words. */
const titleOf = (collection: string, record: Plain) =>
  collection === "observations"
    ? `${amountOf(asRow(record))} ${record.unit}`
    : String(record.title ?? record.name);

/** Rows whose value differs between two states, by what identifies them. */
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

/** What a redirect says, in words. */
const redirectOf = ({ kind, to, why }: DatasetRecords["redirects"][string]) =>
  `${kind}${to.length > 0 ? ` to ${to.join(", ")}` : ""}: ${why}`;

export function difference(before: DatasetRecords, after: DatasetRecords): Difference {
  const found = compare(before, after);
  const [old, now] = [collectionsOf(before), collectionsOf(after)];
  const rowOf = (data: Collections, { collection, id }: Named) => data[collection]?.get(id) as Plain;
  const record = ({ collection, id }: Named) => `${collection}/${id}`;
  const added = found.added.map((r): Line => {
    const row = rowOf(now, r);
    return { record: record(r), text: titleOf(r.collection, row), bump: "minor", sources: sourcesOf(row) };
  });
  const moved = found.moved.map(
    (r): Line => ({
      record: record(r),
      text: redirectOf(after.redirects[r.id] as DatasetRecords["redirects"][string]),
      bump: "minor",
      sources: [],
    }),
  );
  const removed = found.removed.map((r): Line => {
    const name = titleOf(r.collection, rowOf(old, r));
    const redirect = after.redirects[r.id];
    const why = redirect
      ? `its redirect leads to another collection (${redirect.to.join(", ")})`
      : "no redirect";
    return {
      record: record(r),
      text: r.collection === "observations" ? `was ${name}` : `${name}; ${why}`,
      bump: "major",
      sources: [],
    };
  });
  const changed = found.changed.map(lineOf);

  const rows = (data: DatasetRecords) => data.metrics.flatMap((m) => m.observations);
  const [oldRows, newRows] = [rows(before), rows(after)];
  const sums = (all: readonly ObservationRecord[]) => aggregateBySector(all, { scope: SCOPES });
  const totals = moves(
    sums(oldRows),
    sums(newRows),
    (r) =>
      words([r.sector, r.metric, r.status, r.timing, r.period, r.subject?.id, dimensionsOf(r.dimensions)]),
    (r) => words([`${r.low === r.high ? r.value : `${r.low ?? ".."} to ${r.high ?? ".."}`} ${r.unit}`]),
  );
  const series = (all: readonly ObservationRecord[]) =>
    new Map(
      toSeries(all)
        .filter((s) => s.points.length > 1)
        .map((s) => [
          words([s.metric, s.subject.id, s.status, s.cadence, dimensionsOf(s.dimensions)]),
          s.points,
        ]),
    );
  const [oldSeries, newSeries] = [series(oldRows), series(newRows)];
  const seriesMoves = [...new Set([...oldSeries.keys(), ...newSeries.keys()])].sort().flatMap((name) => {
    const [was, is] = [oldSeries.get(name) ?? [], newSeries.get(name) ?? []];
    const span = (points: typeof was) =>
      points.length === 0
        ? "none"
        : `${points.length} values, ${points[0]?.period} to ${points.at(-1)?.period}`;
    if (span(was) !== span(is)) return [`${name}: ${span(was)} → ${span(is)}`];
    const amounts = new Map(was.map((p) => [p.period, amountOf(p)]));
    const changes = is
      .filter((p) => amounts.get(p.period) !== amountOf(p))
      .map((p) => `${p.period} ${amounts.get(p.period) ?? "none"} → ${amountOf(p)}`);
    return changes.length > 0 ? [`${name}: ${changes.join(", ")}`] : [];
  });
  const disagree = (data: DatasetRecords) =>
    conflicts({ events: data.events, observations: rows(data) }).map((c) => ({
      name: `${c.id} ${c.field}`,
      says: c.positions.map((p) => `${p.says} (${p.sources.join(", ")})`).join(" against "),
    }));
  const knownConflicts = new Set(disagree(before).map((c) => c.name));
  const newConflicts = disagree(after)
    .filter((c) => !knownConflicts.has(c.name))
    .map((c) => `${c.name}: ${c.says}`);
  return {
    added,
    moved,
    removed,
    changed,
    totals,
    series: seriesMoves,
    conflicts: newConflicts,
    bump: found.bump,
  };
}

/** Longer lists are cut: a reviewer reads the first, and finds the rest in the files. */
const MOST = 40;

/** The difference as a page: plain lines, or Markdown. */
export function page(d: Difference, markdown: boolean): string {
  // Escape Markdown in the text of records.
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
  const listed = (changes: readonly Line[]) =>
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

/** The lines of a changeset: what it was, what it is now, and by which source. */
export function changesetLines(d: Difference): string[] {
  const line = (verb: string) => (c: Line) =>
    `- ${verb} \`${c.record}\`: ${c.text.replaceAll("`", "'")}${c.sources.length > 0 ? ` (${c.sources.join(", ")})` : ""}`;
  // A source that comes with its record needs no line of its own.
  const cited = new Set([...d.added, ...d.changed].flatMap((c) => c.sources.map((s) => `sources/${s}`)));
  return [
    ...d.added.filter((c) => !cited.has(c.record)).map(line("New")),
    ...d.moved.map(line("Moved")),
    ...d.removed.map(line("Removed")),
    ...d.changed.map(line("Changed")),
  ];
}
