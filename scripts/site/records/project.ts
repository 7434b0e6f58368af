import { capital, day, SCOPE_NAMES, words } from "../../../docs/explorer/parts/format.js";
import { mapSvg } from "../../../docs/explorer/parts/map-svg.js";
import { between, el } from "../../../docs/explorer/parts/markup.js";
import { viewPath } from "../../../docs/explorer/parts/paths.js";
import { observations } from "../../../src/data/observations.js";
import { projects } from "../../../src/data/projects.js";
import { filterObservations } from "../../../src/filter.js";
import { getPlace } from "../../../src/find.js";
import { projectStatus } from "../../../src/project-status.js";
import type { Project } from "../../../src/types.js";
import { term } from "../glossary.js";
import { eventsOfProject, partsOfProject, promisesOfProject } from "../ledger.js";
import { linkedNode } from "../linked.js";
import { figureOf, type Page } from "../page.js";
import {
  citeSection,
  claimsSection,
  correctionLink,
  eventLink,
  eventTable,
  facts,
  figureTable,
  link,
  list,
  organisationLink,
  placeLink,
  projectLink,
  promiseBox,
  promiseTable,
  sectorLink,
} from "../parts.js";

/** Projects of the same sector and place, which a reader may have meant. */
const siblings = (project: Project) =>
  projects
    .filter(
      (p) =>
        p.id !== project.id &&
        p.partOf !== project.id &&
        project.partOf !== p.id &&
        p.sectors[0] === project.sectors[0] &&
        p.places.some((place) => place !== "pakistan" && project.places.includes(place)),
    )
    .slice(0, 6);

export function projectPage(project: Project): Page {
  const status = projectStatus(project);
  const figures = filterObservations(observations, { project: project.id });
  const own = eventsOfProject(project.id);
  const promised = promisesOfProject(project.id);
  const word =
    status.newestWord === undefined
      ? "No dated source speaks of it."
      : `The newest report on it dates from ${day(status.newestWord)}.`;
  const state = `${capital(words(status.state))}${status.since ? ` since ${day(status.since)} at the latest` : ""}, as known on ${day(status.asOf)}.`;
  const route = project.route.flatMap((id) => getPlace(id) ?? []);
  return {
    path: `project/${project.id}.html`,
    title: project.name,
    description: `${state} ${word} ${project.summary}`,
    crumbs: [["Promises", viewPath("promises")]],
    about: linkedNode({ projects: [project] }),
    body: [
      el("p", { class: "kicker" }, "Project"),
      el("h1", {}, project.name),
      el("p", { class: "lead" }, project.summary),
      el(
        "p",
        { class: "answer" },
        el("strong", {}, capital(words(status.state))),
        state.slice(words(status.state).length),
        ` ${word} `,
        status.event
          ? ["Rests on: ", eventLink(status.event), "."]
          : status.observation
            ? [link("observation", status.observation, "Rests on a figure"), "."]
            : "No source known by then says anything of its state.",
      ),
      promiseBox(promised),
      facts([
        ["Scope", term(project.scope, SCOPE_NAMES[project.scope] ?? project.scope)],
        ["Sectors", between(project.sectors.map(sectorLink))],
        ["Places", between(project.places.map(placeLink))],
        ["Route", between(project.route.map(placeLink), " – ")],
        [
          "Organisations",
          list(project.organisations.map((o) => [organisationLink(o.id), ` (${words(o.role)})`])),
        ],
        ["Part of", project.partOf ? projectLink(project.partOf) : null],
        ["Parts", list(partsOfProject(project.id).map((p) => projectLink(p.id)))],
        ["Near it, in the same sector", list(siblings(project).map((p) => projectLink(p.id)))],
        ["Registers", list(project.identifiers.map((i) => `${i.scheme}: ${i.id}`))],
        ["Id", el("code", {}, project.id)],
      ]),
      route.filter((p) => p.latitude !== undefined).length > 1
        ? figureOf(
            "route",
            `Route: ${project.name}`,
            mapSvg([], [{ id: project.id, name: project.name, places: route }]),
            "Straight lines between the places named by sources; the course between them is not known. Lines of latitude and longitude every ten degrees, no coast and no borders.",
          )
        : null,
      promised.length > 1 ? promiseTable(promised, "Promises and what came of them") : null,
      eventTable(own, "Events, the newest first"),
      figureTable(figures, "Figures"),
      claimsSection(project.claims),
      citeSection(
        `${project.name}. ${state}`,
        project.claims.length > 0 ? project : status,
        "project",
        project.id,
      ),
      correctionLink(`projects/${project.id}`),
    ],
  };
}
