import { period, words } from "../../../docs/explorer/parts/format.js";
import { el } from "../../../docs/explorer/parts/markup.js";
import { promiseName } from "../../../docs/explorer/parts/naming.js";
import { organisations } from "../../../src/data/organisations.js";
import { projects } from "../../../src/data/projects.js";
import { sources } from "../../../src/data/sources.js";
import type { Source } from "../../../src/types.js";
import { eventsOfSource, figuresOfSource, ledger } from "../ledger.js";
import { linkedNode } from "../linked.js";
import type { Page } from "../page.js";
import {
  caveatsSection,
  citeSection,
  correctionLink,
  eventTable,
  facts,
  figureTable,
  link,
  list,
  organisationLink,
  projectLink,
  sourceLink,
} from "../parts.js";

const byOrigin = new Map<string, Source[]>();
for (const s of sources) if (s.origin) byOrigin.set(s.origin, [...(byOrigin.get(s.origin) ?? []), s]);
const languages = new Intl.DisplayNames("en", { type: "language" });
const outward = (url: string) =>
  /^https?:\/\//.test(url) ? el("a", { href: url, rel: "noreferrer noopener external" }, url) : url;
const SEEN: Readonly<Record<string, string>> = {
  original: "the original",
  reprint: "a reprint",
  excerpt: "an excerpt: only what it shows is cited",
};

export function sourcePage(source: Source): Page {
  const tells = (r: { claims: readonly { source: string }[] }) =>
    r.claims.some((c) => c.source === source.id);
  const copies = (source.origin ? (byOrigin.get(source.origin) ?? []) : []).filter((s) => s.id !== source.id);
  const promised = ledger.filter((p) => p.sources.includes(source.id));
  return {
    path: `source/${source.id}.html`,
    title: source.title,
    description: `${source.publisher}, ${source.published ? period(source.published) : "undated"}: what this source says about Chinese-Pakistani cooperation in IT and telecoms.`,
    crumbs: [["Sources", "../guide/sources.html"]],
    about: linkedNode({ sources: [source] }),
    body: [
      el("p", { class: "kicker" }, `Source · ${words(source.kind)}`),
      el("h1", {}, source.title),
      facts([
        ["Publisher", source.publisher],
        ["Published", source.published ? period(source.published) : "no date shown"],
        ["Address", source.url ? outward(source.url) : "none known"],
        ["Archived copy", source.archivedUrl ? outward(source.archivedUrl) : null],
        ["Language", languages.of(source.language) ?? source.language],
        ["Read on", period(source.accessed)],
        ["Read as", SEEN[source.seen] ?? source.seen],
        ["Copies of the same story", list(copies.map((s) => sourceLink(s.id)))],
        [
          "Organisations",
          list(
            organisations.filter((o) => tells(o) || o.parents.some(tells)).map((o) => organisationLink(o.id)),
          ),
        ],
        ["Projects", list(projects.filter(tells).map((p) => projectLink(p.id)))],
        ["Promises", list(promised.slice(0, 30).map((p) => link("promise", p.id, promiseName(p))))],
        ["Id", el("code", {}, source.id)],
      ]),
      caveatsSection(source.caveats),
      eventTable(eventsOfSource(source.id), "Events that it reports"),
      figureTable(figuresOfSource(source.id), "Figures that it gives"),
      citeSection(`${source.title}.`, source, "source", source.id),
      correctionLink(`sources/${source.id}`),
    ],
  };
}
