/** The charts of a metric: one for each kind of time, since a month and a year can't share an axis. */
import * as Plot from "@observablehq/plot";
import { dateWindow } from "../../../src/dates.js";
import { sourceOf } from "../../../src/knowledge.js";
import type { Series, SeriesPoint } from "../../../src/series.js";
import { computeTrend, type SeriesTrend } from "../../../src/trend.js";
import type { MetricBreak, UnitRecord } from "../../../src/types.js";
import { OBSERVATION_STATUSES } from "../../../src/vocabulary.js";
import { pathTo } from "./address.js";
import { chart, type LegendItem, noDate, PLOT, TIP } from "./chart.js";
import { h } from "./dom.js";
import { capital, compact, interval, number, percent, period, plural, withUnit } from "./format.js";
import { falls } from "./series-svg.js";

export interface Line {
  readonly key: string;
  readonly label: string;
  readonly series: readonly Series[];
}

const PANELS = [
  ["years", "By year", (c: string) => c === "year" || c === "fiscal-year" || c === "rate"],
  [
    "levels",
    "Levels, running totals and deadlines",
    (c: string) => c === "level" || c === "running-total" || c === "deadline",
  ],
  ["quarters", "By quarter", (c: string) => c === "quarter"],
  ["months", "By month", (c: string) => c === "month"],
  ["days", "By day", (c: string) => c === "day"],
  ["parts", "Parts of a year and other windows", () => true],
] as const;

/** Where values of a cadence are drawn; whole years come first. */
export const panelOf = (cadence: string) => PANELS.findIndex(([, , holds]) => holds(cadence));

interface Dot extends SeriesPoint {
  readonly series: Series;
  readonly line: number;
  readonly x1: number;
  readonly x2: number;
  readonly x: number;
  readonly dated: boolean;
  readonly colour: string;
  readonly filled: boolean;
}

const DAY = 86_400_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/** The day of a place on an axis of years. */
const ofYear = (x: number) => {
  const year = Math.floor(x);
  const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  return from + (x - year) * (to - from);
};
const time = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

function dotsOf(
  lines: readonly Line[],
  panel: string,
  inPanel: (cadence: string) => boolean,
  taken: Set<Series>,
) {
  const found: { series: Series; line: number; points: Dot[] }[] = [];
  const many = lines.length > 1;
  lines.forEach((line, n) => {
    for (const series of line.series) {
      if (taken.has(series) || !inPanel(series.cadence) || series.points.length === 0) continue;
      taken.add(series);
      const points = series.points.map((point): Dot => {
        // A running total holds up to its day, a rate from its day; a window is drawn from end to end.
        const start = point.start ?? point.end;
        const end = series.timing === "per-year" || point.end === null ? start : point.end;
        const x1 = start === null ? Number.NaN : time(start);
        const x2 = end === null ? Number.NaN : time(end) + (series.timing === "during" ? DAY : 0);
        return {
          ...point,
          series,
          line: n,
          x1,
          x2,
          x: series.timing === "by" || series.timing === "to-date" ? x2 : (x1 + x2) / 2,
          dated: start !== null,
          colour: many ? `var(--c${(n % 8) + 1})` : `var(--${series.status})`,
          filled: !point.approximate && (!many || series.status === "actual"),
        };
      });
      found.push({ series, line: n, points });
    }
  });
  return { panel, found };
}

/** Neighbours of a series, joined; a gap between periods is told apart. */
function segmentsOf(points: readonly Dot[]) {
  const known = points.filter((p) => p.dated && p.value !== null);
  // Running totals that fall come from sources that count differently: no line joins them.
  if (known[0] && falls(known[0].series)) return [];
  return known.slice(1).map((to, i) => {
    const from = known[i] as Dot;
    return { from, to, gap: to.series.timing === "during" && to.x1 - from.x2 > DAY };
  });
}

const tipOf = (unit: UnitRecord | undefined, lines: readonly Line[]) => (d: Dot) =>
  [
    lines.length > 1 ? (lines[d.line] as Line).label : "",
    interval(d, unit),
    `${capital(d.series.status)} · ${d.series.timing === "by" && !d.dated ? "no deadline known" : period(d.period)}`,
    `${capital(d.confidence)} confidence`,
    [...new Set(d.sources.map((id) => sourceOf(id)?.publisher ?? id))].join(", "),
  ]
    .filter(Boolean)
    .join("\n");

function draw(
  width: number,
  groups: readonly { series: Series; points: readonly Dot[] }[],
  trends: readonly SeriesTrend[],
  {
    unit,
    breaks,
    lines,
    joined,
  }: {
    unit: UnitRecord | undefined;
    breaks: readonly MetricBreak[];
    lines: readonly Line[];
    joined: boolean;
  },
) {
  const all = groups.flatMap((g) => g.points);
  const dated = all.filter((p) => p.dated);
  const first = Math.min(...dated.map((p) => p.x1));
  const last = Math.max(...dated.map((p) => p.x2));
  // Promises without a deadline stand beside the axis of time, not on it.
  const span = dated.length > 0 ? Math.max(last - first, 200 * DAY) : 365 * DAY;
  const edge = dated.length > 0 ? last + span * 0.04 : Date.UTC(2020, 0, 1);
  const aside = edge + span * 0.06;
  const placed = all.map((p) => (p.dated ? p : { ...p, x: aside, x1: aside, x2: aside }));
  const undated = placed.filter((p) => !p.dated);
  const segments = joined ? groups.flatMap((g) => segmentsOf(g.points)) : [];
  const singles = placed.filter((p) => p.value !== null);
  const ranges = placed.filter((p) => p.value === null && p.low !== null && p.high !== null);
  const bounds = placed.filter((p) => p.value === null && (p.low === null) !== (p.high === null));
  const middle = (d: Dot) =>
    d.value ?? (d.low !== null && d.high !== null ? (d.low + d.high) / 2 : (d.low ?? d.high ?? 0));
  const colour = (d: Dot) => d.colour;
  const link = {
    x1: (s: { from: Dot }) => s.from.x,
    y1: (s: { from: Dot }) => s.from.value,
    x2: (s: { to: Dot }) => s.to.x,
    y2: (s: { to: Dot }) => s.to.value,
    stroke: (s: { from: Dot }) => s.from.colour,
  };
  const marked = breaks
    .map((b) => ({ x: time(dateWindow(b.at).earliest), why: b.why }))
    .filter((b) => dated.length > 0 && b.x >= first && b.x <= last);
  const fitted = trends.flatMap((t) =>
    t.significance?.significant && joined
      ? t.points.filter((p) => p.fit !== null).map((p) => ({ x: ofYear(p.x), y: p.fit, key: t.series.key }))
      : [],
  );
  return Plot.plot({
    ...PLOT,
    width,
    height: all.length < 3 ? 180 : Math.max(220, Math.min(380, width * 0.42)),
    marginLeft: 58,
    marginRight: 24,
    marginTop: 26,
    x: {
      type: "utc",
      label: null,
      domain: [
        first === Number.POSITIVE_INFINITY ? edge : first - span * 0.02,
        undated.length > 0 ? aside + span * 0.04 : last + span * 0.02,
      ],
      ticks: Math.max(2, Math.floor(width / 90)),
      // A short span has ticks of days: the year stands with them.
      ...(span < 400 * DAY
        ? { tickFormat: (d: Date) => `${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`, ticks: 4 }
        : {}),
    },
    y: {
      label: unit?.symbol ?? null,
      labelArrow: "none",
      zero: groups[0]?.series.measure !== "ratio",
      nice: true,
      tickFormat: (n: number) => compact(n),
      ticks: 5,
    },
    marks: [
      Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.ruleY([0], {
        stroke: "var(--line)",
        strokeOpacity: groups[0]?.series.measure === "ratio" ? 0 : 1,
      }),
      undated.length > 0 ? noDate(edge, aside) : null,
      Plot.ruleX(marked, {
        x: "x",
        stroke: "var(--cancelled)",
        strokeDasharray: "5,3",
        title: (b: { why: string }) => b.why,
      }),
      Plot.text(marked, {
        x: "x",
        frameAnchor: "top",
        dy: -14,
        text: () => "method changed",
        fill: "var(--cancelled)",
      }),
      Plot.line(fitted, {
        x: "x",
        y: "y",
        z: "key",
        stroke: "var(--quiet)",
        strokeDasharray: "2,4",
        strokeWidth: 1.5,
      }),
      Plot.link(
        segments.filter((s) => !s.gap),
        { ...link, strokeWidth: 1.5, strokeOpacity: 0.8 },
      ),
      Plot.link(
        segments.filter((s) => s.gap),
        { ...link, strokeWidth: 1, strokeDasharray: "3,4", strokeOpacity: 0.7 },
      ),
      Plot.ruleY(
        singles.filter((p) => p.x2 > p.x1),
        {
          y: "value",
          x1: "x1",
          x2: "x2",
          stroke: colour,
          strokeWidth: 4,
          strokeOpacity: 0.35,
          strokeLinecap: "round",
        },
      ),
      Plot.ruleX(ranges, { x: "x", y1: "low", y2: "high", stroke: colour, strokeWidth: 2, marker: "tick" }),
      Plot.vector(bounds, {
        x: "x",
        y: (d: Dot) => d.low ?? d.high,
        rotate: (d: Dot) => (d.low === null ? 180 : 0),
        length: 26,
        anchor: "start",
        stroke: colour,
        strokeWidth: 2,
      }),
      Plot.ruleY(bounds, {
        x1: "x",
        x2: "x",
        y: (d: Dot) => d.low ?? d.high,
        stroke: colour,
        strokeWidth: 2,
        insetLeft: -6,
        insetRight: -6,
      }),
      Plot.dot(singles, {
        x: "x",
        y: "value",
        r: all.length > 60 ? 2.5 : 4,
        fill: (d: Dot) => (d.filled ? d.colour : "var(--surface)"),
        stroke: colour,
        strokeWidth: 1.5,
      }),
      Plot.tip(placed, Plot.pointer({ ...TIP, x: "x", y: middle, title: tipOf(unit, lines), maxRadius: 40 })),
    ],
  });
}

/** A difference of percentages is in points, not in per cent. */
function signed(n: number, unit?: UnitRecord): string {
  const size = number(Math.abs(Number(n.toPrecision(4))));
  return `${n < 0 ? "−" : "+"}${unit?.symbol === "%" ? `${size} percentage points` : withUnit(size, unit)}`;
}

/** Codes of quarters and fiscal years inside a sentence, in words. */
const inWords = (text: string) =>
  text.replace(/\b(?:FY\d{4}-\d\d|\d{4}-(?:0[1-9]|1[0-2]|3[3-6])(?:-\d\d)?)\b/g, period);

/** What can be said of a series, in a sentence or two. */
function trendItem(trend: SeriesTrend, label: string, unit: UnitRecord | undefined): HTMLElement | null {
  const { first, last, change, ratio, cagr, slope, significance } = trend;
  if (first === null || last === null || change === null) return null;
  const test =
    significance &&
    `Mann-Kendall: tau ${significance.tau.toFixed(2)}, p ${significance.p < 0.001 ? "below 0.001" : significance.p.toFixed(3)}, ${significance.significant ? `a significant ${significance.tau > 0 ? "rise" : "fall"}` : "no significant trend"}.`;
  return h(
    "li",
    {},
    h("strong", {}, label),
    `: from ${interval({ value: first.value, low: null, high: null }, unit)} (${period(first.period)}) to ${interval({ value: last.value, low: null, high: null }, unit)} (${period(last.period)}), ${signed(change, unit)}`,
    ratio !== null && `, ${number(Number(ratio.toPrecision(4)))} times as much`,
    ". ",
    trend.series.cadence === "running-total" &&
      "Running totals: no growth and no trend is reckoned of them, since they can only rise. ",
    cagr !== null && `Growth a year ${percent(cagr)}. `,
    slope && `Median slope (Theil-Sen) ${signed(slope.theilSen, unit)} a year. `,
    test,
    trend.caveats.length > 0 &&
      h(
        "ul",
        { class: "quiet" },
        trend.caveats.map((c) => h("li", {}, inWords(c))),
      ),
  );
}

/** All charts of some lines, each with what its series tell. */
export function seriesCharts(
  lines: readonly Line[],
  unit: UnitRecord | undefined,
  breaks: readonly MetricBreak[],
  name: string,
): HTMLElement[] {
  const taken = new Set<Series>();
  const many = lines.length > 1;
  return PANELS.map(([panel, title, inPanel]) => ({ title, ...dotsOf(lines, panel, inPanel, taken) }))
    .filter(({ found }) => found.length > 0)
    .map(({ title, panel, found }) => {
      const all = found.flatMap((f) => f.points);
      const joined = panel !== "parts" && panel !== "days";
      const trends = found.map((f) => computeTrend(f.series));
      const statuses = OBSERVATION_STATUSES.filter((s) => found.some((f) => f.series.status === s));
      const legend: LegendItem[] = many
        ? [...new Set(found.map((f) => f.line))].map((n) => ({
            label: (lines[n] as Line).label,
            swatch: `dot c${(n % 8) + 1}`,
          }))
        : statuses.map((s) => ({ label: s, swatch: `dot solid ${s}` }));
      const has = (test: (d: Dot) => boolean) => all.some(test);
      if (has((d) => d.approximate)) legend.push({ label: "approximate", swatch: "dot hollow" });
      if (has((d) => d.value === null && d.low !== null && d.high !== null))
        legend.push({ label: "range", swatch: "upright" });
      if (has((d) => d.value === null && (d.low === null) !== (d.high === null)))
        legend.push({ label: "bound: at least, or at most", swatch: "arrow" });
      if (joined && found.some((f) => segmentsOf(f.points).some((s) => s.gap)))
        legend.push({ label: "gap: no value between", swatch: "dashed" });
      if (joined && trends.some((t) => t.significance?.significant))
        legend.push({ label: "least squares, where the trend is significant", swatch: "dotted" });
      const sentences = found
        .map((f, i) =>
          trendItem(
            trends[i] as SeriesTrend,
            [
              many && (lines[f.line] as Line).label,
              `${capital(f.series.status)}, ${CADENCES[f.series.cadence] ?? period(f.series.cadence)}`,
            ]
              .filter(Boolean)
              .join(": "),
            unit,
          ),
        )
        .filter((item) => item !== null);
      return h(
        "section",
        { class: "panel" },
        chart<Dot>({
          title: `${name}: ${title.toLowerCase()}`,
          id: panel,
          note: found.some((f) => f.series.cadence === "fiscal-year")
            ? "Fiscal years run from July to June."
            : undefined,
          label: `${title}: ${plural(all.length, "value")} in ${unit?.name ?? "its unit"}. The table of figures below holds the same values.`,
          draw: (width) => draw(width, found, trends, { unit, breaks, lines, joined }),
          follow: (dot) => pathTo("observation", dot.observation),
          legend,
        }),
        joined &&
          sentences.length > 0 &&
          h(
            "details",
            { class: "trends", open: sentences.length < 4 },
            h("summary", {}, "What the series tell"),
            h("ul", {}, sentences),
          ),
      );
    });
}

const CADENCES: Readonly<Record<string, string>> = {
  year: "calendar years",
  "fiscal-year": "fiscal years",
  quarter: "quarters",
  month: "months",
  level: "levels",
  "running-total": "running totals",
  rate: "rates a year",
  deadline: "by a deadline",
};
