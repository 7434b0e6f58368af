/** Keys by which observations are grouped; apart from the guard, so that the exports need none of its tables. */
import type { ObservationRecord } from "./types.js";

/** A row's subject as one string. */
export const subjectKey = (row: ObservationRecord) => `${row.subject.type}/${row.subject.id}`;

/** A row's dimensions as one string, independent of their order; empty for the total. */
export function dimensionKey({ dimensions }: Pick<ObservationRecord, "dimensions">): string {
  let names: string[] | undefined;
  // Most rows have none: looking for the first is cheaper than listing them.
  for (const _ in dimensions) {
    names = Object.keys(dimensions);
    break;
  }
  if (!names) return "";
  const escaped = (text: string) => text.replace(/[\\;=]/g, "\\$&");
  return names
    .sort()
    .map((name) => `${escaped(name)}=${escaped(dimensions[name] as string)}`)
    .join(";");
}
