import * as Plot from "@observablehq/plot";
import { aggregateBySector, type SectorRow } from "../../../src/aggregate.js";
import { countEvents } from "../../../src/count.js";
import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { sectors } from "../../../src/data/sectors.js";
import { filterEvents, filterObservations } from "../../../src/filter.js";
import { getMetric } from "../../../src/find.js";
import type { CpecEvent } from "../../../src/types.js";
import { EVENT_STATUSES, type EventStatus, OBSERVATION_STATUSES, SCOPES } from "../../../src/vocabulary.js";
import { type Address, addressOf, linkTo, pathTo } from "../parts/address.js";
import { chart, noDate, PLOT, TIP } from "../parts/chart.js";
import { h } from "../parts/dom.js";
import { subjectLink, subjectName, timeOf } from "../parts/figures.js";
import { field, filterForm, select, sharedFilter } from "../parts/filters.js";
import { compact, dimensionsText, interval, period, plural } from "../parts/format.js";
import { sectorLink, sectorOf, unitOf } from "../parts/names.js";
import { sourceList } from "../parts/record.js";
import { table } from "../parts/table.js";
import { eventTable } from "./timeline.js";

/** Names of the rows of a chart: beside them, or at `above` from their upper edge where there is no room beside. */
const rowNames = (rows: readonly { readonly name: string }[], first: number, above: number | null) =>
  Plot.text(
    rows,
    above === null
      ? {
          x: first,
          y: (_: unknown, i: number) => i + 0.5,
          dx: -8,
          text: "name",
          textAnchor: "end",
          fill: "currentColor",
        }
      : {
          x: first,
          y: (_: unknown, i: number) => i + above,
          text: "name",
          textAnchor: "start",
          fill: "currentColor",
          fontSize: 10,
        },
  );

const ROW = 30;
const HAPPENED: readonly EventStatus[] = ["occurred", "ongoing"];

interface Cell {
  readonly sector: string;
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly happened: number;
  readonly other: number;
  readonly titles: readonly string[];
}

/** Counts of events in sectors and years, by the library's own count; a window over two years is a cell of its own. */
function cellsOf(found: readonly CpecEvent[], shown: readonly { id: string }[]): Cell[] {
  const years = (e: CpecEvent) => `${e.date.earliest.slice(0, 4)}/${e.date.latest.slice(0, 4)}`;
  const by = (e: CpecEvent) => `${e.sectors[0]} ${years(e)}`;
  // Counted apart: the library leaves a part out where its whole is counted, and a planned whole hides no part that happened.
  const count = (statuses: readonly EventStatus[]) =>
    new Map(countEvents(found, { by, status: statuses, scope: SCOPES }).map((row) => [String(row.key), row]));
  const happened = count(HAPPENED);
  const others = count(EVENT_STATUSES.filter((status) => !HAPPENED.includes(status)));
  const title = new Map<string, string>(found.map((e) => [e.id, e.title]));
  const order = (c: Cell) => c.y * 10_000 + c.from;
  return [...new Set([...happened.keys(), ...others.keys()])]
    .map((key): Cell => {
      const [sector, span] = key.split(" ") as [string, string];
      const [from, to] = span.split("/").map(Number) as [number, number];
      const rows = [happened.get(key), others.get(key)];
      return {
        sector,
        from,
        to,
        y: shown.findIndex((s) => s.id === sector),
        happened: rows[0]?.count ?? 0,
        other: rows[1]?.count ?? 0,
        titles: rows.flatMap((row) => row?.events ?? []).map((id) => title.get(id) ?? id),
      };
    })
    .sort((a, b) => order(a) - order(b));
}

function heat(cells: readonly Cell[], shown: readonly { id: string; name: string }[], width: number) {
  const narrow = width < 700;
  const first = Math.min(...cells.map((c) => c.from));
  const last = Math.max(...cells.map((c) => c.to)) + 1;
  const whole = cells.filter((c) => c.from === c.to);
  const spans = cells.filter((c) => c.from !== c.to);
  const step = Math.ceil(40 / ((width - (narrow ? 12 : 286)) / (last - first)));
  const wide = (width - (narrow ? 12 : 286)) / (last - first) > 18;
  const max = Math.max(...whole.map((c) => c.happened), 1);
  return Plot.plot({
    ...PLOT,
    width,
    height: shown.length * (narrow ? ROW + 10 : ROW) + 40,
    marginLeft: narrow ? 6 : 280,
    marginRight: 6,
    marginTop: 24,
    marginBottom: 8,
    x: { domain: [first, last], label: null, axis: null },
    y: { domain: [shown.length, 0], axis: null },
    r: { range: [2, 4.5] },
    marks: [
      Plot.axisX({
        anchor: "top",
        ticks: Array.from({ length: last - first }, (_, i) => first + i).filter((y) => y % step === 0),
        tickFormat: (y: number) => String(y),
        dx: (width - (narrow ? 12 : 286)) / (last - first) / 2,
        tickSize: 0,
      }),
      Plot.ruleY(shown, { y: (_: unknown, i: number) => i, stroke: "var(--line)" }),
      rowNames(shown, first, narrow ? 0.2 : null),
      Plot.rect(
        whole.filter((c) => c.happened > 0),
        {
          x1: "from",
          x2: (c: Cell) => c.from + 1,
          y1: (c: Cell) => c.y + (narrow ? 0.38 : 0.08),
          y2: (c: Cell) => c.y + 0.94,
          inset: 1,
          rx: 3,
          fill: "var(--occurred)",
          fillOpacity: (c: Cell) => 0.18 + 0.5 * (c.happened / max),
        },
      ),
      Plot.rect(spans, {
        x1: (c: Cell) => c.from + 0.5,
        x2: (c: Cell) => c.to + 0.5,
        y1: (c: Cell) => c.y + 0.84,
        y2: (c: Cell) => c.y + 0.95,
        rx: 2,
        fill: (c: Cell) => (c.happened > 0 ? "var(--occurred)" : "var(--planned)"),
      }),
      // Numbers where there is room for them; the table has them all.
      Plot.text(wide ? whole : [], {
        x: (c: Cell) => c.from + 0.5,
        y: (c: Cell) => c.y + (narrow ? 0.66 : 0.52),
        text: (c: Cell) => (c.happened > 0 ? String(c.happened) : ""),
        fill: "currentColor",
        fontSize: narrow ? 10 : 12,
      }),
      Plot.dot(
        whole.filter((c) => c.other > 0),
        {
          x: (c: Cell) => c.from + (wide ? 0.82 : 0.5),
          y: (c: Cell) => c.y + (narrow ? 0.42 : 0.16),
          r: (c: Cell) => c.other,
          fill: "var(--planned)",
          stroke: "var(--surface)",
        },
      ),
      Plot.tip(
        cells,
        Plot.pointer({
          ...TIP,
          x: (c: Cell) => (c.from + c.to + 1) / 2,
          y: (c: Cell) => c.y + 0.5,
          title: (c: Cell) =>
            [
              `${sectorOf.get(c.sector)?.name}, ${c.from === c.to ? c.from : `in ${c.from} or later, to ${c.to}`}`,
              `${c.happened} happened or ongoing, ${c.other} planned, put off, cancelled or unverified`,
              ...c.titles.slice(0, 5).map((t) => `· ${t}`),
              c.titles.length > 5 ? `and ${c.titles.length - 5} more` : "",
            ]
              .filter(Boolean)
              .join("\n"),
        }),
      ),
    ],
  });
}

interface Amount {
  readonly row: SectorRow;
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** The middle of the rows' time, in years; a promise without a deadline has none. */
const yearOf = (row: SectorRow) => {
  const day = row.end ?? row.start;
  return day === null ? null : Number(day.slice(0, 4)) + 0.5;
};

function bubbles(rows: readonly SectorRow[], shown: readonly { id: string; name: string }[], width: number) {
  const narrow = width < 700;
  const years = rows.map(yearOf).filter((y) => y !== null);
  const first = Math.floor(Math.min(...years, 2020)) - 1;
  const last = Math.ceil(Math.max(...years, 2021)) + 1;
  const aside = last + (last - first) * 0.05;
  const lanes = OBSERVATION_STATUSES.filter((s) => rows.some((r) => r.status === s));
  const high = Math.max(34, lanes.length * 13 + (narrow ? 14 : 0));
  const amounts = rows
    .map((row): Amount => {
      const lane = (lanes.indexOf(row.status) + 0.5) / lanes.length;
      return {
        row,
        size: row.value ?? row.low ?? row.high ?? 0,
        x: yearOf(row) ?? aside,
        y: shown.findIndex((s) => s.id === row.sector) + (narrow ? 0.25 + lane * 0.75 : lane),
      };
    })
    .filter((a) => a.size > 0)
    .sort((a, b) => b.size - a.size);
  const colour = (a: Amount) => `var(--${a.row.status})`;
  return Plot.plot({
    ...PLOT,
    width,
    height: shown.length * high + 44,
    marginLeft: narrow ? 6 : 280,
    marginRight: 24,
    marginTop: 26,
    marginBottom: 8,
    x: { domain: [first, aside + 1], axis: null },
    y: { domain: [shown.length, 0], axis: null },
    r: { range: [2, narrow ? 12 : 18], type: "pow", exponent: 0.35 },
    marks: [
      Plot.axisX({
        anchor: "top",
        ticks: Array.from({ length: last - first }, (_, i) => first + i).filter(
          (y) => y % (narrow ? 6 : 2) === 0,
        ),
        tickFormat: (y: number) => String(y),
        tickSize: 0,
        label: null,
      }),
      Plot.gridX({
        ticks: Array.from({ length: last - first }, (_, i) => first + i).filter((y) => y % 2 === 0),
        stroke: "var(--line)",
        strokeOpacity: 1,
      }),
      Plot.ruleY(shown, { y: (_: unknown, i: number) => i, stroke: "var(--line)" }),
      ...noDate(last, aside),
      rowNames(shown, first, narrow ? 0.13 : null),
      Plot.dot(amounts, {
        x: "x",
        y: "y",
        r: "size",
        fill: colour,
        fillOpacity: 0.35,
        stroke: colour,
      }),
      Plot.tip(
        amounts,
        Plot.pointer({
          ...TIP,
          x: "x",
          y: "y",
          title: (a: Amount) =>
            [
              getMetric(a.row.metric)?.name ?? a.row.metric,
              a.row.subject ? subjectName(a.row.subject) : plural(a.row.count, "value"),
              `${interval(a.row, unitOf.get(a.row.unit), compact)}, ${a.row.status}`,
              a.row.period ? period(a.row.period) : "several periods",
            ].join("\n"),
        }),
      ),
    ],
  });
}

export default function view({ query }: Address): Node[] {
  const wanted = sharedFilter(query, [], OBSERVATION_STATUSES);
  const found = filterEvents(events, sharedFilter(query));
  const used = sectors.filter((s) => found.some((e) => e.sectors[0] === s.id));
  const cells = cellsOf(found, used);
  const currency = query.get("currency") ?? "usd";
  const money = filterObservations(observations, wanted).filter(
    (o) => unitOf.get(o.unit)?.kind === "currency" && o.unit === currency,
  );
  const amounts = aggregateBySector(money, { scope: SCOPES });
  const paid = sectors.filter((s) => amounts.some((a) => a.sector === s.id));
  const currencies = [...new Set(observations.map((o) => o.unit))]
    .map((u) => unitOf.get(u))
    .filter((u) => u?.kind === "currency");
  return [
    h("h1", {}, "Sectors"),
    h(
      "p",
      { class: "lead" },
      "Events and amounts by sector and year. Statuses stay apart, and different quantities are never added. All scopes count unless you choose one.",
    ),
    filterForm({
      statuses: OBSERVATION_STATUSES,
      more: [
        field(
          "Amounts in",
          select(
            "currency",
            currencies.map((u) => [u?.id ?? "", u?.name ?? ""] as const),
            "usd",
          ),
        ),
      ],
    }),
    cells.length > 0
      ? chart<Cell>({
          title: "Events by sector and year",
          id: "events-by-sector",
          label: `${plural(found.length, "event")} by sector and year. The table below has the same numbers.`,
          draw: (width) => heat(cells, used, width),
          follow: (cell) =>
            addressOf("timeline", undefined, {
              sector: cell.sector,
              from: String(cell.from),
              to: String(cell.to),
              scope: query.get("scope") ?? undefined,
            }),
          legend: [
            { label: "happened or ongoing", swatch: "bar solid occurred" },
            { label: "also planned, put off, cancelled or unverified", swatch: "dot solid planned" },
            { label: "in a window over two or more years", swatch: "line occurred" },
          ],
        })
      : h("p", { class: "quiet" }, "No event fits these filters."),
    table({
      caption: "Events by sector and year",
      file: "events-by-sector-and-year",
      rows: cells,
      pageSize: 10,
      columns: [
        {
          label: "Sector",
          value: (c) => sectorOf.get(c.sector)?.name ?? c.sector,
          show: (c) => sectorLink(c.sector),
        },
        { label: "Year", value: (c) => (c.from === c.to ? String(c.from) : `${c.from} to ${c.to}`) },
        { label: "Happened or ongoing", value: (c) => c.happened, numeric: true },
        { label: "Planned, put off, cancelled or unverified", value: (c) => c.other, numeric: true },
      ],
    }),
    paid.length > 0
      ? chart<Amount>({
          title: `Amounts in ${unitOf.get(currency)?.symbol ?? currency} by sector and year, statuses apart`,
          id: "amounts-by-sector",
          note: "A bubble grows with the amount, but less than in proportion, so that small ones can be seen. Amounts are never added.",
          label: `${plural(amounts.length, "amount")} by sector and year, statuses apart. The table of amounts below lists them.`,
          draw: (width) => bubbles(amounts, paid, width),
          follow: (a) =>
            a.row.observations.length === 1
              ? pathTo("observation", a.row.observations[0])
              : pathTo("metric", a.row.metric),
          legend: OBSERVATION_STATUSES.filter((s) => amounts.some((a) => a.status === s)).map((s) => ({
            label: s,
            swatch: `dot solid ${s}`,
          })),
        })
      : h("p", { class: "quiet" }, "No amount fits these filters."),
    table({
      caption: plural(amounts.length, "amount"),
      file: "amounts-by-sector",
      rows: amounts,
      columns: [
        {
          label: "Sector",
          value: (a) => sectorOf.get(a.sector)?.name ?? a.sector,
          show: (a) => sectorLink(a.sector),
        },
        {
          label: "Metric",
          value: (a) => getMetric(a.metric)?.name ?? a.metric,
          show: (a) =>
            linkTo(
              "metric",
              a.metric,
              [getMetric(a.metric)?.name ?? a.metric, dimensionsText(a.dimensions)]
                .filter(Boolean)
                .join(", "),
            ),
        },
        {
          label: "About",
          value: (a) => (a.subject ? subjectName(a.subject) : ""),
          show: (a) => (a.subject ? subjectLink(a.subject) : plural(a.count, "subject")),
        },
        {
          label: "Status",
          value: (a) => a.status,
          show: (a) => h("span", { class: `tag ${a.status}` }, a.status),
        },
        { label: "timing", value: (a) => a.timing, hidden: true },
        {
          label: "Time",
          value: (a) => a.end ?? a.start,
          show: (a) => (a.period ? timeOf({ timing: a.timing, period: a.period }) : ""),
        },
        {
          label: "Amount",
          value: (a) => a.value ?? a.low ?? a.high,
          show: (a) =>
            a.observations.length === 1
              ? linkTo("observation", a.observations[0], interval(a, unitOf.get(a.unit)))
              : interval(a, unitOf.get(a.unit)),
          numeric: true,
        },
        { label: "low", value: (a) => a.low, hidden: true },
        { label: "high", value: (a) => a.high, hidden: true },
        { label: "unit", value: (a) => a.unit, hidden: true },
        { label: "Sources", value: (a) => a.sources.join("; "), show: (a) => sourceList(a.sources) },
      ],
    }),
    eventTable(found, plural(found.length, "event")),
  ];
}
