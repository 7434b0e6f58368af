import {
  capital,
  dimensionsText,
  interval,
  period,
  plural,
  SCOPE_NAMES,
  timeOf,
  words,
} from "../../../docs/explorer/parts/format.js";
import { el } from "../../../docs/explorer/parts/markup.js";
import { subjectName } from "../../../docs/explorer/parts/naming.js";
import { viewPath } from "../../../docs/explorer/parts/paths.js";
import { falls, knownYears, panels, seriesSvg } from "../../../docs/explorer/parts/series-svg.js";
import { legend } from "../../../docs/explorer/parts/view.js";
import { type Series, toSeries } from "../../../src/series.js";
import { computeTrend } from "../../../src/trend.js";
import type { Metric, Observation } from "../../../src/types.js";
import { term } from "../glossary.js";
import { promisesOfMetric } from "../ledger.js";
import { linkedNode } from "../linked.js";
import { figureOf, type Page } from "../page.js";
import {
  citeSection,
  correctionLink,
  facts,
  figureTable,
  link,
  list,
  liveSources,
  newestFigures,
  promiseTable,
  sectorLink,
  tag,
  unitOf,
} from "../parts.js";
import { CADENCES, trendItem } from "../trends.js";

const keyOf = (o: Observation) =>
  [`${o.subject.type}/${o.subject.id}`, ...Object.entries(o.dimensions).map(([k, v]) => `${k}:${v}`)].join(
    ";",
  );

const MEASURES: Readonly<Record<string, string>> = {
  flow: "flow: over a time; periods and subjects may be added",
  stock: "stock: at a moment; only subjects may be added",
  ratio: "ratio: a share, rate or price; never added",
};

/** The lines of a metric, those with most values first. */
function linesOf(rows: readonly Observation[]) {
  const lines = new Map<string, Observation[]>();
  for (const row of rows) lines.set(keyOf(row), [...(lines.get(keyOf(row)) ?? []), row]);
  return [...lines]
    .map(([key, own]) => {
      const first = own[0] as Observation;
      return {
        key,
        own,
        whole: Object.keys(first.dimensions).length === 0,
        label: [subjectName(first.subject), dimensionsText(first.dimensions)].filter(Boolean).join(", "),
      };
    })
    .sort((a, b) => b.own.length - a.own.length || (a.key < b.key ? -1 : 1));
}

/** The newest value that came to be, of the whole rather than of a part. */
export function newestOf<R extends Observation>(rows: readonly R[]): R | undefined {
  const actual = newestFigures(rows.filter((o) => o.status === "actual" && o.end !== null));
  return actual.find((o) => Object.keys(o.dimensions).length === 0) ?? actual[0];
}

const CHARTS = 8;

/** Lines that can be compared: actual values of one cadence, of at most eight subjects or parts. */
function sideBySide<L extends { readonly label: string; readonly series: readonly Series[] }>(
  lines: readonly L[],
) {
  const best = ["year", "fiscal-year", "level", "quarter", "month"]
    .map((cadence) =>
      lines
        .flatMap((line) =>
          line.series
            .filter(
              (s) =>
                s.status === "actual" &&
                s.cadence === cadence &&
                s.points.filter((p) => p.value !== null).length > 2,
            )
            .map((series) => ({ label: line.label, series })),
        )
        .slice(0, 8),
    )
    .reduce((a, b) => (b.length > a.length ? b : a));
  return best.length > 1 ? best : [];
}

export function metricPage(metric: Metric): Page {
  const unit = unitOf.get(metric.unit);
  const rows = metric.observations;
  const newest = newestOf(rows);
  const lines = linesOf(rows);
  const answer =
    newest &&
    `${interval(newest, unit)} ${timeOf(newest)} (${subjectName(newest.subject)}${dimensionsText(newest.dimensions) && `, ${dimensionsText(newest.dimensions)}`})`;
  const drawn = lines.map((line) => ({ ...line, series: toSeries(line.own) as readonly Series[] }));
  const charts = drawn
    .flatMap((line) => panels(line.series).map((series, n) => ({ ...line, series, first: n === 0 })))
    .sort((a, b) => Number(b.first) - Number(a.first))
    .slice(0, CHARTS);
  const side = sideBySide(drawn.filter((line) => line.series.some((s) => s.status === "actual")));
  const trends = drawn
    .slice(0, CHARTS)
    .flatMap((line) =>
      line.series
        .filter((s) => CADENCES[s.cadence] !== undefined && s.points.length > 2)
        .map((s) =>
          trendItem(
            computeTrend(s),
            `${lines.length > 1 ? `${line.label}: ` : ""}${capital(s.status)}, ${CADENCES[s.cadence]}`,
            unit,
          ),
        ),
    )
    .filter((item) => item !== null)
    .slice(0, 12);
  const years = rows
    .flatMap((o) => [o.start, o.end])
    .filter((d): d is string => d !== null)
    .sort();
  return {
    path: `metric/${metric.id}.html`,
    title: metric.name,
    description: `${answer ? `Newest actual value: ${answer}. ` : ""}${metric.definition}`,
    crumbs: [["Metrics", viewPath("metrics")]],
    more: [linkedNode({ metrics: [metric] })],
    about: {
      "@type": "Dataset",
      name: metric.name,
      description: `${metric.definition} ${plural(rows.length, "value")} with their sources.`,
      license: "https://creativecommons.org/licenses/by/4.0/",
      isPartOf: { "@type": "Dataset", name: "cpec-it-data" },
      creator: { "@type": "Organization", name: "cpec-it-data contributors" },
      variableMeasured: { "@id": linkedNode({ metrics: [metric] })["@id"] },
      ...(years.length > 0 ? { temporalCoverage: `${years[0]}/${years.at(-1)}` } : {}),
    },
    body: [
      el("p", { class: "kicker" }, "Metric · ", sectorLink(metric.sector)),
      el("h1", {}, metric.name),
      newest
        ? el(
            "p",
            { class: "answer" },
            el("strong", {}, link("observation", newest.id, interval(newest, unit))),
            ` ${timeOf(newest)}: the newest actual value, for ${subjectName(newest.subject)}${dimensionsText(newest.dimensions) && `, ${dimensionsText(newest.dimensions)}`}.`,
          )
        : el("p", { class: "answer" }, "Promises only: no source reports an actual value."),
      el("p", { class: "lead" }, metric.definition),
      side.length > 1
        ? figureOf(
            "side-by-side",
            `${metric.name}: side by side`,
            seriesSvg(
              side.map((line) => line.series),
              unit,
              `${metric.name} of ${side.map((line) => line.label).join(", ")}. The table below has the same values.`,
              (series) => side.findIndex((line) => line.series === series),
            ),
            `Unit: ${unit?.name ?? metric.unit}; ${CADENCES[side[0]?.series.cadence ?? ""] ?? ""}.`,
            legend(side.map((line, n) => [line.label, `dot solid c${n + 1}`] as const)),
          )
        : null,
      charts.map(({ label, series }, n) => {
        const unjoined = series.filter(falls);
        const statuses = [...new Set(series.map((s) => s.status))];
        return figureOf(
          `chart-${n + 1}`,
          `${metric.name}: ${label}`,
          seriesSvg(series, unit, `${metric.name}, ${label}. The table below has the same values.`),
          [
            `Unit: ${unit?.name ?? metric.unit}.`,
            knownYears(series),
            unjoined.length > 0
              ? "Running totals fall, so their sources count differently: they are not joined."
              : undefined,
            knownYears(series) && !/(\d+) of the \1 /.test(knownYears(series) ?? "")
              ? "A dashed line spans years without a value."
              : undefined,
            series.some((s) => s.cadence === "fiscal-year")
              ? "Fiscal years run from July to June."
              : undefined,
            ...metric.breaks.map((b) => `The method changed in ${period(b.at)}: ${b.why}`),
          ]
            .filter(Boolean)
            .join(" "),
          statuses.length > 1
            ? el(
                "ul",
                { class: "legend", "aria-label": "Legend" },
                statuses.map((s) =>
                  el(
                    "li",
                    {},
                    el("span", { class: `swatch dot ${s} ${s === "actual" ? "solid" : "hollow"}` }),
                    s,
                  ),
                ),
              )
            : undefined,
        );
      }),
      trends.length > 0
        ? el(
            "details",
            { class: "trends", open: trends.length < 4 },
            el("summary", {}, "What the series tell"),
            el("ul", {}, trends),
          )
        : null,
      el(
        "p",
        {},
        el("a", { href: viewPath("metrics", { metric: metric.id }) }, "All values with filters and CSV"),
        ".",
      ),
      figureTable(rows, `Figures (${rows.length})`, {
        metric: false,
        about: lines.length > 1,
        most: 300,
        rest:
          rows.length > 300
            ? el("a", { href: viewPath("metrics", { metric: metric.id }) }, "All with filters and CSV")
            : null,
      }),
      promiseTable(promisesOfMetric(metric.id), "Promises and what came of them"),
      el("h2", {}, "About this metric"),
      facts([
        ["Unit", unit ? link("unit", unit.id, `${unit.name} (${unit.symbol})`) : null],
        ["Measure", term("flow", MEASURES[metric.measure] ?? metric.measure)],
        ["Scope", term(metric.scope, SCOPE_NAMES[metric.scope] ?? metric.scope)],
        [
          "Can be promised",
          metric.promisable
            ? "yes: it is an achievement"
            : "no: a price, cost, share or the value of a contract",
        ],
        ...Object.entries(metric.dimensions).map(
          ([name, d]) =>
            [
              `By ${words(name)}`,
              [
                d.exclusive ? "No thing is counted twice:" : "Its values overlap and are never added:",
                list(Object.entries(d.values).map(([v, meaning]) => `${words(v)}: ${meaning}`)),
              ],
            ] as const,
        ),
        ...metric.breaks.map((b) => [`Method changed ${period(b.at)}`, b.why] as const),
        ["Statuses", [...new Set(rows.map((o) => o.status))].map((s) => [tag(s), " "])],
        ["Id", el("code", {}, metric.id)],
      ]),
      citeSection(
        `${metric.name}. ${answer ? `${answer}. ` : ""}`,
        { sources: newest ? liveSources(newest) : [...new Set(rows.flatMap(liveSources))] },
        "metric",
        metric.id,
      ),
      correctionLink(`metrics/${metric.id}`),
    ],
  };
}
