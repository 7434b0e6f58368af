/** Parts that the pages of several kinds of record share. */

import {
  capital,
  day,
  interval,
  number,
  period,
  span,
  timeOf,
  when,
  words,
} from "../../docs/explorer/parts/format.js";
import { between, el, type Markup } from "../../docs/explorer/parts/markup.js";
import { promiseName, quantityName, subjectName } from "../../docs/explorer/parts/naming.js";
import { recordPath } from "../../docs/explorer/parts/paths.js";
import { delayText, VERDICT_MEANINGS, VERDICT_NAMES } from "../../docs/explorer/parts/promise-words.js";
import { inOne } from "../../docs/explorer/parts/table.js";
import { type Citable, cite } from "../../src/cite.js";
import { dataset } from "../../src/data/dataset.js";
import { units } from "../../src/data/units.js";
import { getEvent, getOrganisation, getPlace, getProject, getSector } from "../../src/find.js";
import { sourcesOf } from "../../src/interval.js";
import { sourceOf } from "../../src/knowledge.js";
import type { PromiseRecord } from "../../src/promises.js";
import type { ClaimRecord, EventRecord, ObservationRecord } from "../../src/types.js";
import { term } from "./glossary.js";

export const unitOf = new Map<string, (typeof units)[number]>(units.map((u) => [u.id, u]));

export const link = (kind: string, id: string, text: string): Markup =>
  el("a", { href: recordPath(kind, id) }, text);
export const eventLink = (id: string) => link("event", id, getEvent(id)?.title ?? id);
export const organisationLink = (id: string) => link("organisation", id, getOrganisation(id)?.name ?? id);
export const placeLink = (id: string) => link("place", id, getPlace(id)?.name ?? id);
export const projectLink = (id: string) => link("project", id, getProject(id)?.name ?? id);
export const sectorLink = (id: string) => link("sector", id, getSector(id)?.name ?? id);
export const sourceLink = (id: string) => link("source", id, sourceOf(id)?.title ?? id);
export const subjectLink = (s: ObservationRecord["subject"]) => link(s.type, s.id, subjectName(s));

export const list = (items: readonly Markup[]): Markup =>
  items.length === 0
    ? null
    : el(
        "ul",
        { class: "plain" },
        items.map((item) => el("li", {}, item)),
      );

const empty = (value: Markup): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === "" ||
  (Array.isArray(value) && value.length === 0);

/** A list of what is known; what is not is left out. */
export const facts = (entries: readonly (readonly [name: Markup, value: Markup])[]): Markup =>
  el(
    "dl",
    { class: "facts" },
    entries
      .filter(([, value]) => !empty(value))
      .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );

export const tag = (word: string): Markup => el("span", { class: `tag ${word}` }, term(word, words(word)));
export const verdictTag = (p: PromiseRecord): Markup =>
  el("span", { class: `tag v-${p.verdict}`, title: VERDICT_MEANINGS[p.verdict] }, VERDICT_NAMES[p.verdict]);

const publishers = (ids: readonly string[]): Markup => {
  const names = new Map<string, string>();
  for (const id of ids) {
    const name = sourceOf(id)?.publisher ?? id;
    if (!names.has(name)) names.set(name, id);
  }
  const shown = [...names].slice(0, 3);
  return [
    between(shown.map(([name, id]) => link("source", id, name))),
    names.size > 3 ? ` and ${names.size - 3} more` : null,
  ];
};
export const liveSources = (record: { readonly claims: readonly ClaimRecord[] }) => sourcesOf([record]);

export interface Cell {
  readonly label: string;
  readonly show: Markup;
  readonly numeric?: boolean;
}

/** Rows that a phone shows until one asks for more, unless all are what the page is for: see the style sheet. */
const PHONE = 15;
const MOST = 100;
/** A table with its heading; on a phone each row is a card. At most `most` rows, with a way to the rest. */
export function table<R>(
  id: string,
  caption: string,
  rows: readonly R[],
  cells: (row: R) => readonly Cell[],
  rest?: Markup,
  most = MOST,
): Markup {
  const [first] = rows;
  const long = rows.length > PHONE && most <= MOST;
  if (first === undefined) return null;
  return el(
    "section",
    { class: long ? "table long" : "table" },
    el(
      "div",
      { class: "table-head" },
      el("h2", { id }, caption),
      el("div", { class: "downloads" }, el("button", { type: "button", "data-take": "table" }, "CSV")),
    ),
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-labelledby": id },
      el(
        "table",
        { "aria-labelledby": id },
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            cells(first).map((c) => el("th", { scope: "col", class: c.numeric ? "numeric" : null }, c.label)),
          ),
        ),
        el(
          "tbody",
          {},
          rows.slice(0, most).map((row) =>
            el(
              "tr",
              {},
              cells(row).map((c) =>
                el("td", { class: c.numeric ? "numeric" : null, "data-label": c.label }, inOne(c.show)),
              ),
            ),
          ),
        ),
      ),
    ),
    long &&
      el("button", { type: "button", class: "unfold" }, `Show ${number(Math.min(most, rows.length))} rows`),
    rows.length > most
      ? el("p", { class: "quiet" }, `The first ${number(most)} of ${number(rows.length)}. `, rest ?? null)
      : rest
        ? el("p", { class: "quiet" }, rest)
        : null,
  );
}

export const newestFirst = (events: readonly EventRecord[]) =>
  [...events].sort((a, b) => (a.date.latest + a.id < b.date.latest + b.id ? 1 : -1));

export const eventTable = (rows: readonly EventRecord[], caption: string, rest?: Markup): Markup =>
  table(
    "events",
    caption,
    newestFirst(rows),
    (e) => [
      { label: "Date", show: capital(when(e.date)) },
      { label: "Event", show: link("event", e.id, e.title) },
      { label: "Status", show: tag(e.status) },
      { label: "Sources", show: publishers(liveSources(e)) },
    ],
    rest,
  );

/** Newest first; what has no time comes last. */
export const newestFigures = <R extends ObservationRecord>(rows: readonly R[]) =>
  [...rows].sort((a, b) => ((a.end ?? a.start ?? "") < (b.end ?? b.start ?? "") ? 1 : -1));

export const figureTable = (
  rows: readonly ObservationRecord[],
  caption: string,
  {
    about = true,
    metric = true,
    rest,
    most = 100,
  }: { about?: boolean; metric?: boolean; rest?: Markup; most?: number } = {},
): Markup =>
  table(
    "figures",
    caption,
    newestFigures(rows),
    (o) => [
      ...(metric
        ? [{ label: "Metric", show: link("metric", o.metric, quantityName(o)) }]
        : Object.keys(o.dimensions).length > 0 || about
          ? []
          : []),
      ...(about
        ? [
            {
              label: "About",
              show: [
                subjectLink(o.subject),
                metric
                  ? null
                  : Object.values(o.dimensions)
                      .map((v) => `, ${words(v)}`)
                      .join(""),
              ],
            },
          ]
        : []),
      { label: "Time", show: timeOf(o) },
      { label: "Status", show: tag(o.status) },
      { label: "Value", show: link("observation", o.id, interval(o, unitOf.get(o.unit))), numeric: true },
      { label: "Confidence", show: capital(o.confidence) },
      { label: "Sources", show: publishers(liveSources(o)) },
    ],
    rest,
    most,
  );

export const promiseTable = (rows: readonly PromiseRecord[], caption: string, rest?: Markup): Markup =>
  table(
    "promises",
    caption,
    [...rows].sort((a, b) => ((a.madeOn?.earliest ?? "") < (b.madeOn?.earliest ?? "") ? 1 : -1)),
    (p) => [
      { label: "Verdict", show: verdictTag(p) },
      {
        label: "Promise",
        show: el(
          "div",
          { class: "promise-cell" },
          link("promise", p.id, promiseName(p)),
          el("div", { class: "quiet" }, p.sentence),
        ),
      },
      { label: "Made", show: p.madeOn ? span(p.madeOn) : "no date known" },
      { label: "Due", show: p.by ? span(p.by) : "no deadline given" },
      { label: "Delay", show: delayText(p.delay) },
    ],
    rest,
  );

/** The answer on top of a page: the verdict first, then the sentence. */
export const promiseBox = (rows: readonly PromiseRecord[]): Markup => {
  const newest = rows.filter((p) => p.restatedBy === null);
  if (newest.length === 0) return null;
  return el(
    "div",
    { class: "promise-box" },
    el(
      "h2",
      {},
      newest.length === 1
        ? "What was promised, and what came of it"
        : `${newest.length} promises, and what came of them`,
    ),
    el(
      "ul",
      { class: "plain" },
      newest
        .slice(0, 6)
        .map((p) =>
          el(
            "li",
            {},
            verdictTag(p),
            " ",
            link("promise", p.id, promiseName(p)),
            ". ",
            el("span", { class: "quiet" }, p.sentence),
          ),
        ),
    ),
    newest.length > 6 ? el("p", { class: "quiet" }, "The rest is in the table below.") : null,
  );
};

function claimItem(claim: ClaimRecord): Markup {
  const source = sourceOf(claim.source);
  const by = claim.saidBy;
  const who = by ? [by.name, by.role].filter(Boolean).join(", ") : "";
  return el(
    "li",
    { class: claim.rank ?? null },
    el(
      "div",
      {},
      sourceLink(claim.source),
      ` — ${source?.publisher ?? ""}, ${source?.published ? period(source.published) : "undated"} `,
      source ? el("span", { class: "tag" }, words(source.kind)) : null,
      claim.rank && claim.rank !== "normal" ? [" ", el("span", { class: "tag" }, claim.rank)] : null,
    ),
    el(
      "div",
      { class: "details" },
      claim.stated ? [el("q", {}, claim.stated), " "] : null,
      claim.value === undefined ? null : `Gives ${number(claim.value)}. `,
      claim.date ? `Gives the date ${period(claim.date)}. ` : null,
      claim.status ? `Speaks of it as ${words(claim.status)}. ` : null,
      by
        ? [
            `Said by ${who}`,
            by.organisation ? [who && " for ", organisationLink(by.organisation)] : null,
            !who && !by.organisation ? "an unnamed speaker" : null,
            by.channel ? ` (${words(by.channel)}). ` : ". ",
          ]
        : null,
      claim.locator ? `In: ${claim.locator}. ` : null,
      claim.note ? `Note: ${claim.note}` : null,
    ),
  );
}

export const claimsSection = (claims: readonly ClaimRecord[], heading = "Who says so"): Markup =>
  claims.length === 0
    ? null
    : el("section", {}, el("h2", {}, heading), el("ol", { class: "claims" }, claims.map(claimItem)));

export const caveatsSection = (caveats: readonly string[]): Markup =>
  caveats.length === 0
    ? null
    : el(
        "section",
        { class: "caveats" },
        el("h2", {}, "Bear in mind"),
        el(
          "ul",
          {},
          caveats.map((c) => el("li", {}, c)),
        ),
      );

export const absolute = (kind: string, id: string) =>
  process.env.SITE_URL === undefined
    ? undefined
    : `${process.env.SITE_URL.replace(/\/$/, "")}/${recordPath(kind, id).slice(3)}`;

/**
 * How to cite a record: what it says, from which sources, in which version of the dataset. `says` has the number with its
 * unit and time where there is one.
 */
export function citeSection(says: string, citable: Citable, kind: string, id: string): Markup {
  const own = `${dataset.citation}${absolute(kind, id) ? ` ${absolute(kind, id)}` : ""} Record: ${kind} ${id}.`;
  const block = (label: string, text: string, open = false) =>
    el(
      "details",
      { open },
      el("summary", {}, label),
      el("pre", { tabindex: 0, "aria-label": label }, text),
      el("button", { type: "button", "data-copy": true }, "Copy"),
      el("span", { role: "status" }),
    );
  const csl = [...cite(citable, { style: "csl-json" }), ...cite(dataset, { style: "csl-json" })];
  return el(
    "section",
    { class: "cite" },
    el("h2", { id: "cite" }, "Cite"),
    block("Text", `${says}\n${cite(citable)}\n${own}`, true),
    block("BibTeX", `${cite(citable, { style: "bibtex" })}\n${cite(dataset, { style: "bibtex" })}`),
    block("CSL-JSON", JSON.stringify(csl.length > 12 ? csl.slice(-12) : csl, null, 1)),
  );
}

const repository = () => process.env.SITE_REPOSITORY ?? "";
export const correctionLink = (file: string): Markup =>
  repository() === ""
    ? null
    : el(
        "p",
        { class: "correction" },
        el(
          "a",
          { href: `${repository()}/edit/main/data/${file}.yaml`, rel: "noreferrer noopener external" },
          "Correct this on GitHub",
        ),
      );

export { day };
