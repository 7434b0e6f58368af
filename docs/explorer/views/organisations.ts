import * as Plot from "@observablehq/plot";
import {
  forceCenter,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import { events } from "../../../src/data/events.js";
import { organisations } from "../../../src/data/organisations.js";
import { filterEvents } from "../../../src/filter.js";
import { type NetworkLink, type NetworkNode, network } from "../../../src/network.js";
import { EVENT_STATUSES } from "../../../src/vocabulary.js";
import { type Address, pathTo } from "../parts/address.js";
import { chart, PLOT, TIP } from "../parts/chart.js";
import { countryName } from "../parts/countries.js";
import { h } from "../parts/dom.js";
import { field, filterForm, select, sharedFilter } from "../parts/filters.js";
import { plural, words } from "../parts/format.js";
import { organisationLink, organisationOf, sectorLink } from "../parts/names.js";
import { table } from "../parts/table.js";

type Placed = NetworkNode & SimulationNodeDatum & { x: number; y: number; r: number };

const shade = (n: NetworkNode) =>
  n.country === "CN"
    ? "var(--cancelled)"
    : n.country === "PK"
      ? "var(--ongoing)"
      : n.country === null
        ? "var(--target)"
        : "var(--unverified)";

/** The country as a shape too, for readers who do not tell red from green. */
const shape = (n: NetworkNode) =>
  n.country === "CN" ? "circle" : n.country === "PK" ? "square" : n.country === null ? "diamond" : "triangle";

/** Lays the most active organisations out by their common events. The simulation draws no random numbers of its own. */
function layOut(nodes: readonly NetworkNode[], links: readonly NetworkLink[], width: number, height: number) {
  const placed: Placed[] = nodes.map((n, i) => ({
    ...n,
    r: 4 + Math.sqrt(n.count) * 2,
    x: width / 2 + Math.cos(i * 2.4) * Math.sqrt(i) * 20,
    y: height / 2 + Math.sin(i * 2.4) * Math.sqrt(i) * 20,
  }));
  const ids = new Set(placed.map((n) => n.id));
  const own = links
    .filter((l) => ids.has(l.source) && ids.has(l.target))
    .map((l) => ({ ...l }) as unknown as { source: Placed; target: Placed; weight: number });
  forceSimulation(placed)
    .force(
      "link",
      forceLink<Placed, { source: Placed; target: Placed; weight: number }>(own)
        .id((n) => n.id)
        .distance(60)
        .strength((l) => Math.min(0.6, 0.12 * l.weight)),
    )
    .force("charge", forceManyBody().strength(-width / 3))
    .force("centre", forceCenter(width / 2, height / 2))
    .force("x", forceX(width / 2).strength(0.04))
    .force("y", forceY(height / 2).strength(0.09))
    .force(
      "collide",
      forceCollide<Placed>((n) => n.r + 5),
    )
    .stop()
    .tick(250);
  // Stretched to fill the frame.
  const stretch = (axis: "x" | "y", size: number, edge: number) => {
    const low = Math.min(...placed.map((n) => n[axis]));
    const high = Math.max(...placed.map((n) => n[axis]));
    for (const n of placed) n[axis] = edge + ((n[axis] - low) / Math.max(1, high - low)) * (size - 2 * edge);
  };
  stretch("x", width, 50);
  stretch("y", height, 28);
  return { placed, own };
}

/** Names the nodes that have room for it, the most active first: no label covers another or a node. */
function placeLabels(placed: readonly Placed[], text: (n: Placed) => string, width: number) {
  type Box = { x1: number; x2: number; y1: number; y2: number };
  const taken: Box[] = placed.map((n) => ({ x1: n.x - n.r, x2: n.x + n.r, y1: n.y - n.r, y2: n.y + n.r }));
  const labels: { x: number; y: number; text: string }[] = [];
  for (const n of placed) {
    const own = text(n);
    const half = own.length * 3.7;
    const places = [
      { x: n.x, y: n.y - n.r - 8 },
      { x: n.x, y: n.y + n.r + 8 },
      { x: n.x + n.r + half + 4, y: n.y },
      { x: n.x - n.r - half - 4, y: n.y },
    ];
    const free = places.find(({ x, y }) => {
      const box = { x1: x - half, x2: x + half, y1: y - 6, y2: y + 6 };
      return (
        box.x1 > 0 &&
        box.x2 < width &&
        taken.every((t) => t.x2 < box.x1 || t.x1 > box.x2 || t.y2 < box.y1 || t.y1 > box.y2)
      );
    });
    if (!free) continue;
    taken.push({ x1: free.x - half, x2: free.x + half, y1: free.y - 6, y2: free.y + 6 });
    labels.push({ ...free, text: own });
  }
  return labels;
}

function draw(nodes: readonly NetworkNode[], links: readonly NetworkLink[], width: number) {
  const height = Math.max(420, Math.min(680, width * 0.62));
  const { placed, own } = layOut(nodes, links, width, height);
  type L = (typeof own)[number];
  const short = (n: Placed) => {
    const record = organisationOf.get(n.id);
    const acronym = record?.names.find((name) => name.use === "acronym")?.name;
    return n.name.length > 22 && acronym ? acronym : n.name.length > 26 ? `${n.name.slice(0, 25)}…` : n.name;
  };
  const labels = placeLabels(placed, short, width);
  return Plot.plot({
    ...PLOT,
    width,
    height,
    margin: 0,
    x: { domain: [0, width], axis: null },
    y: { domain: [height, 0], axis: null },
    r: { type: "identity" },
    marks: [
      Plot.link(own, {
        x1: (l: L) => l.source.x,
        y1: (l: L) => l.source.y,
        x2: (l: L) => l.target.x,
        y2: (l: L) => l.target.y,
        stroke: "var(--quiet)",
        strokeOpacity: (l: L) => Math.min(0.75, 0.14 + 0.1 * l.weight),
        strokeWidth: (l: L) => Math.min(6, 0.6 + l.weight * 0.6),
      }),
      Plot.dot(placed, {
        x: "x",
        y: "y",
        r: "r",
        symbol: shape,
        fill: shade,
        stroke: "var(--surface)",
        strokeWidth: 1.5,
      }),
      Plot.text(labels, {
        x: "x",
        y: "y",
        text: "text",
        textAnchor: "middle",
        fill: "currentColor",
        stroke: "var(--surface)",
        strokeWidth: 4,
        fontWeight: 500,
      }),
      Plot.tip(
        placed,
        Plot.pointer({
          ...TIP,
          x: "x",
          y: "y",
          maxRadius: 30,
          title: (n: Placed) =>
            [
              n.name,
              [n.kind && words(n.kind), countryName(n.country)].filter(Boolean).join(" · "),
              plural(n.count, "event"),
              `Most often with ${partners(n.id, links)
                .slice(0, 3)
                .map((p) => organisationOf.get(p.id)?.name ?? p.id)
                .join(", ")}`,
            ].join("\n"),
        }),
      ),
    ],
  });
}

/** Who shares most events with an organisation. */
export const partners = (id: string, links: readonly NetworkLink[]) =>
  links
    .filter((l) => l.source === id || l.target === id)
    .map((l) => ({ id: l.source === id ? l.target : l.source, weight: l.weight }));

export default function view({ query }: Address): Node[] {
  const wanted = sharedFilter(query, [], EVENT_STATUSES);
  const [country, kind] = [query.get("country"), query.get("kind")];
  const { nodes, links } = network(filterEvents(events, wanted));
  const counts = new Map(nodes.map((n) => [n.id, n.count]));
  const filtered = [...query.keys()].length > 0;
  // Without a filter all are listed, those too that are in no event of this scope.
  const listed = organisations
    .filter((o) => !filtered || counts.has(o.id))
    .filter((o) => !country || (o.country ?? "both") === country)
    .filter((o) => !kind || o.kind === kind)
    .map((o) => ({ ...o, events: counts.get(o.id) ?? 0 }))
    .sort((a, b) => b.events - a.events || a.name.localeCompare(b.name, "en"));
  const ids = new Set<string>(listed.map((o) => o.id));
  const fitting = country || kind ? nodes.filter((n) => ids.has(n.id)) : nodes;
  const most = fitting.slice(0, 60);
  return [
    h("h1", {}, "Organisations"),
    h(
      "p",
      { class: "lead" },
      `Who takes part, and with whom: two organisations are joined when they take part in the same event, more strongly the more they share. ${fitting.length > most.length ? `Drawn are the ${most.length} with most events; the table has all.` : ""}`,
    ),
    filterForm({
      statuses: EVENT_STATUSES,
      more: [
        field(
          "Country",
          select("country", [
            ["", "All"],
            ...[...new Set(organisations.map((o) => o.country ?? "both"))]
              .map((c) => [c, c === "both" ? "both countries" : countryName(c)] as const)
              .sort((a, b) => a[1].localeCompare(b[1], "en")),
          ]),
        ),
        field(
          "Kind",
          select("kind", [
            ["", "All"],
            ...[...new Set(organisations.map((o) => o.kind))].sort().map((k) => [k, words(k)] as const),
          ]),
        ),
      ],
    }),
    ...(most.length > 0
      ? [
          chart<Placed>({
            title: "Who takes part with whom",
            id: "network",
            note: "Two organisations are joined when they take part in the same event. China is round, Pakistan square, both countries a diamond, elsewhere a triangle.",
            label: `Network of ${plural(most.length, "organisation")} by their common events. The table below lists them with their most frequent partners.`,
            draw: (width) => draw(width < 600 ? most.slice(0, 30) : most, links, width),
            follow: (node) => pathTo("organisation", node.id),
            legend: [
              { label: "China", swatch: "dot solid cancelled" },
              { label: "Pakistan", swatch: "solid ongoing" },
              { label: "both countries", swatch: "dot solid target" },
              { label: "elsewhere", swatch: "dot solid unverified" },
            ],
          }),
        ]
      : []),
    table({
      caption: plural(listed.length, "organisation"),
      file: "organisations",
      rows: listed,
      records: listed.map(({ events: _, ...record }) => record),
      columns: [
        { label: "id", value: (o) => o.id, hidden: true },
        { label: "Organisation", value: (o) => o.name, show: (o) => organisationLink(o.id) },
        { label: "other names", value: (o) => o.names.map((n) => n.name).join("; "), hidden: true },
        { label: "Kind", value: (o) => words(o.kind) },
        { label: "Country", value: (o) => countryName(o.country) },
        {
          label: "Parent",
          value: (o) => o.parent ?? null,
          show: (o) => (o.parent ? organisationLink(o.parent) : ""),
        },
        {
          label: "Sector",
          value: (o) => o.sectors[0] ?? null,
          show: (o) => (o.sectors[0] ? sectorLink(o.sectors[0]) : ""),
        },
        { label: "Events", value: (o) => o.events, numeric: true },
        {
          label: "Most often with",
          value: (o) =>
            partners(o.id, links)
              .slice(0, 3)
              .map((p) => organisationOf.get(p.id)?.name ?? p.id)
              .join("; "),
          show: (o) =>
            h(
              "span",
              {},
              partners(o.id, links)
                .slice(0, 3)
                .flatMap((p, i) => [i > 0 ? ", " : "", organisationLink(p.id), ` (${p.weight})`]),
            ),
        },
      ],
    }),
  ];
}
