/** The script of a view: filters, order and pages. It loads the indices of its view when a reader first asks for any of them. */
import { nodesOf } from "./parts/dom.js";
import { number } from "./parts/format.js";
import { unpack } from "./parts/packed.js";
import { file, save } from "./parts/save-figure.js";
import { changed } from "./parts/state.js";
import { csvOf } from "./parts/table.js";
import { type Shown, type View, viewMarkup } from "./parts/view.js";

const root = document.documentElement;
/** Each view has a script of its own, which this is a part of: see `scripts/docs.ts`. */
declare const VIEW: View;
const { name, needs } = VIEW;
const place = document.getElementById("view") as HTMLElement;
const said = document.getElementById("said") as HTMLElement;

/** A day as it stood in older addresses means the end of the last full year. */
function queryOf(search: string): URLSearchParams {
  const query = new URLSearchParams(search);
  const asOf = query.get("asOf");
  const years = root.dataset.years?.split(" ") ?? [];
  if (asOf !== null && !years.includes(asOf)) {
    const year = asOf.endsWith("-12-31") ? asOf.slice(0, 4) : String(Number(asOf.slice(0, 4)) - 1);
    if (years.includes(year)) query.set("asOf", year);
    else query.delete("asOf");
  }
  return query;
}

const files = new Map<string, Promise<unknown>>();
/** A file of data, loaded once. */
function load(path: string): Promise<unknown> {
  const known = files.get(path);
  if (known) return known;
  const loading = fetch(`data/${path}.json`).then((answer) => {
    if (!answer.ok) throw new Error(`data/${path}.json: ${answer.status}`);
    return answer.json();
  });
  loading.catch(() => files.delete(path));
  files.set(path, loading);
  return loading;
}
const unpacked = new Map<string, Promise<readonly object[]>>();
function index(path: string): Promise<readonly object[]> {
  const known = unpacked.get(path);
  if (known) return known;
  const rows = load(path).then((packed) => unpack(packed as Parameters<typeof unpack>[0]));
  rows.catch(() => unpacked.delete(path));
  unpacked.set(path, rows);
  return rows;
}

interface Ready {
  readonly indices: Readonly<Record<string, readonly object[]>>;
  readonly bodies: ReadonlyMap<string, string>;
}
async function ready(query: URLSearchParams): Promise<Ready> {
  const rows = await Promise.all(needs.map((need) => index(VIEW.file?.(need, query) ?? need)));
  const indices = Object.fromEntries(needs.map((need, i) => [need, rows[i] as readonly object[]]));
  const bodies = (indices.organisations ?? []) as readonly { id: string; name: string }[];
  return { indices, bodies: new Map(bodies.map((o) => [o.id, o.name])) };
}

const environment = () => ({
  width: Math.min(1180, innerWidth - 60),
  source: root.dataset.source ?? "",
  years: root.dataset.years?.split(" ") ?? [],
});
function show({ indices }: Ready, query: URLSearchParams): Shown {
  return VIEW.show(indices as never, query, environment());
}

let turn = 0;
/** Draws what the address asks for. Focus and scroll stay where they are. */
async function draw() {
  const now = ++turn;
  const query = queryOf(location.search);
  place.setAttribute("aria-busy", "true");
  try {
    const all = await ready(query);
    // A slower answer to an earlier question must not replace the present one.
    if (now !== turn) return;
    const shown = show(all, query);
    const focused = document.activeElement?.id;
    const open = document.getElementById("filters")?.classList.contains("open");
    place.replaceChildren(...nodesOf(viewMarkup(name, shown, query, all.bodies)));
    if (open) unfold();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const [table] = shown.tables;
    said.textContent = table ? `${number(table.rows.length)} ${table.key}` : "";
  } catch (error) {
    if (now !== turn) return;
    console.error(error);
    said.className = "stranger";
    said.textContent =
      location.protocol === "file:"
        ? "Filters work where a web server serves the site; from a disk the first page alone is shown."
        : `This could not be loaded: ${error instanceof Error ? error.message : String(error)}`;
  }
  place.removeAttribute("aria-busy");
  root.classList.remove("asked");
  document.dispatchEvent(new Event("shown"));
}

function unfold() {
  document.getElementById("filters")?.classList.add("open");
  document.getElementById("fold")?.setAttribute("aria-expanded", "true");
}

function go(href: string) {
  history.pushState(null, "", href);
  return draw();
}

/** The id of a body that a reader names; what nobody is called stays as it was typed. */
function bodyOf(typed: string, bodies: ReadonlyMap<string, string>): string {
  const text = typed.trim().toLowerCase();
  if (text === "" || bodies.has(text)) return text;
  const all = [...bodies];
  const hit = (test: (name: string) => boolean) => all.find(([, body]) => test(body.toLowerCase()))?.[0];
  return (
    hit((n) => n === text) ?? hit((n) => n.startsWith(text)) ?? hit((n) => n.includes(text)) ?? typed.trim()
  );
}

async function filter(form: HTMLFormElement) {
  const query = queryOf(location.search);
  const typed = new FormData(form);
  const changes: Record<string, string | undefined> = {};
  for (const key of query.keys()) if (/page$/.test(key)) changes[key] = undefined;
  for (const [key, value] of typed) {
    const fallback = form.elements.namedItem(key) as HTMLElement | null;
    changes[key] = String(value) === (fallback?.dataset.fallback ?? "") ? undefined : String(value);
  }
  if (changes.organisation) changes.organisation = bodyOf(changes.organisation, (await ready(query)).bodies);
  const href = changed(name, query, changes);
  if (href !== changed(name, query, {})) await go(href);
}

place.addEventListener("change", (event) => {
  const { form } = event.target as HTMLInputElement;
  if (form?.id === "filters") filter(form);
});
place.addEventListener("submit", (event) => {
  event.preventDefault();
  filter(event.target as HTMLFormElement);
});
// Names of bodies are offered as soon as one turns to the filters.
place.addEventListener("focusin", async (event) => {
  const target = event.target as HTMLInputElement;
  const list = document.getElementById("organisations");
  if (target.name !== "organisation" || !list || list.childElementCount > 0) return;
  const { bodies } = await ready(queryOf(location.search));
  document
    .getElementById("organisations")
    ?.replaceChildren(...[...bodies.values()].sort().map((body) => new Option(body)));
});

async function download(section: HTMLElement, type: string) {
  const query = queryOf(location.search);
  const table = show(await ready(query), query).tables.find((t) => t.key === section.dataset.table);
  if (!table) return;
  if (type === "csv") {
    save(`${table.key}.csv`, file(csvOf(table), "text/csv;charset=utf-8"));
    return;
  }
  let rows: readonly unknown[] = table.rows;
  if (table.records) {
    const records = (await load(`records/${table.records.file}`)) as Record<string, unknown>;
    rows = table.records.ids.map((id) => records[id]);
  }
  save(`${table.key}.json`, file(`${JSON.stringify(rows, null, 1)}\n`, "application/json"));
}

place.addEventListener("click", (event) => {
  const target = event.target as Element;
  if (target.id === "fold") {
    const open = document.getElementById("filters")?.classList.toggle("open");
    target.setAttribute("aria-expanded", String(open));
    return;
  }
  const button = target.closest<HTMLElement>("button[data-file]");
  const section = button?.closest<HTMLElement>("section");
  if (button && section) {
    download(section, button.dataset.file ?? "csv");
    return;
  }
  // In a chart `href` is no text: the attribute is.
  const link = target.closest<HTMLElement>("a[href]");
  const mouse = event as MouseEvent;
  if (!link || mouse.ctrlKey || mouse.metaKey || mouse.shiftKey || mouse.button !== 0) return;
  const to = new URL(link.getAttribute("href") ?? "", location.href);
  if (to.pathname !== location.pathname || to.origin !== location.origin) return;
  event.preventDefault();
  go(to.search === "" ? to.pathname : to.href).then(() => {
    if (link.dataset.still === undefined) scrollTo(0, 0);
    else if (/-(?:next|previous)$/.test(link.id))
      document.getElementById(link.id.replace(/-\w+$/, ""))?.scrollIntoView();
  });
});
addEventListener("popstate", draw);

if (location.search.length > 1) draw();
