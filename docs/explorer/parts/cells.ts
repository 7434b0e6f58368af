/** Cells that the tables of several views share. */
import { words } from "./format.js";
import { between, el, type Markup } from "./markup.js";
import { recordPath } from "./paths.js";
import { sectorName } from "./sector-names.js";

export const link = (kind: string, id: string, text: string): Markup =>
  el("a", { href: recordPath(kind, id) }, text);
export const sectorLink = (id: string | null | undefined): Markup =>
  id ? link("sector", id, sectorName(id)) : "";
export const tag = (word: string): Markup => el("span", { class: `tag ${word}` }, words(word));

const FEW = 3;
/** The first few, and how many more there are: the record's own page has all. */
export const few = (items: readonly Markup[]): Markup => [
  between(items.slice(0, FEW)),
  items.length > FEW ? ` and ${items.length - FEW} more` : null,
];
