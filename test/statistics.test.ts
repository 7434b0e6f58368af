import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastSquares, mannKendall, type Point, theilSen } from "../src/statistics.js";

const at = (ys: readonly number[]): Point[] => ys.map((y, x) => ({ x, y }));

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
    );
    const many = Array.from({ length: 700 }, (_, i) => ({
      x: (i * 7919) % 331,
      y: ((i * 104729) % 1009) + i / 3,
    }));
    expect(theilSen(many)).toBeCloseTo(naive(many) as number, 9);
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
    );
  });
});
