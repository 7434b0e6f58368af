/** Search over records, guides and words. Its index is loaded on the first search. */
import MiniSearch from "minisearch";
import { foldName } from "../../src/text.js";
import { nodesOf } from "./parts/dom.js";
import { plural } from "./parts/format.js";
import { el, type Markup } from "./parts/markup.js";
import { guidePath, recordPath, viewPath } from "./parts/paths.js";

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

export type { Line };

interface Loaded {
  readonly search: MiniSearch;
  readonly lines: readonly Line[];
}
async function load(file: string): Promise<Loaded> {
  const answer = await fetch(`data/${file}.json`);
  if (!answer.ok) throw new Error(`data/${file}.json: ${answer.status}`);
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
  search.addAll(lines.map(([kind, , title, names, text], id) => ({ id, kind, title, names, text })));
  return { search, lines };
}
const loaded = new Map<string, Promise<Loaded>>();
/** Loaded and indexed once: what has a page of its own first, then what only sources and summaries say. */
function index(file: string): Promise<Loaded> {
  const known = loaded.get(file);
  if (known) return known;
  const loading = load(file);
  loading.catch(() => loaded.delete(file));
  loaded.set(file, loading);
  return loading;
}

/** Small words that no record is about. */
const IDLE = new Set(
  "a an and did do does for from has have how in is it mean of on the there to was were what when where which who with".split(
    " ",
  ),
);
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
async function hitsIn(file: string, asked: string): Promise<{ hits: readonly Hit[]; strict: boolean }> {
  const { search, lines } = await index(file);
  // All words together if anything has them, else any of them.
  const strict = search.search(asked);
  const found = strict.length > 0 ? strict : search.search(asked, { combineWith: "OR" });
  return {
    strict: strict.length > 0,
    hits: found.map((hit) => ({
      kind: hit.kind as string,
      line: lines[hit.id as number] as Line,
      score: hit.score,
    })),
  };
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
const place = document.getElementById("hits") as HTMLElement;
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
    const asked = foldName(q)
      .split(" ")
      .filter((word) => !IDLE.has(word))
      .join(" ");
    const first = await hitsIn("search", asked);
    if (now !== turn) return;
    const id = /^[a-z0-9-]+:[a-z]+\/\S+$/.test(q) ? q : undefined;
    const say = (n: number, strict: boolean) => {
      found.textContent =
        !strict && n > 0
          ? `Nothing has all these words; ${plural(n, "page")} with some of them.`
          : `${plural(n, "page")} found.`;
    };
    if (first.hits.length > 0) {
      say(first.hits.length, first.strict);
      place.replaceChildren(
        ...nodesOf([
          id ? el("p", {}, "Figure: ", el("a", { href: recordPath("observation", id) }, id)) : null,
          groups(first.hits, q, only),
        ]),
      );
      main.removeAttribute("aria-busy");
    }
    // Sources, and events whose summary alone has the words, come below, where nothing jumps.
    const second = await hitsIn("search-more", asked);
    if (now !== turn) return;
    const titles = new Set(first.hits.map((hit) => hit.line[1]));
    // What merely resembles is of no use below what fits.
    const more =
      second.strict || first.hits.length === 0 ? second.hits.filter((hit) => !titles.has(hit.line[1])) : [];
    if (first.hits.length === 0) place.replaceChildren(...nodesOf(more.length === 0 ? help(q) : null));
    place.append(...nodesOf(groups(more, q, only)));
    say(first.hits.length + more.length, first.strict || second.strict);
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
