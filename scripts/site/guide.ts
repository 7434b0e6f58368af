/** Pages about the whole: glossary, changes, and lists of all records of a kind. */
import { readFileSync } from "node:fs";
import { capital, day, number, period, plural, words } from "../../docs/explorer/parts/format.js";
import { between, el } from "../../docs/explorer/parts/markup.js";
import { guidePath, viewPath } from "../../docs/explorer/parts/paths.js";
import { VERDICT_NAMES } from "../../docs/explorer/parts/promise-words.js";
import { dataset } from "../../src/data/dataset.js";
import { projects } from "../../src/data/projects.js";
import { sources } from "../../src/data/sources.js";
import { projectStatus } from "../../src/project-status.js";
import { VERDICTS } from "../../src/vocabulary.js";
import { asLine } from "../derive/compare.js";
import type { Release } from "../release.js";
import { GLOSSARY } from "./glossary.js";
import { promisesOfProject } from "./ledger.js";
import type { Page } from "./page.js";
import { link, projectLink, sectorLink, table } from "./parts.js";

export const glossaryPage = (): Page => ({
  path: "guide/glossary.html",
  title: "Glossary",
  description:
    "What the words of the site mean: up to, during, committed, context, fiscal year, window and the verdicts on promises.",
  crumbs: [],
  about: {
    "@type": "DefinedTermSet",
    name: "Glossary of cpec-it-data",
    hasDefinedTerm: GLOSSARY.map((w) => ({ "@type": "DefinedTerm", name: w.word, description: w.meaning })),
  },
  body: [
    el("h1", {}, "Glossary"),
    el(
      "p",
      { class: "lead" },
      "One word for one thing, the same in every view. The ",
      el("a", { href: guidePath("Data_dictionary") }, "data dictionary"),
      " has every field and value of the data.",
    ),
    el(
      "dl",
      { class: "glossary" },
      GLOSSARY.map((w) => [el("dt", { id: w.id }, capital(w.word)), el("dd", {}, w.meaning)]),
    ),
  ],
});

/** Changes of one kind that the page lists for each release; the file has all. */
const LISTED = 200;

/** What an entry of the log lists under its heading: how many of each kind, and the first of them by name. */
function changesOf({
  added,
  removed,
  moved,
  changed,
}: Release): readonly (readonly [string, readonly string[]])[] {
  return [
    [
      "Values and words changed",
      changed.map((change) => asLine({ ...change, bump: "none" }).replaceAll("`", "")),
    ],
    ["Added", added],
    ["Moved", Object.entries(moved).map(([from, to]) => `${from} → ${to.join(", ")}`)],
    ["Removed", removed],
  ];
}
export function changesPage(): Page {
  const log = JSON.parse(readFileSync("changes.json", "utf8")) as Release[];
  return {
    path: "guide/changes.html",
    title: "Changes",
    description:
      "What changed in the data from release to release: records added, moved, retracted, and values corrected.",
    crumbs: [],
    about: { "@type": "WebPage", name: "Changes of cpec-it-data" },
    body: [
      el("h1", {}, "Changes"),
      log.length === 0
        ? el(
            "p",
            { class: "lead" },
            `No release has been made yet: this is version ${dataset.version}, and nothing has changed since a release. From the first release on, each one lists here the records added, moved and retracted and the values corrected, with reasons. The newest source is of ${day(dataset.newestSource)}.`,
          )
        : el("p", { class: "lead" }, "What changed from release to release, the newest first."),
      log.map((release, i) => {
        const kinds = changesOf(release).filter(([, lines]) => lines.length > 0);
        return [
          el("h2", {}, release.version),
          kinds.length === 0
            ? el(
                "p",
                {},
                i === log.length - 1
                  ? "The first release: all records are new."
                  : "No record changed that the release before held.",
              )
            : kinds.map(([kind, lines]) => [
                el("h3", {}, `${kind}: ${number(lines.length)}`),
                el(
                  "ul",
                  {},
                  lines.slice(0, LISTED).map((line) => el("li", {}, line)),
                ),
                lines.length > LISTED &&
                  el("p", {}, `And ${number(lines.length - LISTED)} more, in the file below.`),
              ]),
        ];
      }),
      el("p", {}, "The same as a file for programs: ", el("code", {}, "cpec-it-data/data/changes.json"), "."),
    ],
  };
}

export const projectsPage = (): Page => ({
  path: "guide/projects.html",
  title: "Projects",
  description:
    "Every project with the state that its sources bear, the day of the newest word, and what came of its promises.",
  crumbs: [["Promises", viewPath("promises")]],
  about: { "@type": "CollectionPage", name: "Projects" },
  body: [
    el("h1", {}, "Projects"),
    el(
      "p",
      { class: "lead" },
      `How far ${plural(projects.length, "project")} had come, as known on ${day(dataset.newestSource)}. Old news is not the same as no progress: look at the newest word.`,
    ),
    table(
      "projects",
      "Projects",
      projects
        .map((project) => ({ project, status: projectStatus(project) }))
        .sort((a, b) => ((a.status.newestWord ?? "") < (b.status.newestWord ?? "") ? 1 : -1)),
      ({ project, status }) => [
        { label: "Project", show: projectLink(project.id) },
        { label: "State", show: capital(words(status.state)) },
        { label: "Since, at the latest", show: status.since ? day(status.since) : "" },
        { label: "Newest word", show: status.newestWord ? day(status.newestWord) : "undated" },
        {
          label: "Promises",
          show: VERDICTS.flatMap((v) => {
            const n = promisesOfProject(project.id).filter(
              (p) => p.verdict === v && p.restatedBy === null,
            ).length;
            return n > 0 ? [`${n} ${VERDICT_NAMES[v].toLowerCase()}`] : [];
          }).join(", "),
        },
        { label: "Sector", show: sectorLink(project.sectors[0] ?? "") },
      ],
      undefined,
      500,
    ),
  ],
});

/** Sources by year of publication, a page each: one list of all would be too long to load. */
export function sourcePages(): Page[] {
  const yearOf = (s: (typeof sources)[number]) => s.published?.slice(0, 4) ?? "undated";
  const years = [...new Set(sources.map(yearOf))].sort().reverse();
  const path = (year: string) => `guide/sources-${year}.html`;
  const about = { "@type": "CollectionPage", name: "Sources" };
  return [
    {
      path: "guide/sources.html",
      title: "Sources",
      description: `${plural(sources.length, "source")} by year of publication.`,
      crumbs: [],
      about,
      body: [
        el("h1", {}, "Sources"),
        el(
          "p",
          { class: "lead" },
          `${plural(sources.length, "source")}. The newest was published on ${day(dataset.newestSource)}; they were last read on ${day(dataset.readOn)}.`,
        ),
        el(
          "ul",
          { class: "years" },
          years.map((y) =>
            el(
              "li",
              {},
              el("a", { href: `../${path(y)}` }, capital(y)),
              ` ${number(sources.filter((s) => yearOf(s) === y).length)}`,
            ),
          ),
        ),
      ],
    },
    ...years.map(
      (year): Page => ({
        path: path(year),
        title: `Sources of ${year === "undated" ? "no date" : year}`,
        description: `Sources published in ${year}.`,
        crumbs: [["Sources", "../guide/sources.html"]],
        about,
        body: [
          el("h1", {}, year === "undated" ? "Sources without a date" : `Sources of ${year}`),
          el(
            "p",
            {},
            between(
              years.map((y) => (y === year ? el("strong", {}, y) : el("a", { href: `../${path(y)}` }, y))),
              " ",
            ),
          ),
          el(
            "ul",
            { class: "newest" },
            sources
              .filter((s) => yearOf(s) === year)
              .sort((a, b) => ((a.published ?? "") < (b.published ?? "") ? 1 : -1))
              .map((s) =>
                el(
                  "li",
                  {},
                  el(
                    "span",
                    { class: "quiet" },
                    `${s.published ? capital(period(s.published)) : ""} ${s.publisher}: `,
                  ),
                  link("source", s.id, s.title),
                ),
              ),
          ),
        ],
      }),
    ),
  ];
}
