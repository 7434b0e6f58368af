/** A table of observations: every value with its status, its time and its sources. */
import type { Observation, ObservationRecord } from "../../../src/types.js";
import { linkTo } from "./address.js";
import { h } from "./dom.js";
import { capital, interval, words } from "./format.js";
import { unitOf } from "./names.js";
import { quantityName, subjectName, timeOf } from "./naming.js";
import { sourceList } from "./record.js";
import { type Column, table } from "./table.js";

export { subjectName, timeOf };
export const subjectLink = (subject: ObservationRecord["subject"]) =>
  linkTo(subject.type, subject.id, subjectName(subject));

const sourcesOf = (row: ObservationRecord) => [
  ...new Set(row.claims.filter((c) => c.rank !== "deprecated").map((c) => c.source)),
];
const what = quantityName;

type Row = ObservationRecord | Observation;

export const figureColumns: readonly Column<Row>[] = [
  { label: "id", value: (o) => o.id, hidden: true },
  { label: "Metric", value: what, show: (o) => linkTo("metric", o.metric, what(o)) },
  { label: "About", value: (o) => subjectName(o.subject), show: (o) => subjectLink(o.subject) },
  { label: "Status", value: (o) => o.status, show: (o) => h("span", { class: `tag ${o.status}` }, o.status) },
  { label: "Time", value: (o) => o.end ?? o.start, show: timeOf },
  { label: "timing", value: (o) => o.timing, hidden: true },
  { label: "period", value: (o) => o.period, hidden: true },
  {
    label: "Value",
    value: (o) => o.value ?? o.low ?? o.high,
    show: (o) => linkTo("observation", o.id, interval(o, unitOf.get(o.unit))),
    numeric: true,
  },
  { label: "low", value: (o) => o.low, hidden: true },
  { label: "high", value: (o) => o.high, hidden: true },
  { label: "approximate", value: (o) => String(o.approximate), hidden: true },
  { label: "unit", value: (o) => o.unit, hidden: true },
  { label: "Confidence", value: (o) => o.confidence, show: (o) => capital(words(o.confidence)) },
  { label: "Sources", value: (o) => sourcesOf(o).join("; "), show: (o) => sourceList(sourcesOf(o)) },
];

export function figuresTable(
  rows: readonly Row[],
  caption: string,
  file = "figures",
  without: readonly string[] = [],
): HTMLElement {
  return table({ caption, file, columns: figureColumns.filter((c) => !without.includes(c.label)), rows });
}
