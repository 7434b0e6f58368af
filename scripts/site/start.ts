/** The start page: what this is, findings with their charts, what is new, how fresh it is, and the views. All of it is generated. */

import { capital, compact, day, number, plural, when } from "../../docs/explorer/parts/format.js";
import { el, type Markup } from "../../docs/explorer/parts/markup.js";
import { promiseName } from "../../docs/explorer/parts/naming.js";
import { guidePath, recordPath, viewPath } from "../../docs/explorer/parts/paths.js";
import { delayRanges, verdictBars, verdictLegend } from "../../docs/explorer/parts/promise-charts.js";
import { mainSeries, seriesSvg } from "../../docs/explorer/parts/series-svg.js";
import { dataset } from "../../src/data/dataset.js";
import { events } from "../../src/data/events.js";
import { delays } from "../../src/delays.js";
import { getMetric, getSector } from "../../src/find.js";
import { toSeries } from "../../src/series.js";
import type { Verdict } from "../../src/vocabulary.js";
import { ledger } from "./ledger.js";
import { figureOf, type Page } from "./page.js";
import { link, unitOf } from "./parts.js";

const CARDS: readonly (readonly [view: string, title: string, says: string])[] = [
  ["timeline", "Timeline", "What happened and what was announced, by sector."],
  ["sectors", "Sectors", "Events and amounts by sector and year, with statuses apart."],
  ["metrics", "Metrics", "Every series with its ranges, gaps and trend."],
  ["promises", "Promises", "Who promised what by when, and what came of it."],
  ["conflicts", "Conflicts", "Where sources disagree, and the rule that decided."],
  ["organisations", "Organisations", "Who works with whom, and a page for each."],
  ["map", "Map", "Places, cables and fibre routes, with a table."],
];

const QUESTIONS: readonly (readonly [question: string, href: string])[] = [
  ["What did Zong invest?", recordPath("metric", "investment-mobile-networks")],
  ["Is the Gwadar fibre finished?", recordPath("project", "usf-gwadar-fibre")],
  ["Which promises of 2022 never came true?", viewPath("promises", { made: "2022", verdict: "unknown" })],
  ["Which promises were kept in part?", viewPath("promises", { verdict: "partly" })],
  ["How many phones does Pakistan make?", recordPath("metric", "phones-assembled")],
  ["What became of Sunwalk's two billion dollars?", recordPath("project", "sunwalk-fibre-network")],
  ["Who works with Huawei?", recordPath("organisation", "huawei")],
  [
    "Which Chinese companies make devices in Pakistan?",
    viewPath("organisations", { sector: "device-manufacturing", country: "CN", kind: "company" }),
  ],
  [
    "What did Huawei do from 2019 to 2023?",
    viewPath("timeline", { organisation: "huawei", from: "2019", to: "2023" }),
  ],
  ["Who owns Zong?", recordPath("organisation", "zong")],
  ["What was new in 2026?", viewPath("timeline", { from: "2026" })],
  ["Where do sources disagree most?", viewPath("conflicts")],
  ["What do these words mean?", "../guide/glossary.html"],
  ["What changed since the last release?", "../guide/changes.html"],
];

const exists = (href: string, paths: ReadonlySet<string>) =>
  href.startsWith("../explorer/") || paths.has(href.slice(3));

export function startPage(paths: ReadonlySet<string>): Page {
  const newest = ledger.filter((p) => p.restatedBy === null);
  const count = (v: Verdict) => newest.filter((p) => p.verdict === v).length;
  const rows = delays({ by: "sector" });
  const late = newest
    .filter((p) => p.delay !== null && p.delay.min > 0)
    .sort((a, b) => (b.delay?.min ?? 0) - (a.delay?.min ?? 0))
    .slice(0, 8);
  const longest = late[0];
  const phones = getMetric("phones-assembled");
  const series = mainSeries(
    toSeries(
      phones.observations.filter((o) => Object.keys(o.dimensions).length === 0 && o.status === "actual"),
    ),
  ).filter((s) => s.cadence === "year");
  const points = series.flatMap((s) => s.points).filter((p) => p.value !== null);
  const peak = points.reduce((a, b) => ((b.value ?? 0) > (a?.value ?? 0) ? b : a), points[0]);
  const first = points[0];
  const latest = events
    .filter((e) => e.status === "occurred" && e.date.latest <= dataset.newestSource)
    .sort((a, b) => (a.date.latest < b.date.latest ? 1 : -1))
    .slice(0, 6);
  const { counts } = dataset;
  const settled = count("kept") + count("late") + count("partly") + count("broken");
  return {
    path: "index.html",
    title: "Who promised what, what came of it, and who says so",
    description: `Chinese and Pakistani cooperation in information technology and telecoms under the China-Pakistan Economic Corridor (CPEC): ${number(counts.events)} events, ${number(counts.observations)} figures and ${number(newest.length)} promises, each with its sources.`,
    crumbs: [],
    about: {
      "@type": "Dataset",
      name: dataset.title,
      description:
        "Events, organisations, metrics and promises of Chinese-Pakistani cooperation in IT and telecoms, each with the sources that say so.",
      license: "https://creativecommons.org/licenses/by/4.0/",
      version: dataset.version,
      creator: { "@type": "Organization", name: "cpec-it-data contributors" },
      temporalCoverage: dataset.coverage.years.join("/"),
      spatialCoverage: "Pakistan",
    },
    body: [
      el("h1", {}, "Who promised what, what came of it, and who says so"),
      el(
        "p",
        { class: "lead" },
        `Chinese and Pakistani cooperation in information technology and telecoms under the China-Pakistan Economic Corridor (CPEC): `,
        el(
          "strong",
          {},
          `of ${number(newest.length)} promises ${number(count("kept"))} were kept and ${number(count("late"))} kept late; of ${number(count("unknown"))} no later word was found.`,
        ),
        ` The newest source is of ${day(dataset.newestSource)}; sources were last read on ${day(dataset.readOn)}.`,
      ),
      figureOf(
        "verdicts",
        "What came of promises, by sector",
        verdictBars(
          rows,
          (key) => getSector(key ?? "")?.name ?? String(key),
          (key) => viewPath("promises", { sector: key ?? undefined }),
        ),
        `A promise restated later counts once. ${plural(settled, "promise")} ended as a source reports; no later word is not the same as not done.`,
        verdictLegend(),
      ),
      longest?.delay
        ? figureOf(
            "latest",
            `Kept late: the longest known delay is ${number(longest.delay.min)} days or more`,
            delayRanges(late, promiseName, (p) => recordPath("promise", p.id)),
            "Days from the last day of the deadline. A line is a window: no source gives the day.",
          )
        : null,
      first && peak && points.length > 4
        ? figureOf(
            "phones",
            `Phones assembled in Pakistan: ${compact(first.value as number)} in ${first.period}, ${compact(peak.value as number)} in ${peak.period}`,
            seriesSvg(series, unitOf.get(phones.unit), "Mobile phones assembled in Pakistan a year"),
            "Calendar years, all makers. Each mark leads to its figure and sources.",
          )
        : null,
      el("h2", { id: "views" }, "Seven views"),
      el(
        "ul",
        { class: "cards" },
        CARDS.map(([to, title, says]) =>
          el("li", {}, el("h3", {}, el("a", { href: viewPath(to) }, title)), el("p", {}, says)),
        ),
      ),
      el("h2", { id: "ask" }, "Ask, for example"),
      el(
        "ul",
        { class: "questions" },
        QUESTIONS.filter(([, href]) => exists(href, paths)).map(([question, href]) =>
          el("li", {}, el("a", { href }, question)),
        ),
      ),
      el(
        "p",
        {},
        el("a", { href: "../guide/questions.html" }, "Twelve questions, answered with numbers and sources"),
        ".",
      ),
      el("h2", { id: "new" }, "Newest events"),
      el(
        "ul",
        { class: "newest" },
        latest.map(
          (e): Markup =>
            el(
              "li",
              {},
              el("span", { class: "quiet" }, `${capital(when(e.date))} `),
              link("event", e.id, e.title),
            ),
        ),
      ),
      el("h2", { id: "what" }, "What is in it"),
      el(
        "ul",
        { class: "counts" },
        (
          [
            [counts.events, "events", viewPath("timeline")],
            [counts.observations, "figures", viewPath("metrics")],
            [newest.length, "promises", viewPath("promises")],
            [counts.organisations, "organisations", viewPath("organisations")],
            [counts.projects, "projects", "../guide/projects.html"],
            [counts.sources, "sources", "../guide/sources.html"],
          ] as const
        ).map(([n, what, href]) => el("li", {}, el("strong", {}, number(n)), " ", el("a", { href }, what))),
      ),
      el(
        "p",
        { class: "quiet" },
        `Events of ${dataset.coverage.years[0]} to ${dataset.coverage.years[1]}. For use in a program, see `,
        el("a", { href: guidePath("Getting_started") }, "Getting started"),
        "; how dates, claims and sums are treated is in ",
        el("a", { href: guidePath("Method") }, "Method"),
        ".",
      ),
    ],
  };
}
