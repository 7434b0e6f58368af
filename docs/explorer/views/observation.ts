import { conflicts } from "../../../src/conflicts.js";
import { observations } from "../../../src/data/observations.js";
import { getMetric } from "../../../src/find.js";
import { type Address, linkTo } from "../parts/address.js";
import { h } from "../parts/dom.js";
import { subjectLink, subjectName, timeOf } from "../parts/figures.js";
import { dimensionsText, interval, number, SCOPE_NAMES, words } from "../parts/format.js";
import { eventLink, sectorLink, unitOf } from "../parts/names.js";
import { caveatsSection, citeSection, claimsSection, facts, mendLink, notFound } from "../parts/record.js";
import { RULES } from "../parts/rules.js";

export default function view({ id }: Address): Node[] {
  const row = observations.find((o) => o.id === id);
  if (!row) return notFound("figure", id);
  const metric = getMetric(row.metric);
  const link = (other: string | undefined) => other && linkTo("observation", other, other);
  const later = observations.filter((o) => o.supersedes === row.id);
  const parts = observations.filter((o) => o.partOf === row.id);
  const disputes = conflicts({ observations: [row], events: [] });
  return [
    h("p", { class: "kicker" }, "Figure · ", linkTo("metric", row.metric, metric.name)),
    h("h1", {}, interval(row, unitOf.get(row.unit))),
    h(
      "p",
      { class: "lead" },
      `${metric.name}: ${subjectName(row.subject)}${dimensionsText(row.dimensions) && `, ${dimensionsText(row.dimensions)}`}, ${row.status}, ${timeOf(row)}.`,
    ),
    facts([
      ["Metric", linkTo("metric", row.metric, metric.name)],
      ["About", subjectLink(row.subject)],
      ...Object.entries(row.dimensions).map(([k, v]) => [words(k), v] as const),
      ["Status", h("span", { class: `tag ${row.status}` }, row.status)],
      ["Time", timeOf(row)],
      ["Said on", row.asOf],
      ["Confidence", row.confidence],
      ["Sector", sectorLink(row.sector)],
      ["Scope", SCOPE_NAMES[row.scope]],
      ["Event", row.event && eventLink(row.event)],
      ["Part of", link(row.partOf)],
      [
        "Parts",
        parts.length > 0 &&
          h(
            "ul",
            { class: "plain" },
            parts.map((o) => h("li", {}, link(o.id) || "")),
          ),
      ],
      ["Replaces", link(row.supersedes)],
      [
        "Replaced by",
        later.length > 0 &&
          h(
            "ul",
            { class: "plain" },
            later.map((o) => h("li", {}, link(o.id) || "")),
          ),
      ],
      ["Id", h("code", {}, row.id)],
    ]),
    caveatsSection(row.caveats),
    ...disputes.map((c) =>
      h(
        "section",
        {},
        h("h2", {}, `Sources disagree on its ${c.field}`),
        h(
          "ul",
          {},
          c.positions.map((p) =>
            h(
              "li",
              {},
              `${typeof p.says === "number" ? number(p.says) : p.says}: ${p.sources.length} of its sources`,
            ),
          ),
        ),
        h("p", {}, `Settled: ${RULES[c.rule]}.`),
      ),
    ),
    claimsSection(row.claims),
    citeSection(row),
    mendLink(`metrics/${row.metric}`),
  ].filter((n): n is HTMLElement => n !== null);
}
