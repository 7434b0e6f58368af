import {
  dimensionsText,
  interval,
  number,
  period,
  SCOPE_NAMES,
  timeOf,
  words,
} from "../../../docs/explorer/parts/format.js";
import { el } from "../../../docs/explorer/parts/markup.js";
import { quantityName, subjectName } from "../../../docs/explorer/parts/naming.js";
import { recordPath, viewPath } from "../../../docs/explorer/parts/paths.js";
import { RULES } from "../../../docs/explorer/parts/rules.js";
import { conflicts } from "../../../src/conflicts.js";
import { getMetric } from "../../../src/find.js";
import type { Observation } from "../../../src/types.js";
import { term } from "../glossary.js";
import { laterThan, partsOfFigure, promiseOf, promisesOn } from "../ledger.js";
import { linkedNode } from "../linked.js";
import type { Page } from "../page.js";
import {
  caveatsSection,
  citeSection,
  claimsSection,
  correctionLink,
  eventLink,
  facts,
  link,
  list,
  promiseBox,
  sectorLink,
  subjectLink,
  tag,
  unitOf,
} from "../parts.js";

const COUNTS: Readonly<Record<string, string>> = {
  cumulative: "adding up what was done since its start",
  yearly: "what is reached in one year",
  level: "the level at the deadline",
};
const figureName = (o: Observation) => `${interval(o, unitOf.get(o.unit))}, ${timeOf(o)}`;

export function observationPage(row: Observation): Page {
  const metric = getMetric(row.metric);
  const unit = unitOf.get(row.unit);
  const says = `${quantityName(row)}: ${subjectName(row.subject)}, ${interval(row, unit)}, ${row.status}, ${timeOf(row)}`;
  const disputes = conflicts({ observations: [row], events: [] });
  const own = promiseOf.get(row.id);
  const promised = [...(own ? [own] : []), ...promisesOn(row.id)];
  const other = (o: { id: string }) => link("observation", o.id, figureName(o as Observation));
  return {
    path: recordPath("observation", row.id).slice(3),
    title: `${interval(row, unit)} – ${quantityName(row)}, ${subjectName(row.subject)}, ${timeOf(row)}`,
    description: `${says}. With every source that says so.`,
    crumbs: [
      ["Metrics", viewPath("metrics")],
      [metric?.name ?? row.metric, recordPath("metric", row.metric)],
    ],
    about: linkedNode({ observations: [row] }),
    body: [
      el("p", { class: "kicker" }, "Figure · ", link("metric", row.metric, metric?.name ?? row.metric)),
      el("h1", {}, interval(row, unit)),
      el(
        "p",
        { class: "lead" },
        `${metric?.name}: ${subjectName(row.subject)}${dimensionsText(row.dimensions) && `, ${dimensionsText(row.dimensions)}`}, ${row.status}, ${timeOf(row)}.`,
      ),
      promiseBox(promised),
      facts([
        ["Metric", link("metric", row.metric, metric?.name ?? row.metric)],
        ["About", subjectLink(row.subject)],
        ...Object.entries(row.dimensions).map(([k, v]) => [words(k), words(v)] as const),
        ["Status", tag(row.status)],
        ["Time", timeOf(row)],
        ["Said on", row.asOf ? period(row.asOf) : null],
        ["Fulfilled by", row.counts ? COUNTS[row.counts] : null],
        ["Confidence", term("confidence", row.confidence)],
        ["Sector", sectorLink(row.sector)],
        ["Scope", term(row.scope, SCOPE_NAMES[row.scope] ?? row.scope)],
        ["Event", row.event ? eventLink(row.event) : null],
        ["Part of", row.partOf ? link("observation", row.partOf, row.partOf) : null],
        ["Parts", list(partsOfFigure(row.id).map(other))],
        ["Replaces", row.supersedes ? link("observation", row.supersedes, row.supersedes) : null],
        ["Replaced by", list(laterThan(row.id).map(other))],
        ["Id", el("code", {}, row.id)],
      ]),
      caveatsSection(row.caveats),
      disputes.map((c) =>
        el(
          "section",
          {},
          el("h2", {}, `Sources disagree on its ${c.field}`),
          el(
            "ul",
            {},
            c.positions.map((p) =>
              el(
                "li",
                {},
                `${typeof p.says === "number" ? number(p.says) : c.field === "date" ? period(p.says) : p.says}: ${p.sources.length} of its sources`,
              ),
            ),
          ),
          el("p", {}, `Settled: ${RULES[c.rule]}.`),
        ),
      ),
      claimsSection(row.claims),
      citeSection(`${says}.`, row, "observation", row.id),
      correctionLink(`metrics/${row.metric}`),
    ],
  };
}
