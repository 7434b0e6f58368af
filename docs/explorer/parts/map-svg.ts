/**
 * A map of places and routes on a neutral base: lines of latitude and longitude, no coast and no borders. Plain markup, so that
 * it stands in pages that are files too.
 */
import { el, type Markup } from "./markup.js";
import { recordPath } from "./paths.js";

export interface MapPlace {
  readonly id: string;
  readonly name: string;
  readonly latitude?: number | null | undefined;
  readonly longitude?: number | null | undefined;
  /** How much there is: the size of its mark. */
  readonly count?: number;
}
export interface MapRoute {
  readonly id: string;
  readonly name: string;
  readonly places: readonly MapPlace[];
}

const WIDTH = 900;
const radius = (place: MapPlace) => round(4 + Math.sqrt(place.count ?? 0) * 1.1);
const round = (n: number) => Math.round(n * 10) / 10;

interface Point {
  readonly place: MapPlace;
  readonly x: number;
  readonly y: number;
}

export function mapSvg(places: readonly MapPlace[], routes: readonly MapRoute[], maxLabels = 30): Markup {
  const known = [
    ...new Map([...routes.flatMap((r) => r.places), ...places].map((p) => [p.id, p])).values(),
  ].filter((p) => p.latitude != null && p.longitude != null);
  if (known.length === 0) return null;
  const lats = known.map((p) => p.latitude as number);
  const lons = known.map((p) => p.longitude as number);
  const spare = Math.max(1.5, (Math.max(...lons) - Math.min(...lons)) * 0.06);
  const [west, east] = [Math.min(...lons) - spare, Math.max(...lons) + spare];
  const [south, north] = [Math.min(...lats) - spare * 0.7, Math.max(...lats) + spare * 0.7];
  // Degrees of longitude are shortened as at the middle of the map.
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / ((east - west) * shrink);
  const height = Math.max(260, Math.min(760, round((north - south) * scale)));
  const stretch = height / (north - south);
  const X = (lon: number) => round((lon - west) * shrink * scale);
  const Y = (lat: number) => round((north - lat) * stretch);
  const step = east - west > 40 ? 10 : east - west > 12 ? 5 : 2;
  const lines = (from: number, to: number) =>
    Array.from(
      { length: Math.floor(to / step) - Math.ceil(from / step) + 1 },
      (_, i) => (Math.ceil(from / step) + i) * step,
    );
  const point = (place: MapPlace): Point => ({
    place,
    x: X(place.longitude as number),
    y: Y(place.latitude as number),
  });
  const own = new Set(places.map((p) => p.id));
  const dots = known.map(point).sort((a, b) => (b.place.count ?? 0) - (a.place.count ?? 0));
  /** Names that have room in letters of a size; on a narrow page the map shrinks, and its letters are larger in it. */
  const labelsOf = (size: number, most: number) => {
    const taken = [
      ...dots.map(({ x, y, place }) => {
        const r = radius(place);
        return { x1: x - r, x2: x + r, y1: y - r, y2: y + r };
      }),
      // The degrees at the edge, as large as they are on a narrow page.
      ...lines(south, north).map((lat) => ({ x1: 0, x2: 4 + size * 3, y1: Y(lat) - 24, y2: Y(lat) })),
    ];
    let shown = 0;
    return dots.flatMap((d) => {
      if (shown >= most) return [];
      const r = radius(d.place);
      const long = d.place.name.length * size * 0.6;
      for (const [anchor, dx, dy] of [
        ["start", r + 3, size * 0.35],
        ["end", -r - 3, size * 0.35],
        ["middle", 0, -r - 4],
        ["middle", 0, r + size],
      ] as const) {
        const left = d.x + dx - (anchor === "start" ? 0 : anchor === "end" ? long : long / 2);
        const box = { x1: left, x2: left + long, y1: d.y + dy - size, y2: d.y + dy + size * 0.3 };
        const free =
          box.x1 > 2 &&
          box.x2 < WIDTH - 2 &&
          box.y1 > 2 &&
          box.y2 < height - size - 6 &&
          taken.every((t) => t.x2 <= box.x1 || t.x1 >= box.x2 || t.y2 <= box.y1 || t.y1 >= box.y2);
        if (!free) continue;
        taken.push(box);
        shown++;
        return [{ name: d.place.name, x: round(d.x + dx), y: round(d.y + dy), anchor }];
      }
      return [];
    });
  };
  return el(
    "svg",
    {
      class: "map-svg",
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: "group",
      "aria-label": "Map of places and routes; the table has the same",
    },
    lines(west, east).map((lon) => [
      el("line", { x1: X(lon), x2: X(lon), y1: 0, y2: height, class: "grid" }),
      X(lon) < WIDTH - 90 &&
        el(
          "text",
          { x: X(lon) + 3, y: height - 5, class: "degree" },
          `${Math.abs(lon)}° ${lon < 0 ? "W" : "E"}`,
        ),
    ]),
    lines(south, north).map((lat) => [
      el("line", { x1: 0, x2: WIDTH, y1: Y(lat), y2: Y(lat), class: "grid" }),
      el("text", { x: 3, y: Y(lat) - 3, class: "degree" }, `${Math.abs(lat)}° ${lat < 0 ? "S" : "N"}`),
    ]),
    routes.map((route, n) => {
      const points = route.places.filter((p) => p.latitude != null).map(point);
      return el(
        "a",
        { href: recordPath("project", route.id), "aria-label": `Route: ${route.name}` },
        el("title", {}, route.name),
        el("polyline", {
          points: points.map((p) => `${p.x},${p.y}`).join(" "),
          class: `route r${(n % 8) + 1}`,
        }),
      );
    }),
    dots.map(({ place, x, y }) =>
      el(
        "a",
        {
          href: recordPath("place", place.id),
          "aria-label": `${place.name}${place.count === undefined ? "" : `: ${place.count} events`}`,
        },
        el("title", {}, `${place.name}${place.count === undefined ? "" : `: ${place.count} events`}`),
        el("circle", {
          cx: x,
          cy: y,
          r: radius(place),
          class: own.has(place.id) ? "place" : "stop",
        }),
      ),
    ),
    (
      [
        ["wide", 15, maxLabels],
        ["narrow", 32, 10],
      ] as const
    ).map(([name, size, most]) =>
      el(
        "g",
        { class: name, "aria-hidden": "true" },
        labelsOf(size, most).map(({ name, x, y, anchor }) =>
          el("text", { x, y, "text-anchor": anchor, class: "place-name" }, name),
        ),
      ),
    ),
  );
}
