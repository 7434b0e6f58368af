import { filterObservations } from "../../../src/filter.js";
import { getMetric } from "../../../src/find.js";
import { cadenceOf, toSeries } from "../../../src/series.js";
import type { Metric, Observation } from "../../../src/types.js";
import { OBSERVATION_STATUSES } from "../../../src/vocabulary.js";
import { type Address, linkTo } from "../parts/address.js";
import { h } from "../parts/dom.js";
import { figuresTable, subjectName } from "../parts/figures.js";
import { field, filterForm, select, sharedFilter } from "../parts/filters.js";
import { dimensionsText, SCOPE_NAMES } from "../parts/format.js";
import { sectorLink, unitOf } from "../parts/names.js";
import { citeSection, facts, mendLink, notFound } from "../parts/record.js";
import { type Line, panelOf, seriesCharts } from "../parts/series-chart.js";

const keyOf = (o: Observation) =>
  [`${o.subject.type}/${o.subject.id}`, ...Object.entries(o.dimensions).map(([k, v]) => `${k}:${v}`)].join(
    ";",
  );

/** The lines of a metric: one for each subject and set of dimensions, those with most values first. */
function linesOf(rows: readonly Observation[]): { key: string; label: string; rows: Observation[] }[] {
  const lines = new Map<string, Observation[]>();
  for (const row of rows) lines.set(keyOf(row), [...(lines.get(keyOf(row)) ?? []), row]);
  return [...lines]
    .map(([key, own]) => {
      const first = own[0] as Observation;
      return {
        key,
        rows: own,
        label: [subjectName(first.subject), dimensionsText(first.dimensions)].filter(Boolean).join(", "),
      };
    })
    .sort((a, b) => b.rows.length - a.rows.length || (a.key < b.key ? -1 : 1));
}

const MEASURES: Readonly<Record<string, string>> = {
  flow: "flow: over a time; periods and subjects may be added",
  stock: "stock: at a moment; only subjects may be added",
  ratio: "ratio: a share, rate or price; never added",
};

export default function view({ id, query }: Address): Node[] {
  const metric: Metric | undefined = getMetric(id ?? "");
  if (!metric) return notFound("metric", id);
  const unit = unitOf.get(metric.unit);
  const wanted = sharedFilter(query, ["sector"], OBSERVATION_STATUSES);
  const rows = filterObservations(metric.observations, wanted);
  const lines = linesOf(rows);
  const asked = query.get("show");
  // Side by side where each line has few values, else the longest one.
  const fallback = lines.length > 1 && (lines[0]?.rows.length ?? 0) < 6 ? "all" : (lines[0]?.key ?? "all");
  const chosen = asked === "all" || lines.some((line) => line.key === asked) ? (asked as string) : fallback;
  const shown = chosen === "all" ? lines.slice(0, 8) : lines.filter((line) => line.key === chosen);
  const drawn = shown.map(
    (line): Line => ({ key: line.key, label: line.label, series: toSeries(line.rows) }),
  );
  const inTable = chosen === "all" ? rows : shown.flatMap((line) => line.rows);
  // As in the charts: whole years before parts of them, the newest first.
  const time = (o: Observation) => o.end ?? o.start ?? "";
  const ordered = [...inTable].sort(
    (a, b) => panelOf(cadenceOf(a)) - panelOf(cadenceOf(b)) || (time(a) < time(b) ? 1 : -1),
  );
  const choices = [
    ...(lines.length > 1 ? [["all", "All side by side"] as const] : []),
    ...lines.map((line) => [line.key, `${line.label} (${line.rows.length})`] as const),
  ];
  return [
    h("p", { class: "kicker" }, "Metric · ", sectorLink(metric.sector)),
    h("h1", {}, linkTo("metric", metric.id, metric.name)),
    h("p", { class: "lead" }, metric.definition),
    filterForm({
      statuses: OBSERVATION_STATUSES,
      without: ["sector", "scope"],
      more: choices.length > 1 ? [field("Show", select("show", choices, chosen))] : [],
    }),
    ...seriesCharts(
      drawn,
      unit,
      metric.breaks,
      `${metric.name}${shown.length === 1 && lines.length > 1 ? `, ${shown[0]?.label}` : ""}`,
    ),
    lines.length > shown.length && chosen === "all"
      ? h(
          "p",
          { class: "quiet" },
          `Drawn are the ${shown.length} lines with most values; the table has all ${lines.length}.`,
        )
      : null,
    figuresTable(ordered, "Figures", metric.id, ["Metric", ...(shown.length === 1 ? ["About"] : [])]),
    h(
      "section",
      {},
      h("h2", {}, "About this metric"),
      facts([
        ["Unit", unit && linkTo("unit", unit.id, `${unit.name} (${unit.symbol})`)],
        ["Measure", MEASURES[metric.measure]],
        ["Scope", SCOPE_NAMES[metric.scope]],
        ...Object.entries(metric.dimensions).map(
          ([name, { values }]) =>
            [
              `By ${name}`,
              h(
                "ul",
                { class: "plain" },
                Object.entries(values).map(([v, meaning]) => h("li", {}, `${v}: ${meaning}`)),
              ),
            ] as const,
        ),
        ...metric.breaks.map((b) => [`Method changed ${b.at}`, b.why] as const),
        ["Id", h("code", {}, metric.id)],
      ]),
    ),
    inTable.length > 0
      ? citeSection({
          sources: [
            ...new Set(
              inTable.flatMap((o) => o.claims.filter((c) => c.rank !== "deprecated").map((c) => c.source)),
            ),
          ],
        })
      : null,
    mendLink(`metrics/${metric.id}`),
  ].filter((n): n is HTMLElement => n !== null);
}
