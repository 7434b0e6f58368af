import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { projects } from "../../../src/data/projects.js";
import { compareDelivery } from "../../../src/delivery.js";
import { filterEvents, filterObservations } from "../../../src/filter.js";
import { getProject } from "../../../src/find.js";
import { projectStatus } from "../../../src/project-status.js";
import { type Address, linkTo } from "../parts/address.js";
import { deliveryChart, deliveryTable } from "../parts/deliveries.js";
import { h, joined } from "../parts/dom.js";
import { figuresTable } from "../parts/figures.js";
import { filterForm } from "../parts/filters.js";
import { capital, day, SCOPE_NAMES, words } from "../parts/format.js";
import { eventLink, organisationLink, placeLink, sectorLink } from "../parts/names.js";
import { citeSection, claimsSection, facts, mendLink, notFound } from "../parts/record.js";
import { asOfField, asOfFrom } from "./promises.js";
import { eventTable } from "./timeline.js";

export default function view({ id, query }: Address): Node[] {
  const project = getProject(id ?? "");
  if (!project) return notFound("project", id);
  const asOf = asOfFrom(query);
  const status = projectStatus(project, { asOf });
  const own = filterEvents(events, { project: project.id });
  const figures = filterObservations(observations, { project: project.id });
  const promises = compareDelivery({ rows: figures, asOf });
  const parts = projects.filter((p) => p.partOf === project.id);
  const list = (items: readonly (Node | string)[][]) =>
    h(
      "ul",
      { class: "plain" },
      items.map((item) => h("li", {}, item)),
    );
  return [
    h("p", { class: "kicker" }, "Project"),
    h("h1", {}, project.name),
    h("p", { class: "lead" }, project.summary),
    filterForm({ without: ["sector", "organisation", "scope", "years"], more: [asOfField(asOf)] }),
    h(
      "p",
      { class: "answer" },
      h("strong", {}, capital(words(status.state))),
      status.since
        ? ` since ${day(status.since)} at the latest, as known on ${day(asOf)}. `
        : ` as known on ${day(asOf)}. `,
      status.event
        ? ["Rests on: ", eventLink(status.event), "."]
        : status.observation
          ? [linkTo("observation", status.observation, "Rests on a figure"), "."]
          : "No source known by then says anything of it.",
    ),
    facts([
      ["Scope", SCOPE_NAMES[project.scope]],
      ["Sectors", joined(project.sectors.map(sectorLink)) as Node[]],
      ["Places", joined(project.places.map(placeLink)) as Node[]],
      [
        "Organisations",
        project.organisations.length > 0 &&
          list(project.organisations.map((o) => [organisationLink(o.id), ` (${words(o.role)})`])),
      ],
      [
        "Part of",
        project.partOf &&
          linkTo("project", project.partOf, getProject(project.partOf)?.name ?? project.partOf),
      ],
      ["Parts", parts.length > 0 && list(parts.map((p) => [linkTo("project", p.id, p.name)]))],
      ["Id", h("code", {}, project.id)],
    ]),
    deliveryChart(promises),
    promises.length > 0 && deliveryTable(promises),
    figures.length > 0 && figuresTable(figures, "Figures", `figures-${project.id}`),
    own.length > 0 && eventTable(own, "Events", `events-${project.id}`),
    claimsSection(project.claims),
    citeSection(project.claims.length > 0 ? project : status),
    mendLink(`projects/${project.id}`),
  ].filter((n): n is HTMLElement => Boolean(n));
}
