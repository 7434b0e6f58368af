import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CpecDataError,
  computeTrend,
  computeTrends,
  type Observation,
  observations,
  ratioOf,
  toSeries,
} from "../src/index.js";
import { RUNS } from "./cases.js";
import { row } from "./rows.js";

const years = (values: Record<string, number | null>, given: Parameters<typeof row>[0] = {}) =>
  Object.entries(values).map(([period, value]) => row({ ...given, period, value }));
const only = (rows: Parameters<typeof toSeries>[0]) => {
  const series = toSeries(rows);
  expect(series).toHaveLength(1);
  return series[0] as (typeof series)[number];
};

describe("toSeries", () => {
  it("never mixes calendar years, fiscal years, quarters, months, windows, statuses, subjects or dimensions", () => {
    const rows = [
      ...years({
        "2021": 1,
        "FY2021-22": 2,
        "2021-33": 3,
        "2021-05": 4,
        "2021-01/2021-04": 5,
        "2021-05-07": 6,
        "2021-07/2022-03": 7,
      }),
      row({ status: "target" }),
      row({ subject: { type: "place", id: "lahore" } }),
      row({ dimensions: { technology: "2g" } }),
      row({ timing: "to-date", period: "2022-06-30" }),
      row({ timing: "per-year", period: "2022-01/.." }),
      row({ status: "planned", timing: "by", period: "2025" }),
      row({ measure: "stock", timing: "at", period: "2021-06" }),
    ];
    const series = toSeries(rows);
    expect(series.map((s) => s.cadence).sort()).toEqual(
      [
        "01/04",
        "07/03",
        "day",
        "deadline",
        "fiscal-year",
        "level",
        "month",
        "quarter",
        "rate",
        "running-total",
        "year",
        "year",
        "year",
        "year",
      ].sort(),
    );
    expect(series.every((s) => s.points.length === 1)).toBe(true);
  });
  it("orders its points by time whatever the order of rows, and lists what it left out", () => {
    const rows = years({ "2022": 3, "2020": 1, "2021": null });
    const series = only(rows);
    expect(series.points.map((p) => p.period)).toEqual(["2020", "2022"]);
    expect(series.leftOut).toEqual([{ id: "phones:pakistan:actual:during:2021", reason: "missing" }]);
    expect(only([...rows].reverse()).points).toEqual(series.points);
  });
  it("keeps every level and running total of different moments", () => {
    const level = { measure: "stock", timing: "at" } as const;
    expect(only(years({ "2021-06": 1, "2022-06": 2, "2023-06": 3 }, level)).points).toHaveLength(3);
  });
});

describe("computeTrend says no more than its points bear", () => {
  it("nothing of one value", () => {
    expect(computeTrend(only(years({ "2021": 5 })))).toMatchObject({
      n: 1,
      change: null,
      ratio: null,
      cagr: null,
      slope: null,
      significance: null,
    });
    expect(computeTrend([])).toMatchObject({ n: 0, first: null, last: null, span: 0 });
  });
  it("a change of two: phones made in 2020 and 2021, up by 88.97 %", () => {
    const trend = computeTrend(only(years({ "2020": 13_050_000, "2021": 24_660_000 })));
    expect(trend).toMatchObject({ n: 2, span: 1, change: 11_610_000, slope: null, significance: null });
    expect(trend.ratio).toBeCloseTo(1.8897, 4);
    expect(trend.cagr).toBeCloseTo(0.8897, 4);
    expect(trend.steps).toMatchObject([{ from: "2020", to: "2021", years: 1, change: 11_610_000 }]);
    expect(trend.caveats[0]).toContain("no slope");
  });
  it("slopes of three and four", () => {
    const trend = computeTrend(only(years({ "2020": 1, "2021": 2, "2022": 3 })));
    expect(trend.slope?.theilSen).toBeCloseTo(1, 2);
    expect(trend.slope?.leastSquares.slope).toBeCloseTo(1, 2);
    expect(trend.significance).toBeNull();
  });
  it("significance of five", () => {
    const rising = computeTrend(only(years({ "2018": 1, "2019": 2, "2020": 3, "2021": 4, "2022": 5 })));
    expect(rising.significance).toMatchObject({ s: 10, tau: 1, method: "exact", significant: true });
    expect(rising.significance?.p).toBeCloseTo(2 / 120, 12);
    const strict = computeTrend(
      [1, 2, 3, 4, 5].map((y, x) => ({ x, y })),
      { alpha: 0.01 },
    );
    expect(strict.significance?.significant).toBe(false);
  });
});

describe("computeTrend", () => {
  it("names the gaps of years, fiscal years, quarters, months and windows", () => {
    expect(computeTrend(only(years({ "2018": 1, "2021": 2 }))).gaps).toEqual(["2019", "2020"]);
    expect(computeTrend(only(years({ "FY2018-19": 1, "FY2020-21": 2 }))).gaps).toEqual(["FY2019-20"]);
    expect(computeTrend(only(years({ "2021-36": 1, "2022-34": 2 }))).gaps).toEqual(["2022-33"]);
    expect(computeTrend(only(years({ "2021-11": 1, "2022-02": 2 }))).gaps).toEqual(["2021-12", "2022-01"]);
    expect(computeTrend(only(years({ "2020-01/2020-04": 1, "2022-01/2022-04": 2 }))).gaps).toEqual(["2021"]);
    expect(
      computeTrend(only(years({ "2020-06": 1, "2023-06": 2 }, { measure: "stock", timing: "at" }))).gaps,
    ).toEqual([]);
  });
  it("keeps ranges, bounds and undated values out of its numbers, and says so", () => {
    const range = row({ period: "2023", value: null, low: 1, high: 9 });
    const trend = computeTrend(only([...years({ "2020": 1, "2021": 2 }), range]));
    expect(trend.n).toBe(2);
    expect(trend.caveats).toContain("1 value is a range or bound and does not enter.");
    const promises = ["unknown", "2025"].map((period) => row({ status: "planned", timing: "by", period }));
    expect(computeTrend(only(promises)).caveats).toEqual(
      expect.arrayContaining([
        "1 value has no date and does not enter.",
        "The values are planned, not what came to be.",
      ]),
    );
  });
  it("gives no growth rate for ratios, short spans, or values that aren't positive", () => {
    expect(
      computeTrend(only(years({ "2020": 1, "2022": 2 }, { measure: "ratio", unit: "percent" }))).cagr,
    ).toBeNull();
    expect(computeTrend(only(years({ "2021-01": 1, "2021-02": 2 }))).cagr).toBeNull();
    const negative = computeTrend([
      { x: 0, y: -1 },
      { x: 2, y: 4 },
    ]);
    expect(negative).toMatchObject({ ratio: null, cagr: null, change: 5 });
    expect(negative.steps[0]?.ratio).toBeNull();
  });
  it("carries its observations, sources and doubts", () => {
    const trend = computeTrend(
      only([
        row({ period: "2020", confidence: "low" }),
        row({ approximate: true, claims: [{ source: "another" }] }),
      ]),
    );
    expect(trend.sources).toEqual(["a-source", "another"]);
    expect(trend.observations).toHaveLength(2);
    expect(trend.caveats).toEqual(
      expect.arrayContaining(["1 value is approximate.", "1 value is of low confidence."]),
    );
  });
  it("refuses points that are not numbers and an alpha outside 0 to 1", () => {
    expect(() => computeTrend([{ x: 0, y: Number.NaN }])).toThrow(CpecDataError);
    expect(() => computeTrend([], { alpha: 1 })).toThrow("between 0 and 1");
  });
});

describe("computeTrends over the whole dataset", () => {
  const trends = computeTrends(observations);
  const byId = new Map(observations.map((o) => [o.id, o]));
  it("says no more than the points bear", () => {
    for (const t of trends) {
      expect(t.n).toBeGreaterThanOrEqual(2);
      const running = t.series.timing === "to-date";
      if (t.n < 3 || running) expect(t.slope).toBeNull();
      expect(t.significance === null).toBe(t.n < 5 || running);
      if (running) expect(t.cagr).toBeNull();
      expect(t.points).toHaveLength(t.n);
      if (t.series.measure === "ratio" || t.series.timing === "by") expect(t.cagr).toBeNull();
      expect(t.observations).toHaveLength(t.n);
      expect(t.sources.length).toBeGreaterThan(0);
    }
  });
  it("never mixes metrics, statuses, subjects, nor fiscal and calendar years, and never overlaps itself", () => {
    for (const t of trends) {
      const rows = t.observations.map((id) => byId.get(id) as Observation);
      expect(new Set(rows.map((o) => [o.metric, o.status, o.timing, o.subject.id].join())).size).toBe(1);
      if (t.series.timing !== "during") continue;
      expect(
        new Set(rows.map((o) => o.start?.slice(5))).size === 1 || /month|quarter|day/.test(t.series.cadence),
      ).toBe(true);
      rows.forEach((o, i) => {
        const before = rows[i - 1];
        if (before)
          expect((before.end as string) < (o.start as string), `${before.id} and ${o.id}`).toBe(true);
      });
    }
  });
});

describe("ratioOf", () => {
  const ends = fc.tuple(fc.integer({ min: -4, max: 6 }), fc.integer({ min: -4, max: 6 }));
  const interval = (metric: string, [a, b]: readonly [number, number]) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return only([{ ...row({ metric }), value: low === high ? low : null, low, high }]);
  };
  it("holds every quotient of the two intervals between its ends, over what may be negative none", () => {
    fc.assert(
      fc.property(ends, ends, (above, below) => {
        const [p] = ratioOf(interval("above", above), interval("below", below)).points;
        if (!p) throw new Error("no point");
        const [least, most] = [Math.min(...below), Math.max(...below)];
        if (least < 0) expect([p.value, p.low, p.high]).toEqual([null, null, null]);
        if (least > 0) {
          const quotients = above.flatMap((a) => below.map((b) => a / b));
          expect([p.low, p.high]).toEqual([Math.min(...quotients), Math.max(...quotients)]);
          expect(p.value).toBe(p.low === p.high ? p.low : null);
        }
        // Near zero the quotient is without limit.
        if (least === 0 && most > 0) expect(Math.min(...above) >= 0 ? p.high : p.low).toBeNull();
      }),
      RUNS,
    );
  });
});

describe("computeTrends", () => {
  it("puts the strongest first, and leaves out what has fewer than two values", () => {
    const steady = years({ "2018": 1, "2019": 2, "2020": 3, "2021": 4, "2022": 5 });
    const wavering = years({ "2018": 1, "2019": 3, "2020": 2, "2021": 5, "2022": 4 }, { metric: "wavering" });
    const short = years({ "2018": 1, "2019": 3, "2020": 2 }, { metric: "short" });
    const single = years({ "2018": 1 }, { metric: "single" });
    expect(computeTrends([...single, ...short, ...wavering, ...steady]).map((t) => t.series.metric)).toEqual([
      "phones",
      "wavering",
      "short",
    ]);
  });
});
