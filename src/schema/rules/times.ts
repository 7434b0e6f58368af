/** Rules on days: the order of things, and what a page can know. */
import { dateWindow, weekdayNamed, weekdayOf } from "../../dates.js";
import type { SourceRecord } from "../../types.js";
import { type CheckedRule, daysOf, eachObservation, type Indexed } from "./rule.js";

export const weekdaysMatch: CheckedRule = {
  id: "weekday-matches",
  why: "'On Thursday' resolved against the wrong page gives a wrong day.",
  check(data, report) {
    for (const e of data.events)
      for (const key of ["date", "endDate"] as const) {
        const date = e[key];
        const named = date?.text === undefined ? undefined : weekdayNamed(date.text);
        if (!date || named === undefined || date.precision !== "day") continue;
        const actual = weekdayOf(date.earliest);
        if (weekdayNamed(actual) !== named)
          report("events", e.id, [key], {
            found: `${date.earliest}, a ${actual}, from "${date.text}"`,
            expected: "the weekday that the words name",
            fix: "Resolve the day again from the date of the page.",
          });
      }
  },
};

export const endNotBeforeStart: CheckedRule = {
  id: "end-not-before-start",
  why: "Nothing ends before it begins.",
  check(data, report) {
    for (const e of data.events)
      if (e.endDate && e.endDate.latest < e.date.earliest)
        report("events", e.id, ["endDate"], {
          found: `${e.endDate.edtf} after a start of ${e.date.edtf}`,
          expected: "an end on or after the start",
          fix: "Correct one of the two.",
        });
  },
};

export const sinceThereIsPakistan: CheckedRule = {
  id: "after-independence",
  why: "An event of the dataset has a Pakistani side, and Pakistan exists since 1947: an older year is a slip.",
  check(data, report) {
    for (const e of data.events)
      if (e.date.latest < "1947-08-14")
        report("events", e.id, ["date"], {
          found: e.date.edtf,
          expected: "a day on or after 1947-08-14",
          fix: "Correct the year.",
        });
  },
};

/** Whether a source can know of something that began on a day; undated sources may. */
const publishedFrom = (source: SourceRecord | undefined, day: string) =>
  !source || source.published === null || dateWindow(source.published).latest >= day;

export const occurredNeedsWitness: CheckedRule = {
  id: "occurred-needs-source",
  why: "A page printed before a day can only say that something was planned for it.",
  check(data, report) {
    for (const e of data.events) {
      if (e.status !== "occurred" && e.status !== "ongoing") continue;
      const sources = e.claims
        .filter((c) => c.status === undefined || c.status === e.status)
        .map((c) => data.source(c.source));
      if (!sources.some((s) => publishedFrom(s, e.date.earliest)))
        report("events", e.id, ["status"], {
          found: `"${e.status}" on ${e.date.edtf}, with sources of ${sources.map((s) => s?.published).join(", ")}`,
          expected: "a source published on or after the date",
          fix: "Set `planned`, or add a later source.",
        });
      else if (sources.every((s) => s && s.published === null) && e.caveats.length === 0)
        report("events", e.id, ["status"], {
          found: `"${e.status}" with undated sources only`,
          expected: "a dated source, or a caveat that says that none is dated",
          fix: "Add a source, or a caveat.",
        });
    }
    eachObservation(data, report, (o, say) => {
      if (o.status !== "actual" || o.start === null) return;
      const start = o.start;
      if (!o.claims.some((c) => publishedFrom(data.source(c.source), start)))
        say(["status"], {
          found: `"actual" for ${o.period}, with sources from before it`,
          expected: "a source published on or after its start",
          fix: "Set `planned`, `target` or `forecast`, or add a later source.",
        });
    });
  },
};

/** Days up to which a period can be a day that the source doesn't give. */
const SHORT = 63;
export const periodIsOver: CheckedRule = {
  id: "period-over",
  why: "A page printed in the middle of a period can't know what the whole of it brought.",
  check(data, report) {
    eachObservation(data, report, (o, say) => {
      const { end } = o;
      if (o.status !== "actual" || o.timing !== "during" || end === null || o.caveats.length > 0) return;
      // "In June" of something done on one day is as good as the day.
      if (daysOf(o.start as string, end) < SHORT) return;
      if (!o.claims.some((c) => publishedFrom(data.source(c.source), end)))
        say(["time"], {
          level: "warning",
          found: `an actual value for ${o.period}, with sources published before ${end} only`,
          expected: "a source from after the period, the shorter period that the source means, or a caveat",
          fix: "Correct the period (such as 2022-01/2022-05), set `forecast`, or say in `caveats` why the source could know.",
        });
    });
  },
};

export const readAfterPublished: CheckedRule = {
  id: "read-after-published",
  why: "Nobody reads a page before it is out: one of the two days is a slip.",
  check(data, report) {
    for (const s of data.sources)
      if (s.published !== null && dateWindow(s.published).earliest > dateWindow(s.accessed).latest)
        report("sources", s.id, ["accessed"], {
          found: `read on ${s.accessed}, published on ${s.published}`,
          expected: "a day on or after the publication",
          fix: "Correct one of the two.",
        });
  },
};

export const readInThePast: CheckedRule = {
  id: "read-in-past",
  why: "The newest day on which a source was read is printed as the day of the data.",
  check(data, report) {
    const { today } = data;
    if (today === undefined) return;
    const late = data.sources.filter((s) => dateWindow(s.accessed).earliest > today);
    // Where most sources were read "tomorrow", the clock of the machine is wrong, and not the data.
    if (late.length * 2 > data.sources.length) return;
    for (const s of late)
      report("sources", s.id, ["accessed"], {
        found: `read on ${s.accessed}, and today is ${today}`,
        expected: "a day that is over",
        fix: "Correct the day.",
      });
  },
};

export const announcedBefore: CheckedRule = {
  id: "announced-before",
  why: "What announces an event comes before it.",
  check(data, report) {
    for (const e of data.events) {
      const promised = e.promises === undefined ? undefined : data.event.get(e.promises);
      if (promised && e.date.earliest > promised.date.latest && promised.status !== "planned")
        report("events", e.id, ["promises"], {
          found: `an announcement of ${e.date.edtf} for an event of ${promised.date.edtf}`,
          expected: "an announcement on or before the day of the event",
          fix: "Correct one of the dates, or remove `promises`.",
        });
    }
  },
};

/** When a statement was made: `on`, or the publication of its first claim. */
const madeOn = (data: Indexed, p: { on?: string; claims: readonly { source: string }[] }) => {
  const said = p.on ?? data.source(p.claims[0]?.source ?? "")?.published ?? undefined;
  return said === undefined ? undefined : dateWindow(said);
};

export const promisedInOrder: CheckedRule = {
  id: "promised-in-order",
  why: "The last item of `promised` is the promise that stands.",
  check(data, report) {
    for (const e of data.events)
      e.promised.forEach((p, i) => {
        const before = e.promised[i - 1];
        const [was, now] = [before && madeOn(data, before), madeOn(data, p)];
        if (was && now && now.latest < was.earliest)
          report("events", e.id, ["promised", i], {
            found: `a statement of ${now.earliest} behind one of ${was.earliest}`,
            expected: "the oldest statement first",
            fix: "Put the items in order of the day when they were said, or correct `on`.",
          });
        const by = p.by === "unknown" ? undefined : dateWindow(p.by);
        if (by && now && now.earliest > by.latest)
          report("events", e.id, ["promised", i, "by"], {
            level: "warning",
            found: `a deadline of ${p.by}, said on ${now.earliest}`,
            expected: "a deadline on or after the day when it was promised",
            fix: "Correct one of the two.",
          });
      });
  },
};
