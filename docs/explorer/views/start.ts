import { dataset } from "../../../src/data/dataset.js";
import { linkTo } from "../parts/address.js";
import { h } from "../parts/dom.js";
import { day, number } from "../parts/format.js";

const VIEWS: readonly (readonly [view: string, title: string, says: string])[] = [
  ["timeline", "Timeline", "What happened and what was announced, by sector, with windows drawn as windows."],
  ["sectors", "Sectors", "Events and amounts by sector and year, with statuses apart."],
  ["metrics", "Metrics", "Every series, its ranges, gaps and trend, and the sources of each value."],
  ["promises", "Promises", "What was announced beside what was delivered, as known on any day."],
  ["conflicts", "Conflicts", "Where sources disagree, and the rule that decided."],
  ["organisations", "Organisations", "Who works with whom, and a page for each."],
];

const QUESTIONS: readonly (readonly [
  question: string,
  view: string,
  id?: string | undefined,
  query?: Readonly<Record<string, string>>,
])[] = [
  ["What did Zong invest?", "metrics", undefined, { organisation: "zong", sector: "mobile-networks" }],
  ["Is the Gwadar fibre finished?", "project", "usf-gwadar-fibre"],
  ["How many phones does Pakistan make?", "metric", "phones-assembled"],
  ["What became of Sunwalk's two billion dollars?", "project", "sunwalk-fibre-network"],
  ["Which promises are overdue?", "promises", undefined, { due: "overdue" }],
  ["Who works with Huawei?", "organisation", "huawei"],
];

export default function view(): Node[] {
  const { counts } = dataset;
  const figures = [
    [counts.events, "events", "timeline"],
    [counts.observations, "figures", "metrics"],
    [counts.organisations, "organisations", "organisations"],
    [counts.projects, "projects", "promises"],
    [counts.sources, "sources", "search"],
  ] as const;
  return [
    h("h1", {}, "Who promised what, what came of it, and who says so"),
    h(
      "p",
      { class: "lead" },
      `Chinese and Pakistani cooperation in information technology and telecoms, ${dataset.coverage.years[0]} to ${dataset.coverage.years[1]}: every value with its source, plans apart from outcomes. Sources read up to ${day(dataset.dataAsOf)}.`,
    ),
    h(
      "ul",
      { class: "counts" },
      figures.map(([n, what]) => h("li", {}, h("strong", {}, number(n)), ` ${what}`)),
    ),
    h("h2", {}, "Look"),
    h(
      "ul",
      { class: "cards" },
      VIEWS.map(([to, title, says]) =>
        h("li", {}, h("h3", {}, linkTo(to, undefined, title)), h("p", {}, says)),
      ),
    ),
    h("h2", {}, "Ask, for example"),
    h(
      "ul",
      { class: "questions" },
      QUESTIONS.map(([question, to, id, query]) => h("li", {}, linkTo(to, id, question, query))),
    ),
    h(
      "p",
      { class: "quiet" },
      "For use in a program, see ",
      h("a", { href: "../api/documents/Getting_started.html" }, "Getting started"),
      " and the ",
      h("a", { href: "../api/documents/Recipes.html" }, "Recipes"),
      "; how dates, claims and sums are treated is in ",
      h("a", { href: "../api/documents/Method.html" }, "Method"),
      ".",
    ),
  ];
}
