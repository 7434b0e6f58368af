/** Parts of a record's page: its facts, its claims with their sources, how to cite it and where to correct it. */
import { type Citable, cite } from "../../../src/cite.js";
import { dataset } from "../../../src/data/dataset.js";
import { sourceOf } from "../../../src/knowledge.js";
import type { ClaimRecord } from "../../../src/types.js";
import { linkTo } from "./address.js";
import { h, joined, outward } from "./dom.js";
import { number, words } from "./format.js";
import { organisationLink } from "./names.js";

type Shown = Node | string | number | null | undefined | false | readonly (Node | string)[];

/** A list of what is known; what is not is left out. */
export function facts(entries: readonly (readonly [name: string, value: Shown])[]): HTMLElement {
  const known = entries.filter(
    ([, v]) => v !== null && v !== undefined && v !== false && !(Array.isArray(v) && v.length === 0),
  );
  return h(
    "dl",
    { class: "facts" },
    known.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

export const sourceLink = (id: string) => linkTo("source", id, sourceOf(id)?.title ?? id);

const FEW = 4;
/** The publishers behind a cell of a table, each once; the record's own page has every source. */
export function sourceList(ids: readonly string[]): Node {
  const publishers = new Map<string, string>();
  for (const id of ids) {
    const name = sourceOf(id)?.publisher ?? id;
    if (!publishers.has(name)) publishers.set(name, id);
  }
  const shown = [...publishers].slice(0, FEW);
  const rest = publishers.size - shown.length;
  return h(
    "span",
    {},
    joined(shown.map(([name, id]) => linkTo("source", id, name))),
    rest > 0 && ` and ${rest} more`,
  );
}

function said(claim: ClaimRecord): Node | null {
  const by = claim.saidBy;
  if (!by) return null;
  const who = [by.name, by.role].filter(Boolean).join(", ");
  return h(
    "span",
    {},
    "Said by ",
    who,
    by.organisation && [who && " for ", organisationLink(by.organisation)],
    !who && !by.organisation && "an unnamed speaker",
    by.channel && ` (${words(by.channel)})`,
    ". ",
  );
}

function claimItem(claim: ClaimRecord): HTMLElement {
  const source = sourceOf(claim.source);
  return h(
    "li",
    { class: claim.rank },
    h(
      "div",
      {},
      sourceLink(claim.source),
      ` — ${source?.publisher ?? ""}${source?.published ? `, ${source.published}` : ", undated"} `,
      h("span", { class: "tag" }, words(source?.kind ?? "")),
      claim.rank && claim.rank !== "normal" && [" ", h("span", { class: `tag ${claim.rank}` }, claim.rank)],
    ),
    h(
      "div",
      { class: "details" },
      claim.stated && [h("q", {}, claim.stated), " "],
      claim.value !== undefined && `Gives ${number(claim.value)}. `,
      claim.date && `Gives the date ${claim.date}. `,
      claim.status && `Speaks of it as ${claim.status}. `,
      said(claim),
      claim.locator && `In: ${claim.locator}. `,
      claim.note && `Note: ${claim.note}`,
    ),
  );
}

export function claimsSection(claims: readonly ClaimRecord[], heading = "Who says so"): HTMLElement | null {
  if (claims.length === 0) return null;
  return h("section", {}, h("h2", {}, heading), h("ol", { class: "claims" }, claims.map(claimItem)));
}

export function caveatsSection(caveats: readonly string[]): HTMLElement | null {
  if (caveats.length === 0) return null;
  return h(
    "section",
    { class: "caveats" },
    h("h2", {}, "Bear in mind"),
    h(
      "ul",
      {},
      caveats.map((c) => h("li", {}, c)),
    ),
  );
}

function copyable(label: string, text: string): HTMLElement {
  const done = h("span", { role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      done.textContent = "Copied";
    } catch {
      done.textContent = "Select the text to copy it";
    }
  };
  return h(
    "details",
    {},
    h("summary", {}, label),
    h("pre", { tabindex: 0, "aria-label": label }, text),
    h("button", { type: "button", onclick: copy }, "Copy"),
    " ",
    done,
  );
}

export function citeSection(citable: Citable): HTMLElement {
  const own = cite(dataset);
  const sources = cite(citable);
  return h(
    "section",
    { class: "cite" },
    h("h2", {}, "Cite"),
    copyable("Text", `${sources}\n${own}`),
    copyable("BibTeX", `${cite(citable, { style: "bibtex" })}\n${cite(dataset, { style: "bibtex" })}`),
    copyable(
      "CSL-JSON",
      JSON.stringify(
        [...cite(citable, { style: "csl-json" }), ...cite(dataset, { style: "csl-json" })],
        null,
        1,
      ),
    ),
  );
}

/** A link to the very file of a record; none while package.json names no repository (see `scripts/docs.ts`). */
export function mendLink(file: string): HTMLElement | null {
  const repository = document.querySelector<HTMLMetaElement>('meta[name="repository"]')?.content;
  if (!repository) return null;
  return h(
    "p",
    { class: "mend" },
    outward(`${repository}/edit/main/data/${file}.yaml`, "Mend this on GitHub"),
  );
}

/** The page of an id that no record has. */
export function notFound(what: string, id: string | undefined): Node[] {
  return [
    h("h1", {}, "No such record"),
    h(
      "p",
      {},
      `There is no ${what} "${id ?? ""}". `,
      linkTo("search", undefined, "Search for it", { q: words(id ?? "") }),
      ".",
    ),
  ];
}
