import { countryName } from "../../../docs/explorer/parts/countries.js";
import { period, plural, words } from "../../../docs/explorer/parts/format.js";
import { between, el } from "../../../docs/explorer/parts/markup.js";
import { viewPath } from "../../../docs/explorer/parts/paths.js";
import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { filterEvents, filterObservations } from "../../../src/filter.js";
import { getOrganisation } from "../../../src/find.js";
import { network } from "../../../src/network.js";
import { type PromiseRecord, promises } from "../../../src/promises.js";
import type { Organisation } from "../../../src/types.js";
import { childrenOf, ledger, projectsOfOrganisation } from "../ledger.js";
import { linkedNode } from "../linked.js";
import type { Page } from "../page.js";
import {
  citeSection,
  claimsSection,
  correctionLink,
  eventTable,
  facts,
  figureTable,
  list,
  organisationLink,
  projectLink,
  promiseTable,
  sectorLink,
} from "../parts.js";

const partners = (id: string, links: ReturnType<typeof network>["links"]) =>
  links
    .filter((l) => l.source === id || l.target === id)
    .map((l) => ({ id: l.source === id ? l.target : l.source, weight: l.weight }));

/** What it counts under in a filter: its own promises and those of bodies that were its subsidiaries then. */
const promisesOf = (id: Organisation["id"]): readonly PromiseRecord[] => {
  const family = new Set([id as string, ...descendants(id)]);
  return family.size === 1
    ? ledger.filter((p) => p.organisations.includes(id))
    : promises({ organisation: id });
};
function descendants(id: string, seen = new Set<string>()): Set<string> {
  for (const child of childrenOf(id))
    if (!seen.has(child.id)) {
      seen.add(child.id);
      descendants(child.id, seen);
    }
  return seen;
}

export function organisationPage(organisation: Organisation): Page {
  const { id, name } = organisation;
  const own = filterEvents(events, { organisation: id });
  const figures = filterObservations(observations, { organisation: id });
  const promised = promisesOf(id);
  const often = partners(id, network(own).links).slice(0, 8);
  /** A window is one unknown day in it. */
  const moment = (edtf: string) =>
    edtf.includes("/") ? `some day between ${period(edtf).replace(" to ", " and ")}` : period(edtf);
  const time = (from?: string, until?: string) =>
    [from && `from ${moment(from)}`, until && `until ${moment(until)}`].filter(Boolean).join(" ");
  const counted = `${plural(own.length, "event")}, ${plural(figures.length, "figure")} and ${plural(promised.length, "promise")} of it and its subsidiaries`;
  return {
    path: `organisation/${id}.html`,
    title: name,
    description: `${organisation.description ?? `${words(organisation.kind)}, ${countryName(organisation.country)}.`} ${counted}, with their sources.`,
    crumbs: [["Organisations", viewPath("organisations")]],
    about: linkedNode({ organisations: [organisation] }),
    body: [
      el("p", { class: "kicker" }, `Organisation · ${words(organisation.kind)}`),
      el("h1", {}, name),
      organisation.description ? el("p", { class: "lead" }, organisation.description) : null,
      el(
        "p",
        { class: "jump" },
        `${counted}. `,
        between(
          [
            el("a", { href: viewPath("timeline", { organisation: id }) }, "On the timeline"),
            el("a", { href: viewPath("metrics", { organisation: id }) }, "Its metrics"),
            el("a", { href: viewPath("promises", { organisation: id }) }, "Its promises"),
          ],
          " · ",
        ),
      ),
      facts([
        ["Country", countryName(organisation.country)],
        [
          "Also known as",
          between(
            organisation.names.map((n) =>
              el("span", { lang: n.lang ?? null }, n.name, n.use === "alias" ? "" : ` (${n.use})`),
            ),
          ),
        ],
        [
          "Owned by",
          list(
            organisation.parents.map((p) => [
              organisationLink(p.organisation),
              ` ${[p.share !== undefined && `${p.share} %`, time(p.from, p.until)].filter(Boolean).join(", ")}`,
            ]),
          ),
        ],
        ["Owns", list(childrenOf(id).map((c) => organisationLink(c.id)))],
        ["Sectors", between(organisation.sectors.map(sectorLink))],
        ["Projects", list(projectsOfOrganisation(id).map((p) => projectLink(p.id)))],
        [
          "Most often with",
          list(often.map((p) => [organisationLink(p.id), ` (${plural(p.weight, "event")})`])),
        ],
        ["Registers", list(organisation.identifiers.map((i) => `${i.scheme}: ${i.id}`))],
        ["Id", el("code", {}, id)],
      ]),
      promiseTable(promised, "Promises and what came of them"),
      figureTable(figures, "Figures", {
        rest: el("a", { href: viewPath("metrics", { organisation: id }) }, "All of them, with filters"),
      }),
      eventTable(
        own,
        "Events",
        el(
          "a",
          { href: viewPath("timeline", { organisation: id }) },
          "All on the timeline, with filters and CSV",
        ),
      ),
      organisation.parents.map((p) =>
        claimsSection(
          p.claims,
          `Who says that ${getOrganisation(p.organisation)?.name ?? p.organisation} owned it`,
        ),
      ),
      claimsSection(organisation.claims),
      citeSection(`${name}.`, organisation, "organisation", id),
      correctionLink(`organisations/${id}`),
    ],
  };
}
