/** Pages of the closed vocabularies: sectors, places and units. */
import { events } from "../../../src/data/events.js";
import { metrics } from "../../../src/data/metrics.js";
import { observations } from "../../../src/data/observations.js";
import { places } from "../../../src/data/places.js";
import { filterEvents, filterObservations } from "../../../src/filter.js";
import { getPlace, getSector, getUnit } from "../../../src/find.js";
import type { Metric } from "../../../src/types.js";
import { type Address, linkTo } from "../parts/address.js";
import { h, joined } from "../parts/dom.js";
import { figuresTable } from "../parts/figures.js";
import { words } from "../parts/format.js";
import { placeLink } from "../parts/names.js";
import { facts, mendLink, notFound } from "../parts/record.js";
import { table } from "../parts/table.js";
import { eventTable } from "./timeline.js";

const metricTable = (rows: readonly Metric[]) =>
  table({
    caption: "Metrics",
    rows,
    columns: [
      { label: "Metric", value: (m) => m.name, show: (m) => linkTo("metric", m.id, m.name) },
      { label: "Definition", value: (m) => m.definition },
      { label: "Values", value: (m) => m.observations.length, numeric: true },
    ],
  });

function sector(id: string): Node[] {
  const record = getSector(id);
  if (!record) return notFound("sector", id);
  const own = filterEvents(events, { sector: id });
  return [
    h("p", { class: "kicker" }, "Sector · ", words(record.group)),
    h("h1", {}, record.name),
    h("p", { class: "lead" }, record.definition),
    h(
      "p",
      { class: "jump" },
      linkTo("timeline", undefined, "On the timeline", { sector: id }),
      " · ",
      linkTo("metrics", undefined, "Its metrics", { sector: id }),
      " · ",
      linkTo("promises", undefined, "Its promises", { sector: id }),
    ),
    facts([
      ["ISIC Rev. 4", record.codes.isic.join(", ")],
      ["ICT sector of the OECD", record.codes.oecdIct ? "yes" : "no"],
      ["OECD CRS purpose", record.codes.crs.join(", ")],
      ["Id", h("code", {}, record.id)],
    ]),
    metricTable(metrics.filter((m) => m.sector === id)),
    eventTable(own, "Events", `events-${id}`),
  ];
}

function place(id: string): Node[] {
  const record = getPlace(id);
  if (!record) return notFound("place", id);
  const inside = places.filter((p) => p.within === id);
  const figures = filterObservations(observations, { place: id });
  return [
    h("p", { class: "kicker" }, "Place · ", record.kind),
    h("h1", {}, record.name),
    facts([
      ["ISO 3166", record.iso],
      ["Within", record.within && placeLink(record.within)],
      ["Holds", joined(inside.map((p) => placeLink(p.id))) as Node[]],
      ["Id", h("code", {}, record.id)],
    ]),
    eventTable(filterEvents(events, { place: id }), "Events", `events-${id}`),
    ...(figures.length > 0 ? [figuresTable(figures, "Figures", `figures-${id}`)] : []),
  ];
}

function unit(id: string): Node[] {
  const record = getUnit(id);
  if (!record) return notFound("unit", id);
  return [
    h("p", { class: "kicker" }, "Unit · ", record.kind),
    h("h1", {}, record.name),
    facts([
      ["Symbol", record.symbol],
      ["Code", record.code],
      ["Id", h("code", {}, record.id)],
    ]),
    metricTable(metrics.filter((m) => m.unit === id)),
  ];
}

const PAGES: Readonly<Record<string, (id: string) => Node[]>> = { sector, place, unit };

export default function view({ view, id }: Address): Node[] {
  const page = (PAGES[view] as (id: string) => Node[])(id ?? "");
  const mend = mendLink(`${view}s`);
  return mend ? [...page, mend] : page;
}
