import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toTidy } from "../src/export/index.js";
import { CpecDataError, observations, type Total, total } from "../src/index.js";
import { database } from "./duckdb.js";
import { row } from "./rows.js";

/** The totals of all metrics that may be summed: what came to be during periods, of one metric each. */
const totals = new Map<string, Total>();
const refused = new Set<string>();
for (const metric of new Set(observations.map((o) => o.metric))) {
  const rows = observations.filter(
    (o) => o.metric === metric && o.status === "actual" && o.timing === "during" && o.measure === "flow",
  );
  if (rows.length === 0) continue;
  try {
    totals.set(metric, total(rows));
  } catch (error) {
    if (!(error instanceof CpecDataError)) throw error;
    refused.add(metric);
  }
}
/** Sums as total() gives them, in the same order of metrics. */
const expected = [...totals]
  .map(([metric, t]) => ({ metric, value: t.value, low: t.low }))
  .sort((a, b) => (a.metric < b.metric ? -1 : 1));
function check(sums: ReadonlyMap<string, { value: number; low: number }>) {
  for (const { metric, value, low } of expected) {
    if (value !== null) expect(sums.get(metric)?.value, metric).toBeCloseTo(value, 3);
    if (low !== null) expect(sums.get(metric)?.low, metric).toBeCloseTo(low, 3);
  }
}

describe("the tidy table", () => {
  it("adds up to total() for every metric that may be summed", () => {
    expect(totals.size).toBeGreaterThan(80);
    const sums = new Map<string, { value: number; low: number }>();
    for (const { metric, value, low } of toTidy(observations)) {
      const sum = sums.get(metric) ?? { value: 0, low: 0 };
      sums.set(metric, { value: sum.value + (value ?? 0), low: sum.low + (low ?? 0) });
    }
    check(sums);
  });
  it("holds nothing to be added for what total() refuses for all time, unless it shares no day and no thing", () => {
    for (const metric of refused) {
      const ids = new Set(
        toTidy(observations)
          .filter((r) => r.metric === metric && r.value !== null)
          .map((r) => r.observation),
      );
      if (ids.size > 0) expect(() => total(observations.filter((o) => ids.has(o.id))), metric).not.toThrow();
    }
  });
  it("is made of rows that the helpers take: repeats once, bad and contradicting rows not at all", () => {
    expect(toTidy([row(), row()])).toHaveLength(1);
    const code = (...rows: object[]) => {
      try {
        return toTidy(rows as never).length;
      } catch (error) {
        return (error as CpecDataError).code;
      }
    };
    expect(code({ ...row(), value: "10" })).toBe("INVALID_ROW");
    expect(code(row(), { ...row(), value: 3, low: 3, high: 3 })).toBe("CONFLICTING_ROWS");
  });
  it("keeps plans, levels and what came to be in columns of their own", () => {
    for (const r of toTidy(observations)) {
      expect(
        [r.value ?? r.low ?? r.high, r.level, r.promised].filter((v) => v !== null).length,
        r.observation,
      ).toBe(1);
      if (r.promised !== null) expect(r.status).not.toBe("actual");
      if (r.value !== null) expect([r.status, r.timing]).toEqual(["actual", "during"]);
    }
  });
  it("leaves out what another row holds, and says the year of what lies in one", () => {
    const rows = [
      row({ id: "whole", period: "2021", start: "2021-01-01", end: "2021-12-31", value: 10 }),
      row({ id: "part", period: "2021-03", start: "2021-03-01", end: "2021-03-31", value: 4 }),
      row({ id: "fiscal", period: "FY2022-23", start: "2022-07-01", end: "2023-06-30", value: 7 }),
    ];
    expect(toTidy(rows).map((r) => [r.observation, r.value, r.year, r.days])).toEqual([
      ["whole", 10, 2021, 365],
      ["fiscal", 7, null, 365],
    ]);
  });
  it("gives no year to the months that a fiscal year leaves over", () => {
    const rows = [
      row({ id: "half", period: "2021-01/2021-06", start: "2021-01-01", end: "2021-06-30", value: 5 }),
      row({ id: "fiscal", period: "FY2021-22", start: "2021-07-01", end: "2022-06-30", value: 7 }),
      row({ id: "later", period: "2023", start: "2023-01-01", end: "2023-12-31", value: 9 }),
    ];
    expect(toTidy(rows).map((r) => [r.observation, r.value, r.year])).toEqual([
      ["half", 5, null],
      ["fiscal", 7, null],
      ["later", 9, 2023],
    ]);
  });
  it("adds up by year to what total() gives for the year", () => {
    const sums = new Map<string, number>();
    for (const { metric, year, value } of toTidy(observations))
      if (year !== null && value !== null)
        sums.set(`${metric} ${year}`, (sums.get(`${metric} ${year}`) ?? 0) + value);
    expect(sums.size).toBeGreaterThan(150);
    for (const [key, sum] of sums) {
      const [metric, year] = key.split(" ") as [string, string];
      const rows = observations.filter(
        (o) =>
          o.metric === metric &&
          o.status === "actual" &&
          o.timing === "during" &&
          o.measure === "flow" &&
          o.start?.startsWith(year) &&
          o.end?.startsWith(year),
      );
      expect(sum, key).toBeCloseTo(total(rows).value ?? Number.NaN, 3);
    }
  });
});

describe("the naive sum of series.csv", () => {
  let db: Awaited<ReturnType<typeof database>>;
  beforeAll(async () => {
    db = await database();
  });
  afterAll(() => db.close());
  it.each(["data/series.csv", "data/series.parquet"])("is total() in DuckDB, from %s", async (file) => {
    const rows = await db.rows<{ metric: string; value: number; low: number }>(
      `select metric, coalesce(sum(value), 0) as value, coalesce(sum(low), 0) as low from '${file}' group by metric`,
    );
    check(new Map(rows.map((r) => [r.metric, { value: Number(r.value), low: Number(r.low) }])));
  });
  it("is total() in Python, where there is one", ({ skip }) => {
    const code = `
import csv, json, sys
from collections import defaultdict
sums = defaultdict(lambda: [0.0, 0.0])
for row in csv.DictReader(open("data/series.csv", encoding="utf-8", newline="")):
    sums[row["metric"]][0] += float(row["value"] or 0)
    sums[row["metric"]][1] += float(row["low"] or 0)
print(json.dumps(sums))`;
    let out: string;
    try {
      out = execFileSync("python3", ["-c", code], { encoding: "utf8", maxBuffer: 1 << 26 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return skip();
      throw error;
    }
    const sums = JSON.parse(out) as Record<string, [number, number]>;
    check(new Map(Object.entries(sums).map(([metric, [value, low]]) => [metric, { value, low }])));
  });
});
