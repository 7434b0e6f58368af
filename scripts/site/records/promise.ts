import { day, percent, span } from "../../../docs/explorer/parts/format.js";
import { between, el } from "../../../docs/explorer/parts/markup.js";
import { promiseName } from "../../../docs/explorer/parts/naming.js";
import { recordPath, viewPath } from "../../../docs/explorer/parts/paths.js";
import { delayText, VERDICT_MEANINGS, VERDICT_NAMES } from "../../../docs/explorer/parts/promise-words.js";
import { observations } from "../../../src/data/observations.js";
import { getEvent, getOrganisation } from "../../../src/find.js";
import { amountWords } from "../../../src/promise-words.js";
import type { PromiseRecord } from "../../../src/promises.js";
import type { ClaimRecord } from "../../../src/types.js";
import { promiseOf } from "../ledger.js";
import type { Page } from "../page.js";
import {
  caveatsSection,
  citeSection,
  claimsSection,
  facts,
  link,
  list,
  organisationLink,
  projectLink,
  sectorLink,
  sourceLink,
  subjectLink,
  verdictTag,
} from "../parts.js";

const figureOf = new Map(observations.map((o) => [o.id as string, o]));
const RATING: Readonly<Record<string, number>> = { kept: 5, late: 3, partly: 2, broken: 1 };
const COUNTS: Readonly<Record<string, string>> = {
  cumulative: "what was done since its start, added up",
  yearly: "what is reached in one year",
  level: "the level at the deadline",
  event: "whether it happens",
};

/** Who said it: the claims of the statement itself, not of what came of it. */
function claimsOf(p: PromiseRecord): readonly ClaimRecord[] {
  const row = figureOf.get(p.id);
  if (row) return row.claims;
  const [id, n] = p.id.split("#");
  const event = getEvent(id as string);
  const statements = event?.promised ?? [];
  return statements[Number(n ?? 1) - 1]?.claims ?? event?.claims ?? [];
}
const shareText = (p: PromiseRecord) =>
  p.share === null
    ? null
    : p.share.low === p.share.high && p.share.low !== null
      ? percent(p.share.low, 0)
      : [
          p.share.low !== null && `at least ${percent(p.share.low, 0)}`,
          p.share.high !== null && `at most ${percent(p.share.high, 0)}`,
        ]
          .filter(Boolean)
          .join(", ");

export function promisePage(p: PromiseRecord): Page {
  const name = promiseName(p);
  const by = p.promisedBy.map((id) => getOrganisation(id)?.name ?? id);
  const evidence = p.evidence.map((id) =>
    figureOf.has(id) ? link("observation", id, id) : link("event", id, getEvent(id)?.title ?? id),
  );
  const other = (id: string | null) => {
    const record = id === null ? undefined : promiseOf.get(id);
    return record
      ? [
          link("promise", record.id, record.madeOn ? `made ${span(record.madeOn)}` : record.id),
          ": ",
          record.sentence,
        ]
      : null;
  };
  return {
    path: recordPath("promise", p.id).slice(3),
    title: `${VERDICT_NAMES[p.verdict]}: ${name}`,
    description: p.sentence,
    crumbs: [
      ["Promises", viewPath("promises")],
      ...(p.project ? [[p.project.replaceAll("-", " "), recordPath("project", p.project)] as const] : []),
    ],
    about: {
      "@type": "ClaimReview",
      claimReviewed: name,
      ...(p.madeOn
        ? {
            itemReviewed: {
              "@type": "Claim",
              datePublished: p.madeOn.earliest,
              author: by.map((n) => ({ "@type": "Organization", name: n })),
            },
          }
        : {}),
      author: { "@type": "Organization", name: "cpec-it-data contributors" },
      reviewRating: {
        "@type": "Rating",
        alternateName: VERDICT_NAMES[p.verdict],
        ...(RATING[p.verdict] === undefined
          ? {}
          : { ratingValue: RATING[p.verdict], bestRating: 5, worstRating: 1 }),
      },
    },
    body: [
      el("p", { class: "kicker" }, "Promise"),
      el("h1", {}, name),
      el("p", { class: "answer" }, verdictTag(p), " ", p.sentence),
      facts([
        ["Verdict", `${VERDICT_NAMES[p.verdict]}: ${VERDICT_MEANINGS[p.verdict]}`],
        ["Promised", p.promised ? amountWords(p.promised, p.unit) : "an event"],
        ["Made", p.madeOn ? span(p.madeOn) : "no date known"],
        ["Due", p.by ? span(p.by) : "no deadline given"],
        ["Delay", delayText(p.delay)],
        ["Fulfilled by", p.counts ? COUNTS[p.counts] : null],
        [
          "Reached",
          p.reached
            ? `${amountWords(p.reached, p.unit)}${p.reached.end ? `, up to ${day(p.reached.end)}` : ""}`
            : null,
        ],
        ["Share reached", shareText(p)],
        ["Newest word on the subject", p.newestWord ? day(p.newestWord) : "no dated source"],
        ["Rests on", list(evidence)],
        ["About", subjectLink(p.subject)],
        ["Metric", p.metric ? link("metric", p.metric, p.title) : null],
        ["Project", p.project ? projectLink(p.project) : null],
        ["Promised by", between(p.promisedBy.map(organisationLink))],
        ["Bodies that take part", between(p.organisations.map(organisationLink))],
        ["Sector", sectorLink(p.sector)],
        ["Earlier wording", other(p.restates)],
        ["Later wording", other(p.restatedBy)],
        ["Id", el("code", {}, p.id)],
      ]),
      caveatsSection(p.caveats),
      claimsSection(claimsOf(p), "Who promised it"),
      p.sources.length > 0
        ? el("section", {}, el("h2", {}, "All sources of the verdict"), list(p.sources.map(sourceLink)))
        : null,
      citeSection(`${name}. ${VERDICT_NAMES[p.verdict]}. ${p.sentence}`, p, "promise", p.id),
    ],
  };
}
