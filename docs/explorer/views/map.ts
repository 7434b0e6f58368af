import { EVENT_STATUSES } from "../../../src/vocabulary.js";
import { link } from "../parts/cells.js";
import { plural } from "../parts/format.js";
import type { PlaceRow, RouteRow } from "../parts/indices.js";
import { type MapRoute, mapSvg } from "../parts/map-svg.js";
import { between } from "../parts/markup.js";
import { sharedFilter } from "../parts/state.js";
import { figure, type TableOf, type View } from "../parts/view.js";
import { eventsFor, namesOf } from "./timeline.js";

const view: View<"events" | "organisations" | "places" | "routes"> = {
  name: "map",
  needs: ["events", "organisations", "places", "routes"],
  show({ events, organisations, places, routes }, query, environment) {
    const names = namesOf(organisations);
    const found = eventsFor(query, events, names);
    const whole = query.get("area") === "world";
    const only = query.get("show");
    const counts = new Map<string, number>();
    for (const event of found) for (const id of event.places) counts.set(id, (counts.get(id) ?? 0) + 1);
    const count = (id: string) => counts.get(id) ?? 0;
    const placeOf = new Map(places.map((p) => [p.id, p]));
    const shared = new URLSearchParams(query);
    for (const key of ["from", "to", "scope"]) shared.delete(key);
    const fits = sharedFilter(shared, names);
    const threads = routes.filter((r) => fits({ ...r, scope: "cpec", start: null, end: null }));
    const onMap = (p: PlaceRow) => whole || p.inPakistan || p.id === "khunjerab";
    const lines = threads
      .map((r): MapRoute => ({ ...r, places: r.route.flatMap((id) => placeOf.get(id) ?? []).filter(onMap) }))
      .filter((r) => r.places.length > 1);
    // A province has no point of its own; a region without places inside is a city.
    const drawn = places.filter((p) => p.point && count(p.id) > 0 && onMap(p) && p.latitude !== null);
    const routesOf = (id: string) => threads.filter((r) => r.route.includes(id));
    const listed = places
      .filter((p) => count(p.id) > 0 || routesOf(p.id).length > 0)
      .sort((a, b) => count(b.id) - count(a.id) || a.name.localeCompare(b.name, "en"));
    const where = (p: PlaceRow) =>
      p.latitude === null || p.longitude === null
        ? "not placed"
        : `${p.latitude.toFixed(2)}, ${p.longitude.toFixed(2)}`;
    const cables: TableOf<RouteRow> = {
      key: "routes",
      caption: plural(threads.length, "route"),
      second: true,
      rows: threads,
      columns: [
        { label: "Route", value: (r) => r.name, show: (r) => link("project", r.id, r.name) },
        {
          label: "Places along it",
          value: (r) => r.route.join(" - "),
          show: (r) =>
            between(
              r.route.map((id) => link("place", id, placeOf.get(id)?.name ?? id)),
              " – ",
            ),
        },
      ],
    };
    const table: TableOf<PlaceRow> = {
      key: "places",
      caption: plural(listed.length, "place"),
      rows: listed,
      columns: [
        { label: "id", value: (p) => p.id, hidden: true },
        { label: "Place", value: (p) => p.name, show: (p) => link("place", p.id, p.name) },
        { label: "Kind", side: true, value: (p) => p.kind },
        { label: "Events", value: (p) => count(p.id), numeric: true },
        {
          label: "Routes",
          value: (p) => routesOf(p.id).length,
          show: (p) => between(routesOf(p.id).map((r) => link("project", r.id, r.name))),
        },
        { label: "Latitude, longitude", side: true, value: where },
      ],
    };
    return {
      title: "Map",
      lead: `Where ${plural(found.length, "event")} took place, and the routes of cables and fibre. A mark grows with its events and leads to its place.`,
      filters: {
        statuses: EVENT_STATUSES,
        more: [
          {
            key: "area",
            label: "Area",
            choices: [
              ["", "Pakistan"],
              ["world", "All, with sea cables"],
            ],
          },
          {
            key: "show",
            label: "Show",
            choices: [
              ["", "Places and routes"],
              ["places", "Places"],
              ["routes", "Routes"],
            ],
          },
        ],
      },
      tables: [cables, table],
      parts: [
        drawn.length > 0 || lines.length > 0
          ? figure(environment, {
              id: "map",
              title: whole ? "Places and routes of events and cables" : "Places and routes in Pakistan",
              note: "The base is a grid of degrees, without borders. Routes are straight lines between the places that sources name; the course between them is not known. Coordinates are approximate. Provinces and countries stand in the table only.",
              body: mapSvg(
                only === "routes" ? [] : drawn.map((p) => ({ ...p, count: count(p.id) })),
                only === "places" ? [] : lines,
              ),
            })
          : null,
        { table: "places" },
        { table: "routes" },
      ],
    };
  },
};
export default view;
