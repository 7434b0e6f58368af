/** The laws of sums on small rows, each with what it refuses or leaves out and the same question asked rightly. */
import { describe, expect, it } from "vitest";
import { guard } from "../src/guard.js";
import { aggregate, CpecDataError, type ObservationRecord, total } from "../src/index.js";
import { addUp, coverageOf } from "../src/interval.js";
import { row } from "./rows.js";

/** The error that a call throws. */
function thrown(call: () => unknown): CpecDataError {
  try {
    call();
  } catch (error) {
    if (error instanceof CpecDataError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
const at = (type: "place" | "organisation" | "project" | "event", id: string) => ({ subject: { type, id } });
const named = (id: string, given: Partial<ObservationRecord>) => ({ ...row(given), id });
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map((r) => r.id).sort();

describe("unlike things never add", () => {
  it("metrics, units, measures, statuses and timings; the message counts what is there, and its call works", () => {
    const phones = row();
    for (const [other, code] of [
      [row({ metric: "phones-imported" }), "MIXED_METRIC"],
      [named("usd", { unit: "usd" }), "MIXED_METRIC"],
      [named("share", { measure: "ratio" }), "MIXED_METRIC"],
      [row({ status: "planned" }), "MIXED_STATUS"],
      [row({ timing: "to-date", period: "2021-06-30" }), "MIXED_TIMING"],
    ] as const)
      for (const rows of [
        [phones, other],
        [other, phones],
      ]) {
        expect(thrown(() => total(rows)).code).toBe(code);
        expect(aggregate(rows, { by: "sector" })).toHaveLength(2);
      }
    const error = thrown(() => total([row({ period: "2020" }), phones, row({ status: "planned" })]));
    expect(error.message).toContain('status: "actual" (2 rows) | "planned" (1 row)');
    expect(error.hint).toContain('total(filterObservations(rows, { status: "actual" }))');
  });
  it("values cut along different dimensions, and values that overlap by definition", () => {
    const feature = row({ dimensions: { technology: "2g" }, value: 12 });
    const brand = row({ dimensions: { brand: "tecno" }, value: 5 });
    const dated = row({ dimensions: { origin: "import" }, period: "2020", value: 100 });
    for (const rows of [
      [feature, brand],
      [brand, feature],
      [feature, dated, brand],
    ])
      expect(thrown(() => total(rows)).code).toBe("NOT_ADDITIVE");
    // The metric says that its stages overlap; one of one's own says nothing, so that nothing adds.
    const stage = (value: string) => row({ metric: "cpec-project-value", dimensions: { stage: value } });
    expect(thrown(() => total([stage("begun"), stage("completed")])).code).toBe("NOT_ADDITIVE");
    const technology = (value: string) =>
      row({ metric: "phones-assembled", dimensions: { technology: value } });
    expect(total([technology("2g"), technology("smartphone")]).value).toBe(20);
    expect(thrown(() => total([feature, row({ dimensions: { technology: "4g" } })])).code).toBe(
      "NOT_ADDITIVE",
    );
  });
  it("levels and rates of different times, and ratios at all", () => {
    const level = { measure: "stock", timing: "at", unit: "site" } as const;
    const zong = row({ ...level, ...at("organisation", "zong"), period: "2022-06", value: 5 });
    const jazz = row({ ...level, ...at("organisation", "jazz"), period: "2022-06", value: 5 });
    const later = row({ ...level, ...at("organisation", "jazz"), period: "2023-06", value: 7 });
    expect(total([zong, jazz]).value).toBe(10);
    expect(thrown(() => total([zong, later])).hint).toContain('total(rows, { each: "latest" })');
    expect(total([zong, jazz, later], { each: "latest" })).toMatchObject({
      value: 12,
      caveats: ["The values are of different dates, 2022-06-30 to 2023-06-30."],
    });
    const share = { measure: "ratio", unit: "percent", timing: "at" } as const;
    const error = thrown(() =>
      total([
        row({ ...share, ...at("organisation", "zong") }),
        row({ ...share, ...at("organisation", "jazz") }),
      ]),
    );
    expect(error.hint).toContain('reduce: "latest"');
  });
  it("has no total of nothing", () => {
    expect(thrown(() => total([])).code).toBe("OUT_OF_RANGE");
  });
});

describe("what another row holds is left out, and that row counts", () => {
  it("the widest of nested periods", () => {
    const windows = [
      "2022-01/2022-04",
      "2022-01/2022-05",
      "2022-01/2022-06",
      "2022-04",
      "2022-05",
      "2022-06",
    ];
    const values = [9_720_000, 12_410_000, 14_080_000, 2_560_000, 2_690_000, 1_670_000];
    const sum = total(windows.map((period, i) => row({ period, value: values[i] as number })));
    expect(sum.value).toBe(14_080_000);
    expect(sum.leftOut.map((x) => x.reason)).toEqual(Array(5).fill("overlap"));
  });
  it("the later of running totals of one subject", () => {
    const older = row({ timing: "to-date", period: "2021-09-23", value: 5 });
    const newer = row({ timing: "to-date", period: "2022-06-30", value: 7 });
    expect(total([older, newer])).toMatchObject({ value: 7, observations: [newer.id] });
  });
  it("the newest wording of a promise, by the day it was said and never by its deadline", () => {
    const said = (id: string, asOf: string | undefined, period: string, value: number) => ({
      ...named(id, { status: "planned", timing: "by", period, value }),
      ...(asOf === undefined ? {} : { asOf }),
    });
    expect(total([said("a", "2017-04", "2030", 10_600), said("b", "2017-09", "2017", 10_500)])).toMatchObject(
      {
        value: 10_500,
        leftOut: [{ id: "a", reason: "superseded", because: "b" }],
      },
    );
    // Which of two was said last is not known: nothing is guessed.
    expect(thrown(() => total([said("a", undefined, "2030", 1), said("b", "2017", "2020", 2)])).code).toBe(
      "OVERLAP",
    );
    const replaced = { ...said("c", undefined, "unknown", 16), supersedes: "a" };
    expect(total([said("a", undefined, "unknown", 100), replaced]).value).toBe(16);
  });
  it("a whole for its part, and what lies in the part too", () => {
    const whole = named("whole", { status: "planned", timing: "by", period: "unknown", value: 100_000 });
    const part = {
      ...named("part", { status: "planned", timing: "by", period: "2025", value: 5_000 }),
      partOf: "whole",
    };
    expect(total([part, whole])).toMatchObject({
      value: 100_000,
      leftOut: [{ id: "part", reason: "part", because: "whole" }],
    });
    expect(total([part]).value).toBe(5_000);
    const auction = named("auction", { ...at("event", "spectrum-auction-2014"), value: 30 });
    const jazz = { ...named("jazz", { ...at("organisation", "jazz"), value: 10 }), partOf: "auction" };
    expect(total([jazz, auction])).toMatchObject({
      value: 30,
      leftOut: [{ id: "jazz", because: "auction" }],
    });
  });
  it("a missing whole passes the link on, and a part that reaches beyond its whole is none", () => {
    const [top, middle, low] = [
      named("top", { value: 9 }),
      named("middle", { value: null, low: null, high: null }),
      named("low", {}),
    ];
    expect(guard([{ ...low, partOf: "middle" }, { ...middle, partOf: "top" }, top]).leftOut).toContainEqual({
      id: "low",
      reason: "part",
      because: "top",
    });
    const beyond = {
      ...named("beyond", { ...at("organisation", "a-body"), area: "china", period: "2020/2022" }),
      partOf: "top",
    };
    expect(idsOf(guard([top, beyond]).kept)).toEqual(["beyond", "top"]);
  });
  it("a place for what lies in it, wherever the body has its home", () => {
    const country = row({ value: 120 });
    for (const inside of [
      at("place", "lahore"),
      at("organisation", "huawei"),
      at("project", "xiaomi-lahore-plant"),
      at("event", "spectrum-auction-2014"),
    ])
      expect(total([row({ ...inside, value: 3 }), country])).toMatchObject({
        value: 120,
        count: 1,
        leftOut: [{ reason: "contained" }],
      });
    const inChina = row({ ...at("organisation", "huawei"), area: "china", value: 3 });
    expect(total([inChina, country]).value).toBe(123);
    const later = row({ ...at("place", "lahore"), period: "2022", value: 3 });
    expect(total([country, later]).value).toBe(123);
  });
  it("a parent for its subsidiary, during the time of its parenthood only", () => {
    const ptcl = (period: string) => row({ ...at("organisation", "ptcl"), period, value: 100 });
    const telenor = (period: string) => row({ ...at("organisation", "telenor-pakistan"), period, value: 10 });
    expect(total([ptcl("2011"), telenor("2011")]).value).toBe(110);
    expect(total([ptcl("2026-02"), telenor("2026-02")]).value).toBe(100);
  });
  it("the total of a dimension for its values, but never a narrow total for a wide part", () => {
    const all = row({ value: 30 });
    const [feature, smart] = ["2g", "smartphone"].map((technology) =>
      row({ dimensions: { technology }, value: 12 }),
    );
    expect(total([feature as ObservationRecord, all, smart as ObservationRecord])).toMatchObject({
      value: 30,
      count: 1,
    });
    const january = row({ period: "2021-01", value: 1 });
    expect(thrown(() => total([january, feature as ObservationRecord])).code).toBe("OVERLAP");
  });
  it("nothing for an organisation that took part in an event", () => {
    const auction = row({ ...at("event", "spectrum-auction-2014"), value: 30 });
    const zong = row({ ...at("organisation", "zong"), period: "2019", value: 4 });
    expect(total([auction, zong]).value).toBe(34);
  });
});

describe("what shares days without lying in another", () => {
  const quarters = ["2022-01/2022-03", "2022-03/2022-05", "2022-05/2022-07"].map((period) => row({ period }));
  it("is refused by total, and named by aggregate", () => {
    expect(thrown(() => total(quarters.slice(0, 2))).code).toBe("OVERLAP");
    const [sum] = aggregate(quarters, { by: "metric", over: "time" });
    // 92 days from March and from May, 90 from January: the first of the widest counts.
    expect(sum).toMatchObject({
      period: "2022-03/2022-05",
      count: 1,
      clash: [
        [quarters[1]?.id, quarters[0]?.id],
        [quarters[1]?.id, quarters[2]?.id],
      ],
    });
    expect(sum?.caveats[0]).toContain("neither holds the other");
    expect(guard([row({ period: "2022-01" }), row({ period: "2022-02" })]).clash).toEqual([]);
    // Periods that share only their last day overlap.
    const day = { ...row({ period: "2022-01" }), id: "to-the-first", end: "2022-02-01" };
    expect(guard([day, row({ period: "2022-02" })]).clash).toHaveLength(1);
  });
  it("leaves what only a loser held to count by itself", () => {
    const [year, fiscal] = [row({ period: "2022" }), row({ period: "FY2022-23" })];
    const month = row({ period: "2023-05" });
    expect(idsOf(guard([year, fiscal, month]).kept)).toEqual(idsOf([year, month]));
  });
  it("two values for one time: a newer statement counts, else it is a clash", () => {
    const [first, second] = [named("a", { value: 10 }), named("b", { value: 11 })];
    expect(guard([first, second]).leftOut).toMatchObject([{ id: "b", reason: "clash" }]);
    expect(guard([first, { ...second, value: 10, low: 10, high: 10 }]).leftOut).toMatchObject([
      { reason: "overlap" },
    ]);
    expect(
      guard([
        { ...first, asOf: "2022" },
        { ...second, asOf: "2023" },
      ]).leftOut,
    ).toEqual([{ id: "a", reason: "superseded", because: "b" }]);
  });
});

describe("what never enters", () => {
  it("missing and retracted values", () => {
    const missing = row({ value: null, low: null, high: null, period: "2019" });
    const retracted = row({ period: "2020", claims: [{ source: "a", rank: "deprecated" }] });
    expect(total([row(), missing, retracted])).toMatchObject({
      value: 10,
      leftOut: [
        { id: missing.id, reason: "missing" },
        { id: retracted.id, reason: "retracted" },
      ],
    });
    expect(total([missing])).toMatchObject({ value: null, count: 0 });
  });
  it("a row given twice; a copy of a row left out shares its fate", () => {
    const [year, month] = [row(), row({ period: "2021-03" })];
    expect(total([year, { ...year }])).toMatchObject({
      value: 10,
      leftOut: [{ id: year.id, reason: "duplicate", because: year.id }],
    });
    const later = row({ period: "2022" });
    expect(total([year, year, later, { ...later }])).toMatchObject({
      value: 20,
      leftOut: [{ id: year.id }, { id: later.id, reason: "duplicate" }],
    });
    expect(total([month, year, month]).leftOut).toEqual([
      { id: month.id, reason: "overlap", because: year.id },
      { id: month.id, reason: "overlap", because: year.id },
    ]);
    expect(thrown(() => total([year, { ...year, value: 11, low: 11, high: 11 }])).code).toBe(
      "CONFLICTING_ROWS",
    );
  });
  it("takes a bound for a value, and a row without claims for a sound one", () => {
    const above = row({ value: null, low: 80, high: null });
    const below = row({ value: null, low: null, high: 5, period: "2022" });
    const unsourced = row({ period: "2023", claims: [] });
    expect(guard([above, below, unsourced]).kept).toHaveLength(3);
  });
});

describe("values add as intervals", () => {
  it("end to end, an open end stays open, in any order", () => {
    const range = row({ value: null, low: 2_500_000, high: 3_000_000, approximate: true });
    const above = row({ period: "2022", value: null, low: 80, high: null });
    const below = row({ period: "2023", value: null, low: null, high: 5 });
    const single = row({ period: "2020", value: 5 });
    expect(addUp([range, single])).toEqual({
      value: null,
      low: 2_500_005,
      high: 3_000_005,
      approximate: true,
    });
    for (const rows of [
      [range, above],
      [above, range],
    ])
      expect(addUp(rows)).toEqual({ value: null, low: 2_500_080, high: null, approximate: true });
    expect(addUp([below, single])).toMatchObject({ low: null, high: 10 });
    expect(addUp([above, below, single])).toMatchObject({ value: null, low: null, high: null });
    expect(addUp([])).toEqual({ value: null, low: null, high: null, approximate: false });
  });
  it("and say which days they cover, with the missing stretches as periods", () => {
    const covers = (periods: string[], span?: [string, string]) =>
      coverageOf(
        periods.map((period) => row({ period })),
        span,
      );
    expect(covers(["2023-01/2023-03", "2023-07/2023-12"])).toEqual({
      days: 274,
      of: 365,
      missing: ["2023-04/2023-06"],
    });
    expect(covers(["2016", "2019"])).toEqual({ days: 731, of: 1461, missing: ["2017/2018"] });
    expect(covers(["2023-03-02"], ["2023-01-01", "2023-12-31"])).toEqual({
      days: 1,
      of: 365,
      missing: ["2023-01-01/2023-03-01", "2023-03-03/2023-12-31"],
    });
    expect(coverageOf([])).toBeNull();
  });
  it("and carry caveats: those of the rows, holes, and nominal money of several years", () => {
    const money = (period: string) => row({ unit: "usd", period, caveats: [`of ${period}`] });
    expect(total([money("2019"), money("2021")]).caveats).toEqual([
      "of 2019",
      "of 2021",
      "No values for 2020: 730 of 1096 days are covered.",
      "Nominal money of 2019 to 2021 was added, without regard to inflation or exchange rates.",
    ]);
  });
});
