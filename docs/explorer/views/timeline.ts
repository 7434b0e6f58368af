import { EVENT_STATUSES } from "../../../src/vocabulary.js";
import { FEW, lanes, yearBars } from "../charts/years.js";
import { few, link, sectorLink, tag } from "../parts/cells.js";
import { day, number, plural, SCOPE_NAMES, words } from "../parts/format.js";
import type { EventRow, EventText, Indices, ListedEvent } from "../parts/indices.js";
import { el } from "../parts/markup.js";
import { sectorName } from "../parts/sector-names.js";
import { type Query, sharedFilter, statusFilter } from "../parts/state.js";
import { figure, legend, type TableOf, type View } from "../parts/view.js";

export const namesOf = (organisations: Indices["organisations"]) =>
  new Map(organisations.map((o) => [o.id, o.name]));

/** The events that an address asks for. */
export function eventsFor<E extends EventRow>(
  query: Query,
  events: readonly E[],
  names: ReadonlyMap<string, string>,
) {
  const [fits, status] = [sharedFilter(query, names), statusFilter(query, EVENT_STATUSES)];
  return events.filter((e) => fits(e) && status(e.status));
}

/** The table of events, the newest first. */
const eventTable = (
  rows: readonly ListedEvent[],
  names: ReadonlyMap<string, string>,
): TableOf<ListedEvent> => {
  const newest = [...rows].sort((a, b) => (a.start + a.end + a.id < b.start + b.end + b.id ? 1 : -1));
  return {
    key: "events",
    caption: "Events, the newest first",
    rows: newest,
    records: { file: "events", ids: newest.map((e) => e.id) },
    columns: [
      { label: "id", value: (e) => e.id, hidden: true },
      { label: "Date", value: (e) => e.start, show: (e) => e.date ?? day(e.start) },
      { label: "latest", value: (e) => e.end, hidden: true },
      { label: "Event", value: (e) => e.title, show: (e) => link("event", e.id, e.title) },
      { label: "Kind", side: true, value: (e) => words(e.kind) },
      { label: "Status", value: (e) => e.status, show: (e) => tag(e.status) },
      {
        label: "Sector",
        value: (e) => e.sectors.map(sectorName).join("; "),
        show: (e) => sectorLink(e.sectors[0]),
      },
      {
        label: "Organisations",
        value: (e) => e.own.map((id) => names.get(id) ?? id).join("; "),
        show: (e) => few(e.own.map((id) => link("organisation", id, names.get(id) ?? id))),
      },
      { label: "Scope", side: true, value: (e) => e.scope, show: (e) => SCOPE_NAMES[e.scope] ?? e.scope },
      { label: "Sources", side: true, value: (e) => e.sources, numeric: true },
    ],
  };
};

const view: View<"events" | "event-texts" | "organisations"> = {
  name: "timeline",
  needs: ["events", "event-texts", "organisations"],
  show({ events, "event-texts": texts, organisations }, query, environment) {
    const names = namesOf(organisations);
    const listed = events.map((e, i): ListedEvent => ({ ...e, ...(texts[i] as EventText) }));
    const found = eventsFor(query, listed, names);
    const windows = found.filter((e) => e.start.slice(0, 4) !== e.end.slice(0, 4)).length;
    const drawn = found.length <= FEW;
    const present = EVENT_STATUSES.filter((s) => found.some((e) => e.status === s));
    return {
      title: "Timeline",
      lead: [
        el("strong", {}, `${plural(found.length, "event")}`),
        `: what happened, and what was announced for a date, in all scopes unless you choose one.`,
      ],
      filters: { statuses: EVENT_STATUSES },
      tables: [eventTable(found, names)],
      parts: [
        found.length > windows
          ? figure(environment, {
              id: "years",
              title: `Events a year: ${plural(found.length - windows, "event")} whose year is known`,
              note: [
                windows > 0 && `${number(windows)} more lie in windows over several years and are in no bar.`,
                "A bar leads to its year.",
              ]
                .filter(Boolean)
                .join(" "),
              legend: legend([
                ["happened or ongoing", "block occurred"],
                ["planned, put off, cancelled or unverified", "block planned solid"],
              ]),
              body: yearBars(found, query),
            })
          : null,
        drawn && found.length > 0
          ? figure(environment, {
              id: "timeline",
              title: `${plural(found.length, "event")} by sector and time`,
              note: "A dot is a known day, a bar the window in which an event lies; a line leads to the end of what lasted.",
              legend: legend([
                ...present.map((s) => [words(s), `dot ${s}`] as const),
                ["window of days", "bar occurred"],
              ]),
              body: lanes(found, environment.width),
            })
          : null,
        drawn
          ? null
          : el("p", { class: "quiet" }, `Filter to ${FEW} events or fewer to see each in its time.`),
        { table: "events" },
      ],
    };
  },
};
export default view;
