/**
 * A map of places and routes on a neutral base: lines of latitude and longitude, no coast and no borders. Plain markup, so that
 * it stands in pages that are files too.
 */
import { el, type Markup } from "./markup.js";
import { recordPath } from "./paths.js";

export interface MapPlace {
  readonly id: string;
  readonly name: string;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
  /** How much there is: the size of its mark. */
  readonly count?: number;
}
export interface MapRoute {
  readonly id: string;
  readonly name: string;
  readonly places: readonly MapPlace[];
}

const WIDTH = 900;
const round = (n: number) => Math.round(n * 10) / 10;

interface Point {
  readonly place: MapPlace;
  readonly x: number;
  readonly y: number;
}

export function mapSvg(places: readonly MapPlace[], routes: readonly MapRoute[], maxLabels = 30): Markup {
  const known = [
    ...new Map([...routes.flatMap((r) => r.places), ...places].map((p) => [p.id, p])).values(),
  ].filter((p) => p.latitude !== undefined && p.longitude !== undefined);
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
  const taken: { x1: number; x2: number; y1: number; y2: number }[] = [];
  const labels = dots.flatMap((d) => {
    if (taken.length >= maxLabels) return [];
    const size = d.place.name.length * 7.6;
    const right = d.x + 9 + size < WIDTH;
    const box = {
      x1: right ? d.x + 6 : d.x - 6 - size,
      x2: right ? d.x + 9 + size : d.x - 3,
      y1: d.y - 8,
      y2: d.y + 8,
    };
    if (taken.some((t) => t.x1 < box.x2 && t.x2 > box.x1 && t.y1 < box.y2 && t.y2 > box.y1)) return [];
    taken.push(box);
    return [{ ...d, right }];
  });
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
      const points = route.places.filter((p) => p.latitude !== undefined).map(point);
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
          r: round(4 + Math.sqrt(place.count ?? 0) * 1.1),
          class: own.has(place.id) ? "place" : "stop",
        }),
      ),
    ),
    labels.map(({ place, x, y, right }, n) =>
      el(
        "text",
        {
          x: right ? x + 8 : x - 8,
          y: y + 4,
          "text-anchor": right ? "start" : "end",
          class: n > 11 ? "place-name minor" : "place-name",
          "aria-hidden": "true",
        },
        place.name,
      ),
    ),
  );
}
