/** The time of rows: where they begin and end, what they share, and how far they reach. An open end reaches as far as dates go. */
import { ascending } from "./collect.js";
import { dayNumber } from "./dates.js";
import type { ObservationRecord } from "./types.js";

export const startOf = (row: ObservationRecord) => row.start ?? "";
export const endOf = (row: ObservationRecord) => row.end ?? "9999-12-31";
export const meets = (a: ObservationRecord, b: ObservationRecord) =>
  startOf(a) <= endOf(b) && startOf(b) <= endOf(a);
export const spans = (wide: ObservationRecord, narrow: ObservationRecord) =>
  startOf(wide) <= startOf(narrow) && endOf(wide) >= endOf(narrow);

/** Order of time; the id decides at last, so that the order of the input never does. @internal */
export const byTime = (a: ObservationRecord, b: ObservationRecord) =>
  ascending(startOf(a), startOf(b)) || ascending(endOf(a), endOf(b)) || ascending(a.id, b.id);

const width = (row: ObservationRecord) => dayNumber(endOf(row)) - dayNumber(row.start ?? "0001-01-01");
/** Statements have no extent in time: of two about one thing the one said last counts. */
export const isStatement = (row: ObservationRecord) => row.timing === "by" || row.timing === "per-year";
export const extent = (row: ObservationRecord) => (isStatement(row) ? 0 : width(row));

/** The last of rows in order of time, sharing no day, that begins on or before a day. */
export function lastUpTo<R extends ObservationRecord>(rows: readonly R[], day: string): R | undefined {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (startOf(rows[middle] as R) <= day) from = middle + 1;
    else to = middle;
  }
  return rows[from - 1];
}
