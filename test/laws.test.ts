/** The laws of sums as properties: over generated graphs of rows, and on every metric of the real data. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classKey, guard } from "../src/guard.js";
import {
  aggregate,
  CpecDataError,
  filterObservations,
  metrics,
  type ObservationRecord,
  observations,
  periodWindow,
  toSeries,
  total,
} from "../src/index.js";
import { RUNS } from "./cases.js";
import { holds, plainlyCounted } from "./plain-guard.js";
import { row } from "./rows.js";

/** Whether a row holds another, by its subject, dimensions and time or by what the records declare: directly, or through rows between the two. */
function standsFor(
  witness: ObservationRecord,
  row: ObservationRecord,
  rows: readonly ObservationRecord[],
): boolean {
  const reached = new Set([row]);
  for (const at of reached) {
    const declared = declaredWholes(rows, at);
    for (const next of rows) if (declared.has(next.id) || (next !== at && holds(next, at))) reached.add(next);
  }
  return row !== witness && reached.has(witness);
}

const SUBJECTS = [
  ["place", "pakistan"],
  ["place", "punjab"],
  ["place", "lahore"],
  ["place", "china"],
  ["organisation", "zong"],
  ["organisation", "china-mobile"],
  ["organisation", "telenor-pakistan"],
  ["organisation", "ptcl"],
  ["organisation", "a-body-of-ones-own"],
  ["project", "zong-4g-network"],
  ["project", "zong-network"],
  ["event", "spectrum-auction-2014"],
] as const;
const PERIODS = [
  "2006",
  "2013/2018",
  "2020",
  "2021",
  "FY2020-21",
  "FY2021-22",
  "2021-01",
  "2021-02",
  "2021-01/2021-03",
  "2021-02/2021-09",
  "2021-07/2022-02",
  "2026-02",
];
const DIMENSIONS = [
  {},
  {},
  {},
  { technology: "2g" },
  { technology: "4g" },
  { technology: "2g", sex: "women" },
];
const TIMINGS = ["during", "during", "during", "at", "to-date", "per-year", "by"] as const;

/** What a row stands behind by its own links, followed to the end. */
function declaredWholes(rows: readonly ObservationRecord[], row: ObservationRecord): Set<string> {
  const found = new Set<string>();
  const visit = (id: string) => {
    const own = rows.find((r) => r.id === id);
    for (const next of [own?.partOf, ...rows.filter((r) => r.supersedes === id).map((r) => r.id)])
      if (next !== undefined && !found.has(next)) {
        found.add(next);
        visit(next);
      }
  };
  visit(row.id);
  return found;
}

/** Rows of one class, with parents in their time, parts, restatements, overlapping windows and dimensions. */
const graph = fc
  .record({
    timing: fc.constantFrom(...TIMINGS),
    rows: fc.array(
      fc.record({
        subject: fc.constantFrom(...SUBJECTS),
        period: fc.constantFrom(...PERIODS),
        dimensions: fc.constantFrom(...DIMENSIONS),
        area: fc.constantFrom(undefined, undefined, undefined, "punjab", "china"),
        value: fc.constantFrom(null, 1, 2, 3, 5, 8, 13),
        asOf: fc.constantFrom(undefined, undefined, "2019", "2021-05"),
        partOf: fc.option(fc.nat(), { nil: undefined, freq: 6 }),
        supersedes: fc.option(fc.nat(), { nil: undefined, freq: 9 }),
        retracted: fc.constantFrom(false, false, false, false, false, true),
      }),
      { minLength: 1, maxLength: 18 },
    ),
  })
  .map(({ timing, rows }) =>
    rows.map(
      (
        { subject: [type, id], period, area, value, asOf, partOf, supersedes, retracted, dimensions },
        i,
      ): ObservationRecord => {
        const window = periodWindow(period);
        const time = {
          during: { start: window.earliest, end: window.latest },
          at: { start: window.earliest, end: window.latest },
          "to-date": { start: null, end: window.latest },
          "per-year": { start: window.earliest, end: i % 3 === 0 ? null : window.latest },
          by: { start: null, end: i % 5 === 0 ? null : window.latest },
        }[timing];
        // Links go to earlier rows only, so that there is no ring.
        const link = (n: number | undefined) => (n === undefined || i === 0 ? undefined : `r${n % i}`);
        const [whole, older] = [link(partOf), link(supersedes)];
        return {
          ...row({ timing, period, dimensions }),
          ...time,
          id: `r${i}`,
          subject: { type, id },
          value,
          low: value,
          high: value,
          ...(area === undefined ? {} : { area }),
          ...(asOf === undefined ? {} : { asOf }),
          ...(whole === undefined ? {} : { partOf: whole }),
          ...(older === undefined ? {} : { supersedes: older }),
          claims: retracted ? [{ source: "a-source", rank: "deprecated" }] : [{ source: "a-source" }],
        };
      },
    ),
  )
  .filter((rows) => !rows.some((r) => declaredWholes(rows, r).has(r.id)));
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map((r) => r.id).sort();
const shuffled = <T>(list: readonly T[], seeds: readonly number[]) =>
  list
    .map((item, i) => [seeds[i % seeds.length] ?? 0, i, item] as const)
    .sort((a, b) => a[0] - b[0] || b[1] - a[1])
    .map(([, , item]) => item);
describe("over generated graphs of rows", () => {
  it("L1: every row counts or is left out with a reason; whatever stands for it counts, and holds it", () => {
    fc.assert(
      fc.property(graph, (rows) => {
        const { kept, leftOut, clash } = guard(rows);
        expect([...idsOf(kept), ...idsOf(leftOut)].sort()).toEqual(idsOf(rows));
        const counted = new Set(kept.map((r) => r.id));
        const byId = new Map(rows.map((r) => [r.id, r]));
        for (const { id, reason, because } of leftOut) {
          if (reason === "missing" || reason === "retracted") continue;
          const own = byId.get(id) as ObservationRecord;
          const witness = byId.get(because as string) as ObservationRecord;
          expect(counted.has(because as string)).toBe(true);
          if (reason === "clash") expect(clash.some(([a, b]) => a === because && b === id)).toBe(true);
          // By its subject, dimensions and time, or by what the records declare: directly, or through rows between the two.
          else if (reason !== "superseded") expect(standsFor(witness, own, rows)).toBe(true);
        }
      }),
      RUNS,
    );
  });
  it("counts what the plain reading of the laws counts", () => {
    fc.assert(
      fc.property(graph, (rows) => {
        expect(idsOf(guard(rows).kept)).toEqual(plainlyCounted(rows));
      }),
      RUNS,
    );
  });
  it("L2: any order, any repetition and any iterable give the same result", () => {
    fc.assert(
      fc.property(graph, fc.array(fc.nat(), { minLength: 3 }), (rows, seeds) => {
        const once = aggregate(rows, { by: "metric", over: ["time", "subject"] });
        const others = shuffled(rows, seeds);
        expect(aggregate(others, { by: "metric", over: ["time", "subject"] })).toEqual(once);
        const again = aggregate([...others, ...others.slice(0, 5)].values(), {
          by: "metric",
          over: ["time", "subject"],
        });
        const value = ({ leftOut: _, ...rest }: (typeof once)[number]) => rest;
        expect(again.map(value)).toEqual(once.map(value));
        expect(toSeries(others)).toEqual(toSeries(rows));
      }),
      RUNS,
    );
  });
  it("an unrelated row changes nothing", () => {
    fc.assert(
      fc.property(graph, (rows) => {
        const before = aggregate(rows, { by: "metric", over: ["time", "subject"] });
        const beside = [
          row({ metric: "other" }),
          { ...row({ timing: "at", measure: "stock" }), id: "beside" },
        ];
        const after = aggregate([...beside, ...rows], { by: "metric", over: ["time", "subject"] });
        expect(after.filter((r) => r.metric === "phones" && r.measure === "flow")).toEqual(before);
      }),
      RUNS,
    );
  });
  it("splitting by a disjoint key adds up", () => {
    fc.assert(
      fc.property(graph, (rows) => {
        const [here, there] = [
          rows.map((r) => ({ ...r, sector: "satellites" })),
          rows.map((r) => ({
            ...r,
            id: `x${r.id}`,
            sector: "broadcasting",
            ...(r.partOf ? { partOf: `x${r.partOf}` } : {}),
            ...(r.supersedes ? { supersedes: `x${r.supersedes}` } : {}),
            subject: { type: "organisation" as const, id: `x-${r.subject.type}-${r.subject.id}` },
            area: "djibouti",
          })),
        ];
        const options = { by: "sector", over: ["time", "subject"] } as const;
        const sum = (list: readonly { readonly value: number | null }[]) =>
          list.reduce((n, r) => n + (r.value ?? 0), 0);
        expect(sum(aggregate([...here, ...there], options))).toBe(
          sum(aggregate(here, options)) + sum(aggregate(there, options)),
        );
      }),
      RUNS,
    );
  });
  it("L4: covered days never exceed the window, and the missing stretches make up the rest", () => {
    fc.assert(
      fc.property(graph, (rows) => {
        for (const { covers } of aggregate(rows, { by: "year", over: ["time", "subject"] })) {
          if (!covers) continue;
          const missing = covers.missing.reduce((n, period) => {
            const { earliest, latest } = periodWindow(period);
            return n + (Date.parse(latest) - Date.parse(earliest)) / 86_400_000 + 1;
          }, 0);
          expect(covers.days + missing).toBe(covers.of);
          expect(covers.days).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });
  it("L4: what a year holds lies in it, and what straddles is listed", () => {
    fc.assert(
      fc.property(graph, (rows) => {
        for (const r of aggregate(rows, { by: "year", over: ["time", "subject"] })) {
          if (r.group.year === null) expect(r.count).toBe(0);
          else if (r.start !== null)
            expect([r.start, r.end].map((d) => d?.slice(0, 4))).toEqual([
              `${r.group.year}`,
              `${r.group.year}`,
            ]);
        }
      }),
      RUNS,
    );
  });
  it("L4: a sum within a period answers for all of its days, and for nothing outside", () => {
    fc.assert(
      fc.property(graph, fc.constantFrom(...PERIODS), (rows, period) => {
        answersFor(rows, period);
      }),
      RUNS,
    );
  });
  it("L5: the other reductions see every value", () => {
    fc.assert(
      fc.property(graph, (rows) => {
        const gone = new Set(
          guard(rows)
            .leftOut.filter((l) => ["missing", "retracted"].includes(l.reason))
            .map((l) => l.id),
        );
        const replaced = new Set(rows.filter((r) => !gone.has(r.id)).map((r) => r.supersedes));
        const options = { by: "metric", over: ["time", "subject"] } as const;
        const max = aggregate(rows, { ...options, reduce: "max" });
        const values = rows
          .filter((r) => !gone.has(r.id) && !replaced.has(r.id))
          .map((r) => r.value as number);
        const most = max.map((r) => r.value).filter((v) => v !== null);
        if (values.length > 0) expect(Math.max(...most)).toBe(Math.max(...values));
        for (const reduce of ["latest", "min", "max"] as const)
          for (const r of aggregate(rows, { ...options, reduce })) {
            const [of, ...others] = rows.filter((o) => r.observations.includes(o.id));
            expect([others.length, of !== undefined]).toEqual([0, r.count > 0]);
            if (!of) continue;
            expect([r.value, r.period, r.start, r.end, r.subject]).toEqual([
              of.value,
              of.period,
              of.start,
              of.end,
              of.subject,
            ]);
            if (reduce === "latest" && of.timing === "at")
              expect(
                rows.some(
                  (o) =>
                    !replaced.has(o.id) &&
                    !gone.has(o.id) &&
                    dimensionsOf(o) === dimensionsOf(of) &&
                    (o.end ?? "") > (of.end ?? ""),
                ),
              ).toBe(false);
          }
        const count = aggregate(rows, { ...options, reduce: "count" });
        expect(count.reduce((n, r) => n + (r.value ?? 0), 0)).toBe(values.length);
      }),
      RUNS,
    );
  });
  it("L3: rings are rejected, however they close", () => {
    const part = (id: string, partOf: string, period: string) => ({ ...row({ period }), id, partOf });
    for (const ring of [
      [part("a", "a", "2021")],
      [part("a", "b", "2021"), part("b", "a", "2021")],
      [part("a", "b", "2021"), part("b", "c", "2021"), part("c", "a", "2021")],
      [
        { ...row(), id: "a", supersedes: "b" },
        { ...row(), id: "b", supersedes: "a" },
      ],
    ])
      for (const rows of [ring, [...ring].reverse()])
        for (const given of [rows, [...rows, row({ period: "2019" })]])
          expect(() => total(given)).toThrow(expect.objectContaining({ code: "INVALID_ROW" }));
  });
});

describe("on every metric of the real data", () => {
  const classes = new Map<string, ObservationRecord[]>();
  for (const o of observations) classes.set(classKey(o), [...(classes.get(classKey(o)) ?? []), o]);
  it("counts what the plain reading of the laws counts, class by class and sector by sector", () => {
    const differing = [...classes.values()].filter(
      (rows) => JSON.stringify(idsOf(guard(rows).kept)) !== JSON.stringify(plainlyCounted(rows)),
    );
    expect(differing.map((rows) => rows[0]?.metric)).toEqual([]);
    const bySector = aggregate(observations, { by: "sector", over: "subject" });
    const wrong = bySector.filter((r) => {
      const members = new Set([...r.observations, ...r.leftOut.map((l) => l.id)]);
      const rows = observations.filter((o) => members.has(o.id));
      return JSON.stringify([...r.observations].sort()) !== JSON.stringify(plainlyCounted(rows));
    });
    expect(wrong.map((r) => r.metric)).toEqual([]);
  });
  it("adds by year no more than what lies in the year", () => {
    for (const r of aggregate(observations, { by: "year", over: ["time", "subject"] })) {
      if (r.group.year === null || r.covers === null) continue;
      const rows = observations.filter((o) => r.observations.includes(o.id));
      expect(
        rows.every(
          (o) => o.start?.slice(0, 4) === String(r.group.year) && o.end?.slice(0, 4) === String(r.group.year),
        ),
      ).toBe(true);
      expect(r.covers.of).toBeLessThanOrEqual(366);
    }
  });
  it("answers for each calendar and fiscal year with the days that are known of it", () => {
    let partly = 0;
    for (const rows of classes.values()) {
      const years = new Set(rows.flatMap((o) => [o.start, o.end]).map((day) => Number(day?.slice(0, 4))));
      for (const year of years)
        if (year > 0)
          for (const period of [`${year}`, `FY${year}-${String((year + 1) % 100).padStart(2, "0")}`])
            if (answersFor(rows, period)) partly += 1;
    }
    expect(partly).toBeGreaterThan(100);
  });
  it.each(["", "2021", "FY2021-22"])(
    "every refusal shows a call that works on the same rows, within %j",
    (within) => {
      for (const metric of metrics) {
        const rows = metric.observations;
        try {
          total(rows, within === "" ? {} : { within });
        } catch (error) {
          if (!(error instanceof CpecDataError)) throw error;
          if (error.code === "OUT_OF_RANGE") continue;
          expect(error.hint, metric.id).toMatch(/^This call works on the same rows: /);
          const { value, leftOut } = pasted(error.hint, rows);
          expect([value, leftOut], metric.id).toBeDefined();
        }
      }
    },
  );
});

const dimensionsOf = (o: ObservationRecord) => JSON.stringify(Object.entries(o.dimensions).sort());

/** Each day from one to another, as a number. */
function* daysOf(start: string, end: string) {
  for (let at = Date.parse(start); at <= Date.parse(end); at += 86_400_000) yield at / 86_400_000;
}

/**
 * Holds the sum within a period against plain counting, day by day; the same sums of `aggregate` against it. Whether some
 * day of the period is not known.
 */
function answersFor(rows: readonly ObservationRecord[], period: string): boolean {
  const { earliest, latest } = periodWindow(period);
  const asked = [...daysOf(earliest, latest)];
  let partly = false;
  const grouped = aggregate(rows, { by: "metric", over: ["time", "subject"], within: period });
  for (const r of grouped) {
    expect([...r.observations, ...r.leftOut.map((l) => l.id)].sort()).toEqual(
      idsOf(rows.filter((o) => r.observations.includes(o.id) || r.leftOut.some((l) => l.id === o.id))),
    );
    const counted = rows.filter((o) => r.observations.includes(o.id));
    for (const o of counted)
      expect((o.start ?? o.end ?? "") >= earliest && (o.end ?? o.start ?? "9") <= latest).toBe(true);
    if (rows[0]?.timing !== "during" || r.count === 0) continue;
    const adds = r.measure === "flow";
    const known = new Set(counted.flatMap((o) => [...daysOf(o.start as string, o.end as string)]));
    expect([r.covers?.days, r.covers?.of]).toEqual([known.size, asked.length]);
    const missing = r.covers?.missing.flatMap((p) => {
      const window = periodWindow(p);
      return [...daysOf(window.earliest, window.latest)];
    });
    expect(missing).toEqual(asked.filter((day) => !known.has(day)));
    expect(r.caveats.some((c) => c.startsWith("No values for"))).toBe(known.size < asked.length);
    if (adds && known.size < asked.length) partly = true;
    const parts = new Map<string, Set<number>>();
    for (const o of counted)
      if (o.subject.type !== "event") {
        const name = JSON.stringify([o.subject, o.area, Object.entries(o.dimensions).sort()]);
        const days = parts.get(name) ?? parts.set(name, new Set()).get(name);
        for (const day of daysOf(o.start as string, o.end as string)) days?.add(day);
      }
    expect(r.caveats.some((c) => c.startsWith("Not every part covers"))).toBe(
      [...parts.values()].some((days) => days.size < known.size),
    );
  }
  expect(grouped.flatMap((r) => [...r.observations, ...r.leftOut.map((l) => l.id)]).sort()).toEqual(
    idsOf(rows),
  );
  const series = toSeries(rows, { within: period });
  expect(
    series.flatMap((s) => [...s.points.map((p) => p.observation), ...s.leftOut.map((l) => l.id)]).sort(),
  ).toEqual(idsOf(rows));
  for (const { points, covers, timing } of series) {
    for (const p of points)
      expect((p.start ?? p.end ?? "") >= earliest && (p.end ?? p.start ?? "9") <= latest).toBe(true);
    const known = points.flatMap((p) => (p.start && p.end ? [...daysOf(p.start, p.end)] : []));
    if (timing !== "during" || points.length === 0) expect(covers).toBeNull();
    // Points share no day.
    else expect([covers?.days, covers?.of]).toEqual([known.length, asked.length]);
  }
  let sum: ReturnType<typeof total> | undefined;
  try {
    sum = total(rows, { within: period });
  } catch (error) {
    expect(error).toBeInstanceOf(CpecDataError);
    return partly;
  }
  expect(total([...rows].reverse(), { within: period })).toEqual(sum);
  expect([...sum.observations, ...sum.leftOut.map((l) => l.id)].sort()).toEqual(idsOf(rows));
  const [group, ...others] = grouped.filter((r) => r.count > 0);
  if (group && others.length === 0)
    expect([sum.value, sum.low, sum.high, sum.covers]).toEqual([
      group.value,
      group.low,
      group.high,
      group.covers,
    ]);
  if (/^\d{4}$/.test(period)) {
    const years = aggregate(rows, { by: "year", over: ["time", "subject"] });
    const [year, ...more] = years.filter((r) => r.group.year === Number(period) && r.count > 0);
    if (year && more.length === 0 && sum.count > 0 && sum.observations.length === year.observations.length)
      expect([sum.value, sum.observations, sum.covers]).toEqual([year.value, year.observations, year.covers]);
  }
  return partly;
}

/** What the call of a hint gives. */
function pasted(hint: string, rows: readonly ObservationRecord[]) {
  const call = /^This call works on the same rows: ([\s\S]*)$/.exec(hint)?.[1] as string;
  const names = ["rows", "total", "aggregate", "filterObservations"];
  const run = new Function(...names, `return ${call}`) as (...values: unknown[]) => unknown;
  const result = run(rows, total, aggregate, filterObservations);
  const [first] = Array.isArray(result) ? result : [result];
  expect(first.count).toBeGreaterThan(0);
  return first as ReturnType<typeof total>;
}
