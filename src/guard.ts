/**
 * The one guard of all sums (rules R1 to R10 of the method guide). Helpers group rows so that only like things meet
 * (R1 metric, R2 status, R3 timing); inside a group the guard decides which rows count, and says why the others don't.
 */
import { containersOf } from "./containment.js";
import { dayNumber, overlaps } from "./dates.js";
import { dimensionKey } from "./keys.js";
import type { ObservationRecord } from "./types.js";

/**
 * Why a row was left out: it has no value (`missing`) or all its claims are deprecated (`retracted`); it stood in the
 * input twice (`duplicate`); a later statement replaced it (`superseded`); a wider or newer value of its series counts
 * (`overlap`); its whole is present (`part`); its subject lies in another's (`contained`); the total of its dimension is
 * present (`dimension`); or its measure does not allow the addition (`not-additive`).
 * @group Types
 */
export type LeftOutReason =
  | "missing"
  | "retracted"
  | "duplicate"
  | "superseded"
  | "overlap"
  | "part"
  | "contained"
  | "dimension"
  | "not-additive";

/** A row that a result leaves out, and why. @group Types */
export interface LeftOut {
  readonly id: string;
  readonly reason: LeftOutReason;
  /** The row that stands for it. */
  readonly because?: string;
}

/** What the guard lets through. */
export interface Guarded<R> {
  readonly kept: readonly R[];
  readonly leftOut: readonly LeftOut[];
  /** Two rows of one series that overlap without one holding the other: adding either loses or doubles something. */
  readonly clash?: readonly [R, R];
}

/** What must be equal for two rows to be added at all: metric, status and timing (R1, R2, R3), with the unit. */
export const classKey = (row: ObservationRecord) => `${row.metric}|${row.unit}|${row.status}|${row.timing}`;

const isMissing = (row: ObservationRecord) => row.value === null && row.low === null && row.high === null;
const isRetracted = (row: ObservationRecord) =>
  row.claims.length > 0 && row.claims.every((claim) => claim.rank === "deprecated");

/** Whether every dimension of `total` is also one of `row`, which has more. */
const isDimensionOf = (row: ObservationRecord, total: ObservationRecord) => {
  const names = Object.keys(total.dimensions);
  return (
    names.length < Object.keys(row.dimensions).length &&
    names.every((name) => total.dimensions[name] === row.dimensions[name])
  );
};

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const contains = (a: ObservationRecord, b: ObservationRecord) =>
  (a.start ?? "") <= (b.start ?? "") && (a.end ?? "9999") >= (b.end ?? "9999");

/** The newest statement first: latest saying, then latest end, then the id, so that input order never matters. */
const newestFirst = (a: ObservationRecord, b: ObservationRecord) =>
  compare(b.asOf ?? "", a.asOf ?? "") ||
  compare(b.end ?? "", a.end ?? "") ||
  compare(b.start ?? "", a.start ?? "") ||
  compare(b.id, a.id);

const byStart = (a: ObservationRecord, b: ObservationRecord) =>
  compare(a.start ?? "", b.start ?? "") || compare(a.id, b.id);

/** Days that a period covers. */
const width = (row: ObservationRecord) =>
  dayNumber(row.end ?? "9999-12-31") - dayNumber(row.start ?? "0001-01-01");

/** Rows of one subject, by their dimensions. */
type Kinds<R> = ReadonlyMap<string, R[]>;

/** The nearest whole of a row that is present too. */
function wholeOf<R extends ObservationRecord>(row: R, byId: ReadonlyMap<string, R>): string | undefined {
  const seen = new Set([row.id]);
  for (let up = row.partOf; up !== undefined && !seen.has(up); up = byId.get(up)?.partOf) {
    if (byId.has(up)) return up;
    seen.add(up);
  }
  return undefined;
}

/** A present row of a containing subject at an overlapping time, with the same or fewer dimensions. */
function containerOf<R extends ObservationRecord>(row: R, containers: readonly Kinds<R>[]): R | undefined {
  const own = dimensionKey(row);
  for (const container of containers)
    for (const [dimensions, rows] of container)
      for (const other of rows)
        if (overlaps(row, other) && (dimensions === own || isDimensionOf(row, other))) return other;
  return undefined;
}

/**
 * R4: of overlapping values of one series one counts: the newest, or for periods the widest. A row that stands in the
 * input twice overlaps itself.
 */
function oneEach<R extends ObservationRecord>(
  series: R[],
  keep: (row: R) => void,
  drop: (row: R, for_: R) => void,
): readonly [R, R] | undefined {
  const first = series[0] as R;
  if (series.length === 1) {
    keep(first);
    return undefined;
  }
  if (first.timing !== "during") {
    const [newest, ...older] = series.sort(newestFirst) as [R, ...R[]];
    keep(newest);
    for (const row of older) drop(row, newest);
    return undefined;
  }
  series.sort(byStart);
  // Mostly the periods follow one another, and all count.
  if (series.every((row, i) => i === 0 || ((series[i - 1] as R).end ?? "9999") < (row.start ?? ""))) {
    for (const row of series) keep(row);
    return undefined;
  }
  const wide = series
    .map((row) => ({ row, days: width(row) }))
    .sort((a, b) => b.days - a.days || byStart(a.row, b.row));
  const taken: R[] = [];
  let clash: readonly [R, R] | undefined;
  for (const { row } of wide) {
    const wider = taken.find((other) => overlaps(row, other));
    if (!wider) taken.push(row);
    else {
      drop(row, wider);
      if (!contains(wider, row)) clash ??= [wider, row];
    }
  }
  for (const row of taken) keep(row);
  return clash;
}

/**
 * Decides which rows of one class (equal metric, unit, status and timing) count. The order of the rows never matters:
 * presence is judged on all rows with a value, not on survivors.
 *
 * @param rows - rows of one class.
 * @internal
 */
export function guard<R extends ObservationRecord>(rows: Iterable<R>): Guarded<R> {
  const kept: R[] = [];
  const leftOut: LeftOut[] = [];
  const drop = (row: R, reason: LeftOutReason, because?: string) => {
    leftOut.push(because === undefined ? { id: row.id, reason } : { id: row.id, reason, because });
  };

  // R10 missing and retracted values never enter.
  const present: R[] = [];
  const subjects = new Map<string, Map<string, Map<string, R[]>>>();
  let linked = false;
  for (const row of rows) {
    if (isMissing(row)) drop(row, "missing");
    else if (isRetracted(row)) drop(row, "retracted");
    else {
      present.push(row);
      linked ||= row.partOf !== undefined || row.supersedes !== undefined;
      const ofType = getOrAdd(subjects, row.subject.type, () => new Map<string, Map<string, R[]>>());
      const kinds = getOrAdd(ofType, row.subject.id, () => new Map<string, R[]>());
      getOrAdd(kinds, dimensionKey(row), () => [] as R[]).push(row);
    }
  }
  // Few rows name another; an index of all ids is made for them only.
  const byId = new Map<string, R>();
  const replaced = new Map<string, string>();
  if (linked)
    for (const row of present) {
      byId.set(row.id, row);
      if (row.supersedes !== undefined) replaced.set(row.supersedes, row.id);
    }

  const keep = (row: R) => void kept.push(row);
  const overlap = (row: R, other: R) => drop(row, row.id === other.id ? "duplicate" : "overlap", other.id);
  let clash: readonly [R, R] | undefined;
  for (const [type, ofType] of subjects)
    for (const [id, kinds] of ofType) {
      const containers: Kinds<R>[] = [];
      for (const container of containersOf(`${type}/${id}`)) {
        const slash = container.indexOf("/");
        const found = subjects.get(container.slice(0, slash))?.get(container.slice(slash + 1));
        if (found) containers.push(found);
      }
      for (const list of kinds.values()) {
        const series: R[] = [];
        for (const row of list) {
          const newer = linked ? replaced.get(row.id) : undefined;
          const whole = row.partOf === undefined ? undefined : wholeOf(row, byId);
          // R7 a total never adds to its own dimensions.
          const total = kinds.size > 1 ? totalOf(row, kinds) : undefined;
          const container = containers.length > 0 ? containerOf(row, containers) : undefined;
          if (newer !== undefined) drop(row, "superseded", newer);
          else if (whole !== undefined) drop(row, "part", whole);
          else if (total) drop(row, "dimension", total.id);
          else if (container) drop(row, "contained", container.id);
          else series.push(row);
        }
        if (series.length > 0) clash = oneEach(series, keep, overlap) ?? clash;
      }
    }
  return clash ? { kept, leftOut, clash } : { kept, leftOut };
}

/** The value of a key, made on first use. @internal */
export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** A present row of the same subject at an overlapping time that has some of the row's dimensions only. */
function totalOf<R extends ObservationRecord>(row: R, kinds: Kinds<R>): R | undefined {
  for (const rows of kinds.values())
    if (isDimensionOf(row, rows[0] as R)) for (const other of rows) if (overlaps(row, other)) return other;
  return undefined;
}

/** A sum as an interval: ends add, an open end stays open, no midpoint is invented (R8). */
export interface Interval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly approximate: boolean;
}

/** Adds the values of guarded rows end to end (R8). @internal */
export function addUp(rows: readonly ObservationRecord[]): Interval {
  if (rows.length === 0) return { value: null, low: null, high: null, approximate: false };
  let low: number | null = 0;
  let high: number | null = 0;
  let single = true;
  let approximate = false;
  for (const row of rows) {
    low = low === null || row.low === null ? null : low + row.low;
    high = high === null || row.high === null ? null : high + row.high;
    single &&= row.value !== null;
    approximate ||= row.approximate;
  }
  return { value: single ? low : null, low, high, approximate };
}

/** Ids of the sources of rows, without repeats; deprecated claims are no support. @internal */
export function sourcesOf(rows: readonly ObservationRecord[]): string[] {
  const found = new Set<string>();
  for (const row of rows)
    for (const claim of row.claims) if (claim.rank !== "deprecated") found.add(claim.source);
  return [...found];
}
