import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { organisations } from "../../../src/data/organisations.js";
import { projects } from "../../../src/data/projects.js";
import { sources } from "../../../src/data/sources.js";
import { getSource } from "../../../src/find.js";
import { type Address, linkTo } from "../parts/address.js";
import { h, outward } from "../parts/dom.js";
import { figuresTable } from "../parts/figures.js";
import { capital, words } from "../parts/format.js";
import { organisationLink } from "../parts/names.js";
import { caveatsSection, citeSection, facts, mendLink, notFound, sourceLink } from "../parts/record.js";
import { eventTable } from "./timeline.js";

export default function view({ id }: Address): Node[] {
  const source = getSource(id ?? "");
  if (!source) return notFound("source", id);
  const tells = (r: { claims: readonly { source: string }[] }) =>
    r.claims.some((c) => c.source === source.id);
  const own = events.filter(tells);
  const figures = observations.filter(tells);
  const bodies = organisations.filter((o) => tells(o) || o.parents.some(tells));
  const threads = projects.filter(tells);
  const copies = source.origin ? sources.filter((s) => s.origin === source.origin && s.id !== source.id) : [];
  const list = (items: readonly Node[]) =>
    h(
      "ul",
      { class: "plain" },
      items.map((item) => h("li", {}, item)),
    );
  return [
    h("p", { class: "kicker" }, "Source · ", words(source.kind)),
    h("h1", {}, source.title),
    facts([
      ["Publisher", source.publisher],
      ["Published", source.published ?? "no date shown"],
      ["Address", source.url ? outward(source.url, source.url) : "none known"],
      ["Archived copy", source.archivedUrl && outward(source.archivedUrl, source.archivedUrl)],
      ["Language", new Intl.DisplayNames("en", { type: "language" }).of(source.language)],
      ["Read", source.accessed],
      ["Read as", source.seen],
      ["Copies of the same story", copies.length > 0 && list(copies.map((s) => sourceLink(s.id)))],
      ["Organisations", bodies.length > 0 && list(bodies.map((o) => organisationLink(o.id)))],
      ["Projects", threads.length > 0 && list(threads.map((p) => linkTo("project", p.id, p.name)))],
      ["Id", h("code", {}, source.id)],
    ]),
    caveatsSection(source.caveats),
    own.length > 0 && eventTable(own, capital("events that it tells of"), `events-${source.id}`),
    figures.length > 0 && figuresTable(figures, "Figures that it gives", `figures-${source.id}`),
    citeSection(source),
    mendLink(`sources/${source.id}`),
  ].filter((n): n is HTMLElement => Boolean(n));
}
