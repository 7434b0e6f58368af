/** What changed between two states of the dataset, in words for a reviewer, and what follows: sums, series, disagreements. */
import { isDeepStrictEqual } from "node:util";
import { aggregateBySector } from "../../src/aggregate.js";
import { conflicts } from "../../src/conflicts.js";
import { show } from "../../src/schema/problems.js";
import { toSeries } from "../../src/series.js";
import type { ClaimRecord, DatasetRecords, ObservationRecord } from "../../src/types.js";
import { type Bump, type Change, changesOf, collectionsOf, compare, larger, type Plain } from "../compare.js";

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
  return { text: parts.length > 0 ? parts.join(", ") : "said in another way", added };
}

/** A changed field in words. */
function lineOf({ collection, id, field, from, to, bump }: Change): Line {
  const record = `${collection}/${id}`;
  if (field !== "claims") return { record, text: `${field}: ${show(from)} → ${show(to)}`, bump, sources: [] };
  const { text, added } = claimsChanged((from ?? []) as ClaimRecord[], (to ?? []) as ClaimRecord[]);
  return { record, text: `claims: ${text}`, bump, sources: added };
}

/** One value in words, for a list. */
function amountOf(o: ObservationRecord): string {
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
  const found = compare(before, after);
  const [old, now] = [collectionsOf(before), collectionsOf(after)];
  const rowOf = (data: typeof now, { collection, id }: { collection: string; id: string }) =>
    data[collection]?.get(id) as Plain;
  // An observation whose id follows its new time or status has changed; it has not left and come.
  const ofRows = ({ collection }: { collection: string }) => collection === "observations";
  const pairs = restated(
    found.removed.filter(ofRows).map((r) => asRow(rowOf(old, r))),
    found.added.filter(ofRows).map((r) => asRow(rowOf(now, r))),
  );
  const paired = new Set(pairs.flat().map((row) => row.id));
  const alone = <R extends { collection: string; id: string }>(list: readonly R[]) =>
    list.filter((r) => !(ofRows(r) && paired.has(r.id)));

  const added = alone(found.added).map((r) => {
    const row = rowOf(now, r);
    const { collection, id } = r;
    return {
      record: `${collection}/${id}`,
      text: titleOf(collection, row),
      bump: "minor" as const,
      sources: sourcesOf(row),
    };
  });
  const moved = found.moved.map(({ collection, id }) => {
    const { kind, to, why } = after.redirects[id] as DatasetRecords["redirects"][string];
    const where = to.length > 0 ? ` to ${to.join(", ")}` : "";
    return {
      record: `${collection}/${id}`,
      text: `${kind}${where}: ${why}`,
      bump: "minor" as const,
      sources: [],
    };
  });
  const removed = alone(found.removed).map((r) => {
    const { collection, id, bump } = r;
    const name = titleOf(collection, rowOf(old, r));
    return {
      record: `${collection}/${id}`,
      text: ofRows(r) ? `was ${name}` : `${name}; no redirect`,
      bump,
      sources: [],
    };
  });
  const changed = [
    ...found.changed,
    ...pairs.flatMap(([was, row]) =>
      changesOf("observations", was.id, was as unknown as Plain, row as unknown as Plain).filter(
        ({ field }) => field !== "id",
      ),
    ),
  ].map(lineOf);

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
  const bump = [...added, ...moved, ...removed, ...changed].map((line) => line.bump).reduce(larger, "none");
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

/** A changeset for the difference: what it was, what it is now, and by which source. */
export function changeset(d: Difference, packageName: string): string {
  const line = (verb: string) => (c: Line) =>
    `- ${verb} \`${c.record}\`: ${c.text.replaceAll("`", "'")}${c.sources.length > 0 ? ` (${c.sources.join(", ")})` : ""}`;
  // A source that comes with its record needs no line of its own.
  const cited = new Set([...d.added, ...d.changed].flatMap((c) => c.sources.map((s) => `sources/${s}`)));
  const lines = [
    ...d.added.filter((c) => !cited.has(c.record)).map(line("New")),
    ...d.moved.map(line("Moved")),
    ...d.removed.map(line("Removed")),
    ...d.changed.map(line("Changed")),
  ];
  return `---\n"${packageName}": ${d.bump}\n---\n\nData:\n\n${lines.join("\n")}\n`;
}
