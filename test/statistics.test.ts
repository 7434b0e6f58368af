import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastSquares, mannKendall, type Point, theilSen } from "../src/statistics.js";
import { RUNS } from "./cases.js";

const at = (ys: readonly number[]): Point[] => ys.map((y, x) => ({ x, y }));

describe("least squares", () => {
  /** NIST StRD, dataset Norris (www.itl.nist.gov/div898/strd/lls/data/Norris.shtml): data and certified values. */
  const x = [
    0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0,
    447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3,
    229.2, 669.1, 448.9, 0.5,
  ];
  const y = [
    0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3,
    448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6,
    228.9, 668.4, 449.2, 0.2,
  ];
  it("gives the certified values of NIST's dataset Norris", () => {
    const fit = leastSquares(x.map((v, i) => ({ x: v, y: y[i] as number })));
    expect(fit?.slope).toBeCloseTo(1.00211681802045, 13);
    expect(fit?.intercept).toBeCloseTo(-0.262323073774029, 11);
    expect(fit?.slopeError).toBeCloseTo(0.429796848199937e-3, 15);
    expect(fit?.residualSd).toBeCloseTo(0.884796396144373, 12);
    expect(fit?.rSquared).toBeCloseTo(0.999993745883712, 14);
  });
  it("keeps its digits far from zero", () => {
    const fit = leastSquares(x.map((v, i) => ({ x: v + 1e6, y: (y[i] as number) + 1e6 })));
    expect(fit?.slope).toBeCloseTo(1.00211681802045, 9);
  });
  it("explains all of a level line, and has no error for two points", () => {
    expect(leastSquares(at([3, 3, 3]))).toMatchObject({ slope: 0, intercept: 3, rSquared: 1 });
    expect(leastSquares(at([1, 2]))).toMatchObject({ slope: 1, slopeError: null, residualSd: null });
  });
});

describe("Theil-Sen", () => {
  it("is the median of all pairwise slopes", () => {
    expect(theilSen(at([1, 2, 3, 100]))).toBe((1 + 33) / 2);
  });
  /** A second implementation, straight from the definition. */
  const naive = (points: readonly Point[]) => {
    const slopes = points.flatMap((a, i) =>
      points.slice(i + 1).flatMap((b) => (a.x === b.x ? [] : [(b.y - a.y) / (b.x - a.x)])),
    );
    slopes.sort((a, b) => a - b);
    const m = slopes.length / 2;
    return slopes.length % 2
      ? slopes[Math.floor(m)]
      : ((slopes[m - 1] as number) + (slopes[m] as number)) / 2;
  };
  it("agrees with a second implementation on any points, also where it counts slopes instead of listing them", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: -1000, max: 1000 }) }),
          { minLength: 2, maxLength: 40 },
        ),
        (points) => {
          const result = theilSen(points);
          if (result !== null) expect(result).toBeCloseTo(naive(points) as number, 9);
          else expect(new Set(points.map((p) => p.x)).size).toBe(1);
        },
      ),
      RUNS,
    );
    const many = Array.from({ length: 700 }, (_, i) => ({
      x: (i * 7919) % 331,
      y: ((i * 104729) % 1009) + i / 3,
    }));
    expect(theilSen(many)).toBeCloseTo(naive(many) as number, 9);
  });
  it.each([
    ["falling", (i: number) => ({ x: i, y: -3 * i })],
    ["level", (i: number) => ({ x: i, y: 7 })],
    ["tied in x and y", (i: number) => ({ x: i % 40, y: (i * 31) % 17 })],
    ["steep at one place", (i: number) => ({ x: i / 7, y: i === 300 ? 1e6 : i % 5 })],
    ["two x only", (i: number) => ({ x: i % 2, y: (i * 13) % 29 })],
  ])("counts slopes of many points that are %s as well as it lists them", (_, point) => {
    for (const n of [501, 502]) {
      const points = Array.from({ length: n }, (__, i) => point(i));
      const [counted, listed] = [theilSen(points) as number, naive(points) as number];
      expect(Math.abs(counted - listed)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(listed)));
    }
  });
  it("gives nothing where all x are equal", () => {
    expect(
      theilSen([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ]),
    ).toBeNull();
    expect(
      leastSquares([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ]),
    ).toBeNull();
  });
});

describe("Mann-Kendall", () => {
  it("counts concordant less discordant pairs", () => {
    expect(mannKendall(at([1, 2, 3, 4, 5]))).toMatchObject({ s: 10, tau: 1, method: "exact" });
    expect(mannKendall(at([5, 4, 3, 2, 1]))?.s).toBe(-10);
    expect(mannKendall(at([1, 1, 1]))).toMatchObject({ s: 0, tau: 0, p: 1 });
  });
  it("has the exact tail probabilities of Kendall's table", () => {
    // Numbers of permutations of n with k inversions (OEIS A008302); the table is their running sum over n!.
    const rows: Record<number, number[]> = {
      4: [1, 3, 5, 6],
      5: [1, 4, 9, 15, 20],
      6: [1, 5, 14, 29, 49, 71, 90, 101],
      10: [1, 9, 44, 155, 440, 1068, 2298, 4489, 8095],
    };
    /** A permutation of n with k inversions, to be tested for a rising trend. */
    const withInversions = (n: number, k: number): number[] => {
      const left = Array.from({ length: n }, (_, i) => i);
      const out: number[] = [];
      let rest = k;
      while (left.length > 0) {
        const take = Math.min(rest, left.length - 1);
        rest -= take;
        out.push(left.splice(take, 1)[0] as number);
      }
      return out;
    };
    for (const [n, counts] of Object.entries(rows)) {
      const factorial = Array.from({ length: Number(n) }, (_, i) => i + 1).reduce((a, b) => a * b);
      let tail = 0;
      counts.forEach((count, k) => {
        tail += count;
        const result = mannKendall(at(withInversions(Number(n), k)));
        const s = (Number(n) * (Number(n) - 1)) / 2 - 2 * k;
        expect(result?.s).toBe(s);
        if (s > 0) expect(result?.p).toBeCloseTo((2 * tail) / factorial, 12);
      });
    }
  });
  it("above ten points is normal, with ties corrected", () => {
    // By hand: n = 12, all rising: S = 66, variance 12·11·29/18, z = 65 / sqrt(212.667) = 4.45723.
    const rising = mannKendall(at(Array.from({ length: 12 }, (_, i) => i)));
    expect(rising).toMatchObject({ s: 66, method: "normal" });
    expect(rising?.p).toBeCloseTo(8.3e-6, 7);
    // Two tied pairs take 2·(2·1·9) off the sum of 12·11·29.
    const tied = mannKendall(at([1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(tied?.s).toBe(64);
    const z = 63 / Math.sqrt((12 * 11 * 29 - 36) / 18);
    expect(z).toBeCloseTo(4.3405, 3);
    expect(tied?.p).toBeCloseTo(1.4214e-5, 8);
  });
  it("has an exact distribution with ties, equal to enumerating every order of the values", () => {
    const orders = (values: readonly number[]): number[][] =>
      values.length < 2
        ? [[...values]]
        : values.flatMap((v, i) => orders(values.toSpliced(i, 1)).map((rest) => [v, ...rest]));
    for (const values of [
      [1, 2, 3, 4, 5],
      [1, 2, 2, 4, 5],
      [3, 3, 1, 1, 2, 7],
    ]) {
      const s = mannKendall(at(values))?.s as number;
      const all = orders(values).map((o) => mannKendall(at(o))?.s as number);
      const extreme = all.filter((t) => Math.abs(t) >= Math.abs(s)).length;
      expect(mannKendall(at(values))?.p).toBeCloseTo(extreme / all.length, 12);
    }
  });
  it("with ties in both has the variance of S over all orders of the values", () => {
    const orders = (values: readonly number[]): number[][] =>
      values.length < 2
        ? [[...values]]
        : values.flatMap((v, i) => orders(values.toSpliced(i, 1)).map((rest) => [v, ...rest]));
    /** The upper tail of the normal distribution, by Simpson's rule. */
    const tail = (z: number) => {
      const n = 20_000;
      const h = (12 - z) / n;
      const f = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
      let sum = f(z) + f(12);
      for (let i = 1; i < n; i++) sum += f(z + i * h) * (i % 2 ? 4 : 2);
      return (sum * h) / 3;
    };
    for (const [xs, ys] of [
      [
        [1, 1, 2, 3, 3, 4],
        [1, 2, 2, 5, 5, 5],
      ],
      [
        [1, 1, 1, 2, 3, 4, 5],
        [9, 9, 9, 9, 1, 2, 3],
      ],
      [
        [1, 2, 2, 2, 5, 6],
        [1, 2, 3, 4, 4, 4],
      ],
    ] as const) {
      const pair = (values: readonly number[]) => values.map((y, i) => ({ x: xs[i] as number, y }));
      const all = orders(ys).map((o) => mannKendall(pair(o))?.s as number);
      const variance = all.reduce((sum, s) => sum + s * s, 0) / all.length;
      const result = mannKendall(pair(ys));
      expect(result?.method).toBe("normal");
      const z = Math.max(0, Math.abs(result?.s as number) - 1) / Math.sqrt(variance);
      expect(result?.p).toBeCloseTo(2 * tail(z), 9);
    }
  });
  it("agrees with the normal tail far out", () => {
    // 2·(1 - Φ(z)) for z = 11.4526 of 40 rising values: erfc(8.0982), from the continued fraction; Abramowitz & Stegun 7.1.23 bounds it.
    const p = mannKendall(at(Array.from({ length: 40 }, (_, i) => i)))?.p as number;
    const x = 779 / Math.sqrt((40 * 39 * 85) / 18) / Math.SQRT2;
    const bound = Math.exp(-x * x) / (x * Math.sqrt(Math.PI));
    expect(p / bound).toBeGreaterThan(1 - 1 / (2 * x * x));
    expect(p / bound).toBeLessThan(1 - 1 / (2 * x * x) + 3 / (4 * x ** 4));
  });
  it("has tau-b, which ties in either lower the scale of", () => {
    // By hand: x 1,1,2,3 and y 1,2,2,3: 4 concordant pairs, none discordant, one tie each: 4 / sqrt(5·5).
    expect(
      mannKendall([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
        { x: 2, y: 2 },
        { x: 3, y: 3 },
      ]),
    ).toMatchObject({ s: 4, tau: 0.8 });
    expect(mannKendall(at([1, 2]))).toMatchObject({ s: 1, tau: 1, p: 1 });
    expect(mannKendall(at([1]))).toBeNull();
  });
  it("says the same of points in any order, and of points turned upside down", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.integer({ min: 0, max: 30 }), y: fc.integer({ min: 0, max: 9 }) }), {
          minLength: 2,
          maxLength: 30,
        }),
        (points) => {
          const one = mannKendall(points);
          expect(mannKendall([...points].reverse())).toEqual(one);
          const turned = mannKendall(points.map((p) => ({ x: p.x, y: -p.y })));
          expect(turned?.s).toBe(one === null ? undefined : 0 - one.s || 0);
          expect(turned?.p).toBeCloseTo(one?.p as number, 12);
          expect(one?.p).toBeGreaterThan(0);
          expect(one?.p).toBeLessThanOrEqual(1);
        },
      ),
      RUNS,
    );
  });
});
