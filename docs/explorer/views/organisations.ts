import { EVENT_STATUSES } from "../../../src/vocabulary.js";
import { type Node, networkOf, networkSvg } from "../charts/network.js";
import { link, sectorLink } from "../parts/cells.js";
import { plural, words } from "../parts/format.js";
import { between } from "../parts/markup.js";
import { sectorName } from "../parts/sector-names.js";
import { figure, legend, type TableOf, type View } from "../parts/view.js";
import { eventsFor, namesOf } from "./timeline.js";

const MOST = 45;

const view: View<"events" | "organisations"> = {
  name: "organisations",
  needs: ["events", "organisations"],
  show({ events, organisations }, query, environment) {
    const names = namesOf(organisations);
    const [country, kind] = [query.get("country"), query.get("kind")];
    const { counts, links, partners } = networkOf(eventsFor(query, events, names));
    const filtered = [...query.keys()].some((key) => !/^(?:sort|page|figure)$/.test(key));
    // Without a filter all are listed, those too that are in no event.
    const listed = organisations
      .filter(
        (o) =>
          (!filtered || counts.has(o.id)) &&
          (!country || o.country === country) &&
          (!kind || o.kind === kind),
      )
      .map((o): Node => ({ ...o, count: counts.get(o.id) ?? 0 }))
      .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, "en"));
    const fitting = listed.filter((o) => o.count > 0);
    const most = fitting.slice(0, MOST);
    const often = (o: Node) => (partners.get(o.id) ?? []).slice(0, 3);
    const table: TableOf<Node> = {
      key: "organisations",
      caption: plural(listed.length, "organisation"),
      rows: listed,
      records: { file: "organisations", ids: listed.map((o) => o.id) },
      columns: [
        { label: "id", value: (o) => o.id, hidden: true },
        { label: "Organisation", value: (o) => o.name, show: (o) => link("organisation", o.id, o.name) },
        { label: "Kind", side: true, value: (o) => words(o.kind) },
        { label: "Country", value: (o) => o.nation },
        {
          label: "Parent",
          side: true,
          value: (o) => (o.parent === null ? null : (names.get(o.parent) ?? o.parent)),
          show: (o) => (o.parent ? link("organisation", o.parent, names.get(o.parent) ?? o.parent) : ""),
        },
        {
          label: "Sector",
          side: true,
          value: (o) => (o.sector === null ? null : sectorName(o.sector)),
          show: (o) => sectorLink(o.sector),
        },
        { label: "Events", value: (o) => o.count, numeric: true },
        {
          label: "Most often with",
          value: (o) =>
            often(o)
              .map((p) => names.get(p.id) ?? p.id)
              .join("; "),
          show: (o) =>
            between(
              often(o).map((p) => [link("organisation", p.id, names.get(p.id) ?? p.id), ` (${p.weight})`]),
            ),
        },
      ],
    };
    const nations = new Map(organisations.map((o) => [o.country, o.nation]));
    return {
      title: "Organisations",
      lead: `${plural(listed.length, "organisation")}: who takes part, and with whom. Two are joined when they take part in the same event, more strongly the more they share.${fitting.length > most.length ? ` Drawn are the ${most.length} with most events; the table has all.` : ""}`,
      filters: {
        statuses: EVENT_STATUSES,
        more: [
          {
            key: "country",
            label: "Country",
            choices: [["", "All"], ...[...nations].sort((a, b) => a[1].localeCompare(b[1], "en"))],
          },
          {
            key: "kind",
            label: "Kind",
            choices: [
              ["", "All"],
              ...[...new Set(organisations.map((o) => o.kind))].sort().map((k) => [k, words(k)] as const),
            ],
          },
        ],
      },
      tables: [table],
      parts: [
        most.length > 1
          ? figure(environment, {
              id: "network",
              title: "Who takes part with whom",
              note: "A mark grows with its events. China is round, Pakistan square, both countries a diamond, elsewhere a triangle. Names stand where there is room for them; the table has all.",
              legend: legend([
                ["China", "dot solid cancelled"],
                ["Pakistan", "solid ongoing"],
                ["both countries", "dot solid target"],
                ["elsewhere", "dot solid unverified"],
              ]),
              body: networkSvg(most, links),
            })
          : null,
        { table: "organisations" },
      ],
    };
  },
};
export default view;
