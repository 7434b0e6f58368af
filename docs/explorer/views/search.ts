import MiniSearch from "minisearch";
import { foldName } from "../../../src/text.js";
import { type Address, linkTo } from "../parts/address.js";
import { h } from "../parts/dom.js";
import { plural } from "../parts/format.js";
import { recordPath } from "../parts/paths.js";

type Line = readonly [kind: string, href: string, title: string, names: string, text: string, about: string];

const GROUPS: readonly (readonly [kind: string, heading: string, weight: number])[] = [
  ["view", "Views", 4],
  ["organisation", "Organisations", 3],
  ["project", "Projects", 3],
  ["metric", "Metrics", 2.5],
  ["word", "Glossary", 2.2],
  ["promise", "Promises", 1.6],
  ["event", "Events", 1.5],
  ["sector", "Sectors", 2],
  ["place", "Places", 2],
  ["guide", "Guides", 1.2],
  ["unit", "Units", 1],
  ["source", "Sources", 0.5],
];
const WEIGHT = new Map(GROUPS.map(([kind, , weight]) => [kind, weight]));

/** Chinese has no spaces: names are found by their pairs of characters too. */
function tokens(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => {
      if (!/\p{Script=Han}/u.test(word) || word.length < 3) return [word];
      return [word, ...Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))];
    })
    .filter(Boolean);
}

interface Loaded {
  readonly search: MiniSearch;
  readonly lines: readonly Line[];
}
let loaded: Promise<Loaded> | undefined;
/** Loaded and indexed on the first search, in slices, so that typing never waits for it. */
function index(): Promise<Loaded> {
  loaded ??= (async () => {
    const answer = await fetch("data/search.json");
    if (!answer.ok) throw new Error(`data/search.json: ${answer.status}`);
    const lines = (await answer.json()) as Line[];
    const search = new MiniSearch({
      fields: ["title", "names", "text"],
      storeFields: ["kind"],
      tokenize: tokens,
      processTerm: (term) => foldName(term) || null,
      searchOptions: {
        boost: { title: 4, names: 3 },
        prefix: (term) => term.length > 1,
        // Two letters that changed places are two changes.
        fuzzy: (term) => (term.length > 5 ? 2 : term.length > 3 ? 1 : false),
        maxFuzzy: 2,
        combineWith: "AND",
        boostDocument: (_, __, stored) => WEIGHT.get(stored?.kind as string) ?? 1,
      },
    });
    await search.addAllAsync(
      lines.map(([kind, , title, names, text], id) => ({ id, kind, title, names, text })),
      { chunkSize: 400 },
    );
    return { search, lines };
  })();
  return loaded;
}

/** Small words that no record is about. */
const IDLE = new Set(
  "a an and did do does for from has have how in is it mean of on the there to was were what when where which who with".split(
    " ",
  ),
);
const PER_GROUP = 8;

const help = (q: string) =>
  h(
    "div",
    { class: "nothing" },
    h("p", {}, `Nothing was found for “${q}”. Ways on:`),
    h(
      "ul",
      {},
      h(
        "li",
        {},
        "fewer or other words: a name, an acronym, a place, a topic; English, Chinese and Urdu names are known",
      ),
      h(
        "li",
        {},
        "by topic: ",
        h("a", { href: "#/sectors" }, "sectors"),
        ", ",
        h("a", { href: "#/metrics" }, "metrics"),
        ", ",
        h("a", { href: "../guide/projects.html" }, "projects"),
      ),
      h("li", {}, h("a", { href: "../api/documents/Coverage.html" }, "What is in and what is not")),
    ),
  );

export default async function view({ query }: Address): Promise<Node[]> {
  const q = query.get("q") ?? "";
  const more = query.get("in");
  const { search, lines } = await index();
  const asked = foldName(q)
    .split(" ")
    .filter((word) => !IDLE.has(word))
    .join(" ");
  // All words together if anything has them, else any of them.
  const strict = search.search(asked);
  const hits = strict.length > 0 ? strict : search.search(asked, { combineWith: "OR" });
  const id = /^[a-z0-9-]+:[a-z]+\/\S+$/.test(q.trim()) ? q.trim() : undefined;
  const groups = GROUPS.map(([kind, heading]) => ({
    kind,
    heading,
    hits: hits.filter((hit) => hit.kind === kind),
  }))
    .filter((g) => g.hits.length > 0 && (!more || g.kind === more))
    .sort((a, b) => (b.hits[0]?.score ?? 0) - (a.hits[0]?.score ?? 0));
  return [
    h("h1", {}, q ? `Search: ${q}` : "Search"),
    h(
      "p",
      { class: "lead", role: "status" },
      !q
        ? "Type into the field above: names, acronyms, places, topics, publishers, words of the glossary."
        : strict.length === 0 && hits.length > 0
          ? `Nothing has all these words; ${plural(hits.length, "page")} with some of them.`
          : `${plural(hits.length, "page")} found.`,
    ),
    ...(id ? [h("p", {}, "Figure: ", h("a", { href: recordPath("observation", id) }, id))] : []),
    ...(q && hits.length === 0 ? [help(q)] : []),
    ...groups.map((g) =>
      h(
        "section",
        { class: "hits" },
        h("h2", {}, `${g.heading} (${g.hits.length})`),
        h(
          "ul",
          {},
          g.hits.slice(0, more ? 200 : PER_GROUP).map((hit) => {
            const [, href, title, , , about] = lines[hit.id as number] as Line;
            return h("li", {}, h("a", { href }, title), h("span", { class: "quiet" }, ` ${about}`));
          }),
        ),
        !more &&
          g.hits.length > PER_GROUP &&
          h("p", {}, linkTo("search", undefined, `All ${g.hits.length}`, { q, in: g.kind })),
      ),
    ),
  ];
}
