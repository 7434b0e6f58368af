/** The shell: header, search, navigation, and the view that the address names. Each view is loaded when first asked for. */
import { type Address, addressOf, readAddress } from "./parts/address.js";
import { h } from "./parts/dom.js";
import { FOLDERS, fileName, recordPath } from "./parts/paths.js";

type View = (address: Address) => Node[] | Promise<Node[]>;

/** Views with a place in the navigation. */
const NAVIGATION: readonly (readonly [view: string, label: string])[] = [
  ["timeline", "Timeline"],
  ["sectors", "Sectors"],
  ["metrics", "Metrics"],
  ["promises", "Promises"],
  ["conflicts", "Conflicts"],
  ["organisations", "Organisations"],
  ["map", "Map"],
];
/** Filters that go along from view to view. */
const KEPT = ["sector", "organisation", "scope", "from", "to"];

const VIEWS: Readonly<Record<string, () => Promise<{ default: View }>>> = {
  timeline: () => import("./views/timeline.js"),
  sectors: () => import("./views/sectors.js"),
  metrics: () => import("./views/metrics.js"),
  promises: () => import("./views/promises.js"),
  conflicts: () => import("./views/conflicts.js"),
  organisations: () => import("./views/organisations.js"),
  search: () => import("./views/search.js"),
  map: () => import("./views/map.js"),
  metric: () => import("./views/metric.js"),
};

const element = (id: string) => document.getElementById(id) as HTMLElement;
const main = element("main");

/** The frame of the page stands in the file already: see `scripts/site/page.ts`. */
const input = document.querySelector("header input") as HTMLInputElement;
input.addEventListener("input", () => search(false));
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

const navigation = document.querySelector("header nav") as HTMLElement;
document.querySelector("header form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  search(true);
});

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

/** Records, and the start, are files of their own: old addresses lead there. `undefined` when the address is a view's. */
async function away({ view, id, query }: Address): Promise<boolean> {
  if (view === "start") {
    location.replace("../index.html");
    return true;
  }
  if (id === undefined || !Object.hasOwn(FOLDERS, view) || (view === "metric" && [...query].length > 0))
    return false;
  const path = recordPath(view, id);
  // A record that does not exist is told as such, not by the server's page.
  const ids = await fetch(`data/ids-${FOLDERS[view]}.json`).then(
    (answer) => answer.json() as Promise<string[]>,
    () => undefined,
  );
  const there = ids === undefined || ids.includes(fileName(id));
  if (there) location.replace(path);
  return there;
}

let turn = 0;
async function show() {
  const address = readAddress();
  if (await away(address)) return;
  const now = ++turn;
  navigate(address);
  main.setAttribute("aria-busy", "true");
  main.querySelector("noscript")?.remove();
  let nodes: Node[];
  try {
    const load = Object.hasOwn(VIEWS, address.view) ? VIEWS[address.view] : undefined;
    nodes = load
      ? await (await load()).default(address)
      : address.id !== undefined && Object.hasOwn(FOLDERS, address.view)
        ? [
            h("h1", {}, "No such record"),
            h(
              "p",
              {},
              `There is no ${address.view} "${address.id}". `,
              h(
                "a",
                { href: addressOf("search", undefined, { q: address.id.replaceAll("-", " ") }) },
                "Search for it",
              ),
              ".",
            ),
          ]
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
  // Charts are drawn before anything is painted: see `parts/chart.ts`.
  for (const place of main.querySelectorAll(".chart")) place.dispatchEvent(new Event("attached"));
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
// The search form of a page that is a file.
const asked = new URLSearchParams(location.search).get("q");
if (asked !== null && !location.hash)
  history.replaceState(null, "", `${location.pathname}${addressOf("search", undefined, { q: asked })}`);
place = `${readAddress().view}/${readAddress().id ?? ""}`;
show();
