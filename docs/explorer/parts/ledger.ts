/** The ledger of promises as a table: the verdict first, in words. */
import type { PromiseRecord } from "../../../src/promises.js";
import { linkTo } from "./address.js";
import { h } from "./dom.js";
import { span } from "./format.js";
import { organisationLink, organisationOf } from "./names.js";
import { promiseName } from "./naming.js";
import { delayText, VERDICT_NAMES } from "./promise-words.js";
import { sourceList } from "./record.js";
import { type Column, table } from "./table.js";

export { promiseName };

const columns: readonly Column<PromiseRecord>[] = [
  { label: "id", value: (p) => p.id, hidden: true },
  {
    label: "Verdict",
    value: (p) => VERDICT_NAMES[p.verdict],
    show: (p) => h("span", { class: `tag v-${p.verdict}` }, VERDICT_NAMES[p.verdict]),
  },
  {
    label: "Promise",
    value: promiseName,
    show: (p) =>
      h(
        "div",
        { class: "promise-cell" },
        linkTo("promise", p.id, promiseName(p)),
        h("div", { class: "quiet" }, p.sentence, p.restatedBy !== null && " A later wording replaced it."),
      ),
  },
  {
    label: "Made",
    value: (p) => p.madeOn?.earliest ?? null,
    show: (p) => (p.madeOn ? span(p.madeOn) : "no date known"),
  },
  {
    label: "Due",
    value: (p) => p.by?.latest ?? null,
    show: (p) => (p.by ? span(p.by) : "no deadline given"),
  },
  { label: "Delay", value: (p) => p.delay?.max ?? null, show: (p) => delayText(p.delay) },
  { label: "delay at least", value: (p) => p.delay?.min ?? null, hidden: true },
  { label: "newest word", value: (p) => p.newestWord, hidden: true },
  {
    label: "Bodies",
    value: (p) => p.organisations.map((id) => organisationOf.get(id)?.name ?? id).join("; "),
    show: (p) =>
      h(
        "span",
        {},
        p.organisations.slice(0, 3).flatMap((id, i) => [i > 0 ? ", " : "", organisationLink(id)]),
        p.organisations.length > 3 && ` and ${p.organisations.length - 3} more`,
      ),
  },
  { label: "sector", value: (p) => p.sector, hidden: true },
  { label: "Sources", value: (p) => p.sources.join("; "), show: (p) => sourceList(p.sources) },
];

export const ledgerTable = (
  rows: readonly PromiseRecord[],
  caption = "Promises and what came of them",
): HTMLElement => table({ caption, file: "promises", columns, rows });
