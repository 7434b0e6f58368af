/** Search over records, guides and words. It loads the pages that have the rarest word of a question. */
import MiniSearch from "minisearch";
import { nodesOf } from "./parts/dom.js";
import { number, plural } from "./parts/format.js";
import { el, type Markup } from "./parts/markup.js";
import { guidePath, recordPath, viewPath } from "./parts/paths.js";
import { MOST_IN_FILE, searchWords, startOf } from "./parts/search-words.js";

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
  ["summary", "Events, by their summary", 0.4],
];
const WEIGHT = new Map(GROUPS.map(([kind, , weight]) => [kind, weight]));

export type { Line };

const place = document.getElementById("hits") as HTMLElement;
/** How many pages each file has: by the first letters of their words. */
const sizes = new Map(
  (document.documentElement.dataset.files ?? "").split(" ").map((file): [string, number] => {
    const [start = "", pages] = file.split("=");
    return [start, Number(pages)];
  }),
);
const fileOf = (word: string) => [startOf(word, 3), startOf(word, 2)].find((start) => sizes.has(start));

const files = new Map<string, Promise<readonly Line[]>>();
/** Loaded once. */
function load(file: string): Promise<readonly Line[]> {
  const known = files.get(file);
  if (known) return known;
  const loading = fetch(`data/search/${file}.json`).then((answer) => {
    if (!answer.ok) throw new Error(`data/search/${file}.json: ${answer.status}`);
    return answer.json() as Promise<Line[]>;
  });
  loading.catch(() => files.delete(file));
  files.set(file, loading);
  return loading;
}

/** Finds among the pages of some files. */
async function among(names: readonly string[]) {
  const all = (await Promise.all(names.map(load))).flat();
  const lines = [...new Map(all.map((line) => [line.slice(0, 3).join(" "), line])).values()];
  const search = new MiniSearch({
    fields: ["title", "names", "text"],
    storeFields: ["kind"],
    tokenize: searchWords,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 4, names: 3 },
      prefix: (term) => term.length > 1,
      // Two letters that changed places are two changes.
      fuzzy: (term) => (term.length > 5 ? 2 : term.length > 3 ? 1 : false),
      maxFuzzy: 2,
      boostDocument: (_, __, stored) => WEIGHT.get(stored?.kind as string) ?? 1,
    },
  });
  search.addAll(lines.map(([kind, , title, names, text], id) => ({ id, kind, title, names, text })));
  // What is spelt as it was asked comes before what merely resembles it.
  return (q: string, combineWith: "AND" | "OR") => {
    const exact = search.search(q, { combineWith, fuzzy: false });
    return (exact.length > 0 ? exact : search.search(q, { combineWith })).map(
      ({ id, score }): Hit => ({ line: lines[id] as Line, kind: (lines[id] as Line)[0], score }),
    );
  };
}

const PER_GROUP = 8;

const help = (q: string): Markup =>
  el(
    "div",
    { class: "nothing" },
    el("p", {}, `Nothing was found for “${q}”. Ways on:`),
    el("ul", {}, [
      el(
        "li",
        {},
        "fewer or other words: a name, an acronym, a place, a topic; English, Chinese and Urdu names are known",
      ),
      el(
        "li",
        {},
        "by topic: ",
        el("a", { href: viewPath("sectors") }, "sectors"),
        ", ",
        el("a", { href: viewPath("metrics") }, "metrics"),
        ", ",
        el("a", { href: "../guide/projects.html" }, "projects"),
      ),
      el("li", {}, el("a", { href: guidePath("Coverage") }, "What is in and what is not")),
    ]),
  );

interface Hit {
  readonly kind: string;
  readonly line: Line;
  readonly score: number;
}
interface Found {
  readonly hits: readonly Hit[];
  readonly strict: boolean;
  /** How many pages have the word, where its file holds the nearest only. */
  readonly of?: number;
}
/** What has all words stands in the file of the rarest; failing that, slips and any of the words are looked for. */
async function find(q: string): Promise<Found> {
  const starts = [...new Set(searchWords(q).flatMap((word) => fileOf(word) ?? []))].sort(
    (a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0),
  );
  const [rarest] = starts;
  if (rarest !== undefined) {
    const hits = (await among([rarest]))(q, "AND");
    const of = sizes.get(rarest) ?? 0;
    if (hits.length > 0) return { hits, strict: true, ...(of > MOST_IN_FILE ? { of } : {}) };
  }
  const search = await among([...starts, "names"]);
  const strict = search(q, "AND");
  return strict.length > 0 ? { hits: strict, strict: true } : { hits: search(q, "OR"), strict: false };
}

function groups(hits: readonly Hit[], q: string, only: string | null): Markup[] {
  return GROUPS.map(([kind, heading]) => ({ kind, heading, hits: hits.filter((hit) => hit.kind === kind) }))
    .filter((g) => g.hits.length > 0 && (!only || g.kind === only))
    .sort((a, b) => (b.hits[0]?.score ?? 0) - (a.hits[0]?.score ?? 0))
    .map((g) =>
      el(
        "section",
        { class: "hits" },
        el("h2", {}, `${g.heading} (${g.hits.length})`),
        el(
          "ul",
          {},
          g.hits
            .slice(0, only ? 200 : PER_GROUP)
            .map(({ line: [, href, title, , , about] }) =>
              el("li", {}, el("a", { href }, title), el("span", { class: "quiet" }, ` ${about}`)),
            ),
        ),
        !only &&
          g.hits.length > PER_GROUP &&
          el("p", {}, el("a", { href: viewPath("search", { q, in: g.kind }) }, `All ${g.hits.length}`)),
      ),
    );
}

const main = document.getElementById("main") as HTMLElement;
const found = document.getElementById("found") as HTMLElement;
const heading = document.querySelector("h1") as HTMLElement;
const input = document.querySelector("header input") as HTMLInputElement;
const start = found.textContent;

let turn = 0;
async function show() {
  const now = ++turn;
  const query = new URLSearchParams(location.search);
  const q = (query.get("q") ?? "").trim();
  const only = query.get("in");
  if (document.activeElement !== input) input.value = q;
  heading.textContent = q ? `Search: ${q}` : "Search";
  document.title = `${heading.textContent} · cpec-it-data`;
  if (!q) {
    found.textContent = start;
    place.replaceChildren();
    return;
  }
  main.setAttribute("aria-busy", "true");
  try {
    const { hits, strict, of } = await find(q);
    if (now !== turn) return;
    const id = /^[a-z0-9-]+:[a-z]+\/\S+$/.test(q) ? q : undefined;
    // An event that its title finds is not listed by its summary again.
    const titles = new Set(hits.flatMap(({ kind, line }) => (kind === "summary" ? [] : [line[1]])));
    const shown = hits.filter(({ kind, line }) => kind !== "summary" || !titles.has(line[1]));
    found.textContent =
      of !== undefined
        ? `The nearest ${number(shown.length)} of more than ${number(of)} pages; another word narrows them.`
        : !strict && shown.length > 0
          ? `Nothing has all these words; ${plural(shown.length, "page")} with some of them.`
          : `${plural(shown.length, "page")} found.`;
    place.replaceChildren(
      ...nodesOf([
        id ? el("p", {}, "Figure: ", el("a", { href: recordPath("observation", id) }, id)) : null,
        shown.length > 0 ? groups(shown, q, only) : help(q),
      ]),
    );
  } catch (error) {
    console.error(error);
    found.textContent =
      location.protocol === "file:"
        ? "Search works where a web server serves the site."
        : `This could not be loaded: ${error instanceof Error ? error.message : String(error)}`;
  }
  main.removeAttribute("aria-busy");
}

let typing: ReturnType<typeof setTimeout> | undefined;
input.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    // Letters of one search are one step back in the history.
    history.replaceState(null, "", `?${new URLSearchParams({ q: input.value.trim() })}`);
    show();
  }, 200);
});
input.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  history.pushState(null, "", `?${new URLSearchParams({ q: input.value.trim() })}`);
  show();
});
addEventListener("popstate", show);
show();
