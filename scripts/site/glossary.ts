/** Words that the site uses in a sense of its own: one meaning each, shown as a tooltip and on a page. */
import { el, type Markup } from "../../docs/explorer/parts/markup.js";
import { VERDICT_MEANINGS, VERDICT_NAMES } from "../../docs/explorer/parts/promise-words.js";
import { VERDICTS } from "../../src/vocabulary.js";

export interface Word {
  readonly id: string;
  readonly word: string;
  readonly meaning: string;
}

export const GLOSSARY: readonly Word[] = [
  {
    id: "up-to",
    word: "up to (to-date)",
    meaning:
      "A running total: everything counted from an often unstated start up to this day. Running totals are never added to each other, and no growth is computed of them. In the data: timing `to-date`.",
  },
  {
    id: "during",
    word: "during",
    meaning: "What happened inside a period, from its first day to its last. In the data: timing `during`.",
  },
  {
    id: "at",
    word: "at",
    meaning: "The level on one day, such as the number of subscribers. In the data: timing `at`.",
  },
  {
    id: "by",
    word: "by (deadline)",
    meaning: "Promised for a deadline. The deadline is met on its last day. In the data: timing `by`.",
  },
  {
    id: "a-year",
    word: "a year, from",
    meaning: "A rate: so much a year, from this day. In the data: timing `per-year`.",
  },
  { id: "actual", word: "actual", meaning: "A source reports it as a fact, not as a plan." },
  {
    id: "committed",
    word: "committed",
    meaning: "Bound by a contract, a loan or a licence, but not yet a deed: signed is not done.",
  },
  {
    id: "planned",
    word: "planned",
    meaning: "Somebody said that it would be done. It is not counted among what happened.",
  },
  { id: "target", word: "target", meaning: "A goal of a policy or a plan." },
  { id: "forecast", word: "forecast", meaning: "An expectation, which nobody promised to fulfil." },
  { id: "occurred", word: "occurred", meaning: "A source reports that it happened." },
  { id: "ongoing", word: "ongoing", meaning: "It began and no source says that it ended." },
  { id: "postponed", word: "postponed", meaning: "A source says that it was put off." },
  { id: "cancelled", word: "cancelled", meaning: "A source says that it will not happen." },
  {
    id: "unverified",
    word: "unverified",
    meaning: "It was to have happened, and no source says whether it did.",
  },
  {
    id: "cpec",
    word: "CPEC",
    meaning:
      "The China-Pakistan Economic Corridor. As a scope: either government names the item part of the corridor, or a body of the corridor did it.",
  },
  {
    id: "bilateral",
    word: "bilateral",
    meaning: "Chinese and Pakistani parties, without a claim that the item is part of CPEC.",
  },
  {
    id: "context",
    word: "context",
    meaning:
      "Items without a Chinese party, kept because the others cannot be read without them: national totals, rival networks, rules for all.",
  },
  {
    id: "scope",
    word: "scope",
    meaning:
      "How an item relates to the corridor: CPEC, bilateral or context. Every view shows all three unless a filter says otherwise.",
  },
  {
    id: "fiscal-year",
    word: "fiscal year",
    meaning:
      "The fiscal year of Pakistan: from 1 July to 30 June. Fiscal year 2021-22 began on 1 July 2021 and ended on 30 June 2022.",
  },
  {
    id: "window",
    word: "window",
    meaning:
      "The days between which something happened, where no source says on which. It is drawn as a bar, and a delay reckoned from it is a range.",
  },
  {
    id: "flow",
    word: "flow, stock, ratio",
    meaning:
      "A flow happens over time and may be added over periods and subjects; a stock is the level at a moment and may be added over subjects only; a ratio, rate or price is never added.",
  },
  {
    id: "confidence",
    word: "confidence",
    meaning:
      "High, medium or low, computed from the kind and number of independent sources of a figure; the guide Method has the rule.",
  },
  {
    id: "origin",
    word: "origin",
    meaning: "Reprints of one wire story or press release share an origin and count once.",
  },
  {
    id: "promise",
    word: "promise",
    meaning:
      "Something that somebody said would be done: an event, or an amount to be reached. Values of signed contracts and loans, prices, costs, masses and design lives are not promises.",
  },
  {
    id: "overdue",
    word: "overdue",
    meaning:
      "Not used here: a deadline that has passed without a later word says that nothing was published, not that nothing was done. See No later word.",
  },
  ...VERDICTS.map((v) => ({
    id: `verdict-${v}`,
    word: VERDICT_NAMES[v],
    meaning: `Verdict on a promise: ${VERDICT_MEANINGS[v]}.`,
  })),
];

const byId = new Map(GLOSSARY.map((w) => [w.id, w]));
/** A word with its meaning as a tooltip and a way to the glossary; an unknown one stays plain. */
export function term(id: string, text: string): Markup {
  const word = byId.get(id);
  return word === undefined ? text : el("span", { class: "term", title: word.meaning }, text);
}
