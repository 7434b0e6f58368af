import { ascending, getOrAdd } from "./collect.js";
import { sectors as sectorRows } from "./data/sectors.js";
import { type DateWindow, periodWindow } from "./dates.js";
import { guard, inside, type LeftOut, usable, withRepeats } from "./guard.js";
import { dimensionKey, subjectKey } from "./keys.js";
import { checkOptions, fieldsOrFunction, listOf, oneOf, oneOrMore, text } from "./options.js";
import { REDUCTIONS, type Reduction, type Result, resultOf } from "./result.js";
import { checkObservations } from "./rows.js";
import type { ObservationRecord } from "./types.js";
import { DEFAULT_SCOPES, type OneOrMore, SCOPES, type Scope } from "./vocabulary.js";

/** Fields by which observations can be grouped. @group Types */
export const AGGREGATE_FIELDS = /* @__PURE__ */ Object.freeze([
  "sector",
  "sectorGroup",
  "metric",
  "unit",
  "status",
  "timing",
  "scope",
  "subject",
  "period",
  "year",
  "fiscal-year",
  "confidence",
] as const);
/**
 * A field by which observations can be grouped. `year` takes what lies wholly inside a calendar year, `fiscal-year` what lies
 * wholly inside a fiscal year of Pakistan (July to June); running totals and deadlines go by their last day.
 * @group Types
 */
export type AggregateField = (typeof AGGREGATE_FIELDS)[number];

/** Axes along which values may be added. @group Types */
export type AggregateAxis = "time" | "subject";

/** Options of {@link aggregate}. @group Types */
export interface AggregateOptions<R extends ObservationRecord = ObservationRecord> {
  /** Field name(s), or a function that gives a row's group. */
  readonly by: AggregateField | readonly AggregateField[] | ((row: R) => string | number | null);
  /** What to reduce each group to; default `sum`. */
  readonly reduce?: Reduction;
  /** Axes along which values meet in one group; none by default. Whatever is not named here stays apart. */
  readonly over?: AggregateAxis | readonly AggregateAxis[];
  /** The period asked for, as in {@link total}: what does not lie wholly inside it is left out as `outside`. */
  readonly within?: string;
}

/** A group of like observations and what it comes to. @group Types */
export interface AggregateRow extends Result {
  /** The values grouped by: one entry a field, or `key` for a function. `null` for rows that lie in no single year. */
  readonly group: Readonly<Record<string, string | number | null>>;
}

/** A row of {@link aggregateBySector}. @group Types */
export interface SectorRow extends AggregateRow {
  /** The sector, or the group of sectors with `level: "sectorGroup"`. */
  readonly sector: string;
}

const groupOfSector = (sector: string) => sectorRows.find((s) => s.id === sector)?.group ?? sector;

/** The fiscal year of Pakistan that holds a day: `FY2021-22` from 1 July 2021. */
const fiscalYear = (day: string) => {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < "07-01" ? 1 : 0);
  return `FY${year}-${String((year + 1) % 100).padStart(2, "0")}`;
};

/** The year of a row, if it lies in a single one: a running total and a deadline are known by their last day alone. */
function yearOf(row: ObservationRecord, of: (day: string) => string): string | null {
  const { start, end, timing } = row;
  if (timing === "to-date" || timing === "by") return end === null ? null : of(end);
  if (start === null || end === null) return null;
  return of(start) === of(end) ? of(start) : null;
}

const FIELDS: Readonly<Record<AggregateField, (row: ObservationRecord) => string | number | null>> = {
  sector: (row) => row.sector,
  sectorGroup: (row) => groupOfSector(row.sector),
  metric: (row) => row.metric,
  unit: (row) => row.unit,
  status: (row) => row.status,
  timing: (row) => row.timing,
  scope: (row) => row.scope,
  subject: subjectKey,
  period: (row) => row.period,
  year: (row) => {
    const year = yearOf(row, (day) => day.slice(0, 4));
    return year === null ? null : Number(year);
  },
  "fiscal-year": (row) => yearOf(row, fiscalYear),
  confidence: (row) => row.confidence,
};
const CALENDAR: readonly string[] = ["year", "fiscal-year"];

/** Made on first use, so that a bundle without this helper holds none of it. */
const optionsOfAggregate = () => ({
  by: fieldsOrFunction(AGGREGATE_FIELDS),
  reduce: oneOf(REDUCTIONS),
  over: oneOrMore(oneOf(["time", "subject"])),
  within: text,
});

/**
 * Groups observations and reduces each group, without ever adding unlike things. Metric, unit, measure, status, timing and
 * dimensions always stay apart, so a group gives one row for each class of them. Along `time` and `subject` values are added
 * only if `over` names the axis and the measure allows it: flows over both, levels over subjects, ratios over nothing. What
 * overlaps, repeats or lies in something else is left out of a sum, and listed with the row that counts in its place; the
 * other reductions see every value. A sum over time says which days it covers. O(n log n).
 *
 * By `year` or `fiscal-year` only what lies wholly inside one year is counted; the rest stands in a row whose year is `null`,
 * left out as `straddles`. A sum over time answers for its year, for the period `within`, or else only for the days from the
 * first value to the last: `covers` says how many of them are known. All scopes count.
 *
 * @param rows - observations, of the dataset or of your own; not changed.
 * @param options - what to group by, what to reduce to, and along which axes values meet.
 * @returns one row for each group and class, ordered by group, metric, status and time.
 * @throws {@link CpecDataError} `UNKNOWN_OPTION`, `UNKNOWN_VALUE`, `INVALID_DATE`, `INVALID_ROW`, `CONFLICTING_ROWS`.
 * @see {@link total}; {@link aggregateBySector}; {@link toSeries}.
 * @example
 * ```ts
 * import { aggregate, filterObservations, observations } from "cpec-it-data";
 * const phones = filterObservations(observations, { metric: "phones-assembled", timing: "during", dimensions: {}, from: "2021", to: "2021" });
 * const [row] = aggregate(phones, { by: "year", over: "time" });
 * console.log(row?.value, row?.covers?.days, row?.leftOut.every((x) => x.reason === "overlap")); // → 24660000 365 true
 * ```
 * @group Helpers
 */
export function aggregate<R extends ObservationRecord>(
  rows: Iterable<R>,
  options: AggregateOptions<R>,
): AggregateRow[] {
  checkOptions("aggregate()", options ?? null, optionsOfAggregate());
  fieldsOrFunction(AGGREGATE_FIELDS)(options.by, 'aggregate(): "by"');
  const { rows: all, repeats } = checkObservations("aggregate()", rows);
  return groups(all, repeats, options);
}

interface Group<R> {
  readonly values: (string | number | null)[];
  readonly rows: R[];
}

function groups<R extends ObservationRecord>(
  all: readonly R[],
  repeats: readonly string[],
  { by, reduce = "sum", over: axes, within }: AggregateOptions<R>,
): AggregateRow[] {
  const span = within === undefined ? undefined : periodWindow(within);
  const over = listOf(axes);
  const names = typeof by === "function" ? ["key"] : listOf(by);
  const read = typeof by === "function" ? [by] : (names as AggregateField[]).map((name) => FIELDS[name]);
  const calendar = typeof by === "function" ? [] : names.filter((name) => CALENDAR.includes(name));
  const adds = reduce === "sum";
  const overTime = over.includes("time");
  const overSubject = over.includes("subject");

  // A replaced statement goes where the one that replaced it goes, so that a result never holds both.
  const { replacedBy } = usable(all);

  // A tree of short keys, which engines hash once, instead of one long key a row.
  interface Node extends Map<unknown, Node> {
    group?: Group<R>;
  }
  const root: Node = new Map();
  const found: Group<R>[] = [];
  const groupOf = new Map<string, Group<R>>();
  const down = (node: Node, key: unknown) => getOrAdd(node, key, () => new Map() as Node);
  for (const given of all) {
    const row = replacedBy.get(given) ?? given;
    const values = read.map((f) => f(row));
    let node = root;
    for (const value of values) node = down(node, value);
    node = down(down(down(down(down(node, row.metric), row.unit), row.measure), row.status), row.timing);
    node = down(node, dimensionKey(row));
    // A sum over time is for flows during periods only, a sum over subjects not for ratios; other reductions add nothing.
    if (!overTime || (adds && (row.measure !== "flow" || row.timing !== "during")))
      node = down(down(node, row.start), row.end);
    if (!overSubject || (adds && row.measure === "ratio"))
      node = down(down(down(node, row.subject.type), row.subject.id), row.area);
    if (node.group) node.group.rows.push(given);
    else {
      node.group = { values, rows: [given] };
      found.push(node.group);
    }
    if (repeats.length > 0) groupOf.set(given.id, node.group);
  }
  const again = new Map<Group<R>, string[]>();
  for (const id of repeats) getOrAdd(again, groupOf.get(id) as Group<R>, () => []).push(id);

  return sorted(
    names,
    found.map(({ values, rows: members }, i): AggregateRow => {
      const group = Object.fromEntries(names.map((name, n) => [name, values[n] ?? null]));
      const copies = again.get(found[i] as Group<R>) ?? [];
      const straddles = calendar.some((name) => group[name] === null);
      const { rows: wanted, outside } = inside(members, span, replacedBy);
      const judged = straddles ? allStraddle(wanted) : adds ? guard(wanted) : everyValue(wanted);
      // What a sum over time answers for: each period that was asked for and each year that the group lies in, at once.
      const asked = calendar.flatMap((name) =>
        group[name] == null ? [] : periodWindow(String(group[name])),
      );
      if (span) asked.push(span);
      return {
        group,
        ...resultOf(
          reduce,
          judged.kept,
          members,
          withRepeats([...outside, ...judged.leftOut], copies),
          judged.clash,
          overTime ? common(asked) : undefined,
        ),
      };
    }),
  );
}

/** The days that windows share. */
const common = (windows: readonly DateWindow[]) =>
  windows.reduce<[string, string] | undefined>(
    (days, { earliest, latest }) =>
      days
        ? [days[0] > earliest ? days[0] : earliest, days[1] < latest ? days[1] : latest]
        : [earliest, latest],
    undefined,
  );

/** Groups in order of their values, `null` last; then metric, status, timing, time and subject. */
function sorted(names: readonly string[], rows: readonly AggregateRow[]): AggregateRow[] {
  const order = (x: string | number | null, y: string | number | null) =>
    x === null || y === null ? Number(x === null) - Number(y === null) : ascending(x, y);
  const keyed = rows.map((row) => ({
    row,
    key: [
      ...names.map((name) => row.group[name] ?? null),
      row.metric,
      row.unit,
      row.measure,
      row.status,
      row.timing,
      dimensionKey(row),
      row.start ?? row.end ?? "",
      row.end ?? "",
      row.subject ? `${row.subject.type}/${row.subject.id}` : "",
      row.observations[0] ?? row.leftOut[0]?.id ?? "",
    ],
  }));
  return keyed
    .sort((a, b) => {
      for (const [i, value] of a.key.entries()) {
        const by = order(value, b.key[i] as string | number | null);
        if (by !== 0) return by;
      }
      return 0;
    })
    .map(({ row }) => row);
}

/** Rows that lie in no single year: none counts. */
function allStraddle<R extends ObservationRecord>(rows: readonly R[]) {
  const { rows: valid, leftOut } = usable(rows);
  return {
    kept: [],
    leftOut: [...leftOut, ...valid.map((row): LeftOut => ({ id: row.id, reason: "straddles" }))],
    clash: [],
  };
}

/** All values but missing, retracted and replaced ones (law L5). */
function everyValue<R extends ObservationRecord>(rows: readonly R[]) {
  const { rows: valid, replacedBy, leftOut } = usable(rows);
  const kept: R[] = [];
  for (const row of valid) {
    const newer = replacedBy.get(row);
    if (newer) leftOut.push({ id: row.id, reason: "superseded", because: newer.id });
    else kept.push(row);
  }
  return { kept, leftOut, clash: [] };
}

/** Options of {@link aggregateBySector}. @group Types */
export interface SectorOptions {
  /** Sectors, or the groups of sectors; default `sector`. */
  readonly level?: "sector" | "sectorGroup";
  /** Scopes that count; `context` is left out unless named. */
  readonly scope?: OneOrMore<Scope>;
}

/**
 * Adds up observations by sector: one row for each sector, metric, unit, status, timing and period, with subjects added where
 * the measure allows it. Leaves out what has scope `context` (no Chinese party) unless asked. O(n log n).
 *
 * @param rows - observations; not changed.
 * @param options - `level: "sectorGroup"` for groups of sectors; `scope` to choose which scopes count.
 * @returns rows ordered by sector, metric, status and time.
 * @throws {@link CpecDataError} `UNKNOWN_OPTION`, `UNKNOWN_VALUE`, `INVALID_ROW`, `CONFLICTING_ROWS`.
 * @see {@link aggregate}; {@link countEvents}.
 * @example
 * ```ts
 * import { aggregateBySector, filterObservations, observations } from "cpec-it-data";
 * const money = filterObservations(observations, { metric: "investment-fibre-backbone", organisation: "sunwalk" });
 * for (const row of aggregateBySector(money)) console.log(row.sector, row.status, row.value);
 * ```
 * @group Helpers
 */
export function aggregateBySector(
  rows: Iterable<ObservationRecord>,
  options: SectorOptions = {},
): SectorRow[] {
  checkOptions("aggregateBySector()", options, {
    level: oneOf(["sector", "sectorGroup"]),
    scope: oneOrMore(oneOf(SCOPES)),
  });
  const { level = "sector", scope = DEFAULT_SCOPES } = options;
  const scopes = listOf(scope as OneOrMore<Scope>);
  const { rows: all, repeats } = checkObservations("aggregateBySector()", rows);
  const wanted = all.filter((row) => scopes.includes(row.scope));
  const ids = new Set(wanted.map((row) => row.id));
  const order = new Map(
    sectorRows.map((s, i) => [level === "sectorGroup" ? s.group : s.id, i] as [string, number]),
  );
  const rank = (row: SectorRow) => order.get(row.sector) ?? order.size;
  return groups(
    wanted,
    repeats.filter((id) => ids.has(id)),
    { by: level, over: "subject" },
  )
    .map((row) => ({ sector: String(row.group[level]), ...row }))
    .sort((a, b) => rank(a) - rank(b));
}
