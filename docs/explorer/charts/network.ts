/** Who takes part with whom. Places are shares of the width; labels are laid out for a wide, a middle and a narrow page. */
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
import { plural } from "../parts/format.js";
import type { EventRow, OrganisationRow } from "../parts/indices.js";
import { el, type Markup } from "../parts/markup.js";
import { recordPath } from "../parts/paths.js";

export interface Link {
  readonly source: string;
  readonly target: string;
  readonly weight: number;
}

/** Counts and common events, as the library's `network` has them. */
export function networkOf(rows: readonly EventRow[]) {
  const counts = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const { own } of rows) {
    const ids = [...own].sort();
    ids.forEach((a, i) => {
      counts.set(a, (counts.get(a) ?? 0) + 1);
      for (const b of ids.slice(i + 1)) pairs.set(`${a} ${b}`, (pairs.get(`${a} ${b}`) ?? 0) + 1);
    });
  }
  const links = [...pairs]
    .map(([pair, weight]): Link => {
      const [source = "", target = ""] = pair.split(" ");
      return { source, target, weight };
    })
    .sort((a, b) => b.weight - a.weight || (a.source + a.target < b.source + b.target ? -1 : 1));
  const partners = new Map<string, { id: string; weight: number }[]>();
  for (const { source, target, weight } of links)
    for (const [a, b] of [
      [source, target],
      [target, source],
    ] as const) {
      const own = partners.get(a);
      if (own) own.push({ id: b, weight });
      else partners.set(a, [{ id: b, weight }]);
    }
  return { counts, links, partners };
}

export interface Node extends OrganisationRow {
  readonly count: number;
}
type Placed = Node & SimulationNodeDatum & { x: number; y: number; r: number };

const LAYOUT = 1000;
const HEIGHT = 620;
/** The narrowest charts for which the sets of labels are laid out. */
const WIDE = 1060;
const MIDDLE = 590;
const NARROW = 300;

const nation = (n: Node) =>
  n.country === "CN"
    ? "china"
    : n.country === "PK"
      ? "pakistan"
      : n.country === "both"
        ? "both"
        : "elsewhere";

/** The simulation draws no random numbers of its own. */
function layOut(nodes: readonly Node[], links: readonly Link[]) {
  const placed: Placed[] = nodes.map((n, i) => ({
    ...n,
    r: 4 + Math.sqrt(n.count) * 1.2,
    x: LAYOUT / 2 + Math.cos(i * 2.4) * Math.sqrt(i) * 20,
    y: HEIGHT / 2 + Math.sin(i * 2.4) * Math.sqrt(i) * 20,
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
    .force("charge", forceManyBody().strength(-LAYOUT / 3))
    .force("centre", forceCenter(LAYOUT / 2, HEIGHT / 2))
    .force("x", forceX(LAYOUT / 2).strength(0.04))
    .force("y", forceY(HEIGHT / 2).strength(0.09))
    .force(
      "collide",
      forceCollide<Placed>((n) => n.r + 6),
    )
    .stop()
    .tick(120);
  // Stretched to fill the frame.
  const stretch = (axis: "x" | "y", size: number, edge: number) => {
    const low = Math.min(...placed.map((n) => n[axis]));
    const high = Math.max(...placed.map((n) => n[axis]));
    for (const n of placed)
      n[axis] =
        placed.length === 1
          ? size / 2
          : edge + ((n[axis] - low) / Math.max(1, high - low)) * (size - 2 * edge);
  };
  stretch("x", LAYOUT, 70);
  stretch("y", HEIGHT, 34);
  return { placed, own };
}

/** Names the nodes that have room for it at a width, the most active first: no label covers another or a node. */
function labelsAt(placed: readonly Placed[], width: number) {
  type Box = { x1: number; x2: number; y1: number; y2: number };
  const X = (n: Placed) => (n.x / LAYOUT) * width;
  const taken: Box[] = placed.map((n) => ({ x1: X(n) - n.r, x2: X(n) + n.r, y1: n.y - n.r, y2: n.y + n.r }));
  return placed.flatMap((n) => {
    const text =
      n.name.length > 22 && n.short ? n.short : n.name.length > 30 ? `${n.name.slice(0, 29)}…` : n.name;
    const size = text.length * 7.2 + 6;
    const x = X(n);
    const places = [
      { anchor: "middle", dx: 0, dy: -n.r - 5 },
      { anchor: "middle", dx: 0, dy: n.r + 13 },
      { anchor: "start", dx: n.r + 4, dy: 4 },
      { anchor: "end", dx: -n.r - 4, dy: 4 },
    ];
    for (const place of places) {
      const left = x + place.dx - (place.anchor === "start" ? 0 : place.anchor === "end" ? size : size / 2);
      const box = { x1: left, x2: left + size, y1: n.y + place.dy - 13, y2: n.y + place.dy + 4 };
      const free =
        box.x1 > 0 &&
        box.x2 < width &&
        taken.every((t) => t.x2 < box.x1 || t.x1 > box.x2 || t.y2 < box.y1 || t.y1 > box.y2);
      if (free) {
        taken.push(box);
        return [{ n, text, ...place }];
      }
    }
    return [];
  });
}

const pc = (n: number) => `${Math.round((n / LAYOUT) * 10_000) / 100}%`;
const round = (n: number) => Math.round(n * 10) / 10;

/** The country as a shape too, for readers who do not tell red from green. */
function shape(n: Placed): Markup {
  const r = round(n.r);
  const d: Readonly<Record<string, string>> = {
    pakistan: `M${-r},${-r}H${r}V${r}H${-r}Z`,
    both: `M0,${-r * 1.2}L${r * 1.2},0L0,${r * 1.2}L${-r * 1.2},0Z`,
    elsewhere: `M0,${-r}L${r},${r}H${-r}Z`,
  };
  const path = d[nation(n)];
  return path === undefined ? el("circle", { r }) : el("path", { d: path });
}

export function networkSvg(nodes: readonly Node[], links: readonly Link[]): Markup {
  const { placed, own } = layOut(nodes, links);
  return el(
    "svg",
    {
      class: "network",
      width: "100%",
      height: HEIGHT,
      role: "group",
      "aria-label": "Who takes part with whom",
    },
    own.map(({ source, target, weight }) =>
      el("line", {
        x1: pc(source.x),
        y1: round(source.y),
        x2: pc(target.x),
        y2: round(target.y),
        class: `w${Math.min(4, Math.ceil(Math.log2(weight + 1)))}`,
      }),
    ),
    placed.map((n) => {
      const said = `${n.name}: ${plural(n.count, "event")}`;
      return el(
        "svg",
        { x: pc(n.x), y: round(n.y), class: "node" },
        el(
          "a",
          { href: recordPath("organisation", n.id), "aria-label": said, class: nation(n) },
          el("title", {}, said),
          shape(n),
        ),
      );
    }),
    (
      [
        ["wide", WIDE],
        ["middle", MIDDLE],
        ["narrow", NARROW],
      ] as const
    ).map(([name, width]) =>
      el(
        "g",
        { class: name, "aria-hidden": "true" },
        labelsAt(placed, width).map(({ n, text, anchor, dx, dy }) =>
          el("text", { x: pc(n.x), dx: round(dx), y: round(n.y + dy), "text-anchor": anchor }, text),
        ),
      ),
    ),
  );
}
