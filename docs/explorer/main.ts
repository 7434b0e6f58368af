/** The shell: header, search, navigation, and the view that the address names. Each view is loaded when first asked for. */
import { dataset } from "../../src/data/dataset.js";
import { type Address, addressOf, readAddress } from "./parts/address.js";
import { h } from "./parts/dom.js";

type View = (address: Address) => Node[] | Promise<Node[]>;

/** Views with a place in the navigation. */
const NAVIGATION: readonly (readonly [view: string, label: string])[] = [
  ["timeline", "Timeline"],
  ["sectors", "Sectors"],
  ["metrics", "Metrics"],
  ["promises", "Promises"],
  ["conflicts", "Conflicts"],
  ["organisations", "Organisations"],
];
/** Filters that go along from view to view. */
const KEPT = ["sector", "organisation", "scope", "from", "to"];

const VIEWS: Readonly<Record<string, () => Promise<{ default: View }>>> = {
  start: () => import("./views/start.js"),
  timeline: () => import("./views/timeline.js"),
  sectors: () => import("./views/sectors.js"),
  metrics: () => import("./views/metrics.js"),
  promises: () => import("./views/promises.js"),
  conflicts: () => import("./views/conflicts.js"),
  organisations: () => import("./views/organisations.js"),
  search: () => import("./views/search.js"),
  // A page for every id.
  event: () => import("./views/event.js"),
  organisation: () => import("./views/organisation.js"),
  metric: () => import("./views/metric.js"),
  observation: () => import("./views/observation.js"),
  project: () => import("./views/project.js"),
  source: () => import("./views/source.js"),
  sector: () => import("./views/vocabulary.js"),
  place: () => import("./views/vocabulary.js"),
  unit: () => import("./views/vocabulary.js"),
};

const element = (id: string) => document.getElementById(id) as HTMLElement;
const main = element("main");

const input = h("input", {
  type: "search",
  name: "q",
  "aria-label": "Search everything",
  placeholder: "Search everything",
  autocomplete: "off",
  oninput: () => search(false),
});
let typing: ReturnType<typeof setTimeout> | undefined;

/** Goes to the results; while one types, a moment after the last key. */
function search(now: boolean) {
  clearTimeout(typing);
  const go = () => {
    const q = input.value.trim();
    const address = addressOf("search", undefined, { q });
    if (!q || location.hash === address) return;
    // Letters of one search are one step back in the history.
    if (readAddress().view === "search") location.replace(address);
    else location.hash = address;
  };
  if (now) go();
  else typing = setTimeout(go, 200);
}

const navigation = h("nav", { "aria-label": "Views" });
element("header").append(
  h("a", { class: "brand", href: addressOf("start") }, "cpec-it-data"),
  navigation,
  h(
    "form",
    {
      role: "search",
      onsubmit: (event) => {
        event.preventDefault();
        search(true);
      },
    },
    input,
  ),
);
element("footer").append(
  h("p", {}, dataset.citation),
  h(
    "p",
    {},
    "Places follow ISO 3166; the dataset takes no position on borders. ",
    h("a", { href: "../api/documents/Coverage.html" }, "What is in and what is not"),
    " · ",
    h("a", { href: "../api/documents/Three_ways_to_get_this_wrong.html" }, "Three ways to get this wrong"),
  ),
);

function navigate(address: Address) {
  const kept = Object.fromEntries(KEPT.map((key) => [key, address.query.get(key) ?? undefined]));
  navigation.replaceChildren(
    ...NAVIGATION.map(([view, label]) =>
      h(
        "a",
        {
          href: addressOf(view, undefined, kept),
          "aria-current": address.view === view ? "page" : undefined,
        },
        label,
      ),
    ),
    h("a", { href: "../api/index.html" }, "Guides and API"),
  );
  if (document.activeElement !== input)
    input.value = address.view === "search" ? (address.query.get("q") ?? "") : "";
}

let turn = 0;
async function show() {
  const address = readAddress();
  const now = ++turn;
  navigate(address);
  main.setAttribute("aria-busy", "true");
  let nodes: Node[];
  try {
    const load = Object.hasOwn(VIEWS, address.view) ? VIEWS[address.view] : undefined;
    nodes = load
      ? await (await load()).default(address)
      : [
          h("h1", {}, "Not found"),
          h("p", {}, `There is no view "${address.view}". The navigation above has all of them.`),
        ];
  } catch (error) {
    console.error(error);
    nodes = [
      h("h1", {}, "This can't be shown"),
      h("p", {}, error instanceof Error ? error.message : String(error)),
    ];
  }
  // A slower view that was left meanwhile must not replace the present one.
  if (now !== turn) return;
  main.replaceChildren(...nodes);
  main.removeAttribute("aria-busy");
  const title = main.querySelector("h1")?.textContent ?? "Explorer";
  document.title = `${title} · cpec-it-data`;
}

let place = "";
window.addEventListener("hashchange", async () => {
  const focused = document.activeElement?.getAttribute("name");
  const before = place;
  const { view, id } = readAddress();
  place = `${view}/${id ?? ""}`;
  await show();
  if (before !== place) {
    // A new page: a screen reader starts at its top.
    window.scrollTo(0, 0);
    if (view !== "search") main.focus({ preventScroll: true });
  }
  // A filter keeps the focus though its form is drawn anew.
  if (focused && document.activeElement === document.body)
    document.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus();
});
element("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
place = `${readAddress().view}/${readAddress().id ?? ""}`;
show();
