import { describe, expect, it } from "vitest";
import { printedNumbers, statedContains } from "../src/schema/stated.js";

describe("a printed figure", () => {
  it.each([
    ["24.66 million", 24_660_000],
    ["$2bn", 2_000_000_000],
    ["USD 2 bln", 2_000_000_000],
    ["$25.4 billion", 25_400_000_000],
    ["Rs37.91 billion", 37_910_000_000],
    ["2.5-3 million handsets", 2_500_000],
    ["2.5-3 million handsets", 3_000_000],
    ["3 lakh", 300_000],
    ["1.4 crore", 14_000_000],
    ["100,000km", 100_000],
    ["302 KM", 302],
    ["91%", 91],
    ["more than 80%", 80],
    ["five documents", 5],
    ["a total of nineteen", 19],
    ["two dozen", 12],
    ["$788.64 million", 788_640_000],
    ["over 2 billion", 2_123_000_000],
    ["nearly 5 million", 4_900_000],
    ["about 200", 195],
    ["60 Tbps", 60_000],
    ["-$12.3 million", -12_300_000],
    ["−408 million", -408_000_000],
    ["24.7 million", 24_660_000],
    ["2,619 million", 2_619_600_000],
  ])("%s holds %d", (stated, value) => {
    expect(statedContains(stated, value)).toBe(true);
  });

  it.each([
    ["24.66 million", 2_466_000],
    ["$2bn", 2_000_000],
    ["$5m", 500_000],
    ["302 km", 3020],
    ["16,000 km", 1600],
    ["2.5-3 million", 2_750_000],
    ["more than 80%", 8],
    ["24.66 million", 25_000_000],
    ["thousands of jobs", 1000],
    ["-$12.3 million", 12_300_000],
  ])("%s does not hold %d", (stated, value) => {
    expect(statedContains(stated, value)).toBe(false);
  });

  it("gives both ends of a range the scale of the last", () => {
    expect(printedNumbers("2.5-3 million").map((n) => n.value)).toEqual(
      expect.arrayContaining([2_500_000, 3_000_000]),
    );
  });
});
