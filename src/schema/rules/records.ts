/** Rules on records beside one another: parties, names, and what stands in the dataset twice. */
import { foldName } from "../../text.js";
import type { EventRecord, MetricRecord } from "../../types.js";
import { show } from "../problems.js";
import { type CheckedRule, groupBy } from "./rule.js";

export const scopeHasParties: CheckedRule = {
  id: "scope-has-parties",
  why: "Bilateral means a Chinese and a Pakistani party; context means no Chinese party.",
  check(data, report) {
    const chinese = (id: string, depth = 0): boolean => {
      const o = data.organisation.get(id);
      if (!o) return false;
      return (
        o.country === "CN" ||
        o.country === "HK" ||
        o.kind === "bilateral-body" ||
        (depth < 8 && o.parents.some((p) => chinese(p.organisation, depth + 1)))
      );
    };
    for (const e of data.events) {
      // An unknown party is reported by `id-resolves`.
      if (e.organisations.some((o) => !data.organisation.has(o.id))) continue;
      const party = e.organisations.some((o) => o.role !== "publisher" && chinese(o.id));
      if (e.scope === "bilateral" && !party)
        report("events", e.id, ["scope"], {
          found: "bilateral without a Chinese party",
          expected: "an organisation of China (or owned from there) among `organisations`",
          fix: "Add the party, or set the scope `context`.",
        });
      if (e.scope === "context" && party)
        report("events", e.id, ["scope"], {
          found: "context with a Chinese party",
          expected: "bilateral or cpec",
          fix: "Correct the scope, or the list of organisations.",
        });
    }
  },
};

export const oneBodyOnce: CheckedRule = {
  id: "name-unique",
  why: "No body stands in the dataset twice.",
  check(data, report) {
    const seen = new Map<string, string>();
    for (const o of data.organisations) {
      const names = [
        o.name,
        ...o.names.filter((n) => n.use !== "acronym" && n.use !== "misspelling").map((n) => n.name),
      ];
      for (const folded of new Set(names.map(foldName))) {
        const other = seen.get(folded);
        if (other !== undefined)
          report("organisations", o.id, ["name"], {
            found: `the name "${folded}", which "${other}" has too`,
            expected: "one record per body",
            fix: "Merge the two, or tell the names apart.",
          });
        else seen.set(folded, o.id);
      }
      o.names.forEach((n, i) => {
        if (n.use === "native" && n.lang === undefined)
          report("organisations", o.id, ["names", i], {
            found: `the native name ${show(n.name)} without a language`,
            expected: "`lang`, such as zh or ur",
            fix: "Add `lang`.",
          });
      });
    }
  },
};

const SMALL_WORDS = new Set(
  "a an and at by for from has in into is its of on or over the to was were with pakistan china chinese".split(
    " ",
  ),
);
/** The words of a text that tell it from others, without endings. */
const wordsOf = (text: string) =>
  new Set(
    foldName(text)
      .split(" ")
      .filter((w) => w.length > 1 && !SMALL_WORDS.has(w))
      .map((w) => w.replace(/(?:ing|ed|es|s)$/, "")),
  );
/** How much two sets of words share: 0 nothing, 1 everything. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

/** Words in common from which on two titles may be one event; on one day, with the same bodies at one place, fewer are enough. */
const ALIKE_SAME_DAY = 0.25;
const ALIKE_SAME_KIND = 0.5;
const ALIKE = 0.7;
const ALIKE_NAMES = 0.75;

export const nothingTwice: CheckedRule = {
  id: "entered-twice",
  why: "One event under two ids is counted twice, and so is one figure.",
  check(data, report) {
    const summaries = groupBy(data.events, (e) => foldName(e.summary));
    for (const [, [first, ...others]] of summaries)
      for (const e of others)
        report("events", e.id, ["summary"], {
          found: `the summary of "${first?.id}"`,
          expected: "a summary of its own, for an event of its own",
          fix: "Merge the two, or say what sets this one apart.",
        });

    const linked = (a: EventRecord, b: EventRecord) =>
      [a.partOf, a.promises].includes(b.id) || [b.partOf, b.promises].includes(a.id);
    const words = new Map(data.events.map((e) => [e.id, wordsOf(e.title)]));
    const bodiesOf = new Map(data.events.map((e) => [e.id, new Set(e.organisations.map((o) => o.id))]));
    for (const events of groupBy(data.events, (e) => e.date.earliest.slice(0, 7)).values())
      events.forEach((e, i) => {
        for (const other of events.slice(0, i)) {
          const bodies = bodiesOf.get(other.id) as Set<string>;
          const shared = e.organisations.filter((o) => bodies.has(o.id)).length;
          if (shared === 0 || linked(e, other) || e.summary === other.summary) continue;
          const alike = likeness(words.get(e.id) as Set<string>, words.get(other.id) as Set<string>);
          const sameDay =
            e.date.edtf === other.date.edtf &&
            e.kind === other.kind &&
            shared === bodies.size &&
            shared === e.organisations.length &&
            e.places.join() === other.places.join();
          if (alike >= (sameDay ? ALIKE_SAME_DAY : e.kind === other.kind ? ALIKE_SAME_KIND : ALIKE))
            report("events", e.id, ["title"], {
              level: "warning",
              found: `${show(e.title)}, much like "${other.id}" of the same ${sameDay ? "day" : "month"} with a body in common`,
              expected: "one event, with all its claims, under one id",
              fix: "Merge the two; or tell them apart in their titles, or link them by `partOf` or `promises`.",
            });
        }
      });

    const alikeMetrics = groupBy(data.metrics, (m: MetricRecord) =>
      [m.unit, m.measure, m.sector, m.area].join("|"),
    );
    for (const metrics of alikeMetrics.values()) {
      const names = metrics.map((m) => wordsOf(m.name));
      metrics.forEach((m, i) => {
        const own = names[i] as Set<string>;
        const twin = metrics[names.slice(0, i).findIndex((other) => likeness(own, other) > ALIKE_NAMES)];
        if (twin)
          report("metrics", m.id, ["name"], {
            level: "warning",
            found: `${show(m.name)}, much like "${twin.id}" in the same unit`,
            expected: "one metric per quantity",
            fix: "Move the observations into one of the two, or say in both definitions what sets them apart.",
          });
      });
    }
  },
};
