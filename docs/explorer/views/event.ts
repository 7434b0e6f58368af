import { events } from "../../../src/data/events.js";
import { observations } from "../../../src/data/observations.js";
import { getEvent, getProject } from "../../../src/find.js";
import { timeline } from "../../../src/timeline.js";
import { type Address, linkTo } from "../parts/address.js";
import { h, joined } from "../parts/dom.js";
import { figuresTable } from "../parts/figures.js";
import { capital, day, SCOPE_NAMES, when, words } from "../parts/format.js";
import { eventLink, organisationLink, placeLink, sectorLink } from "../parts/names.js";
import { caveatsSection, citeSection, claimsSection, facts, mendLink, notFound } from "../parts/record.js";

const BASIS: Readonly<Record<string, string>> = {
  stated: "stated by a source",
  resolved: "worked out from the words of a source",
  inferred: "inferred from neighbouring dates",
};

export default function view({ id }: Address): Node[] {
  const event = getEvent(id ?? "");
  if (!event) return notFound("event", id);
  const { date } = event;
  const parts = events.filter((e) => e.partOf === event.id);
  const promisedBy = events.filter((e) => e.promises === event.id);
  const figures = observations.filter(
    (o) => o.event === event.id || (o.subject.type === "event" && o.subject.id === event.id),
  );
  const project = event.project && getProject(event.project);
  const list = (rows: typeof parts) =>
    h(
      "ul",
      {},
      timeline(rows).map((t) => h("li", {}, eventLink(t.event.id))),
    );
  return [
    h("p", { class: "kicker" }, "Event · ", words(event.kind)),
    h("h1", {}, event.title),
    h("p", { class: "lead" }, event.summary),
    facts([
      ["Date", capital(when(date))],
      [
        "On which day",
        date.precision === "day" || date.precision === "range"
          ? undefined
          : `no source says: between ${day(date.earliest)} and ${day(date.latest)}`,
      ],
      ["How dated", BASIS[date.basis] + (date.text ? `: “${date.text}”` : "")],
      ["Ended", event.endDate && when(event.endDate)],
      ["Lasted", event.duration],
      ["Status", h("span", { class: `tag ${event.status}` }, words(event.status))],
      ["Scope", SCOPE_NAMES[event.scope]],
      ["Sectors", joined(event.sectors.map(sectorLink)) as Node[]],
      ["Places", joined(event.places.map(placeLink)) as Node[]],
      [
        "Organisations",
        event.organisations.length > 0 &&
          h(
            "ul",
            { class: "plain" },
            event.organisations.map((o) => h("li", {}, organisationLink(o.id), ` (${words(o.role)})`)),
          ),
      ],
      ["Project", project && linkTo("project", project.id, project.name)],
      ["Part of", event.partOf && eventLink(event.partOf)],
      ["Promises", event.promises && eventLink(event.promises)],
      ["Promised by", promisedBy.length > 0 && list(promisedBy)],
      ["Parts", parts.length > 0 && list(parts)],
      ["Id", h("code", {}, event.id)],
    ]),
    caveatsSection(event.caveats),
    figures.length > 0 && figuresTable(figures, "Figures"),
    claimsSection(event.claims),
    citeSection(event),
    mendLink(`events/${event.id}`),
  ].filter((n): n is HTMLElement => Boolean(n));
}
