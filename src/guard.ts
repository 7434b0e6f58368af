/**
 * The one guard of all sums (rules R1 to R10 of the method guide). Helpers group rows so that only like things meet
 * (R1 metric, R2 status, R3 timing); inside a group the guard decides which rows count, and says why the others don't.
 */
import { containersOf } from "./containment.js";
import { overlaps } from "./dates.js";
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

/** A row's subject as one string. */
export const subjectKey = (row: ObservationRecord) => `${row.subject.type}/${row.subject.id}`;

/** A row's dimensions as one string, independent of their order; empty for the total. */
export function dimensionKey(row: ObservationRecord): string {
  const names = Object.keys(row.dimensions);
  if (names.length === 0) return "";
  return names
    .sort()
    .map((name) => `${name}=${row.dimensions[name]}`)
    .join(";");
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

/** The newest statement first: latest end, then latest saying, then the id, so that input order never matters. */
const newestFirst = (a: ObservationRecord, b: ObservationRecord) =>
  compare(b.asOf ?? "", a.asOf ?? "") ||
  compare(b.end ?? "", a.end ?? "") ||
  compare(b.start ?? "", a.start ?? "") ||
  compare(b.id, a.id);

/** The widest period first; of equally wide ones the earliest, so that input order never matters. */
const widestFirst = (a: ObservationRecord, b: ObservationRecord) => {
  const width = (row: ObservationRecord) =>
    Date.parse(row.end ?? "9999-12-31") - Date.parse(row.start ?? "0000-01-01");
  return width(b) - width(a) || compare(a.start ?? "", b.start ?? "") || compare(a.id, b.id);
};

/**
 * Decides which rows of one class (equal metric, unit, status and timing) count. The order of the rows never matters.
 *
 * @param rows - rows of one class.

 * @internal
 */
export function guard<R extends ObservationRecord>(rows: Iterable<R>): Guarded<R> {
  const leftOut: LeftOut[] = [];
  const drop = (row: R, reason: LeftOutReason, because?: string) => {
    leftOut.push(because === undefined ? { id: row.id, reason } : { id: row.id, reason, because });
  };

  // R10 missing and retracted values, and rows that stand in the input twice.
  const present = new Map<string, R>();
  for (const row of rows) {
    if (isMissing(row)) drop(row, "missing");
    else if (isRetracted(row)) drop(row, "retracted");
    else if (present.has(row.id)) drop(row, "duplicate", row.id);
    else present.set(row.id, row);
  }
  if (present.size === 1) return { kept: [...present.values()], leftOut };

  const replaced = new Map<string, string>();
  for (const row of present.values()) if (row.supersedes !== undefined) replaced.set(row.supersedes, row.id);

  // Presence is judged on all rows with a value, not on survivors, so that the outcome is independent of order.
  const bySubject = new Map<string, R[]>();
  for (const row of present.values()) {
    const key = subjectKey(row);
    const list = bySubject.get(key);
    if (list) list.push(row);
    else bySubject.set(key, [row]);
  }

  const wholeOf = (row: R): string | undefined => {
    const seen = new Set([row.id]);
    for (let up = row.partOf; up !== undefined && !seen.has(up); up = present.get(up)?.partOf) {
      if (present.has(up)) return up;
      seen.add(up);
    }
    return undefined;
  };
  const containerOf = (row: R): R | undefined => {
    const subjects = containersOf(subjectKey(row));
    if (subjects.size === 0) return undefined;
    for (const subject of subjects)
      for (const other of bySubject.get(subject) ?? [])
        if (overlaps(row, other) && (dimensionKey(other) === dimensionKey(row) || isDimensionOf(row, other)))
          return other;
    return undefined;
  };

  const series = new Map<string, R[]>();
  for (const row of present.values()) {
    const newer = replaced.get(row.id);
    const whole = wholeOf(row);
    const siblings = bySubject.get(subjectKey(row)) as R[];
    // R7 a total never adds to its own dimensions.
    const total =
      siblings.length > 1 ? siblings.find((s) => isDimensionOf(row, s) && overlaps(row, s)) : undefined;
    const container = containerOf(row);
    if (newer !== undefined) drop(row, "superseded", newer);
    else if (whole !== undefined) drop(row, "part", whole);
    else if (total) drop(row, "dimension", total.id);
    else if (container) drop(row, "contained", container.id);
    else {
      const key = `${subjectKey(row)}|${dimensionKey(row)}`;
      const list = series.get(key);
      if (list) list.push(row);
      else series.set(key, [row]);
    }
  }

  // R4 of overlapping values of one series one counts: the newest, or for periods the widest.
  const kept: R[] = [];
  let clash: [R, R] | undefined;
  for (const list of series.values()) {
    if (list.length === 1) {
      kept.push(list[0] as R);
      continue;
    }
    if ((list[0] as R).timing !== "during") {
      const [newest, ...older] = list.sort(newestFirst) as [R, ...R[]];
      kept.push(newest);
      for (const row of older) drop(row, "overlap", newest.id);
      continue;
    }
    const taken: R[] = [];
    for (const row of list.sort(widestFirst)) {
      const wider = taken.find((other) => overlaps(row, other));
      if (!wider) taken.push(row);
      else {
        drop(row, "overlap", wider.id);
        if (!contains(wider, row)) clash ??= [wider, row];
      }
    }
    kept.push(...taken);
  }
  return clash ? { kept, leftOut, clash } : { kept, leftOut };
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
export const sourcesOf = (rows: readonly ObservationRecord[]): string[] => [
  ...new Set(
    rows.flatMap((row) => row.claims.filter((c) => c.rank !== "deprecated").map((claim) => claim.source)),
  ),
];
