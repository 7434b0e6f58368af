/** Names and times of figures and promises, for the explorer and for the pages of records alike. */
import { getEvent, getMetric, getOrganisation, getPlace, getProject } from "../../../src/find.js";
import { amountWords } from "../../../src/promise-words.js";
import type { PromiseRecord } from "../../../src/promises.js";
import type { ObservationRecord } from "../../../src/types.js";
import { dimensionsText } from "./format.js";

export function subjectName({ type, id }: ObservationRecord["subject"]): string {
  const record = { place: getPlace, organisation: getOrganisation, project: getProject, event: getEvent }[
    type
  ](id);
  return record === undefined ? id : "title" in record ? record.title : record.name;
}

export const quantityName = (row: Pick<ObservationRecord, "metric" | "dimensions">) =>
  [getMetric(row.metric)?.name ?? row.metric, dimensionsText(row.dimensions)].filter(Boolean).join(", ");

/** What was promised, in a line: the title of an event, or amount, metric and subject. */
export function promiseName(p: PromiseRecord): string {
  if (p.type === "event" || p.promised === null) return p.title;
  const what = [p.title, dimensionsText(p.dimensions)].filter(Boolean).join(", ");
  return `${subjectName(p.subject)}: ${what}, ${amountWords(p.promised, p.unit)}`;
}
