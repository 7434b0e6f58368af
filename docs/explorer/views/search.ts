import MiniSearch from "minisearch";
import { events } from "../../../src/data/events.js";
import { metrics } from "../../../src/data/metrics.js";
import { observations } from "../../../src/data/observations.js";
import { organisations } from "../../../src/data/organisations.js";
import { places } from "../../../src/data/places.js";
import { projects } from "../../../src/data/projects.js";
import { sectors } from "../../../src/data/sectors.js";
import { sources } from "../../../src/data/sources.js";
import { units } from "../../../src/data/units.js";
import { foldName } from "../../../src/text.js";
import { type Address, linkTo } from "../parts/address.js";
import { h } from "../parts/dom.js";
import { plural, when, words } from "../parts/format.js";

interface Entry {
  readonly id: string;
  readonly view: string;
  readonly record: string;
  readonly title: string;
  readonly names: string;
  readonly text: string;
  readonly about: string;
}

const entry = (
  view: string,
  record: string,
  title: string,
  names: string,
  text: string,
  about: string,
): Entry => ({
  id: `${view}/${record}`,
  view,
  record,
  title,
  names: `${names} ${words(record)}`,
  text,
  about,
});

function entries(): Entry[] {
  return [
    ...organisations.map((o) =>
      entry(
        "organisation",
        o.id,
        o.name,
        o.names.map((n) => n.name).join(" "),
        o.description ?? "",
        words(o.kind),
      ),
    ),
    ...projects.map((p) => entry("project", p.id, p.name, "", p.summary, p.summary)),
    ...metrics.map((m) =>
      entry("metric", m.id, m.name, "", m.definition, plural(m.observations.length, "value")),
    ),
    ...events.map((e) =>
      entry(
        "event",
        e.id,
        e.title,
        e.organisations.map((o) => words(o.id)).join(" "),
        e.summary,
        `${when(e.date)}, ${words(e.status)}`,
      ),
    ),
    ...sectors.map((s) => entry("sector", s.id, s.name, "", s.definition, s.definition)),
    ...places.map((p) => entry("place", p.id, p.name, p.iso ?? "", "", p.kind)),
    ...units.map((u) => entry("unit", u.id, u.name, `${u.symbol} ${u.code ?? ""}`, "", u.kind)),
    ...sources.map((s) =>
      entry("source", s.id, s.title, s.publisher, "", `${s.publisher}, ${s.published ?? "undated"}`),
    ),
  ];
}

const GROUPS: readonly (readonly [view: string, heading: string, weight: number])[] = [
  ["organisation", "Organisations", 3],
  ["project", "Projects", 3],
  ["metric", "Metrics", 2.5],
  ["event", "Events", 1.5],
  ["sector", "Sectors", 2],
  ["place", "Places", 2],
  ["unit", "Units", 1],
  ["source", "Sources", 0.5],
];
const WEIGHT = new Map(GROUPS.map(([view, , weight]) => [view, weight]));

let built: Promise<MiniSearch<Entry>> | undefined;
/** Built on the first search, in slices, so that typing never waits for it. */
function index(): Promise<MiniSearch<Entry>> {
  built ??= (async () => {
    const search = new MiniSearch<Entry>({
      fields: ["title", "names", "text"],
      storeFields: ["view", "record", "title", "about"],
      processTerm: (term) => foldName(term) || null,
      searchOptions: {
        boost: { title: 4, names: 3 },
        prefix: true,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        combineWith: "AND",
        boostDocument: (_, __, stored) => WEIGHT.get(stored?.view as string) ?? 1,
      },
    });
    await search.addAllAsync(entries(), { chunkSize: 200 });
    return search;
  })();
  return built;
}

/** Small words that no record is about. */
const IDLE = new Set(
  "a an and did do does for from has have how in is it of on the there to was were what when where which who with".split(
    " ",
  ),
);
const PER_GROUP = 8;

export default async function view({ query }: Address): Promise<Node[]> {
  const q = query.get("q") ?? "";
  const more = query.get("in");
  const search = await index();
  const asked = foldName(q)
    .split(" ")
    .filter((word) => !IDLE.has(word))
    .join(" ");
  // All words together if anything has them, else any of them.
  const figure = observations.find((o) => o.id === q.trim());
  const strict = search.search(asked);
  const hits = strict.length > 0 ? strict : search.search(asked, { combineWith: "OR" });
  const groups = GROUPS.map(([view, heading]) => ({
    view,
    heading,
    hits: hits.filter((hit) => hit.view === view),
  }))
    .filter((g) => g.hits.length > 0 && (!more || g.view === more))
    .sort((a, b) => (b.hits[0]?.score ?? 0) - (a.hits[0]?.score ?? 0));
  return [
    h("h1", {}, q ? `Search: ${q}` : "Search"),
    h(
      "p",
      { class: "lead", role: "status" },
      !q
        ? "Type into the field above: names, acronyms, places, topics, publishers."
        : `${plural(hits.length + (figure ? 1 : 0), "record")} found.`,
    ),
    ...(figure ? [h("p", {}, "Figure: ", linkTo("observation", figure.id, figure.id))] : []),
    ...groups.map((g) =>
      h(
        "section",
        { class: "hits" },
        h("h2", {}, `${g.heading} (${g.hits.length})`),
        h(
          "ul",
          {},
          g.hits
            .slice(0, more ? 200 : PER_GROUP)
            .map((hit) =>
              h(
                "li",
                {},
                linkTo(hit.view as string, hit.record as string, hit.title as string),
                h("span", { class: "quiet" }, ` ${hit.about as string}`),
              ),
            ),
        ),
        !more &&
          g.hits.length > PER_GROUP &&
          h("p", {}, linkTo("search", undefined, `All ${g.hits.length}`, { q, in: g.view })),
      ),
    ),
  ];
}
