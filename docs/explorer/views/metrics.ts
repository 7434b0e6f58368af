import { OBSERVATION_STATUSES } from "../../../src/vocabulary.js";
import { link, sectorLink, tag } from "../parts/cells.js";
import { figureRows } from "../parts/figures.js";
import { number, plural, SCOPE_NAMES } from "../parts/format.js";
import type { FigureRow, MetricRow } from "../parts/indices.js";
import { el } from "../parts/markup.js";
import { recordPath } from "../parts/paths.js";
import { sectorName } from "../parts/sector-names.js";
import { changed, sharedFilter, statusFilter } from "../parts/state.js";
import type { TableOf, View } from "../parts/view.js";
import { namesOf } from "./timeline.js";

interface Row {
  readonly metric: MetricRow;
  readonly rows: readonly FigureRow[];
  readonly newest: FigureRow | undefined;
}

/** The newest value that came to be, of the whole rather than of a part. */
function newestOf(rows: readonly FigureRow[]): FigureRow | undefined {
  const actual = rows.filter((f) => f.status === "actual" && f.end !== null);
  const whole = actual.filter((f) => f.part === "");
  return (whole.length > 0 ? whole : actual).reduce<FigureRow | undefined>(
    (a, b) => (a === undefined || (b.end as string) > (a.end as string) ? b : a),
    undefined,
  );
}

function yearsOf(rows: readonly FigureRow[]): string {
  const years = rows.flatMap((f) => [f.start, f.end].flatMap((d) => (d === null ? [] : [d.slice(0, 4)])));
  if (years.length === 0) return "no date";
  const [first, last] = [years.reduce((a, b) => (a < b ? a : b)), years.reduce((a, b) => (a > b ? a : b))];
  return first === last ? first : `${first}–${last}`;
}

const view: View<"figures" | "metrics" | "organisations"> = {
  name: "metrics",
  needs: ["figures", "metrics", "organisations"],
  show({ figures, metrics, organisations }, query) {
    const names = namesOf(organisations);
    const metricOf = new Map(metrics.map((m) => [m.id, m]));
    const [fits, status] = [sharedFilter(query, names), statusFilter(query, OBSERVATION_STATUSES)];
    const only = query.get("metric");
    const byMetric = new Map<string, FigureRow[]>();
    for (const f of figureRows(figures, metricOf, names))
      if ((!only || f.metric === only) && status(f.status) && fits(f)) {
        const own = byMetric.get(f.metric);
        if (own) own.push(f);
        else byMetric.set(f.metric, [f]);
      }
    const found = metrics
      .flatMap((metric): Row[] => {
        const rows = byMetric.get(metric.id);
        return rows ? [{ metric, rows, newest: newestOf(rows) }] : [];
      })
      .sort((a, b) => b.rows.length - a.rows.length || (a.metric.name < b.metric.name ? -1 : 1));
    const all = found
      .flatMap((f) => f.rows)
      .sort((a, b) => ((a.end ?? a.start ?? "") < (b.end ?? b.start ?? "") ? 1 : -1));
    const list: TableOf<Row> = {
      key: "metrics",
      caption: plural(found.length, "metric"),
      rows: found,
      records: { file: "metrics", ids: found.map((f) => f.metric.id) },
      columns: [
        { label: "id", value: (r) => r.metric.id, hidden: true },
        {
          label: "Metric",
          value: (r) => r.metric.name,
          show: (r) => link("metric", r.metric.id, r.metric.name),
        },
        {
          label: "Sector",
          value: (r) => sectorName(r.metric.sector),
          show: (r) => sectorLink(r.metric.sector),
        },
        {
          label: "Values",
          value: (r) => r.rows.length,
          show: (r) =>
            el(
              "a",
              {
                href: changed("metrics", query, { metric: r.metric.id, page: undefined, sort: undefined }),
                "aria-label": `${plural(r.rows.length, "value")} of ${r.metric.name}, to filter`,
              },
              number(r.rows.length),
            ),
          numeric: true,
        },
        {
          label: "Years",
          side: true,
          value: (r) => yearsOf(r.rows),
          show: (r) => el("span", { class: "whole" }, yearsOf(r.rows)),
        },
        {
          label: "Newest actual value",
          value: (r) => r.newest?.value ?? null,
          show: (r) => (r.newest ? link("observation", r.newest.id, r.newest.shown) : "promises only"),
          numeric: true,
        },
        { label: "Its time", value: (r) => r.newest?.end ?? null, show: (r) => r.newest?.time ?? "" },
        { label: "unit", value: (r) => r.metric.unit, hidden: true },
        {
          label: "Scope",
          side: true,
          value: (r) => r.metric.scope,
          show: (r) => SCOPE_NAMES[r.metric.scope] ?? r.metric.scope,
        },
      ],
    };
    const values: TableOf<FigureRow> = {
      key: "figures",
      caption: `${plural(all.length, "figure")}, the newest first`,
      second: true,
      rows: all,
      records: { file: "figures", ids: all.map((f) => f.id) },
      columns: [
        { label: "id", value: (f) => f.id, hidden: true },
        { label: "Metric", value: (f) => f.name, show: (f) => link("metric", f.metric, f.name) },
        {
          label: "About",
          value: (f) => f.about,
          show: (f) => el("a", { href: recordPath(...(f.subject.split("/") as [string, string])) }, f.about),
        },
        { label: "Status", value: (f) => f.status, show: (f) => tag(f.status) },
        { label: "Time", value: (f) => f.end ?? f.start, show: (f) => f.time },
        { label: "start", value: (f) => f.start, hidden: true },
        {
          label: "Value",
          value: (f) => f.value,
          show: (f) => link("observation", f.id, f.shown),
          numeric: true,
        },
        { label: "value in words", value: (f) => f.shown, hidden: true },
        { label: "Confidence", side: true, value: (f) => f.confidence },
        { label: "Sources", side: true, value: (f) => f.sources, numeric: true },
      ],
    };
    const one = only ? metricOf.get(only) : undefined;
    return {
      title: "Metrics",
      lead: one
        ? [
            `${plural(all.length, "value")} of `,
            link("metric", one.id, one.name),
            ", with filters. Its own page has the charts and the definition.",
          ]
        : [
            el("strong", {}, `${plural(found.length, "metric")} with ${plural(all.length, "value")}`),
            ". Each is one quantity, defined once. Open one for its charts: what came to be, what was promised, ranges, gaps and trend, each value with its sources.",
          ],
      filters: {
        statuses: OBSERVATION_STATUSES,
        more: only
          ? [
              {
                key: "metric",
                label: "Metric",
                choices: [["", "All metrics"], [only, one?.name ?? only] as const],
              },
            ]
          : [],
      },
      tables: [list, values],
      parts: one ? [{ table: "figures" }] : [{ table: "metrics" }, { table: "figures" }],
    };
  },
};
export default view;
