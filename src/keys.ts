/** Keys by which observations are grouped; apart from the guard, so that the exports need none of its tables. */
import type { ObservationRecord } from "./types.js";

/** A row's subject as one string. */
export const subjectKey = (row: ObservationRecord) => `${row.subject.type}/${row.subject.id}`;

/** A row's dimensions as one string, independent of their order; empty for the total. */
export function dimensionKey(row: ObservationRecord): string {
  for (const _ in row.dimensions)
    return Object.keys(row.dimensions)
      .sort()
      .map((name) => `${name}=${row.dimensions[name]}`)
      .join(";");
  return "";
}
