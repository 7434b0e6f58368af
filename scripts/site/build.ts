/** Writes a page for every record as a file that reads without a script, with sitemap, robots.txt and llms.txt. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FOLDERS } from "../../docs/explorer/parts/paths.js";
import { dataset } from "../../src/data/dataset.js";
import { events } from "../../src/data/events.js";
import { metrics } from "../../src/data/metrics.js";
import { observations } from "../../src/data/observations.js";
import { organisations } from "../../src/data/organisations.js";
import { places } from "../../src/data/places.js";
import { projects } from "../../src/data/projects.js";
import { sectors } from "../../src/data/sectors.js";
import { sources } from "../../src/data/sources.js";
import { units } from "../../src/data/units.js";
import { changesPage, glossaryPage, projectsPage, sourcePages } from "./guide.js";
import { ledger } from "./ledger.js";
import { type Page, render, type SiteOptions, VIEWS } from "./page.js";
import { questionsPage } from "./questions.js";
import { eventPage } from "./records/event.js";
import { metricPage } from "./records/metric.js";
import { observationPage } from "./records/observation.js";
import { organisationPage } from "./records/organisation.js";
import { projectPage } from "./records/project.js";
import { promisePage } from "./records/promise.js";
import { sourcePage } from "./records/source.js";
import { placePage, sectorPage, unitPage } from "./records/vocabulary.js";
import { searchFiles } from "./search.js";
import { startPage } from "./start.js";
import { oldPage, searchPage, viewPages } from "./views.js";

export const recordPages = (): Page[] => [
  ...events.map(eventPage),
  ...organisations.map(organisationPage),
  ...projects.map(projectPage),
  ...metrics.map(metricPage),
  ...observations.map(observationPage),
  ...ledger.map(promisePage),
  ...places.map(placePage),
  ...sources.map(sourcePage),
  ...sectors.map(sectorPage),
  ...units.map(unitPage),
];

const escapeXml = (text: string) => text.replaceAll("&", "&amp;");

function llms(): string {
  return `# cpec-it-data

> ${dataset.title}: ${dataset.counts.events} events, ${dataset.counts.observations} figures, ${ledger.length} promises, ${dataset.counts.organisations} organisations, ${dataset.counts.sources} sources. Data CC BY 4.0, code MIT. Newest source ${dataset.newestSource}.

Every record is a page that reads without a script. Plans are never added to outcomes; "no later word" is not the same as "not done"; cite the sources named on a page, and the dataset with its version.

## Pages
${Object.values(FOLDERS)
  .map((folder) => `- /${folder}/ID.html`)
  .join("\n")}

## About the whole
- [Glossary](guide/glossary.html): the words of the site
- [Questions and answers](guide/questions.html): twelve questions with numbers and links
- [Projects](guide/projects.html): state of every project
- [Sources](guide/sources.html): all sources by year
- [Changes](guide/changes.html): from release to release
- [Method](api/documents/Method.html): how dates, claims and sums are treated
- [Coverage](api/documents/Coverage.html): what is in and what is not

## Views with filters (their first page reads without a script)
${VIEWS.map(([view, label]) => `- [${label}](explorer/${view}.html)`).join("\n")}
`;
}

/** Guides as entries of the search, a section each. */
function guideEntries() {
  return readdirSync("docs")
    .filter((f) => f.endsWith(".md"))
    .flatMap((file) => {
      const text = readFileSync(join("docs", file), "utf8");
      const title = /^title: (.*)$/m.exec(text)?.[1] ?? file;
      const page = `../api/documents/${title.replace(/[^A-Za-z0-9]+/g, "_")}.html`;
      const body = text.replace(/^---[\s\S]*?---/, "").replace(/```[\s\S]*?```/g, "");
      return body.split(/^## /m).map((section, i) => {
        const heading = i === 0 ? "" : (section.split("\n")[0] ?? "");
        const plain = section.replace(/[#*`|[\]]/g, " ").replace(/\s+/g, " ");
        return { title: heading ? `${title}: ${heading}` : title, href: page, text: plain.slice(0, 400) };
      });
    });
}

export interface BuiltSite {
  readonly pages: readonly Page[];
  readonly search: ReturnType<typeof searchFiles>["files"];
}

export function buildPages(out: string, options: SiteOptions): BuiltSite {
  for (const folder of [...Object.values(FOLDERS), "guide"])
    rmSync(join(out, folder), { recursive: true, force: true });
  const search = searchFiles(guideEntries());
  const pages = [
    ...viewPages(),
    searchPage(search.sizes),
    oldPage(),
    ...recordPages(),
    glossaryPage(),
    questionsPage(),
    changesPage(),
    projectsPage(),
    ...sourcePages(),
  ];
  const paths = new Set(pages.map((p) => p.path));
  if (paths.size !== pages.length) throw new Error("Two pages have one path.");
  const all = [startPage(paths), ...pages];
  const made = new Set<string>();
  for (const page of all) {
    const file = join(out, page.path);
    if (!made.has(dirname(file))) {
      mkdirSync(dirname(file), { recursive: true });
      made.add(dirname(file));
    }
    writeFileSync(file, render(page, options));
  }
  const base = options.address ?? "";
  writeFileSync(
    join(out, "sitemap.xml"),
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${all
      .map((p) => `<url><loc>${escapeXml(`${base}/${p.path}`)}</loc></url>`)
      .join("\n")}\n</urlset>\n`,
  );
  writeFileSync(join(out, "robots.txt"), `User-agent: *\nAllow: /\nSitemap: ${base}/sitemap.xml\n`);
  writeFileSync(join(out, "llms.txt"), llms());
  return { pages: all, search: search.files };
}
