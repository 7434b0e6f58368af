import { sectors as sectorRows } from "./data/sectors.js";
import { CpecDataError } from "./errors.js";
import { addUp, getOrAdd, guard, type Interval, type LeftOut, sourcesOf } from "./guard.js";
import { dimensionKey, subjectKey } from "./keys.js";
import type { ObservationRecord, Subject } from "./types.js";
import type { Confidence, Measure, ObservationStatus, Scope, Timing } from "./vocabulary.js";
import { CONFIDENCES } from "./vocabulary.js";

/** Fields by which observations can be grouped. `year` is the year of the end of the window, `null` when there is none. @group Types */
export type AggregateField =
  | "sector"
  | "group"
  | "metric"
  | "unit"
  | "status"
  | "timing"
  | "scope"
  | "subject"
  | "period"
  | "year"
  | "confidence";

/** What a group of observations is reduced to. @group Types */
export type AggregateMeasure = "sum" | "count" | "latest" | "min" | "max";

/** Axes along which values may be added. @group Types */
export type AggregateAxis = "time" | "subject";

/** Options of {@link aggregate}. @group Types */
export interface AggregateOptions<R extends ObservationRecord = ObservationRecord> {
  /** Field name(s), or a function that gives a row's group. */
  readonly by: AggregateField | readonly AggregateField[] | ((row: R) => string | number | null);
  /** Default `sum`. */
  readonly measure?: AggregateMeasure;
  /** Axes along which values may be added; none by default. Whatever is not named here stays apart. */
  readonly over?: AggregateAxis | readonly AggregateAxis[];
}

/** A group of like observations and what it comes to. @group Types */
export interface AggregateRow extends Interval {
  /** The values grouped by: one entry a field, or `key` for a function. */
  readonly group: Readonly<Record<string, string | number | null>>;
  readonly metric: string;
  readonly unit: string;
  readonly measure: Measure;
  readonly status: ObservationStatus;
  readonly timing: Timing;
  /** The common dimensions of the rows; empty for totals. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** The common subject; `null` when several were added. */
  readonly subject: Subject | null;
  /** The common period as written; `null` when several were added. */
  readonly period: string | null;
  /** First day of all rows, ISO 8601. */
  readonly start: string | null;
  /** Last day of all rows, ISO 8601. */
  readonly end: string | null;
  /** Number of observations that count. */
  readonly count: number;
  /** The lowest confidence of the observations that count. */
  readonly confidence: Confidence;
  /** Ids of the observations that count. */
  readonly observations: readonly string[];
  /** Ids of the sources they rest on. */
  readonly sources: readonly string[];
  /** Observations that don't count, and why. */
  readonly leftOut: readonly LeftOut[];
}

/** A row of {@link aggregateBySector}. @group Types */
export interface SectorRow extends AggregateRow {
  /** The sector, or the group of sectors with `level: "group"`. */
  readonly sector: string;
}

const groupOfSector = (sector: string) => sectorRows.find((s) => s.id === sector)?.group ?? sector;

const FIELDS: Readonly<Record<AggregateField, (row: ObservationRecord) => string | number | null>> = {
  sector: (row) => row.sector,
  group: (row) => groupOfSector(row.sector),
  metric: (row) => row.metric,
  unit: (row) => row.unit,
  status: (row) => row.status,
  timing: (row) => row.timing,
  scope: (row) => row.scope,
  subject: subjectKey,
  period: (row) => row.period,
  year: (row) => (row.end === null ? null : Number(row.end.slice(0, 4))),
  confidence: (row) => row.confidence,
};

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** The lowest confidence; `high` where there are no rows. */
function confidenceOfRows(rows: readonly ObservationRecord[]): Confidence {
  let lowest = 0;
  for (const row of rows) lowest = Math.max(lowest, CONFIDENCES.indexOf(row.confidence));
  return CONFIDENCES[lowest] as Confidence;
}

/** Facts shared by rows of one class, and the span of their windows. */
function frame(rows: readonly ObservationRecord[]) {
  const first = rows[0] as ObservationRecord;
  const { type, id } = first.subject;
  const dimensions = dimensionKey(first);
  let oneDimension = true;
  let oneSubject = true;
  let onePeriod = true;
  let { start, end } = first;
  for (const row of rows) {
    oneDimension &&= dimensionKey(row) === dimensions;
    oneSubject &&= row.subject.id === id && row.subject.type === type;
    onePeriod &&= row.period === first.period;
    if (row.start !== null && (start === null || row.start < start)) start = row.start;
    if (row.end !== null && (end === null || row.end > end)) end = row.end;
  }
  return {
    metric: first.metric,
    unit: first.unit,
    measure: first.measure,
    status: first.status,
    timing: first.timing,
    dimensions: oneDimension ? first.dimensions : {},
    subject: oneSubject ? first.subject : null,
    period: onePeriod ? first.period : null,
    start,
    end,
  };
}

const NONE: Interval = { value: null, low: null, high: null, approximate: false };

function reduceTo(measure: AggregateMeasure, kept: readonly ObservationRecord[]): Interval {
  if (kept.length === 0) return NONE;
  if (measure === "sum") return addUp(kept);
  if (measure === "count")
    return { value: kept.length, low: kept.length, high: kept.length, approximate: false };
  const pick = (better: (a: ObservationRecord, b: ObservationRecord) => boolean) => {
    const { value, low, high, approximate } = kept.reduce((a, b) => (better(b, a) ? b : a));
    return { value, low, high, approximate };
  };
  const least = (row: ObservationRecord) => row.low ?? row.high ?? 0;
  const most = (row: ObservationRecord) => row.high ?? row.low ?? 0;
  if (measure === "min") return pick((a, b) => least(a) < least(b));
  if (measure === "max") return pick((a, b) => most(a) > most(b));
  const when = (row: ObservationRecord) => `${row.end ?? ""}|${row.asOf ?? ""}|${row.id}`;
  return pick((a, b) => when(a) > when(b));
}

/**
 * Groups observations and reduces each group, without ever adding unlike things. Metric, unit, status, timing and
 * dimensions always stay apart (R1 to R3, R7), so a group gives one row for each class of them. Along `time` and
 * `subject` values are added only if `over` names the axis and the measure allows it: flows over both, stocks over
 * subjects, ratios over nothing. What overlaps, repeats or lies in something else is left out, and listed.
 *
 * It does not filter: pass rows through {@link filterObservations} first. All scopes count.
 *
 * @param rows - observations, of the dataset or of your own.
 * @param options - what to group by, what to reduce to, and along which axes to add.
 * @returns one row for each group and class, in the order of first appearance; inputs are not changed.
 * @example
 * ```ts
 * import { aggregate, filterObservations, observations } from "cpec-it-data";
 * const phones = filterObservations(observations, { metric: "phones-assembled", timing: "during", dimensions: {}, from: "2021", to: "2021" });
 * const [row] = aggregate(phones, { by: "year", over: "time" });
 * console.log(row?.value, row?.leftOut.every((x) => x.reason === "overlap" || x.reason === "dimension")); // → 24660000 true
 * ```
 * @group Helpers
 */
export function aggregate<R extends ObservationRecord>(
  rows: Iterable<R>,
  options: AggregateOptions<R>,
): AggregateRow[] {
  const { by, measure = "sum" } = options;
  const over = listOf(options.over);
  const names = typeof by === "function" ? ["key"] : listOf(by);
  const read = typeof by === "function" ? [by] : (names as AggregateField[]).map((name) => FIELDS[name]);
  const adds = measure === "sum";
  const overTime = over.includes("time");
  const overSubject = over.includes("subject");

  // A tree of short keys, which engines hash once, instead of one long key a row.
  interface Node extends Map<unknown, Node> {
    group?: { values: (string | number | null)[]; rows: R[] };
  }
  const root: Node = new Map();
  const groups: { values: (string | number | null)[]; rows: R[] }[] = [];
  const down = (node: Node, key: unknown) => getOrAdd(node, key, () => new Map() as Node);
  for (const row of rows) {
    const values = read.map((f) => f(row));
    const additive = row.measure !== "ratio" || !adds;
    let node = root;
    for (const value of values) node = down(node, value);
    node = down(down(down(down(node, row.metric), row.unit), row.status), row.timing);
    node = down(node, dimensionKey(row));
    // Kept apart unless named: the time always for stocks, the time and the subject always for ratios.
    if (!(overTime && additive && (row.measure === "flow" || !adds)))
      node = down(down(down(node, row.start), row.end), row.asOf);
    if (!(overSubject && additive)) node = down(down(node, row.subject.type), row.subject.id);
    if (node.group) node.group.rows.push(row);
    else {
      node.group = { values, rows: [row] };
      groups.push(node.group);
    }
  }

  return groups.map(({ values, rows: members }) => {
    const { kept, leftOut } = guard(members);
    const used = kept.length > 0 ? kept : members;
    return {
      group: Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])),
      ...frame(used),
      ...reduceTo(measure, kept),
      count: kept.length,
      confidence: confidenceOfRows(kept),
      observations: kept.map((row) => row.id),
      sources: sourcesOf(kept),
      leftOut,
    };
  });
}

/**
 * Adds up observations by sector: one row for each sector, metric, unit, status, timing and period, with subjects
 * added where the measure allows it. Leaves out what has scope `context` (no Chinese party) unless asked.
 *
 * @param rows - observations.
 * @param options - `level: "group"` for groups of sectors; `scopes` to choose which scopes count.
 * @returns rows ordered by sector, metric, status and time.
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
  options: { readonly level?: "sector" | "group"; readonly scopes?: readonly Scope[] } = {},
): SectorRow[] {
  const { level = "sector", scopes = ["cpec", "bilateral"] } = options;
  const wanted: ObservationRecord[] = [];
  for (const row of rows) if (scopes.includes(row.scope)) wanted.push(row);
  const order = new Map(
    sectorRows.map((s, i) => [level === "group" ? s.group : s.id, i] as [string, number]),
  );
  const rank = (row: SectorRow) => order.get(row.sector) ?? order.size;
  const text = (row: SectorRow) => `${row.metric}|${row.status}|${row.timing}|${row.start ?? row.end ?? ""}`;
  return aggregate(wanted, { by: level, over: "subject" })
    .map((row) => ({ sector: String(row.group[level]), ...row }))
    .sort((a, b) => rank(a) - rank(b) || (text(a) < text(b) ? -1 : 1));
}

/** The result of {@link total}. @group Types */
export interface Total extends Omit<AggregateRow, "group"> {}

/**
 * Adds rows to one interval, or throws. Everything that may be added is: flows over time and subjects, stocks over
 * subjects at one time, ratios over nothing. Repeats, parts, contained subjects, dimensions beside their total and nested
 * periods are left out and listed in `leftOut`.
 *
 * @param rows - observations of one metric, one status and one timing; of every scope.
 * @returns the total with the ids and sources it rests on; `value` is `null` when an end is open or a row is a range.
 * @throws {@link CpecDataError} `MIXED_METRIC`, `MIXED_STATUS`, `MIXED_TIMING` (R1 to R3), `NOT_ADDITIVE` (R7) or `OVERLAP`
 * (periods that overlap without one holding the other, R4), naming two ids and what to do.
 * @example
 * ```ts
 * import { filterObservations, observations, total } from "cpec-it-data";
 * const made = filterObservations(observations, { metric: "phones-assembled", timing: "during", dimensions: {}, from: "2020", to: "2021" });
 * console.log(total(made).value); // → 37710000
 * ```
 * @group Helpers
 */
export function total(rows: Iterable<ObservationRecord>): Total {
  const all = [...rows];
  const first = all[0];
  if (!first)
    throw new CpecDataError("OUT_OF_RANGE", "There are no rows to add.", {
      hint: "Check the filter: an empty selection has no total.",
    });
  const differs = (of: (row: ObservationRecord) => string) => all.find((row) => of(row) !== of(first));
  const refuse = (
    code: "MIXED_METRIC" | "MIXED_STATUS" | "MIXED_TIMING",
    other: ObservationRecord,
    what: string,
    hint: string,
  ) => {
    throw new CpecDataError(code, `${what}: "${first.id}" and "${other.id}".`, {
      ids: [first.id, other.id],
      hint,
    });
  };
  const metric = differs((row) => `${row.metric}|${row.unit}`);
  if (metric)
    refuse(
      "MIXED_METRIC",
      metric,
      `Different metrics never add (${first.metric} in ${first.unit}, ${metric.metric} in ${metric.unit})`,
      'Total one metric at a time, or use aggregate(rows, { by: "metric" }).',
    );
  const status = differs((row) => row.status);
  if (status)
    refuse(
      "MIXED_STATUS",
      status,
      `What is ${first.status} and what is ${status.status} never add`,
      "Filter by one status, or compare the two with compareDelivery().",
    );
  const timing = differs((row) => row.timing);
  if (timing)
    refuse(
      "MIXED_TIMING",
      timing,
      `A value "${first.timing}" and a value "${timing.timing}" never add`,
      "Filter by one timing.",
    );

  const { kept, leftOut, clash } = guard(all);
  if (clash)
    throw new CpecDataError(
      "OVERLAP",
      `"${clash[0].id}" and "${clash[1].id}" share some days, and neither holds the other.`,
      {
        ids: clash.map((row) => row.id),
        hint: "Choose periods that don't overlap.",
      },
    );
  const [one, two] = kept;
  if (one && two) {
    const not = (why: string, other: ObservationRecord, hint: string) => {
      throw new CpecDataError("NOT_ADDITIVE", `${why}: "${one.id}" and "${other.id}".`, {
        ids: [one.id, other.id],
        hint,
      });
    };
    if (one.measure === "ratio")
      not("Ratios never add", two, "Use aggregate() with measure latest, min or max.");
    const elsewhen = kept.find((row) => row.start !== one.start || row.end !== one.end);
    if (one.measure === "stock" && elsewhen)
      not("Stocks of different times never add", elsewhen, "Filter one moment, or use toSeries().");
    if (one.timing === "per-year" && elsewhen)
      not("Rates of different years never add", elsewhen, "Filter one period.");
    const dimensioned = kept.find((row) => dimensionKey(row) !== dimensionKey(one));
    if (
      dimensioned &&
      Object.keys(one.dimensions).sort().join() !== Object.keys(dimensioned.dimensions).sort().join()
    )
      not("A total and its parts, or two kinds of parts, never add", dimensioned, "Filter by `dimensions`.");
  }
  const used = kept.length > 0 ? kept : all;
  return {
    ...frame(used),
    ...addUp(kept),
    count: kept.length,
    confidence: confidenceOfRows(kept),
    observations: kept.map((row) => row.id),
    sources: sourcesOf(kept),
    leftOut,
  };
}
