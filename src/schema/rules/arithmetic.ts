/** Rules on figures beside one another: parts and wholes, months and years, running totals. */

import { liveClaims } from "../../claims.js";
import { ascending } from "../../collect.js";
import { overlaps } from "../../dates.js";
import type { ObservationRecord } from "../../types.js";
import { show } from "../problems.js";
import {
  type CheckedRule,
  daysOf,
  dimensionKey,
  eachObservation,
  groupBy,
  groupObservations,
  type Indexed,
  type Placed,
} from "./rule.js";
import { written } from "./values.js";

export const oneKeyOneObservation: CheckedRule = {
  id: "observation-unique",
  why: "A figure reported by five sources is one observation with five claims.",
  check(data, report) {
    const seen = new Map<string, string>();
    eachObservation(data, report, (o, say, m) => {
      const window = o.timing === "per-year" || o.end === null ? o.period : `${o.start}/${o.end}`;
      const key = [
        m.id,
        o.subject.type,
        o.subject.id,
        dimensionKey(o),
        o.status,
        o.timing,
        window,
        o.asOf ?? "",
      ].join("|");
      const first = seen.get(key);
      if (first !== undefined)
        say(["time"], {
          found: `the same series and time as "${first}"`,
          expected: "one observation per series and time",
          fix: "Merge the claims, or tell two statements apart with `asOf`.",
        });
      else seen.set(key, o.id);
    });
  },
};

export const partsWithinWholes: CheckedRule = {
  id: "part-not-above-whole",
  why: "A part can't be larger than its whole, or be of another kind.",
  check(data, report) {
    eachObservation(data, report, (o, say) => {
      const whole = o.partOf === undefined ? undefined : data.observation.get(o.partOf);
      if (!whole) return;
      if (whole.metric !== o.metric || whole.status !== o.status)
        say(["partOf"], {
          found: `a part of "${whole.id}"`,
          expected: "a whole of the same metric and status",
          fix: "Correct `partOf`, or say it in a caveat.",
        });
      const least = o.low ?? o.high;
      if (least !== null && whole.high !== null && least > whole.high && !whole.approximate)
        say(["partOf"], {
          found: `${least} of ${whole.high}`,
          expected: "a part not above its whole",
          fix: "Correct one of the two, or remove `partOf`.",
        });
      if (o.timing === "during" && whole.timing === "during" && !overlaps(o, whole))
        say(["partOf"], {
          found: `${o.period}, part of ${whole.period}`,
          expected: "a part whose time lies in its whole's",
          fix: "Correct `partOf`.",
        });
    });
  },
};

export const supersedesSame: CheckedRule = {
  id: "supersedes-like",
  why: "Only a statement of the same thing can replace one.",
  check(data, report) {
    eachObservation(data, report, (o, say) => {
      const older = o.supersedes === undefined ? undefined : data.observation.get(o.supersedes);
      if (older && (older.metric !== o.metric || older.subject.id !== o.subject.id))
        say(["supersedes"], {
          found: `"${older.id}"`,
          expected: "a statement of the same metric and subject",
          fix: "Correct `supersedes`.",
        });
    });
  },
};

/** Sums are compared with a tolerance: sources round each figure by itself. */
const above = (sum: number, whole: number) => sum > whole + Math.max(Math.abs(whole) * 0.02, 1e-9);
const differs = (sum: number, whole: number) => above(sum, whole) || above(whole, sum);
const live = (o: ObservationRecord) => liveClaims(o.claims).length > 0;
/** A value that can be compared: exact or approximate, not retracted. */
const comparable = (o: ObservationRecord) => o.value !== null && live(o) && o.supersedes === undefined;
const sum = (rows: readonly Placed[]) => rows.reduce((total, r) => total + r.value, 0);
const subjectKey = (o: ObservationRecord) => `${o.subject.type}/${o.subject.id}`;
const window = (o: ObservationRecord) => `${o.timing} ${o.start} ${o.end}`;

/** Reports a pair of figures that can't both hold; a caveat on either is an answer. */
const clash = (part: Placed, found: string, expected: string, whole: ObservationRecord) => {
  if (part.o.caveats.length > 0 || whole.caveats.length > 0) return;
  part.say(["value"], {
    level: "warning",
    found,
    expected,
    fix: "Compare both with their sources; where both are printed so, say in `caveats` why they differ.",
  });
};

export const periodsAddUp: CheckedRule = {
  id: "periods-add-up",
  why: "A month above its year, or two halves that don't make the year, show a slip in one of them.",
  check(data, report) {
    const groups = groupObservations(data, report, (o, m) =>
      m.measure === "flow" && o.timing === "during" && comparable(o)
        ? [m.id, subjectKey(o), dimensionKey(o), o.status, o.area, o.scope]
        : undefined,
    );
    for (const rows of groups) {
      const byStart = rows.sort((a, b) => ascending(a.start, b.start));
      for (const whole of byStart) {
        const { start, end } = whole;
        const inside = byStart.filter(
          (r) => r !== whole && r.start >= start && r.end <= end && (r.start !== start || r.end !== end),
        );
        if (inside.length === 0 || whole.value < 0) continue;
        for (const part of inside)
          if (part.value > 0 && above(part.value, whole.value))
            clash(
              part,
              `${part.value} in ${part.o.period}, and ${whole.value} in the whole of ${whole.o.period}`,
              "a part not above its whole",
              whole.o,
            );
        const tiles = tiling(inside, start, end);
        if (tiles && differs(sum(tiles), whole.value))
          clash(
            whole,
            `${whole.value} in ${whole.o.period}, and ${sum(tiles)} in its ${tiles.length} parts together`,
            "parts that make the whole",
            whole.o,
          );
      }
    }
  },
};

/** Parts of equal length that fill a period without a gap, if they are there. */
function tiling(inside: readonly Placed[], start: string, end: string): readonly Placed[] | undefined {
  const lengthOf = (r: Placed) => Math.round(daysOf(r.start, r.end) / 30.4);
  for (const length of new Set(inside.map(lengthOf))) {
    const tiles = inside.filter((r) => lengthOf(r) === length);
    const days = tiles.reduce((n, r) => n + daysOf(r.start, r.end), 0);
    const apart = tiles.every((r, i) => i === 0 || r.start > (tiles[i - 1]?.end ?? ""));
    if (tiles.length > 1 && apart && days === daysOf(start, end)) return tiles;
  }
  return undefined;
}

export const cutsAddUp: CheckedRule = {
  id: "cuts-add-up",
  why: "What is counted under one value of a dimension is counted in the total too.",
  check(data, report) {
    const groups = groupObservations(data, report, (o, m) =>
      comparable(o) && m.measure !== "ratio"
        ? [m.id, subjectKey(o), o.status, window(o), o.asOf, o.area]
        : undefined,
    );
    for (const rows of groups) {
      const total = rows.find((r) => Object.keys(r.o.dimensions).length === 0);
      if (!total || total.value < 0) continue;
      const cuts = groupBy(
        rows.filter((r) => Object.keys(r.o.dimensions).length === 1),
        (r) => Object.keys(r.o.dimensions)[0],
      );
      for (const [dimension, parts] of cuts) {
        for (const part of parts)
          if (above(part.value, total.value))
            clash(part, `${part.value} of a total of ${total.value}`, "a part not above its total", total.o);
        const declared = total.m.dimensions[dimension];
        if (!declared?.exclusive) continue;
        const declaredValues = Object.keys(declared.values).length;
        const all = declaredValues > 1 && parts.length === declaredValues;
        const added = sum(parts);
        if (above(added, total.value) || (all && differs(added, total.value)))
          clash(
            total,
            `${total.value}, and ${added} for ${parts.map((r) => r.o.dimensions[dimension]).join(", ")}`,
            all ? "values that make the total" : "values not above the total",
            total.o,
          );
      }
    }
  },
};

/** Whether a place lies in another. */
function within(data: Indexed, place: string, whole: string): boolean {
  const next = data.places.find((p) => p.id === place)?.within;
  return next !== undefined && (next === whole || within(data, next, whole));
}

export const subjectsAddUp: CheckedRule = {
  id: "subjects-add-up",
  why: "The operators of a country, or its regions, can't have more together than the country.",
  check(data, report) {
    const groups = groupObservations(data, report, (o, m) =>
      comparable(o) && m.measure !== "ratio" && o.scope !== undefined
        ? [m.id, dimensionKey(o), o.status, window(o), o.asOf]
        : undefined,
    );
    for (const rows of groups) {
      for (const whole of rows.filter((r) => r.o.subject.type === "place")) {
        if (whole.value < 0) continue;
        const parts = rows.filter((r) =>
          r.o.subject.type === "place"
            ? within(data, r.o.subject.id, whole.o.subject.id)
            : r.o.subject.type === "organisation" && whole.o.subject.id === (r.o.area ?? "pakistan"),
        );
        for (const type of ["place", "organisation"]) {
          const alike = parts.filter((r) => r.o.subject.type === type);
          // A parent counts its daughters, and a province its cities: only bodies beside one another add.
          const tops = alike.filter(
            (r) =>
              !alike.some((other) =>
                type === "place"
                  ? within(data, r.o.subject.id, other.o.subject.id)
                  : data.organisation
                      .get(r.o.subject.id)
                      ?.parents.some((p) => p.organisation === other.o.subject.id),
              ),
          );
          if (tops.length > 0 && above(sum(tops), whole.value))
            clash(
              whole,
              `${whole.value}, and ${sum(tops)} for ${tops.map((r) => r.o.subject.id).join(", ")} together`,
              `a value of ${whole.o.subject.id} not below that of what lies in it`,
              whole.o,
            );
        }
      }
    }
  },
};

export const sharesAgree: CheckedRule = {
  id: "shares-agree",
  why: "Shares of one whole add up to a hundred, and an average lies among its parts.",
  check(data, report) {
    const groups = groupObservations(data, report, (o, m) =>
      comparable(o) && m.measure === "ratio" ? [m.id, subjectKey(o), o.status, window(o), o.asOf] : undefined,
    );
    for (const rows of groups) {
      const total = rows.find((r) => Object.keys(r.o.dimensions).length === 0);
      const [{ m }] = rows as [Placed];
      for (const [dimension, { exclusive, values }] of Object.entries(m.dimensions)) {
        if (!exclusive) continue;
        const parts = rows.filter(
          (r) => Object.keys(r.o.dimensions).length === 1 && r.o.dimensions[dimension] !== undefined,
        );
        const [first] = parts;
        if (parts.length < 2 || !first) continue;
        const all = parts.length === Object.keys(values).length;
        const shares = m.unit === "percent" && /\bshares?\b/i.test(`${m.name} ${m.definition}`);
        const added = sum(parts);
        if (shares && (added > 102 || (all && added < 98)))
          clash(
            first,
            `shares that add to ${Math.round(added * 100) / 100}`,
            "shares that make a hundred",
            first.o,
          );
        else if (!shares && all && total) {
          const ends = parts.map((r) => r.value);
          const value = total.value;
          if (value > Math.max(...ends) || value < Math.min(...ends))
            clash(
              total,
              `${value}, and ${ends.join(", ")} for its parts`,
              "a value among those of its parts",
              total.o,
            );
        }
      }
    }
    for (const o of data.organisations) {
      const now = o.parents.filter((p) => p.until === undefined && p.share !== undefined);
      const shares = now.reduce((total, p) => total + (p.share as number), 0);
      if (shares > 100.5)
        report("organisations", o.id, ["parents"], {
          found: `shares of the present parents that add to ${Math.round(shares * 100) / 100}`,
          expected: "at most 100",
          fix: "Correct a share, or give a parent that left its `until`.",
        });
    }
  },
};

export const runningTotalsRise: CheckedRule = {
  id: "running-total-rises",
  why: "What was reached by a day is not undone by a later one: sources that fall disagree.",
  check(data, report) {
    const groups = groupObservations(data, report, (o, m) =>
      o.timing === "to-date" && o.end !== null && live(o)
        ? [m.id, subjectKey(o), dimensionKey(o), o.status, o.area]
        : undefined,
    );
    for (const rows of groups) {
      rows.sort((a, b) => ascending(a.end, b.end));
      rows.forEach((row, i) => {
        const before = rows[i - 1];
        if (!before || row.o.high === null || before.o.low === null) return;
        if (row.o.high < before.o.low)
          clash(
            row,
            `${written(row.o)} up to ${row.o.period}, after ${written(before.o)} up to ${before.o.period}`,
            "a running total that doesn't fall",
            before.o,
          );
      });
    }
  },
};

export const targetsAreNotActual: CheckedRule = {
  id: "target-as-actual",
  why: "The figure of a target that turns up as reached, by the same page, was most likely never reached.",
  check(data, report) {
    const groups = groupObservations(data, report, (o, m) =>
      o.value !== null ? [m.id, subjectKey(o), dimensionKey(o), o.value] : undefined,
    );
    for (const rows of groups)
      for (const actual of rows.filter((r) => r.o.status === "actual")) {
        const aim = rows.find(
          (r) =>
            r.o.status !== "actual" &&
            (r.o.end === null || actual.o.end === null || r.o.end.slice(0, 4) === actual.o.end.slice(0, 4)) &&
            r.o.claims.some((c) => actual.o.claims.some((d) => d.source === c.source)),
        );
        if (aim)
          clash(
            actual,
            `${show(actual.o.value)} as actual, which the same source gives as ${aim.o.status} for ${aim.o.period}`,
            "a figure that came to be",
            aim.o,
          );
      }
  },
};

export const projectFiguresMeet: CheckedRule = {
  id: "part-of-unsaid",
  why: "A figure of an event and one of its project count the same thing twice, unless one is a part of the other.",
  check(data, report) {
    const groups = groupObservations(data, report, (o, m) =>
      comparable(o) && m.measure !== "ratio" && (o.subject.type === "event" || o.subject.type === "project")
        ? [m.id, o.status]
        : undefined,
    );
    for (const rows of groups)
      for (const part of rows) {
        if (part.o.subject.type !== "event" || part.o.partOf !== undefined) continue;
        const project = data.event.get(part.o.subject.id)?.project;
        const whole = rows.find(
          (r) =>
            r.o.subject.type === "project" &&
            r.o.subject.id === project &&
            (r.o.start === null || part.o.start === null || overlaps(r.o, part.o)),
        );
        if (whole)
          part.say([], {
            level: "warning",
            found: `a figure of an event beside "${whole.o.id}" of its project`,
            expected: "`partOf`, or a caveat that says that the two are different things",
            fix: `Add partOf: ${whole.o.id}; or a caveat.`,
          });
      }
  },
};
