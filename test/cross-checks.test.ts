import { describe, expect, it } from "vitest";
import {
  CHECKS,
  compare,
  isWide,
  type Row,
  readExplanations,
  render,
  review,
} from "../scripts/cross-checks.js";
import { readRecords } from "../scripts/read/dataset.js";

const rows = compare(readRecords("data"));
const explanations = readExplanations();
const { unexplained, unused } = review(rows, explanations);
const inWords = (row: Row) =>
  `${row.check}: ${row.what} ${row.period} ${row.source ?? ""} ${row.ours} against ${row.theirs}`;

describe("series against other producers", () => {
  it("finds values to compare for every check", () => {
    expect(Object.keys(CHECKS).filter((check) => !rows.some((row) => row.check === check))).toEqual([]);
    expect(rows.length).toBeGreaterThan(200);
  });
  it("explains each difference above 2 per cent (scripts/cross-checks.yaml)", () => {
    expect(unexplained.map(inWords)).toEqual([]);
  });
  it("has no explanation that nothing needs any more", () => {
    expect(unused.map((e) => `${e.check}: ${e.why}`)).toEqual([]);
  });
  it("would notice a value that is three per cent off, and none that is one per cent off", () => {
    const row: Row = {
      check: "exports-windows",
      what: "it-services-exports",
      period: "FY1999-00",
      ours: 103,
      theirs: 100,
    };
    expect(isWide(row)).toBe(true);
    expect(isWide({ ...row, ours: 101 })).toBe(false);
    expect(review([...rows, row], explanations).unexplained).toEqual([row]);
    expect(render([row], [])).toContain("**not explained**");
  });
});
