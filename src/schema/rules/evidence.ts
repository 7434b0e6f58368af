/** Rules on sources and claims: what supports a record, and how it can be found again. */
import { liveClaims } from "../../claims.js";
import { foldName } from "../../text.js";
import type { ClaimRecord, SourceRecord } from "../../types.js";
import { type Collection, show } from "../problems.js";
import { type CheckedRule, eachObservation, groupBy, type Path } from "./rule.js";

export const oneSourceOnce: CheckedRule = {
  id: "source-unique",
  why: "One document cited twice counts as two.",
  check(data, report) {
    const seen = new Map<string, string>();
    for (const s of data.sources) {
      if (s.url === null) continue;
      const key = s.url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
      const other = seen.get(key);
      if (other !== undefined)
        report("sources", s.id, ["url"], {
          found: `the address of "${other}"`,
          expected: "one source per address",
          fix: "Merge the two.",
        });
      else seen.set(key, s.id);
    }
  },
};

export const originsEnd: CheckedRule = {
  id: "origin-ends",
  why: "Copies share the name of what they are copied from; a ring of copies has no first page.",
  check(data, report) {
    const origin = new Map(data.sources.map((s) => [s.id, s.origin]));
    for (const s of data.sources) {
      const chain = [s.id];
      for (let next = s.origin; next !== undefined && chain.length < 50; next = origin.get(next)) {
        if (chain.includes(next)) {
          if (next === s.id)
            report("sources", s.id, ["origin"], {
              found: [...chain, next].join(" is a copy of "),
              expected: "the id of another source, or a name for the wire story or release",
              fix: "Leave `origin` out of the first page, or give the story a name of its own.",
            });
          break;
        }
        chain.push(next);
      }
    }
  },
};

/** Archives that keep pages as they were. */
const ARCHIVES =
  /(?:^|\.)(?:archive\.org|archive\.(?:today|ph|is|li|md|vn|fo)|perma\.cc|webcitation\.org|ghostarchive\.org|archive-it\.org|webarchive\.[\w.]+|wayback\.[\w.]+)$/;

export const addressOfThePage: CheckedRule = {
  id: "address-of-page",
  why: "An address must lead to the page that was read, on its own.",
  check(data, report) {
    const say = (
      s: SourceRecord,
      key: "url" | "archivedUrl",
      found: string,
      expected: string,
      fix: string,
      level: "error" | "warning" = "warning",
    ) => report("sources", s.id, [key], { level, found, expected, fix });
    for (const s of data.sources) {
      if (s.url !== null) {
        const url = new URL(s.url);
        if (s.caveats.length === 0 && url.pathname === "/" && url.search === "" && !/^#?!/.test(url.hash))
          say(
            s,
            "url",
            `the home page ${show(s.url)}`,
            "the address of the page that was read",
            "Open the page and copy its own address, or say in `caveats` that it was the home page.",
          );
        if (url.hash !== "" && !/^#(?:!|\/|page=)/.test(url.hash))
          say(
            s,
            "url",
            `the fragment ${show(url.hash)}`,
            "the address of the page; the place in it belongs into `at`",
            "Cut the address before the #.",
          );
      }
      if (s.archivedUrl !== undefined && !ARCHIVES.test(new URL(s.archivedUrl).hostname))
        say(
          s,
          "archivedUrl",
          show(s.archivedUrl),
          "an address of an archive, such as web.archive.org",
          "Archive the page, or remove the key.",
          "error",
        );
    }
  },
};

/** What stands before the first slash, without www. */
const hostOf = (url: string) => new URL(url).hostname.replace(/^(?:www\d?|m|amp)\./, "");
/** How many sources of a site must agree before another publisher is surprising, and how many of them. */
const ENOUGH = 5;
const MOST = 0.8;

export const publisherFitsSite: CheckedRule = {
  id: "publisher-fits-site",
  why: "A mirror is cited under its own name: the publisher is whoever runs the site.",
  check(data, report) {
    const bySite = groupBy(
      data.sources.filter((s) => s.url !== null),
      (s) => hostOf(s.url as string),
    );
    for (const [host, sources] of bySite) {
      const names = [...groupBy(sources, (s) => foldName(s.publisher))].sort(
        ([, a], [, b]) => b.length - a.length,
      );
      const [usual] = names;
      if (!usual || sources.length < ENOUGH || usual[1].length < MOST * sources.length) continue;
      // "The News on Sunday" at the site of "The News" is a part of it.
      for (const s of sources)
        if (!foldName(s.publisher).startsWith(usual[0]) && !usual[0].startsWith(foldName(s.publisher)))
          report("sources", s.id, ["publisher"], {
            level: "warning",
            found: `${show(s.publisher)} at ${host}`,
            expected: `${show(usual[1][0]?.publisher)}, as for the ${usual[1].length} other sources of this site`,
            fix: "Name who runs the site; whoever wrote the document belongs into the title or a caveat.",
          });
    }
  },
};

export const titleIsHeadline: CheckedRule = {
  id: "title-is-headline",
  why: "A reader who looks for a page whose address died has nothing but its headline.",
  check(data, report) {
    for (const s of data.sources) {
      const bad =
        /^[\d\s./-]+$/.test(s.title) ||
        /^\S+[-_]\S+[-_]\S+$/.test(s.title) ||
        /\.(?:pdf|html?|aspx?|php|docx?|xlsx?)$/i.test(s.title) ||
        /^https?:/i.test(s.title);
      if (bad)
        report("sources", s.id, ["title"], {
          level: "warning",
          found: `the title ${show(s.title)}`,
          expected: "the headline of the page, or the title on the cover",
          fix: "Copy the headline.",
        });
    }
  },
};

export const ranksHaveReasons: CheckedRule = {
  id: "rank-has-note",
  why: "Whoever overrules the rule that settles claims says why.",
  check(data, report) {
    for (const { claim, collection, id, path } of data.claims)
      if ((claim.rank === "preferred" || claim.rank === "deprecated") && claim.note === undefined)
        report(collection, id, [...path, "rank"], {
          found: `\`rank: ${claim.rank}\` without a note`,
          expected: "`note`, which says why",
          fix: "Add the note, or remove the rank.",
        });
    const retracted = (claims: readonly ClaimRecord[], collection: Collection, id: string, path: Path) => {
      if (claims.length > 0 && liveClaims(claims).length === 0)
        report(collection, id, [...path, "claims"], {
          level: "warning",
          found: "deprecated claims only",
          expected: "a claim that holds, or a caveat that says what became of the record",
          fix: "Add a better source, or say in `caveats` that it was retracted.",
        });
    };
    for (const e of data.events) if (e.caveats.length === 0) retracted(e.claims, "events", e.id, []);
    for (const m of data.metrics)
      m.observations.forEach((o, i) => {
        if (o.caveats.length === 0) retracted(o.claims, "metrics", m.id, ["observations", i]);
      });
  },
};

export const neverWeakAlone: CheckedRule = {
  id: "weak-alone",
  why: "A forum, blog or reader's letter supports a record only beside a better source.",
  check(data, report) {
    const weak = (claims: readonly ClaimRecord[]) =>
      claims.every((c) => data.source(c.source)?.kind === "forum");
    const problem = {
      found: "claims of forums and blogs only",
      expected: "at least one other source",
      fix: "Find a better source, or leave the record out.",
    };
    for (const e of data.events) if (weak(e.claims)) report("events", e.id, ["claims"], problem);
    eachObservation(data, report, (o, say) => {
      if (weak(o.claims)) say(["claims"], problem);
    });
  },
};

export const everythingCited: CheckedRule = {
  id: "cited",
  why: "A source or organisation that nothing mentions is dead weight.",
  check(data, report) {
    const used = new Set<string>();
    for (const { claim } of data.claims) {
      used.add(`sources/${claim.source}`);
      if (claim.saidBy?.organisation !== undefined) used.add(`organisations/${claim.saidBy.organisation}`);
    }
    for (const r of [...data.events, ...data.projects])
      for (const o of r.organisations) used.add(`organisations/${o.id}`);
    for (const o of data.organisations)
      for (const p of o.parents) {
        used.add(`organisations/${p.organisation}`);
        used.add(`organisations/${o.id}`);
      }
    for (const m of data.metrics)
      for (const { subject } of m.observations) used.add(`${subject.type}s/${subject.id}`);
    for (const collection of ["sources", "organisations"] as const)
      for (const { id } of data[collection])
        if (!used.has(`${collection}/${id}`))
          report(collection, id, [], {
            level: "warning",
            found: "a record that nothing mentions",
            expected: "a claim, event, project or observation that does",
            fix: "Use it or remove it.",
          });
  },
};
