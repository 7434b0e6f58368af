/** The shell: header, search, navigation, and the view that the address names. Each view is loaded when first asked for. */
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
  timeline: () => import("./views/timeline.js"),
  event: () => import("./views/event.js"),
  metric: () => import("./views/metric.js"),
  metrics: () => import("./views/metrics.js"),
  observation: () => import("./views/observation.js"),
};

const element = (id: string) => document.getElementById(id) as HTMLElement;
const main = element("main");

function header(address: Address) {
  const kept = Object.fromEntries(KEPT.map((key) => [key, address.query.get(key) ?? undefined]));
  const input = h("input", {
    type: "search",
    name: "q",
    "aria-label": "Search everything",
    placeholder: "Search everything",
    value: address.view === "search" ? address.query.get("q") : "",
    autocomplete: "off",
  });
  const search = () => {
    const q = input.value.trim();
    if (q) location.hash = addressOf("search", undefined, { q });
  };
  element("header").replaceChildren(
    h("a", { class: "brand", href: addressOf("start") }, "cpec-it-data"),
    h(
      "nav",
      { "aria-label": "Views" },
      NAVIGATION.map(([view, label]) =>
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
    ),
    h(
      "form",
      {
        role: "search",
        onsubmit: (event) => {
          event.preventDefault();
          search();
        },
      },
      input,
    ),
  );
}

let turn = 0;
async function show() {
  const address = readAddress();
  const now = ++turn;
  header(address);
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
    if (view !== "search") main.focus();
  }
  if (focused) document.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus();
});
element("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
place = `${readAddress().view}/${readAddress().id ?? ""}`;
show();
