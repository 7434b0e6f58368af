/** The filters of a view: a form whose whole state is the address. */
import { organisations } from "../../../src/data/organisations.js";
import { sectors } from "../../../src/data/sectors.js";
import type { EventFilter, ObservationFilter } from "../../../src/filter.js";
import { SCOPES } from "../../../src/vocabulary.js";
import { addressOf, changeAddress, readAddress } from "./address.js";
import { h } from "./dom.js";
import { capital, SCOPE_NAMES, words } from "./format.js";

const SCOPE_CHOICES: readonly (readonly [value: string, label: string])[] = [
  ["", "All, with context"],
  ["cpec,bilateral", "CPEC and bilateral"],
  ...SCOPES.map((scope) => [scope, `Only ${SCOPE_NAMES[scope]}`] as const),
];

const SECTOR_IDS: readonly string[] = sectors.map((s) => s.id);
const ORGANISATION_IDS: readonly string[] = organisations.map((o) => o.id);
/** What is no id or word of the dataset is left out; the form says so. */
const known = (vocabulary: readonly string[], asked: readonly string[] | undefined) => {
  const left = asked?.filter((one) => vocabulary.includes(one));
  return left?.length ? left : undefined;
};
/** Ids in an address that do not exist. */
const strangers = (query: URLSearchParams) => [
  ...(listOf(query.get("sector")) ?? []).filter((id) => !SECTOR_IDS.includes(id)),
  ...(listOf(query.get("organisation")) ?? []).filter((id) => !ORGANISATION_IDS.includes(id)),
];

const listOf = (value: string | null) => (value ? value.split(",").filter(Boolean) : undefined);

/** The filter that an address asks for, but for the parts that a view has no use for. A year that is none is left out. */
export function sharedFilter(
  query: URLSearchParams,
  without: readonly ("sector" | "years")[] = [],
  statuses: readonly string[] = [],
): EventFilter & ObservationFilter {
  const year = (key: string) =>
    /^(?:19|20)\d\d$/.test(query.get(key) ?? "") ? (query.get(key) ?? undefined) : undefined;
  const years = without.includes("years") ? [] : [year("from"), year("to")];
  const [from, to] = years[0] !== undefined && years[1] !== undefined ? [...years].sort() : years;
  const asked = query.get("scope");
  const wanted = {
    sector: without.includes("sector") ? undefined : known(SECTOR_IDS, listOf(query.get("sector"))),
    organisation: known(ORGANISATION_IDS, listOf(query.get("organisation"))),
    scope: known(SCOPES, listOf(asked === "all" ? null : asked)),
    status: known(statuses, listOf(query.get("status"))),
    from,
    to,
    // Whatever may lie in the years asked for; a window is not left out for reaching beyond them.
    dates: from !== undefined || to !== undefined ? "possible" : undefined,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, v]) => v !== undefined));
}

export interface FilterOptions {
  /** Vocabulary of the statuses of this view; without it there is no choice of status. */
  readonly statuses?: readonly string[];
  readonly without?: readonly ("sector" | "organisation" | "scope" | "years")[];
  /** Controls of this view alone. */
  readonly more?: readonly HTMLElement[];
}

const YEARS_HINT = "Whatever may lie in these years is kept, windows that reach beyond them too";

let fields = 0;
/** A labelled control. */
export function field(label: string, control: HTMLElement, hint?: string): HTMLElement {
  control.id = `field-${++fields}`;
  return h("div", { class: "field" }, h("label", { for: control.id, title: hint }, label), control);
}

/** A select bound to one parameter of the address. */
export function select(
  key: string,
  choices: readonly (readonly [value: string, label: string])[],
  fallback = "",
): HTMLSelectElement {
  const now = readAddress().query.get(key) ?? fallback;
  const known = choices.some(([value]) => value === now);
  const all = known ? choices : [...choices, [now, words(now)] as const];
  return h(
    "select",
    {
      name: key,
      onchange: (event) => {
        const { value } = event.target as HTMLSelectElement;
        changeAddress({ [key]: value === fallback ? undefined : value });
      },
    },
    all.map(([value, label]) => h("option", { value, selected: value === now }, label)),
  );
}

function yearInput(key: string): HTMLInputElement {
  return h("input", {
    type: "number",
    name: key,
    min: 1990,
    max: 2099,
    step: 1,
    inputmode: "numeric",
    value: readAddress().query.get(key),
    placeholder: "any",
    onchange: (event) => changeAddress({ [key]: (event.target as HTMLInputElement).value }),
  });
}

export function filterForm({ statuses, without = [], more = [] }: FilterOptions): HTMLElement {
  const { view, id, query } = readAddress();
  const shown = (key: "sector" | "organisation" | "scope" | "years") => !without.includes(key);
  const byName = [...organisations].sort((a, b) => a.name.localeCompare(b.name, "en"));
  const active = [...query.keys()].length > 0;
  const form = h(
    "form",
    { class: "filters", "aria-label": "Filters", onsubmit: (event) => event.preventDefault() },
    more,
    shown("sector") &&
      field(
        "Sector",
        select("sector", [["", "All sectors"], ...sectors.map((s) => [s.id, s.name] as const)]),
      ),
    shown("organisation") &&
      field(
        "Organisation",
        select("organisation", [["", "All organisations"], ...byName.map((o) => [o.id, o.name] as const)]),
      ),
    shown("scope") &&
      field(
        "Scope",
        select("scope", SCOPE_CHOICES),
        "CPEC: either government names it part of the corridor. Bilateral: Chinese and Pakistani parties without such a claim. Context: no Chinese party.",
      ),
    statuses &&
      field(
        "Status",
        select("status", [["", "All"], ...statuses.map((s) => [s, capital(words(s))] as const)]),
      ),
    shown("years") && [
      field("From year", yearInput("from"), YEARS_HINT),
      field("To year", yearInput("to"), YEARS_HINT),
    ],
    strangers(query).length > 0 &&
      h("p", { class: "stranger" }, `Left out, for there is no such id: ${strangers(query).join(", ")}.`),
    active && h("a", { class: "reset", href: addressOf(view, id) }, "Clear filters"),
  );
  // Folded on a phone, so that the answer stands in the first screen.
  return h(
    "details",
    { class: "fold", open: !matchMedia("(max-width: 40rem)").matches || active },
    h("summary", {}, active ? "Filters (some are set)" : "Filters"),
    form,
  );
}
