import { metrics } from "../../../src/data/metrics.js";
import { filterObservations } from "../../../src/filter.js";
import type { Metric, Observation } from "../../../src/types.js";
import { OBSERVATION_STATUSES } from "../../../src/vocabulary.js";
import { type Address, linkTo } from "../parts/address.js";
import { h } from "../parts/dom.js";
import { figuresTable, timeOf } from "../parts/figures.js";
import { filterForm, sharedFilter } from "../parts/filters.js";
import { interval, plural, SCOPE_NAMES } from "../parts/format.js";
import { sectorLink, sectorOf, unitOf } from "../parts/names.js";
import { table } from "../parts/table.js";

interface Row {
  readonly metric: Metric;
  readonly rows: readonly Observation[];
  readonly newest: Observation | undefined;
}

/** The newest value that came to be, of the whole rather than of a part. */
function newestOf(rows: readonly Observation[]): Observation | undefined {
  const actual = rows.filter((o) => o.status === "actual" && o.end !== null);
  const whole = actual.filter((o) => Object.keys(o.dimensions).length === 0);
  return (whole.length > 0 ? whole : actual).reduce<Observation | undefined>(
    (a, b) => (a === undefined || (b.end as string) > (a.end as string) ? b : a),
    undefined,
  );
}

export default function view({ query }: Address): Node[] {
  const wanted = sharedFilter(query, [], OBSERVATION_STATUSES);
  const kept = {
    organisation: query.get("organisation") ?? undefined,
    status: query.get("status") ?? undefined,
  };
  const found = metrics
    .map((metric): Row => {
      const rows = filterObservations(metric.observations, wanted);
      return { metric, rows, newest: newestOf(rows) };
    })
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => b.rows.length - a.rows.length || (a.metric.name < b.metric.name ? -1 : 1));
  const figures = found.flatMap((f) => f.rows);
  const years = (rows: readonly Observation[]) => {
    const days = rows.flatMap((o) => [o.start, o.end]).filter((d) => d !== null);
    const [first, last] = [
      days.reduce((a, b) => (a < b ? a : b), "9999"),
      days.reduce((a, b) => (a > b ? a : b), ""),
    ];
    if (last === "") return "no date";
    return first.slice(0, 4) === last.slice(0, 4)
      ? first.slice(0, 4)
      : `${first.slice(0, 4)}–${last.slice(0, 4)}`;
  };
  return [
    h("h1", {}, "Metrics"),
    h(
      "p",
      { class: "lead" },
      "Each metric is one quantity, defined once. Open one for its charts: what came to be, what was promised, ranges, bounds, gaps and the trend, each value with its sources.",
    ),
    filterForm({ statuses: OBSERVATION_STATUSES }),
    table({
      caption: plural(found.length, "metric"),
      file: "metrics",
      rows: found,
      records: found.map((f) => ({ ...f.metric, observations: f.rows })),
      columns: [
        { label: "id", value: (r) => r.metric.id, hidden: true },
        {
          label: "Metric",
          value: (r) => r.metric.name,
          show: (r) => linkTo("metric", r.metric.id, r.metric.name, kept),
        },
        {
          label: "Sector",
          value: (r) => sectorOf.get(r.metric.sector)?.name ?? r.metric.sector,
          show: (r) => sectorLink(r.metric.sector),
        },
        { label: "Values", value: (r) => r.rows.length, numeric: true },
        { label: "Years", value: (r) => years(r.rows) },
        {
          label: "Newest actual value",
          value: (r) => r.newest?.value ?? r.newest?.low ?? r.newest?.high ?? null,
          show: (r) =>
            r.newest
              ? linkTo("observation", r.newest.id, interval(r.newest, unitOf.get(r.metric.unit)))
              : "promises only",
          numeric: true,
        },
        {
          label: "Its time",
          value: (r) => r.newest?.end ?? null,
          show: (r) => (r.newest ? timeOf(r.newest) : ""),
        },
        { label: "unit", value: (r) => r.metric.unit, hidden: true },
        {
          label: "Scope",
          value: (r) => r.metric.scope,
          show: (r) => SCOPE_NAMES[r.metric.scope] ?? r.metric.scope,
        },
      ],
    }),
    figuresTable(figures, "All figures that fit"),
  ];
}
