/** The frame of every page that is written as a file: head, header, breadcrumbs, footer. */

import { day } from "../../docs/explorer/parts/format.js";
import { between, el, escaped, html, type Markup } from "../../docs/explorer/parts/markup.js";
import { guidePath, viewPath } from "../../docs/explorer/parts/paths.js";
import { figure } from "../../docs/explorer/parts/view.js";
import { dataset } from "../../src/data/dataset.js";
import { CONTEXT } from "./linked.js";

export interface Page {
  /** Where it lies in the site: `event/jcc-10.html`. */
  readonly path: string;
  readonly title: string;
  /** At most a sentence or two, for search engines and previews. */
  readonly description: string;
  readonly crumbs: readonly (readonly [text: string, href: string])[];
  readonly body: Markup;
  /** schema.org. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Further nodes, to which it refers. */
  readonly more?: readonly Readonly<Record<string, unknown>>[];
  /** The script of a page that has more than what all have. */
  readonly script?: string;
  /** Of the element `html`, for its script. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export const VIEWS: readonly (readonly [view: string, label: string])[] = [
  ["timeline", "Timeline"],
  ["sectors", "Sectors"],
  ["metrics", "Metrics"],
  ["promises", "Promises"],
  ["conflicts", "Conflicts"],
  ["organisations", "Organisations"],
  ["map", "Map"],
];

/** The address of the site, once it has one: SITE_URL, or `homepage` of package.json. Without it nothing absolute is written. */
export interface SiteOptions {
  readonly address: string | undefined;
  readonly policy: string;
}

/**
 * Runs before anything is painted: what only a script can do is shown; a view that is asked for something keeps its
 * unfiltered contents out of sight and begins to load what it needs (`promises@asOf` is another file for each `asOf`), and
 * the search begins to load the file of a single word. The policy of the pages allows this text by its hash.
 */
export const FIRST = `(d=>{let h=d.documentElement,{needs:n,files:s}=h.dataset,q=new URLSearchParams(location.search),p=f=>{let l=d.createElement("link");l.rel="preload";l.as="fetch";l.crossOrigin="anonymous";l.href="data/"+f+".json";d.head.append(l)};h.className="js";if(n&&location.search.length>1){h.className="js asked";for(let f of n.split(" ")){let[a,k]=f.split("@"),v=k&&q.get(k);v?/^\\w{3,4}$/.test(v)&&p(a+"-"+v):p(a)}}if(s){let w=/^[a-z0-9]+$/.exec((q.get("q")||"").toLowerCase()),c=w&&[3,2].map(k=>w[0].slice(0,k)).find(c=>(" "+s).includes(" "+c+"="));if(c)p("search/"+c)}})(document)`;

export const SOURCE_LINE = `Source: ${dataset.name} ${dataset.version}, sources up to ${day(dataset.newestSource)}, CC BY 4.0.`;

export const clip = (text: string, most = 200) =>
  text.length <= most ? text : `${text.slice(0, text.lastIndexOf(" ", most - 1))} …`;

export const header = (current?: string): Markup =>
  el(
    "header",
    {},
    el("a", { class: "brand", href: "../index.html" }, "cpec-it-data"),
    el(
      "nav",
      { "aria-label": "Views" },
      VIEWS.map(([view, label]) =>
        el("a", { href: viewPath(view), "aria-current": view === current ? "page" : null }, label),
      ),
      el("a", { href: "../api/index.html" }, "Guides and API"),
    ),
    el(
      "form",
      { role: "search", action: "../explorer/search.html", method: "get" },
      el("input", {
        type: "search",
        name: "q",
        "aria-label": "Search everything",
        placeholder: "Search everything",
        autocomplete: "off",
      }),
    ),
  );

export const footer = (url?: string): Markup =>
  el(
    "footer",
    {},
    el("p", {}, dataset.citation),
    url === undefined ? null : el("p", { class: "address" }, url),
    el(
      "p",
      {},
      "Places follow ISO 3166; the dataset takes no position on borders. ",
      el("a", { href: guidePath("Coverage") }, "What is in and what is not"),
      " · ",
      el("a", { href: "../guide/glossary.html" }, "Glossary"),
      " · ",
      el("a", { href: "../guide/changes.html" }, "Changes"),
    ),
  );

export function render(page: Page, { address, policy }: SiteOptions): string {
  const url = address === undefined ? undefined : `${address}/${page.path}`;
  const depth = page.path.split("/").length - 1;
  const title = `${page.title} · cpec-it-data`;
  const description = clip(page.description);
  const crumbs = [["cpec-it-data", "../index.html"] as const, ...page.crumbs];
  const about = {
    "@context": CONTEXT,
    "@graph": [
      // The id of a record is its address already.
      { ...page.about, ...(url === undefined || "@id" in page.about ? {} : { url }) },
      ...(page.more ?? []),
      {
        "@type": "BreadcrumbList",
        itemListElement: crumbs.map(([name, href], i) => ({
          "@type": "ListItem",
          position: i + 1,
          name,
          ...(address === undefined ? {} : { item: `${address}/${href.replace("../", "")}` }),
        })),
      },
    ],
  };
  const head: Markup = [
    el("meta", { charset: "utf-8" }),
    el("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
    el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    el("meta", { name: "color-scheme", content: "light dark" }),
    el("title", {}, title),
    el("meta", { name: "description", content: description }),
    el("meta", { property: "og:title", content: page.title }),
    el("meta", { property: "og:description", content: description }),
    el("meta", { property: "og:type", content: "article" }),
    el("meta", { property: "og:site_name", content: "cpec-it-data" }),
    el("meta", { name: "twitter:card", content: "summary" }),
    url === undefined
      ? null
      : [el("link", { rel: "canonical", href: url }), el("meta", { property: "og:url", content: url })],
    el("link", { rel: "icon", href: "data:," }),
    el("link", { rel: "stylesheet", href: "../explorer/style.css" }),
  ];
  const body: Markup = [
    el("a", { class: "skip", href: "#main" }, "Skip to the content"),
    header(page.attributes?.["data-view"]),
    el(
      "main",
      { id: "main", tabindex: -1 },
      page.crumbs.length > 0 &&
        el(
          "nav",
          { class: "crumbs", "aria-label": "Breadcrumbs" },
          between(
            crumbs.map(([text, href]) => el("a", { href }, text)),
            " › ",
          ),
        ),
      page.body,
    ),
    footer(url),
  ];
  const attributes = Object.entries(page.attributes ?? {})
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
  const scripts = [
    '<script src="../explorer/page.js" defer></script>',
    page.script ? `<script src="../explorer/${page.script}.js" type="module"></script>` : "",
  ].join("");
  const text = `<!doctype html>
<html lang="en"${attributes}>
<head>${html(head)}<script>${FIRST}</script><script type="application/ld+json">${JSON.stringify(about).replaceAll("<", "\\u003c")}</script>${scripts}</head>
<body>${html(body)}</body>
</html>
`;
  return depth === 0 ? text.replaceAll('="../', '="') : text;
}

/** A chart of a page that is a file. */
export const figureOf = (
  id: string,
  title: string,
  content: Markup,
  note?: string,
  legend?: Markup,
): Markup => figure({ source: SOURCE_LINE }, { id, title, note, body: content, legend: legend ?? null });

export { escaped };
