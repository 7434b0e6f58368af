import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { organisations } from "../../../src/data/organisations.js";
import { projects } from "../../../src/data/projects.js";
import { compareDelivery } from "../../../src/delivery.js";
import { filterEvents, filterObservations } from "../../../src/filter.js";
import { getOrganisation } from "../../../src/find.js";
import { network } from "../../../src/network.js";
import { type Address, linkTo } from "../parts/address.js";
import { countryName } from "../parts/countries.js";
import { deliveryTable } from "../parts/deliveries.js";
import { h, joined } from "../parts/dom.js";
import { figuresTable } from "../parts/figures.js";
import { capital, plural, words } from "../parts/format.js";
import { organisationLink, sectorLink } from "../parts/names.js";
import { citeSection, claimsSection, facts, mendLink, notFound } from "../parts/record.js";
import { partners } from "./organisations.js";
import { eventTable } from "./timeline.js";

export default function view({ id }: Address): Node[] {
  const organisation = getOrganisation(id ?? "");
  if (!organisation) return notFound("organisation", id);
  const own = filterEvents(events, { organisation: organisation.id });
  const figures = filterObservations(observations, { organisation: organisation.id });
  const promises = compareDelivery({ rows: figures });
  const children = organisations.filter((o) => o.parents.some((p) => p.organisation === organisation.id));
  const threads = projects.filter((p) => p.organisations.some((o) => o.id === organisation.id));
  const often = partners(organisation.id, network(own).links).slice(0, 8);
  const list = (items: readonly (Node | string)[][]) =>
    h(
      "ul",
      { class: "plain" },
      items.map((item) => h("li", {}, item)),
    );
  const time = (from?: string, until?: string) =>
    [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(" ");
  return [
    h("p", { class: "kicker" }, "Organisation · ", words(organisation.kind)),
    h("h1", {}, organisation.name),
    organisation.description && h("p", { class: "lead" }, organisation.description),
    h(
      "p",
      { class: "jump" },
      `${plural(own.length, "event")}, ${plural(figures.length, "figure")} and ${plural(promises.length, "promise")} of it and its subsidiaries. `,
      linkTo("timeline", undefined, "On the timeline", { organisation: organisation.id, scope: "all" }),
      " · ",
      linkTo("metrics", undefined, "Its metrics", { organisation: organisation.id }),
      " · ",
      linkTo("promises", undefined, "Its promises", { organisation: organisation.id }),
    ),
    facts([
      ["Country", countryName(organisation.country)],
      [
        "Also known as",
        joined(
          organisation.names.map((n) =>
            h("span", { lang: n.lang }, n.name, n.use === "alias" ? "" : ` (${n.use})`),
          ),
        ) as Node[],
      ],
      [
        "Owned by",
        organisation.parents.length > 0 &&
          list(
            organisation.parents.map((p) => [
              organisationLink(p.organisation),
              ` ${[p.share !== undefined && `${p.share} %`, time(p.from, p.until)].filter(Boolean).join(", ")}`,
            ]),
          ),
      ],
      ["Owns", children.length > 0 && list(children.map((c) => [organisationLink(c.id)]))],
      ["Sectors", joined(organisation.sectors.map(sectorLink)) as Node[]],
      ["Projects", threads.length > 0 && list(threads.map((p) => [linkTo("project", p.id, p.name)]))],
      [
        "Most often with",
        often.length > 0 &&
          list(often.map((p) => [organisationLink(p.id), ` (${plural(p.weight, "event")})`])),
      ],
      [
        "Registers",
        organisation.identifiers.length > 0 &&
          list(organisation.identifiers.map((i) => [`${i.scheme}: ${i.id}`])),
      ],
      ["Id", h("code", {}, organisation.id)],
    ]),
    figures.length > 0 && figuresTable(figures, "Figures", `figures-${organisation.id}`),
    promises.length > 0 && deliveryTable(promises),
    own.length > 0 && eventTable(own, capital("events"), `events-${organisation.id}`),
    ...organisation.parents.map((p) =>
      claimsSection(
        p.claims,
        `Who says that ${getOrganisation(p.organisation)?.name ?? p.organisation} owned it`,
      ),
    ),
    claimsSection(organisation.claims),
    citeSection(organisation),
    mendLink(`organisations/${organisation.id}`),
  ].filter((n): n is HTMLElement => Boolean(n));
}
