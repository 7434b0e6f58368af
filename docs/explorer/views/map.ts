import { events } from "../../../src/data/events.js";
import { places } from "../../../src/data/places.js";
import { projects } from "../../../src/data/projects.js";
import { filterEvents } from "../../../src/filter.js";
import type { Place } from "../../../src/types.js";
import { EVENT_STATUSES } from "../../../src/vocabulary.js";
import { type Address, linkTo } from "../parts/address.js";
import { h, joined, nodesOf } from "../parts/dom.js";
import { figure } from "../parts/figure.js";
import { field, filterForm, select, sharedFilter } from "../parts/filters.js";
import { plural } from "../parts/format.js";
import { type MapRoute, mapSvg } from "../parts/map-svg.js";
import { placeLink, placeOf } from "../parts/names.js";
import { table } from "../parts/table.js";

const inPakistan = (id: string): boolean => {
  for (let at: string | undefined = id; at; at = placeOf.get(at)?.within) if (at === "pakistan") return true;
  return false;
};

export default function view({ query }: Address): Node[] {
  const wanted = sharedFilter(query, [], EVENT_STATUSES);
  const found = filterEvents(events, wanted);
  const whole = query.get("area") === "world";
  const only = query.get("show");
  const counts = new Map<string, number>();
  for (const event of found)
    for (const id of new Set(event.places)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const fits = (sectors: readonly string[], bodies: readonly string[]) =>
    [wanted.sector ?? sectors].flat().some((s) => sectors.includes(s)) &&
    (wanted.organisation === undefined || [wanted.organisation].flat().some((o) => bodies.includes(o)));
  const threads = projects.filter(
    (p) =>
      p.route.length > 1 &&
      fits(
        p.sectors,
        p.organisations.map((o) => o.id),
      ),
  );
  const lines = threads.map(
    (p): MapRoute => ({
      id: p.id,
      name: p.name,
      places: p.route
        .flatMap((id) => placeOf.get(id) ?? [])
        .filter((q) => whole || inPakistan(q.id) || q.id === "khunjerab"),
    }),
  );
  const shown = places
    // A province has no point of its own; a region without places inside is a city.
    .filter((p) => p.kind === "city" || (p.kind === "region" && !places.some((q) => q.within === p.id)))
    .filter((p) => (counts.get(p.id) ?? 0) > 0)
    .filter((p) => whole || inPakistan(p.id));
  const drawn = shown.filter((p) => p.latitude !== undefined);
  const routesOf = (id: string) => threads.filter((p) => (p.route as readonly string[]).includes(id));
  const listed = places
    .filter((p) => (counts.get(p.id) ?? 0) > 0 || routesOf(p.id).length > 0)
    .sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0) || a.name.localeCompare(b.name, "en"));
  const where = (p: Place) =>
    p.latitude === undefined || p.longitude === undefined
      ? "not placed"
      : `${p.latitude.toFixed(2)}, ${p.longitude.toFixed(2)}`;
  return [
    h("h1", {}, "Map"),
    h(
      "p",
      { class: "lead" },
      `Where ${plural(found.length, "event")} took place, and the routes of cables and fibre. The base is a grid of degrees, without borders. A mark grows with its events; each leads to its place.`,
    ),
    filterForm({
      statuses: EVENT_STATUSES,
      more: [
        field(
          "Area",
          select("area", [
            ["", "Pakistan"],
            ["world", "All, with sea cables"],
          ]),
        ),
        field(
          "Show",
          select("show", [
            ["", "Places and routes"],
            ["places", "Places"],
            ["routes", "Routes"],
          ]),
        ),
      ],
    }),
    ...(drawn.length > 0 || lines.length > 0
      ? [
          figure({
            id: "map",
            title: whole ? "Places and routes of events and cables" : "Places and routes in Pakistan",
            note: "Routes are straight lines between the places that sources name; the course between them is not known. Coordinates are approximate. Provinces and countries stand in the table only.",
            body: nodesOf(
              mapSvg(
                only === "routes" ? [] : drawn.map((p) => ({ ...p, count: counts.get(p.id) ?? 0 })),
                only === "places" ? [] : lines.filter((l) => l.places.length > 1),
              ),
            ),
          }),
        ]
      : []),
    table({
      caption: plural(threads.length, "route"),
      file: "routes",
      rows: threads,
      key: "routes",
      columns: [
        { label: "Route", value: (p) => p.name, show: (p) => linkTo("project", p.id, p.name) },
        {
          label: "Places along it",
          value: (p) => p.route.join(" - "),
          show: (p) => h("span", {}, joined(p.route.map(placeLink), " – ")),
        },
      ],
    }),
    table({
      caption: plural(listed.length, "place"),
      file: "places",
      rows: listed,
      key: "places",
      columns: [
        { label: "id", value: (p) => p.id, hidden: true },
        { label: "Place", value: (p) => p.name, show: (p) => placeLink(p.id) },
        { label: "Kind", value: (p) => p.kind },
        { label: "Events", value: (p) => counts.get(p.id) ?? 0, numeric: true },
        {
          label: "Routes",
          value: (p) => routesOf(p.id).length,
          show: (p) => h("span", {}, joined(routesOf(p.id).map((r) => linkTo("project", r.id, r.name)))),
        },
        { label: "Latitude, longitude", value: where },
      ],
    }),
  ];
}
