/** The views with filters as files: what they show without a filter reads without a script. */
import { between, el } from "../../docs/explorer/parts/markup.js";
import { recordPath } from "../../docs/explorer/parts/paths.js";
import { SECTORS } from "../../docs/explorer/parts/sector-names.js";
import { type Environment, type View, viewMarkup } from "../../docs/explorer/parts/view.js";
import conflicts from "../../docs/explorer/views/conflicts.js";
import map from "../../docs/explorer/views/map.js";
import metrics from "../../docs/explorer/views/metrics.js";
import organisations from "../../docs/explorer/views/organisations.js";
import promises from "../../docs/explorer/views/promises.js";
import sectors from "../../docs/explorer/views/sectors.js";
import timeline from "../../docs/explorer/views/timeline.js";
import { indices, YEARS } from "./indices.js";
import { type Page, SOURCE_LINE } from "./page.js";

const all: readonly (readonly [view: View, description: string])[] = [
  [timeline, "Events of Chinese-Pakistani cooperation in IT and telecoms by time, with filters."],
  [sectors, "Events and amounts by sector and year, with statuses apart."],
  [metrics, "Every quantity with its values, years and newest value."],
  [promises, "Who promised what by when, and what came of it."],
  [conflicts, "Where sources disagree, and the rule that decided."],
  [organisations, "Who takes part in events, and with whom."],
  [map, "Places of events, and routes of cables and fibre."],
];

const environment: Environment = { width: 1180, source: SOURCE_LINE, years: YEARS };

export const viewPages = (): Page[] =>
  all.map(([view, description]) => {
    const query = new URLSearchParams();
    const shown = view.show(indices as never, query, environment);
    return {
      path: `explorer/${view.name}.html`,
      title: shown.title,
      description,
      crumbs: [],
      about: { "@type": "CollectionPage", name: shown.title, description },
      script: view.name,
      attributes: {
        "data-view": view.name,
        "data-needs": view.needs
          .map((need) => (need === view.byKey?.[0] ? view.byKey.join("@") : need))
          .join(" "),
        "data-years": YEARS.join(" "),
        "data-source": SOURCE_LINE,
      },
      body: [
        el("div", { id: "view" }, viewMarkup(view.name, shown, query)),
        el("p", { id: "said", class: "unseen", role: "status" }),
        el(
          "noscript",
          {},
          el(
            "p",
            {},
            "Filters and further pages need a script. Without one, every record is reached by sector: ",
            between(SECTORS.map(([id, name]) => el("a", { href: recordPath("sector", id) }, name))),
            ".",
          ),
        ),
      ],
    };
  });

export const searchPage = (sizes: ReadonlyMap<string, number>): Page => ({
  path: "explorer/search.html",
  title: "Search",
  description: "Finds records, guides and words of the glossary.",
  crumbs: [],
  about: { "@type": "SearchResultsPage", name: "Search" },
  script: "search",
  attributes: { "data-files": [...sizes].map(([start, n]) => `${start}=${n}`).join(" ") },
  body: [
    el("div", { id: "view" }, [
      el("h1", {}, "Search"),
      el(
        "p",
        { class: "lead", id: "found", role: "status" },
        "Type into the field above: names, acronyms, places, topics, publishers, words of the glossary.",
      ),
    ]),
    el("div", { id: "hits" }),
    el(
      "noscript",
      {},
      el(
        "p",
        {},
        "Search needs a script. Without one: ",
        between([
          el("a", { href: "../guide/projects.html" }, "projects"),
          el("a", { href: "../guide/sources.html" }, "sources"),
          el("a", { href: "../guide/glossary.html" }, "glossary"),
          el("a", { href: "../api/index.html" }, "guides"),
        ]),
        ".",
      ),
    ),
  ],
});

/** Old addresses of views and records stood behind a `#`: the script leads on to their pages. */
export const oldPage = (): Page => ({
  path: "explorer/index.html",
  title: "Explorer",
  description:
    "The views with filters: timeline, sectors, metrics, promises, conflicts, organisations and map.",
  crumbs: [],
  about: { "@type": "WebPage", name: "Explorer" },
  script: "old",
  body: [
    el("div", { id: "view" }, el("h1", {}, "Explorer")),
    el(
      "ul",
      { class: "cards" },
      all.map(([view, description]) =>
        el(
          "li",
          {},
          el(
            "h2",
            {},
            el(
              "a",
              { href: `../explorer/${view.name}.html` },
              view.name.replace(/^./, (c) => c.toUpperCase()),
            ),
          ),
          el("p", {}, description),
        ),
      ),
    ),
  ],
});
