/** Questions and their answers: numbers with links to their records, worked out from the data, and what the programs of the guide print. */
import { readFileSync } from "node:fs";
import { buildSync } from "esbuild";
import {
  capital,
  day,
  interval,
  number,
  period,
  plural,
  span,
  timeOf,
  words,
} from "../../docs/explorer/parts/format.js";
import { between, el, type Markup } from "../../docs/explorer/parts/markup.js";
import { promiseName } from "../../docs/explorer/parts/naming.js";
import { guidePath, viewPath } from "../../docs/explorer/parts/paths.js";
import { VERDICT_NAMES } from "../../docs/explorer/parts/promise-words.js";
import { conflicts } from "../../src/conflicts.js";
import { dataset } from "../../src/data/dataset.js";
import { events } from "../../src/data/events.js";
import { observations } from "../../src/data/observations.js";
import { organisations } from "../../src/data/organisations.js";
import { filterEvents, filterObservations } from "../../src/filter.js";
import { getOrganisation } from "../../src/find.js";
import { network } from "../../src/network.js";
import { projectStatus } from "../../src/project-status.js";
import type { Observation, ObservationRecord, Project } from "../../src/types.js";
import type { Verdict } from "../../src/vocabulary.js";
import { ledger, promisesOfProject } from "./ledger.js";
import type { Page } from "./page.js";
import {
  eventLink,
  link,
  list,
  liveSources,
  organisationLink,
  projectLink,
  sourceLink,
  unitOf,
  verdictTag,
} from "./parts.js";

const current = ledger.filter((p) => p.restatedBy === null);
const text = (o: ObservationRecord) => interval(o, unitOf.get(o.unit));
/** A value as a link to its figure, with its time and the sources that say so. */
const value = (o: ObservationRecord): Markup => [
  el("strong", {}, link("observation", o.id, text(o))),
  ` ${timeOf(o)} (`,
  between(liveSources(o).slice(0, 2).map(sourceLink)),
  liveSources(o).length > 2 ? `, and ${liveSources(o).length - 2} more` : null,
  ")",
];
const newestFirst = (rows: readonly ObservationRecord[]) =>
  [...rows].sort((a, b) => ((a.end ?? "") < (b.end ?? "") ? 1 : -1));
const see = (href: string, label: string): Markup => el("p", {}, el("a", { href }, label), ".");
const promisesOf = (project: string): Markup =>
  list(
    promisesOfProject(project)
      .filter((p) => p.restatedBy === null)
      .map((p) => [verdictTag(p), " ", link("promise", p.id, promiseName(p)), ". ", p.sentence]),
  );
function state(id: Project["id"]): Markup {
  const status = projectStatus(id);
  return el(
    "p",
    {},
    projectLink(id),
    ": ",
    el("strong", {}, words(status.state)),
    status.event ? [", by the event “", eventLink(status.event), "”"] : null,
    status.observation ? [", by ", link("observation", status.observation, "a reported figure")] : null,
    status.setback ? [", with a later setback: “", eventLink(status.setback), "”"] : null,
    status.newestWord ? `. The newest report on it dates from ${day(status.newestWord)}.` : ".",
  );
}
const byVerdict = (rows: typeof current): Markup =>
  between(
    [...new Set(rows.map((p) => p.verdict))].map(
      (v: Verdict) =>
        `${number(rows.filter((p) => p.verdict === v).length)} ${VERDICT_NAMES[v].toLowerCase()}`,
    ),
  );

const figures = (filter: Parameters<typeof filterObservations>[1]) =>
  newestFirst(filterObservations(observations, filter));

/** Question, answer, and the heading of the guide whose program works it out. */
const QUESTIONS: readonly (readonly [
  id: string,
  question: string,
  answer: () => Markup,
  program?: string,
])[] = [
  [
    "zong",
    "What did Zong invest per year?",
    () => {
      const years = figures({
        metric: "investment-mobile-networks",
        organisation: "zong",
        timing: "during",
        status: "actual",
      });
      const totals = figures({
        metric: "investment-mobile-networks",
        organisation: "zong",
        timing: "to-date",
        status: "actual",
      });
      return [
        el("p", {}, `A source gives the amount of a year for ${plural(years.length, "year")} alone:`),
        list(years.map(value)),
        totals[0]
          ? el(
              "p",
              {},
              "The newest running total is ",
              value(totals[0]),
              ". Running totals give no amount of a year.",
            )
          : null,
        see("../metric/investment-mobile-networks.html", "All values, plans beside outcomes"),
      ];
    },
  ],
  [
    "gwadar",
    "Is the Gwadar fibre finished?",
    () => [el("p", {}, "No source says so."), state("usf-gwadar-fibre"), promisesOf("usf-gwadar-fibre")],
  ],
  [
    "sunwalk",
    "What became of Sunwalk's plan?",
    () => [state("sunwalk-fibre-network"), promisesOf("sunwalk-fibre-network")],
    "What became of Sunwalk's plan?",
  ],
  [
    "promises-2022",
    "Which promises of 2022 never came true?",
    () => {
      const made = current.filter((p) => p.madeOn?.earliest.startsWith("2022"));
      const open = made.filter((p) => p.verdict === "unknown" || p.verdict === "broken");
      return [
        el(
          "p",
          {},
          `Of ${plural(made.length, "promise")} made in 2022: `,
          byVerdict(made),
          ". No later word is not the same as not done.",
        ),
        list(open.slice(0, 8).map((p) => [verdictTag(p), " ", link("promise", p.id, promiseName(p))])),
        see(viewPath("promises", { made: "2022" }), "All of them, with filters"),
      ];
    },
  ],
  [
    "late",
    "Which promises came late, and which were broken?",
    () => {
      const late = current
        .filter((p) => p.verdict === "late" && p.delay)
        .sort((a, b) => (b.delay?.min ?? 0) - (a.delay?.min ?? 0));
      const broken = current.filter((p) => p.verdict === "broken");
      return [
        el(
          "p",
          {},
          `${capital(plural(late.length, "promise"))} came late by a known number of days; the longest delays:`,
        ),
        list(late.slice(0, 5).map((p) => [link("promise", p.id, promiseName(p)), ". ", p.sentence])),
        el(
          "p",
          {},
          broken.length === 0
            ? "Of no promise does a source say that it was given up, cancelled or failed."
            : `${capital(plural(broken.length, "promise"))} broken:`,
        ),
        list(broken.map((p) => [link("promise", p.id, promiseName(p)), ". ", p.sentence])),
      ];
    },
    "Which promises came late, and which are unknown?",
  ],
  [
    "phones",
    "How many phones were made each year, and who says so?",
    () => [
      list(
        figures({ metric: "phones-assembled", timing: "during", dimensions: {}, status: "actual" })
          .filter((o) => /^\d{4}$/.test(o.period) && o.subject.id === "pakistan")
          .map(value),
      ),
      see("../metric/phones-assembled.html", "The chart, months and makers"),
    ],
    "How many phones were made in 2021, and who says so?",
  ],
  [
    "plants",
    "Which Chinese companies make devices in Pakistan?",
    () => {
      const makers = filterEvents(events, { sector: "device-manufacturing" }).flatMap((e) =>
        e.organisations.filter((o) => o.role === "manufacturer").map((o) => o.id),
      );
      const chinese = organisations.filter((o) => o.country === "CN" && makers.includes(o.id));
      return [
        el("p", {}, `Named as maker in an event of the sector: ${number(chinese.length)}.`),
        el("p", {}, between(chinese.map((o) => organisationLink(o.id)))),
        see(
          viewPath("organisations", { sector: "device-manufacturing", country: "CN", kind: "company" }),
          "All Chinese companies in events of the sector",
        ),
      ];
    },
  ],
  [
    "fdi",
    "What is China's share of foreign direct investment?",
    () => [
      list(
        figures({ metric: "fdi-from-china-share", status: "actual", dimensions: {} })
          .filter((o) => o.period.startsWith("FY"))
          .slice(0, 8)
          .map(value),
      ),
      see("../metric/fdi-from-china-share.html", "All periods, with the chart"),
    ],
  ],
  [
    "safe-city",
    "What became of the Islamabad Safe City after the court case?",
    () => [
      state("islamabad-safe-city"),
      list(
        filterEvents(events, { project: "islamabad-safe-city" }).map((e) => [
          `${span(e.date)}: `,
          eventLink(e.id),
          ` (${words(e.status)})`,
        ]),
      ),
    ],
  ],
  [
    "owner",
    "Who owns Zong?",
    () => [
      list(
        (getOrganisation("zong")?.parents ?? []).map((p) => [
          organisationLink(p.organisation),
          p.share === undefined ? "" : `, ${number(p.share)} %`,
          p.from ? `, from ${period(p.from)}` : "",
          p.until ? `, until ${period(p.until)}` : "",
          " (",
          between([...new Set(p.claims.map((c) => c.source))].slice(0, 2).map(sourceLink)),
          ")",
        ]),
      ),
    ],
  ],
  [
    "partners",
    "Who works with whom?",
    () => {
      const { links } = network(filterEvents(events, { scope: ["cpec", "bilateral"], kind: "agreement" }));
      return [
        el("p", {}, "Most agreements together:"),
        list(
          links
            .slice(0, 5)
            .map((l) => [
              organisationLink(l.source),
              " and ",
              organisationLink(l.target),
              `: ${plural(l.weight, "agreement")}`,
            ]),
        ),
        see(viewPath("organisations"), "The network, with filters"),
      ];
    },
    "Who works with whom?",
  ],
  [
    "disagree",
    "Where do sources disagree most?",
    () => {
      const figureOf = new Map<string, Observation>(observations.map((o) => [o.id, o]));
      return [
        list(
          conflicts()
            .slice(0, 5)
            .map((c) => {
              const o = figureOf.get(c.id);
              const unit = o && unitOf.get(o.unit);
              const says = (n: string | number) =>
                interval({ value: Number(n), low: null, high: null }, unit);
              return [
                o ? [link("observation", c.id, `${words(o.metric)}, ${timeOf(o)}`), ": "] : eventLink(c.id),
                between(
                  c.positions.map((p) => says(p.says)),
                  " or ",
                ),
                c.spread === null ? "" : `, ${number(Number(c.spread.toPrecision(3)))} times apart`,
              ];
            }),
        ),
        see(viewPath("conflicts"), `All ${number(conflicts().length)} conflicts, and the rule that decided`),
      ];
    },
    "Where do sources disagree most?",
  ],
];

/** The programs of the guide, by the heading above them, and what they print today. */
function programs(): ReadonlyMap<string, { readonly code: string; readonly printed: string }> {
  const guide = readFileSync("docs/questions.md", "utf8");
  const found = [...guide.matchAll(/^## (.+)\n[\s\S]*?```ts\n([\s\S]*?)```/gm)];
  return new Map(
    found.map(([, heading = "", code = ""]) => {
      const { outputFiles } = buildSync({
        stdin: { contents: code, loader: "ts", resolveDir: "." },
        bundle: true,
        write: false,
        format: "iife",
        platform: "node",
        alias: { "cpec-it-data": "./src/index.ts" },
        logLevel: "error",
      });
      const lines: string[] = [];
      const show = (v: unknown) => (typeof v === "object" && v !== null ? JSON.stringify(v) : String(v));
      const log = (...values: unknown[]) => lines.push(values.map(show).join(" "));
      new Function("console", outputFiles[0]?.text ?? "")({ log });
      return [heading, { code: code.replace(/^\/\/ → .*\n/gm, "").trim(), printed: lines.join("\n") }];
    }),
  );
}

export function questionsPage(): Page {
  const known = programs();
  return {
    path: "guide/questions.html",
    title: "Questions and answers",
    description: `${QUESTIONS.length} questions of a journalist, answered with numbers, sources and links.`,
    crumbs: [],
    about: {
      "@type": "FAQPage",
      name: "Questions and answers",
      mainEntity: QUESTIONS.map(([id, name]) => ({ "@type": "Question", name, url: `#${id}` })),
    },
    body: [
      el("h1", {}, "Questions and answers"),
      el(
        "p",
        { class: "lead" },
        `What the data says to ${QUESTIONS.length} questions, as known on ${day(dataset.newestSource)}. Every number leads to its record and sources. The guide `,
        el("a", { href: guidePath("Five_questions") }, "Five questions"),
        " has the programs.",
      ),
      el(
        "ol",
        { class: "questions" },
        QUESTIONS.map(([id, question]) => el("li", {}, el("a", { href: `#${id}` }, question))),
      ),
      QUESTIONS.map(([id, question, answer, heading]) => {
        const program = heading === undefined ? undefined : known.get(heading);
        if (heading !== undefined && !program)
          throw new Error(`docs/questions.md has no program under "${heading}".`);
        return el(
          "section",
          { class: "answered" },
          el("h2", { id }, question),
          answer(),
          program
            ? el(
                "details",
                {},
                el("summary", {}, "The program, and all that it prints"),
                el("pre", { tabindex: 0, "aria-label": `Program: ${question}` }, program.code),
                el("pre", { tabindex: 0, "aria-label": `Printed: ${question}` }, program.printed),
              )
            : null,
        );
      }),
    ],
  };
}
