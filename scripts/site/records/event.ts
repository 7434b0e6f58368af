import { capital, day, period, SCOPE_NAMES, when, words } from "../../../docs/explorer/parts/format.js";
import { between, el } from "../../../docs/explorer/parts/markup.js";
import { viewPath } from "../../../docs/explorer/parts/paths.js";
import { timeline } from "../../../src/timeline.js";
import type { CpecEvent } from "../../../src/types.js";
import { term } from "../glossary.js";
import {
  announcementsOf,
  eventsOfProject,
  figuresOfEvent,
  partsOfEvent,
  promisesOfEvent,
} from "../ledger.js";
import { linkedNode } from "../linked.js";
import type { Page } from "../page.js";
import {
  caveatsSection,
  citeSection,
  claimsSection,
  correctionLink,
  eventLink,
  facts,
  figureTable,
  list,
  organisationLink,
  placeLink,
  projectLink,
  promiseBox,
  sectorLink,
  tag,
} from "../parts.js";

const BASIS: Readonly<Record<string, string>> = {
  stated: "stated by a source",
  resolved: "worked out from the words of a source",
  inferred: "inferred from neighbouring dates",
};

/** An ISO duration of days in words. */
const lasted = (iso: string | undefined) => {
  const days = /^P(\d+)D$/.exec(iso ?? "")?.[1];
  return days === undefined ? iso : days === "1" ? "1 day" : `${days} days`;
};

export function eventPage(event: CpecEvent): Page {
  const { date } = event;
  const own = event.project
    ? timeline(eventsOfProject(event.project) as CpecEvent[]).map((t) => t.event)
    : [];
  const place = own.findIndex((e) => e.id === event.id);
  const promised = promisesOfEvent(event.id);
  return {
    path: `event/${event.id}.html`,
    title: event.title,
    description: `${capital(when(date))}, ${words(event.status)}. ${event.summary}`,
    crumbs: [
      ["Timeline", viewPath("timeline")],
      ...(event.project ? [[words(event.project), `../project/${event.project}.html`] as const] : []),
    ],
    about: linkedNode({ events: [event] }),
    body: [
      el("p", { class: "kicker" }, `Event · ${words(event.kind)}`),
      el("h1", {}, event.title),
      el("p", { class: "lead" }, event.summary),
      promiseBox(promised),
      facts([
        ["Date", capital(when(date))],
        [
          "On which day",
          date.precision === "day" || date.precision === "range"
            ? null
            : `no source says: between ${day(date.earliest)} and ${day(date.latest)}`,
        ],
        ["How dated", `${BASIS[date.basis]}${date.text ? `: “${date.text}”` : ""}`],
        ["Ended", event.endDate ? when(event.endDate) : null],
        ["Lasted", lasted(event.duration)],
        ["Status", tag(event.status)],
        ["Scope", term(event.scope, SCOPE_NAMES[event.scope] ?? event.scope)],
        ["Sectors", between(event.sectors.map(sectorLink))],
        ["Places", between(event.places.map(placeLink))],
        [
          "Organisations",
          list(event.organisations.map((o) => [organisationLink(o.id), ` (${words(o.role)})`])),
        ],
        ["Project", event.project ? projectLink(event.project) : null],
        ["Part of", event.partOf ? eventLink(event.partOf) : null],
        ["Announces", event.promises ? eventLink(event.promises) : null],
        ["Announced by", list(announcementsOf(event.id).map((e) => eventLink(e.id)))],
        [
          "Promised",
          list(
            event.promised.map((p) => [
              p.by === "unknown" ? "without a deadline" : `by ${period(p.by)}`,
              p.on ? `, on ${period(p.on)}` : null,
            ]),
          ),
        ],
        ["Parts", list(partsOfEvent(event.id).map((e) => eventLink(e.id)))],
        ["Before it in the project", place > 0 ? eventLink((own[place - 1] as CpecEvent).id) : null],
        ["After it in the project", own[place + 1] ? eventLink((own[place + 1] as CpecEvent).id) : null],
        ["Id", el("code", {}, event.id)],
      ]),
      caveatsSection(event.caveats),
      figureTable(figuresOfEvent(event.id), "Figures"),
      claimsSection(event.claims),
      event.promised.length > 0
        ? claimsSection(
            event.promised.flatMap((p) => p.claims),
            "Who promised it",
          )
        : null,
      event.outcome ? claimsSection(event.outcome.claims, "Who says how it ended") : null,
      citeSection(
        `${event.title}. ${capital(when(date))}, ${words(event.status)}.`,
        event,
        "event",
        event.id,
      ),
      correctionLink(`events/${event.id}`),
    ],
  };
}
