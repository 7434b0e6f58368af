import * as Plot from "@observablehq/plot";
import { events } from "../../../src/data/events.js";
import { sectors } from "../../../src/data/sectors.js";
import { filterEvents } from "../../../src/filter.js";
import { timeline } from "../../../src/timeline.js";
import type { CpecEvent } from "../../../src/types.js";
import { EVENT_STATUSES } from "../../../src/vocabulary.js";
import { type Address, pathTo } from "../parts/address.js";
import { chart, PLOT, TIP } from "../parts/chart.js";
import { h, joined } from "../parts/dom.js";
import { filterForm, sharedFilter } from "../parts/filters.js";
import { capital, plural, SCOPE_NAMES, when, words } from "../parts/format.js";
import { eventLink, organisationLink, organisationOf, sectorLink, sectorOf } from "../parts/names.js";
import { type Column, table } from "../parts/table.js";

const LANE = 11;
const HEADING = 24;

interface Mark {
  readonly event: CpecEvent;
  readonly from: Date;
  readonly to: Date;
  /** The last day on which it can have ended, where an end is known. */
  readonly end: Date;
  readonly y: number;
}

const utc = (day: string) => new Date(`${day}T00:00:00Z`);

/** Places each event in the first free lane of its sector, so that no two cover each other. */
function layOut(rows: readonly CpecEvent[], width: number) {
  const starts = rows.map((e) => e.date.earliest).sort();
  const ends = rows.map((e) => (e.endDate ?? e.date).latest).sort();
  const [first, last] = [utc(starts[0] as string), utc(ends.at(-1) as string)];
  const perPixel = Math.max(1, last.getTime() - first.getTime()) / Math.max(1, width - 44);
  const marks: Mark[] = [];
  const headings: { readonly name: string; readonly y: number; readonly id: string }[] = [];
  let y = 0;
  for (const sector of sectors) {
    const own = rows.filter((e) => e.sectors[0] === sector.id);
    if (own.length === 0) continue;
    headings.push({ name: `${sector.name} (${own.length})`, y, id: sector.id });
    y += HEADING;
    const free: number[] = [];
    for (const { event } of timeline(own)) {
      const [from, to] = [utc(event.date.earliest), utc(event.date.latest)];
      const left = from.getTime() / perPixel;
      const end = event.endDate && event.endDate.latest > event.date.latest ? utc(event.endDate.latest) : to;
      let lane = free.findIndex((at) => at < left);
      if (lane < 0) lane = free.length;
      free[lane] = Math.max(end.getTime() / perPixel, left) + 10;
      marks.push({ event, from, to, end, y: y + lane * LANE + LANE / 2 });
    }
    y += free.length * LANE + 8;
  }
  return { marks, headings, height: y };
}

const tipOf = ({ event }: Mark) =>
  [
    event.title,
    "",
    `${capital(when(event.date))} · ${event.kind} · ${words(event.status)}`,
    event.organisations.map((o) => organisationOf.get(o.id)?.name ?? o.id).join(", "),
    plural(new Set(event.claims.map((c) => c.source)).size, "source"),
  ].join("\n");

function draw(rows: readonly CpecEvent[], width: number) {
  const { marks, headings, height } = layOut(rows, width);
  const windows = marks.filter((m) => m.event.date.precision !== "day");
  const days = marks.filter((m) => m.event.date.precision === "day");
  const colour = (m: Mark) => `var(--${m.event.status})`;
  const sure = (m: Mark) => m.event.status === "occurred" || m.event.status === "ongoing";
  const middle = (m: Mark) => new Date((m.from.getTime() + m.to.getTime()) / 2);
  return Plot.plot({
    ...PLOT,
    width,
    height: height + 50,
    marginLeft: 20,
    marginRight: 20,
    marginTop: 26,
    marginBottom: 24,
    x: { type: "utc", label: null, ticks: Math.max(3, Math.floor(width / 80)) },
    y: { domain: [height, 0], axis: null },
    marks: [
      Plot.axisX({ anchor: "top", tickSize: 0 }),
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisX({ anchor: "bottom", tickSize: 0 }),
      Plot.ruleY(headings, { y: "y", stroke: "var(--line)" }),
      Plot.text(headings, {
        y: "y",
        text: "name",
        frameAnchor: "left",
        dy: 13,
        fontWeight: 600,
        fill: "currentColor",
        stroke: "var(--surface)",
        strokeWidth: 4,
      }),
      Plot.ruleY(
        marks.filter((m) => m.end > m.to),
        { y: "y", x1: "from", x2: "end", stroke: colour, strokeWidth: 1.5 },
      ),
      Plot.rect(windows, {
        x1: "from",
        x2: (m: Mark) => new Date(m.to.getTime() + 86_400_000),
        y1: (m: Mark) => m.y - 4,
        y2: (m: Mark) => m.y + 4,
        rx: 3,
        insetLeft: -2,
        insetRight: -2,
        fill: colour,
        fillOpacity: (m: Mark) => (sure(m) ? 0.55 : 0.12),
        stroke: colour,
        strokeWidth: 1.2,
      }),
      Plot.dot(days, {
        x: "from",
        y: "y",
        r: 4,
        fill: (m: Mark) => (sure(m) ? colour(m) : "var(--surface)"),
        stroke: colour,
        strokeWidth: 1.4,
      }),
      Plot.tip(marks, Plot.pointer({ ...TIP, x: middle, y: "y", title: tipOf, maxRadius: 30 })),
    ],
  });
}

const columns: readonly Column<CpecEvent>[] = [
  { label: "id", value: (e) => e.id, hidden: true },
  { label: "Date", value: (e) => e.date.edtf, show: (e) => capital(when(e.date)) },
  { label: "earliest", value: (e) => e.date.earliest, hidden: true },
  { label: "latest", value: (e) => e.date.latest, hidden: true },
  { label: "Event", value: (e) => e.title, show: (e) => eventLink(e.id) },
  { label: "Kind", value: (e) => e.kind },
  {
    label: "Status",
    value: (e) => e.status,
    show: (e) => h("span", { class: `tag ${e.status}` }, words(e.status)),
  },
  {
    label: "Sector",
    value: (e) => e.sectors.map((s) => sectorOf.get(s)?.name ?? s).join("; "),
    show: (e) => sectorLink(e.sectors[0] as string),
  },
  {
    label: "Organisations",
    value: (e) => e.organisations.map((o) => organisationOf.get(o.id)?.name ?? o.id).join("; "),
    show: (e) => h("span", {}, joined([...new Set(e.organisations.map((o) => o.id))].map(organisationLink))),
  },
  { label: "Scope", value: (e) => e.scope, show: (e) => SCOPE_NAMES[e.scope] ?? e.scope },
  { label: "sources", value: (e) => [...new Set(e.claims.map((c) => c.source))].join("; "), hidden: true },
];

/** The table of events that several views show. */
export function eventTable(rows: readonly CpecEvent[], caption: string, file = "events"): HTMLElement {
  return table({ caption, file, columns, rows });
}

export default function view({ query }: Address): Node[] {
  const found = filterEvents(events, sharedFilter(query, [], EVENT_STATUSES));
  const present = EVENT_STATUSES.filter((s) => found.some((e) => e.status === s));
  return [
    h("h1", {}, "Timeline"),
    h(
      "p",
      { class: "lead" },
      "What happened, and what was announced for a date, in all scopes unless you choose one. A dot is a known day, a bar the window in which an event lies; a line leads to the end of what lasted. Point at a mark to read it, click to open its record.",
    ),
    filterForm({ statuses: EVENT_STATUSES }),
    ...(found.length === 0
      ? []
      : [
          chart<Mark>({
            title: `${plural(found.length, "event")} by sector and time`,
            id: "timeline",
            note: "A dot is a known day, a bar the window in which an event lies.",
            label: `${plural(found.length, "event")} by sector and time, from ${found[0]?.date.earliest.slice(0, 4)} on. The table below holds the same events.`,
            draw: (width) => draw(found, width),
            follow: (mark) => pathTo("event", mark.event.id),
            legend: [
              ...present.map((s) => ({ label: words(s), swatch: `dot ${s}` })),
              { label: "window of days", swatch: "bar occurred" },
            ],
          }),
        ]),
    eventTable(
      timeline(found)
        .map((entry) => entry.event)
        .reverse(),
      "Events, the newest first",
    ),
  ];
}
