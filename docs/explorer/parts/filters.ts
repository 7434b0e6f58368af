/** The filters of a view: a form whose whole state is the address. */
import { capital, SCOPE_NAMES, words } from "./format.js";
import { el, type Markup } from "./markup.js";
import { viewPath } from "./paths.js";
import { SECTORS } from "./sector-names.js";
import { type Query, strangers } from "./state.js";

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly fallback?: string;
}
export interface FilterOptions {
  /** Vocabulary of the statuses of this view; without it there is no choice of status. */
  readonly statuses?: readonly string[];
  readonly without?: readonly ("sector" | "organisation" | "scope" | "years")[];
  /** Controls of this view alone. */
  readonly more?: readonly Choice[];
  /** Parameters that stand in a control that is none of these. */
  readonly kept?: readonly string[];
}

const SCOPE_CHOICES: Choice["choices"] = [
  ["", "All, with context"],
  ["cpec,bilateral", "CPEC and bilateral"],
  ...["cpec", "bilateral", "context"].map((scope) => [scope, `Only ${SCOPE_NAMES[scope]}`] as const),
];
const YEARS_HINT = "Whatever may lie in these years is kept, windows that reach beyond them too";
const SCOPE_HINT =
  "CPEC: either government names it part of the corridor. Bilateral: Chinese and Pakistani parties without such a claim. Context: no Chinese party.";

const field = (id: string, label: string, control: Markup, hint?: string): Markup =>
  el("div", { class: "field" }, el("label", { for: id, title: hint }, label), control);

function select({ key, label, choices, fallback = "" }: Choice, query: Query, hint?: string): Markup {
  const now = query.get(key) ?? fallback;
  const all = choices.some(([value]) => value === now) ? choices : [...choices, [now, words(now)] as const];
  return field(
    `by-${key}`,
    label,
    el(
      "select",
      { id: `by-${key}`, name: key, "data-fallback": fallback || undefined },
      all.map(([value, text]) => el("option", { value, selected: value === now }, text)),
    ),
    hint,
  );
}

const year = (key: string, label: string, query: Query) =>
  field(
    `by-${key}`,
    label,
    el("input", {
      id: `by-${key}`,
      type: "number",
      name: key,
      min: 1990,
      max: 2099,
      step: 1,
      inputmode: "numeric",
      value: query.get(key),
      placeholder: "any",
    }),
    YEARS_HINT,
  );

export function filterForm(
  view: string,
  query: Query,
  { statuses, without = [], more = [] }: FilterOptions,
  bodies?: ReadonlyMap<string, string>,
): Markup {
  const shown = (key: "sector" | "organisation" | "scope" | "years") => !without.includes(key);
  const active = [...query.keys()].some((key) => !/(?:sort|page|figure)$/.test(key));
  const body = query.get("organisation") ?? "";
  const unknown = strangers(query, bodies);
  return [
    // Folded on a phone, so that the answer stands in the first screen.
    el(
      "button",
      { type: "button", class: "fold", id: "fold", "aria-expanded": "false", "aria-controls": "filters" },
      active ? "Filters (some are set)" : "Filters",
    ),
    el(
      "form",
      { class: "filters", id: "filters", "aria-label": "Filters", method: "get", action: `${view}.html` },
      more.map((choice) => select(choice, query)),
      shown("sector") &&
        select({ key: "sector", label: "Sector", choices: [["", "All sectors"], ...SECTORS] }, query),
      shown("organisation") &&
        field(
          "by-organisation",
          "Organisation",
          el("input", {
            id: "by-organisation",
            name: "organisation",
            list: "organisations",
            autocomplete: "off",
            placeholder: "any; type a name",
            value: bodies?.get(body) ?? body,
          }),
        ),
      shown("organisation") &&
        el(
          "datalist",
          { id: "organisations" },
          [...(bodies?.values() ?? [])].map((name) => el("option", { value: name })),
        ),
      shown("scope") && select({ key: "scope", label: "Scope", choices: SCOPE_CHOICES }, query, SCOPE_HINT),
      statuses &&
        select(
          {
            key: "status",
            label: "Status",
            choices: [["", "All"], ...statuses.map((s) => [s, capital(words(s))] as const)],
          },
          query,
        ),
      shown("years") && [year("from", "From year", query), year("to", "To year", query)],
      unknown.length > 0 &&
        el("p", { class: "stranger" }, `Left out, for nothing has this name: ${unknown.join(", ")}.`),
      active && el("a", { class: "reset", id: "reset", href: viewPath(view) }, "Clear filters"),
    ),
  ];
}
