/** Pages of the closed vocabularies: places, sectors and units. */

import { interval, plural, timeOf, words } from "../../../docs/explorer/parts/format.js";
import { between, el, type Markup } from "../../../docs/explorer/parts/markup.js";
import { viewPath } from "../../../docs/explorer/parts/paths.js";
import { events } from "../../../src/data/events.js";
import { metrics } from "../../../src/data/metrics.js";
import { observations } from "../../../src/data/observations.js";
import { places } from "../../../src/data/places.js";
import { filterEvents, filterObservations } from "../../../src/filter.js";
import { getPlace } from "../../../src/find.js";
import type { Metric, Place, Sector, Unit } from "../../../src/types.js";
import { projectsAt, promisesOfSector } from "../ledger.js";
import { linkedNode } from "../linked.js";
import type { Page } from "../page.js";
import {
  correctionLink,
  eventTable,
  facts,
  figureTable,
  link,
  list,
  placeLink,
  projectLink,
  promiseTable,
  table,
  unitOf,
} from "../parts.js";
import { newestOf } from "./metric.js";

const metricTable = (rows: readonly Metric[]): Markup =>
  table("metrics", "Metrics", rows, (m) => {
    const newest = newestOf(m.observations);
    return [
      { label: "Metric", show: link("metric", m.id, m.name) },
      {
        label: "Newest actual value",
        show: newest ? link("observation", newest.id, interval(newest, unitOf.get(m.unit))) : "promises only",
        numeric: true,
      },
      { label: "Time", show: newest ? timeOf(newest) : "" },
      { label: "Values", show: m.observations.length, numeric: true },
    ];
  });

export function sectorPage(sector: Sector): Page {
  const { id } = sector;
  const own = filterEvents(events, { sector: id });
  return {
    path: `sector/${id}.html`,
    title: sector.name,
    description: sector.definition,
    crumbs: [["Sectors", viewPath("sectors")]],
    about: linkedNode({ sectors: [sector] }),
    body: [
      el("p", { class: "kicker" }, `Sector · ${words(sector.group)}`),
      el("h1", {}, sector.name),
      el("p", { class: "lead" }, sector.definition),
      el(
        "p",
        { class: "jump" },
        between(
          [
            el("a", { href: viewPath("timeline", { sector: id }) }, "On the timeline"),
            el("a", { href: viewPath("metrics", { sector: id }) }, "Its metrics"),
            el("a", { href: viewPath("promises", { sector: id }) }, "Its promises"),
            el("a", { href: viewPath("organisations", { sector: id }) }, "Its organisations"),
          ],
          " · ",
        ),
      ),
      facts([
        ["ISIC Rev. 4", sector.codes.isic.join(", ")],
        ["ICT sector of the OECD", sector.codes.oecdIct ? "yes" : "no"],
        ["OECD CRS purpose", sector.codes.crs.join(", ")],
        ["Id", el("code", {}, id)],
      ]),
      metricTable(metrics.filter((m) => m.sector === id)),
      promiseTable(
        promisesOfSector(id),
        "Promises and what came of them",
        el("a", { href: viewPath("promises", { sector: id }) }, "With filters"),
      ),
      eventTable(
        own,
        "Events",
        el("a", { href: viewPath("timeline", { sector: id }) }, "On the timeline, with filters and CSV"),
      ),
      correctionLink("sectors"),
    ],
  };
}

export function placePage(place: Place): Page {
  const { id } = place;
  const own = filterEvents(events, { place: id });
  const figures = filterObservations(observations, { place: id });
  const inside = places.filter((p) => p.within === id);
  const where =
    place.latitude === undefined || place.longitude === undefined
      ? undefined
      : `${Math.abs(place.latitude)}° ${place.latitude < 0 ? "S" : "N"}, ${Math.abs(place.longitude)}° ${place.longitude < 0 ? "W" : "E"}`;
  return {
    path: `place/${id}.html`,
    title: place.name,
    description: `${plural(own.length, "event")} and ${plural(figures.length, "figure")} of Chinese-Pakistani cooperation in IT and telecoms in ${place.name}.`,
    crumbs: [
      ["Map", viewPath("map")],
      ...(place.within
        ? [[getPlace(place.within)?.name ?? place.within, `../place/${place.within}.html`] as const]
        : []),
    ],
    about: linkedNode({ places: [place] }),
    body: [
      el("p", { class: "kicker" }, `Place · ${place.kind}`),
      el("h1", {}, place.name),
      facts([
        ["ISO 3166", place.iso],
        ["Where", where],
        ["Within", place.within ? placeLink(place.within) : null],
        ["Holds", between(inside.map((p) => placeLink(p.id)))],
        ["Projects", list(projectsAt(id).map((p) => projectLink(p.id)))],
        ["Id", el("code", {}, id)],
      ]),
      eventTable(own, "Events"),
      figureTable(figures, "Figures"),
      correctionLink("places"),
    ],
  };
}

export function unitPage(unit: Unit): Page {
  return {
    path: `unit/${unit.id}.html`,
    title: unit.name,
    description: `Metrics in ${unit.name} (${unit.symbol}).`,
    crumbs: [["Metrics", viewPath("metrics")]],
    about: { "@type": "DefinedTerm", name: unit.name, termCode: unit.code ?? unit.symbol },
    body: [
      el("p", { class: "kicker" }, `Unit · ${unit.kind}`),
      el("h1", {}, unit.name),
      facts([
        ["Symbol", unit.symbol],
        ["Code", unit.code],
        ["Id", el("code", {}, unit.id)],
      ]),
      metricTable(metrics.filter((m) => m.unit === unit.id)),
      correctionLink("units"),
    ],
  };
}
