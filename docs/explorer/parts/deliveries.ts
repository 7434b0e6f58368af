/** Promises beside what came of them, as a table and a chart. */
import * as Plot from "@observablehq/plot";
import { observations } from "../../../src/data/observations.js";
import type { Delivery } from "../../../src/delivery.js";
import { getMetric } from "../../../src/find.js";
import { addressOf, linkTo } from "./address.js";
import { chart, PLOT, TIP } from "./chart.js";
import { h } from "./dom.js";
import { subjectLink, subjectName } from "./figures.js";
import { day, dimensionsText, interval, percent, plural, words } from "./format.js";
import { unitOf } from "./names.js";
import { sourceList } from "./record.js";
import { type Column, table } from "./table.js";

const metricName = (d: Delivery) =>
  [getMetric(d.metric)?.name ?? d.metric, dimensionsText(d.dimensions)].filter(Boolean).join(", ");
const periodOf = new Map(observations.map((o) => [o.id as string, o.period]));

/** Actual over promised; an open end stays open. */
export function shareOf({ ratio }: Delivery): string {
  if (ratio === null || (ratio.low === null && ratio.high === null)) return "can't be told";
  const { low, high } = ratio;
  if (low === null) return `at most ${percent(high as number, 0)}`;
  if (high === null) return `at least ${percent(low, 0)}`;
  return low === high ? percent(low, 0) : `${percent(low, 0)} to ${percent(high, 0)}`;
}

const RESULTS: Readonly<Record<Delivery["delivery"], string>> = {
  met: "met",
  partly: "partly, as far as reported",
  "no-actual": "no report",
};
const DUE: Readonly<Record<Delivery["due"], string>> = {
  overdue: "overdue",
  "not-due": "not due yet",
  "no-deadline": "no deadline",
};
/** In a word or two what came of it. What was met is no longer due. */
export const resultOf = (d: Delivery) =>
  d.delivery === "met" ? "met" : `${RESULTS[d.delivery]}; ${DUE[d.due]}`;

const columns: readonly Column<Delivery>[] = [
  { label: "promise", value: (d) => d.promise, hidden: true },
  { label: "About", value: (d) => subjectName(d.subject), show: (d) => subjectLink(d.subject) },
  { label: "Metric", value: metricName, show: (d) => linkTo("metric", d.metric, metricName(d)) },
  { label: "Status", value: (d) => d.status, show: (d) => h("span", { class: `tag ${d.status}` }, d.status) },
  {
    label: "Promised",
    value: (d) => d.promised.value ?? d.promised.low ?? d.promised.high,
    show: (d) => linkTo("observation", d.promise, interval(d.promised, unitOf.get(d.unit))),
    numeric: true,
  },
  { label: "unit", value: (d) => d.unit, hidden: true },
  {
    label: "Deadline",
    value: (d) => d.deadline,
    show: (d) => (d.deadline === null ? "none known" : day(d.deadline)),
  },
  {
    label: "Newest report",
    value: (d) => d.actual?.value ?? d.actual?.low ?? d.actual?.high ?? null,
    show: (d) =>
      d.actual === null
        ? "nothing comparable"
        : h(
            "span",
            {},
            d.actual.observations.length === 1
              ? linkTo("observation", d.actual.observations[0], interval(d.actual, unitOf.get(d.unit)))
              : interval(d.actual, unitOf.get(d.unit)),
            d.actual.end &&
              ` (${d.actual.observations.length === 1 ? periodOf.get(d.actual.observations[0] as string) : `to ${d.actual.end}`})`,
          ),
    numeric: true,
  },
  {
    label: "Share",
    value: (d) => d.ratio?.low ?? d.ratio?.high ?? null,
    show: (d) => (d.actual === null ? "" : shareOf(d)),
    numeric: true,
  },
  { label: "What came of it", value: resultOf },
  { label: "Sources", value: (d) => d.sources.join("; "), show: (d) => sourceList(d.sources) },
];

export const deliveryTable = (
  rows: readonly Delivery[],
  caption = "Promises and what came of them",
): HTMLElement => table({ caption, file: "promises", columns, rows });

const CAP = 1.25;
const ROW = 40;

interface Bar {
  readonly delivery: Delivery;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly open: boolean;
}

function draw(rows: readonly Delivery[], width: number) {
  const bars = rows.map((delivery, n): Bar => {
    const { low, high } = delivery.ratio as { low: number | null; high: number | null };
    return {
      delivery,
      y: n * ROW + 26,
      low: Math.min(low ?? 0, CAP),
      high: Math.min(high ?? low ?? 0, CAP),
      open: high === null || (high ?? 0) > CAP,
    };
  });
  const colour = (b: Bar) => (b.delivery.delivery === "met" ? "var(--ongoing)" : "var(--planned)");
  const label = (b: Bar) => {
    const text = `${subjectName(b.delivery.subject)}: ${metricName(b.delivery)}, ${interval(b.delivery.promised, unitOf.get(b.delivery.unit))} ${b.delivery.status}`;
    const room = Math.floor(width / 6.6);
    return text.length > room ? `${text.slice(0, room - 1)}…` : text;
  };
  return Plot.plot({
    ...PLOT,
    width,
    height: rows.length * ROW + 50,
    marginTop: 24,
    marginLeft: 16,
    marginRight: 30,
    marginBottom: 22,
    x: { domain: [0, CAP], label: null, tickFormat: (n: number) => percent(n, 0), ticks: 5 },
    y: { domain: [rows.length * ROW, 0], axis: null },
    marks: [
      Plot.axisX({
        anchor: "top",
        tickSize: 0,
        ticks: 5,
        tickFormat: (n: number) => percent(n, 0),
        label: null,
      }),
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.ruleX([1], { stroke: "var(--text)" }),
      Plot.text(bars, {
        x: 0,
        y: (b: Bar) => b.y - 15,
        text: label,
        textAnchor: "start",
        fill: "currentColor",
        stroke: "var(--surface)",
        strokeWidth: 4,
      }),
      Plot.rect(bars, {
        x1: 0,
        x2: CAP,
        y1: (b: Bar) => b.y - 5,
        y2: (b: Bar) => b.y + 5,
        fill: "var(--raised)",
        rx: 3,
      }),
      Plot.rect(bars, {
        x1: 0,
        x2: "low",
        y1: (b: Bar) => b.y - 5,
        y2: (b: Bar) => b.y + 5,
        fill: colour,
        rx: 3,
      }),
      Plot.rect(bars, {
        x1: "low",
        x2: "high",
        y1: (b: Bar) => b.y - 5,
        y2: (b: Bar) => b.y + 5,
        fill: colour,
        fillOpacity: 0.4,
      }),
      Plot.ruleX(bars, {
        x: "low",
        y1: (b: Bar) => b.y - 7,
        y2: (b: Bar) => b.y + 7,
        stroke: colour,
        strokeWidth: 2,
      }),
      Plot.vector(
        bars.filter((b) => b.open),
        { x: "high", y: "y", rotate: 90, length: 20, anchor: "start", stroke: colour, strokeWidth: 2 },
      ),
      Plot.tip(
        bars,
        Plot.pointerY({
          ...TIP,
          x: "high",
          y: "y",
          title: ({ delivery: d }: Bar) =>
            [
              `${subjectName(d.subject)}: ${metricName(d)}`,
              `Promised: ${interval(d.promised, unitOf.get(d.unit))}${d.deadline ? `, by ${day(d.deadline)}` : ""}`,
              `Reported: ${d.actual ? interval(d.actual, unitOf.get(d.unit)) : "nothing"}`,
              `Share: ${shareOf(d)}`,
              ...d.caveats.map((c) => c),
            ].join("\n"),
        }),
      ),
    ],
  });
}

/** Shares of promises with something comparable, the least first. */
export function deliveryChart(deliveries: readonly Delivery[]): HTMLElement | null {
  const known = deliveries.filter((d) => d.ratio !== null && (d.ratio.low !== null || d.ratio.high !== null));
  if (known.length === 0) return null;
  const least = (d: Delivery) => d.ratio?.low ?? d.ratio?.high ?? 0;
  const rows = [...known].sort((a, b) => least(a) - least(b)).slice(0, 40);
  return chart<Bar>({
    label: `Share of ${plural(rows.length, "promise")} that was reported as delivered. The table below has the same numbers.`,
    draw: (width) => draw(rows, width),
    follow: (bar) => addressOf("observation", bar.delivery.promise),
    legend: [
      { label: "met", swatch: "bar solid ongoing" },
      { label: "partly, as far as reported", swatch: "bar solid planned" },
      { label: words("paler: a range"), swatch: "bar pale" },
      { label: "open end: at least", swatch: "arrow right" },
    ],
  });
}
