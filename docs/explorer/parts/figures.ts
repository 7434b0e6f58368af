/** A table of observations: every value with its status, its time and its sources. */
import { getEvent, getMetric, getOrganisation, getPlace, getProject } from "../../../src/find.js";
import type { Observation, ObservationRecord } from "../../../src/types.js";
import { linkTo } from "./address.js";
import { h } from "./dom.js";
import { capital, dimensionsText, interval, period, words } from "./format.js";
import { unitOf } from "./names.js";
import { sourceList } from "./record.js";
import { type Column, table } from "./table.js";

export function subjectName({ type, id }: ObservationRecord["subject"]): string {
  const record = { place: getPlace, organisation: getOrganisation, project: getProject, event: getEvent }[
    type
  ](id);
  return record === undefined ? id : "title" in record ? record.title : record.name;
}
export const subjectLink = (subject: ObservationRecord["subject"]) =>
  linkTo(subject.type, subject.id, subjectName(subject));

const TIMINGS: Readonly<Record<string, string>> = {
  at: "at",
  during: "during",
  "to-date": "up to",
  "per-year": "a year, from",
  by: "by",
};
/** The time of a value with its relation: `up to 2023-03-14`. */
export function timeOf(row: ObservationRecord): string {
  if (row.timing === "by" && row.period === "unknown") return "no deadline known";
  return `${TIMINGS[row.timing]} ${period(row.period)}`;
}

const sourcesOf = (row: ObservationRecord) => [
  ...new Set(row.claims.filter((c) => c.rank !== "deprecated").map((c) => c.source)),
];
const what = (row: ObservationRecord) =>
  [getMetric(row.metric)?.name ?? row.metric, dimensionsText(row.dimensions)].filter(Boolean).join(", ");

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
