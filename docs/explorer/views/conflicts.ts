import * as Plot from "@observablehq/plot";
import { type ClaimPosition, type Conflict, conflicts } from "../../../src/conflicts.js";
import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { filterEvents, filterObservations } from "../../../src/filter.js";
import { getMetric } from "../../../src/find.js";
import type { Observation } from "../../../src/types.js";
import { type Address, linkTo, pathTo } from "../parts/address.js";
import { chart, PLOT, TIP } from "../parts/chart.js";
import { h } from "../parts/dom.js";
import { subjectName, timeOf } from "../parts/figures.js";
import { field, filterForm, select, sharedFilter } from "../parts/filters.js";
import { capital, interval, number, period, plural, words } from "../parts/format.js";
import { eventLink, eventOf, unitOf } from "../parts/names.js";
import { sourceList } from "../parts/record.js";
import { RULES } from "../parts/rules.js";
import { table } from "../parts/table.js";

const observationOf = new Map(observations.map((o) => [o.id as string, o]));

function nameOf(c: Conflict): string {
  if (c.type === "event") return eventOf.get(c.id)?.title ?? c.id;
  const row = observationOf.get(c.id) as Observation;
  return `${getMetric(row.metric).name}: ${subjectName(row.subject)}, ${row.status}, ${timeOf(row)}`;
}
const recordLink = (c: Conflict) =>
  c.type === "event" ? eventLink(c.id) : linkTo("observation", c.id, nameOf(c));

function says(c: Conflict, said: string | number): string {
  if (c.field === "date") return period(String(said));
  if (c.field === "status") return words(String(said));
  const row = observationOf.get(c.id);
  return interval({ value: Number(said), low: null, high: null }, row && unitOf.get(row.unit));
}

interface Dot {
  readonly conflict: Conflict;
  readonly position: ClaimPosition;
  readonly y: number;
  readonly ratio: number;
  readonly settled: boolean;
}
const ROW = 36;
/** A multiple of the value held, in plain words. */
const times = (n: number) => `${n >= 1 ? number(n) : `1/${number(Math.round(1 / n))}`} ×`;

function draw(rows: readonly Conflict[], width: number) {
  const dots = rows.flatMap((conflict, n) =>
    conflict.positions.map(
      (position): Dot => ({
        conflict,
        position,
        y: n * ROW + 24,
        ratio: Number(position.says) / Number(conflict.settled),
        settled: position.says === conflict.settled,
      }),
    ),
  );
  const room = Math.floor(width / 6.6);
  const label = (c: Conflict) => (nameOf(c).length > room ? `${nameOf(c).slice(0, room - 1)}…` : nameOf(c));
  return Plot.plot({
    ...PLOT,
    width,
    height: rows.length * ROW + 60,
    marginTop: 34,
    marginLeft: 34,
    marginRight: 30,
    x: { type: "log", label: null, tickFormat: (n: number) => times(n), ticks: width < 600 ? 4 : 8 },
    y: { domain: [rows.length * ROW, 0], axis: null },
    marks: [
      Plot.axisX({
        anchor: "top",
        tickSize: 0,
        tickFormat: (n: number) => times(n),
        ticks: width < 600 ? 4 : 8,
        label: null,
      }),
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks: width < 600 ? 4 : 8 }),
      Plot.ruleX([1], { stroke: "var(--actual)" }),
      Plot.text(rows, {
        frameAnchor: "left",
        dx: -26,
        y: (_: Conflict, n: number) => n * ROW + 10,
        text: label,
        fill: "currentColor",
        stroke: "var(--surface)",
        strokeWidth: 4,
      }),
      Plot.ruleY(rows, {
        y: (_: Conflict, n: number) => n * ROW + 24,
        x1: (c: Conflict) => Math.min(...c.positions.map((p) => Number(p.says) / Number(c.settled))),
        x2: (c: Conflict) => Math.max(...c.positions.map((p) => Number(p.says) / Number(c.settled))),
        stroke: "var(--quiet)",
      }),
      Plot.dot(dots, {
        x: "ratio",
        y: "y",
        r: 5,
        fill: (d: Dot) => (d.settled ? "var(--actual)" : "var(--surface)"),
        stroke: (d: Dot) => (d.settled ? "var(--actual)" : "var(--planned)"),
        strokeWidth: 2,
      }),
      Plot.tip(
        dots,
        Plot.pointer({
          ...TIP,
          x: "ratio",
          y: "y",
          title: (d: Dot) =>
            [
              nameOf(d.conflict),
              `${says(d.conflict, d.position.says)}${d.settled ? " (held)" : ""}`,
              plural(d.position.sources.length, "source"),
              ...d.position.notes.map((n) => n),
            ].join("\n"),
        }),
      ),
    ],
  });
}

export default function view({ query }: Address): Node[] {
  const wanted = sharedFilter(query);
  const kind = query.get("field");
  const found = conflicts({
    events: filterEvents(events, wanted),
    observations: filterObservations(observations, wanted),
  }).filter((c) => !kind || c.field === kind);
  const widest = found.filter((c) => c.spread !== null && c.spread > 1 && Number(c.settled) > 0).slice(0, 20);
  return [
    h("h1", {}, "Conflicts"),
    h(
      "p",
      { class: "lead" },
      "Where sources disagree on a value beyond its rounding, on a date or on a status. All claims stay; a stated rule decides which one the record holds.",
    ),
    filterForm({
      more: [
        field(
          "On",
          select("field", [
            ["", "Value, date or status"],
            ["value", "A value"],
            ["date", "A date"],
            ["status", "A status"],
          ]),
        ),
      ],
    }),
    ...(widest.length > 0
      ? [
          chart<Dot>({
            title: "Widest apart: claims as multiples of the value held",
            id: "widest",
            label: `How far apart the sources of ${plural(widest.length, "value")} are, as multiples of the value held. The table below lists every position.`,
            draw: (width) => draw(widest, width),
            follow: (dot) => pathTo("observation", dot.conflict.id),
            legend: [
              { label: "the value held", swatch: "dot solid actual" },
              { label: "another claim, as a multiple of it", swatch: "dot planned" },
            ],
          }),
        ]
      : []),
    table({
      caption: plural(found.length, "conflict"),
      file: "conflicts",
      rows: found,
      columns: [
        { label: "id", value: (c) => c.id, hidden: true },
        { label: "Record", value: nameOf, show: recordLink },
        { label: "On", value: (c) => c.field },
        { label: "Held", value: (c) => c.settled, show: (c) => h("strong", {}, says(c, c.settled)) },
        {
          label: "Claims",
          value: (c) => c.positions.map((p) => `${p.says} (${p.sources.join(", ")})`).join("; "),
          show: (c) =>
            h(
              "ul",
              { class: "plain" },
              c.positions.map((p) => h("li", {}, `${says(c, p.says)}: `, sourceList(p.sources))),
            ),
        },
        {
          label: "Times apart",
          value: (c) => c.spread,
          show: (c) => (c.spread === null ? "" : number(Number(c.spread.toPrecision(3)))),
          numeric: true,
        },
        { label: "Decided by", value: (c) => c.rule, show: (c) => capital(RULES[c.rule]) },
      ],
    }),
    h(
      "p",
      {},
      "The rules, in order, are in the guide ",
      h("a", { href: "../api/documents/Method.html" }, "Method"),
      ".",
    ),
  ];
}
