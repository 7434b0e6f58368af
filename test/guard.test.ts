import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addUp, guard } from "../src/guard.js";
import { aggregate, CpecDataError, type ObservationRecord, total } from "../src/index.js";
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

describe("the guard, rule by rule, on small rows", () => {
  it("R1 refuses to add different metrics, even of one unit", () => {
    const [a, b] = [row(), row({ metric: "phones-imported" })];
    expect(thrown(() => total([a, b]))).toMatchObject({ code: "MIXED_METRIC", ids: [a.id, b.id] });
    expect(aggregate([a, b], { by: "sector" })).toHaveLength(2);
  });

  it("R2 refuses to add a plan to what came to be, and says what to do", () => {
    const [plan, done] = [row({ status: "planned" }), row()];
    const error = thrown(() => total([plan, done]));
    expect(error.code).toBe("MIXED_STATUS");
    expect(error.ids).toEqual([plan.id, done.id]);
    expect(error.message).toContain("compareDelivery()");
  });

  it("R3 refuses to add a rate to a year's output", () => {
    const rate = row({ timing: "per-year", period: "2022-01/.." });
    expect(thrown(() => total([row(), rate])).code).toBe("MIXED_TIMING");
  });

  it("R4 counts the widest of nested periods once", () => {
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

  it("R4 counts the newest of running totals, levels and restated promises", () => {
    const older = row({ timing: "to-date", period: "2021-09-23", value: 5 });
    const newer = row({ timing: "to-date", period: "2022-06-30", value: 7 });
    expect(total([older, newer])).toMatchObject({ value: 7, observations: [newer.id] });
    const promise = { status: "planned", timing: "by", period: "unknown" } as const;
    const first = { ...row({ ...promise, value: 100 }), id: "first" };
    const second = {
      ...row({ ...promise, value: 16, asOf: "2023-05-12" }),
      id: "second",
      supersedes: "first",
    };
    expect(total([first, second])).toMatchObject({
      value: 16,
      leftOut: [{ id: "first", reason: "superseded", because: "second" }],
    });
  });

  it("R4 throws where periods overlap and neither holds the other", () => {
    const [a, b] = [row({ period: "2022-01/2022-06" }), row({ period: "2022-04/2022-09" })];
    expect(thrown(() => total([a, b]))).toMatchObject({ code: "OVERLAP" });
  });

  it("R5 leaves out a part whose whole is present", () => {
    const whole = row({ status: "planned", timing: "by", period: "unknown", value: 100_000 });
    const part = {
      ...row({ status: "planned", timing: "by", period: "2025", value: 5_000 }),
      partOf: whole.id,
    };
    expect(total([part, whole])).toMatchObject({
      value: 100_000,
      leftOut: [{ id: part.id, reason: "part", because: whole.id }],
    });
    expect(total([part]).value).toBe(5_000);
  });

  it("R6 leaves out a subject that lies in another's", () => {
    const country = row({ value: 24 });
    const city = row({ subject: { type: "place", id: "lahore" }, value: 3 });
    expect(total([city, country])).toMatchObject({
      value: 24,
      leftOut: [{ id: city.id, reason: "contained", because: country.id }],
    });
    const other = row({ subject: { type: "place", id: "karachi" }, value: 4 });
    expect(total([city, other]).value).toBe(7);
    const later = row({ subject: { type: "place", id: "lahore" }, period: "2022", value: 3 });
    expect(total([country, later]).value).toBe(27);
  });

  it("R7 adds flows over time, stocks over subjects of one time, and ratios over nothing", () => {
    expect(total([row({ value: 13 }), row({ period: "2022", value: 24 })]).value).toBe(37);
    const stock = { measure: "stock", timing: "at", unit: "site" } as const;
    const [zong, jazz] = ["zong", "jazz"].map((id) =>
      row({ ...stock, subject: { type: "organisation", id }, period: "2022-06", value: 5 }),
    );
    expect(total([zong as ObservationRecord, jazz as ObservationRecord]).value).toBe(10);
    const later = row({ ...stock, subject: { type: "organisation", id: "jazz" }, period: "2023-06" });
    expect(thrown(() => total([zong as ObservationRecord, later])).code).toBe("NOT_ADDITIVE");
    const ratio = { measure: "ratio", unit: "percent", timing: "at" } as const;
    expect(
      thrown(() =>
        total([row({ ...ratio, subject: { type: "organisation", id: "huawei" } }), row({ ...ratio })]),
      ).code,
    ).toBe("NOT_ADDITIVE");
  });

  it("R7 never adds a total to its own dimensions, nor two kinds of parts", () => {
    const all = row({ value: 30 });
    const simple = row({ dimensions: { technology: "2g" }, value: 12 });
    const smart = row({ dimensions: { technology: "smartphone" }, value: 18 });
    expect(total([simple, all, smart])).toMatchObject({ value: 30, count: 1 });
    expect(total([simple, smart]).value).toBe(30);
    const made = row({ dimensions: { brand: "tecno" }, value: 5 });
    expect(thrown(() => total([simple, made])).code).toBe("NOT_ADDITIVE");
  });

  it("R8 adds ranges end to end, keeps open bounds open and invents no midpoint", () => {
    const range = row({ value: null, low: 2_500_000, high: 3_000_000, approximate: true });
    const bound = row({ period: "2022", value: null, low: 80, high: null });
    expect(addUp([range, row({ period: "2020", value: 5 })])).toEqual({
      value: null,
      low: 2_500_005,
      high: 3_000_005,
      approximate: true,
    });
    expect(addUp([range, bound])).toEqual({ value: null, low: 2_500_080, high: null, approximate: true });
  });

  it("R9 aggregate keeps classes apart and lists what it left out", () => {
    const rows = aggregate(
      [row({ status: "planned" }), row(), row({ subject: { type: "place", id: "lahore" } })],
      { by: "sector", over: "subject" },
    );
    expect(rows.map((r) => [r.status, r.value, r.leftOut.length])).toEqual([
      ["planned", 10, 0],
      ["actual", 10, 1],
    ]);
  });

  it("R10 never lets missing or retracted values in", () => {
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

  it("R10 takes a bound for a value, and a row without claims for a sound one", () => {
    const above = row({ value: null, low: 80, high: null });
    const below = row({ value: null, low: null, high: 5, period: "2022" });
    const unsourced = row({ period: "2023", claims: [] });
    expect(guard([above, below, unsourced]).kept).toHaveLength(3);
    expect(
      guard([row({ claims: [{ source: "a" }, { source: "b", rank: "deprecated" }] })]).kept,
    ).toHaveLength(1);
  });

  it("R4 names the newest statement by the day it was said, then by its end, its start and its id", () => {
    const promise = { status: "planned", timing: "by" } as const;
    const counted = (...rows: ObservationRecord[]) => guard(rows).kept.map((r) => r.id);
    const said = (id: string, asOf: string | undefined, period: string) => ({
      ...row({ ...promise, period }),
      id,
      ...(asOf === undefined ? {} : { asOf }),
    });
    expect(counted(said("later", "2023-05", "2024"), said("earlier", "2022-05", "2030"))).toEqual(["later"]);
    expect(counted(said("unsaid", undefined, "2030"), said("said", "2022-05", "2024"))).toEqual(["said"]);
    expect(counted(said("near", "2023", "2024"), said("far", "2023", "2030"))).toEqual(["far"]);
    expect(counted(said("a", "2023", "unknown"), said("b", "2023", "2024"))).toEqual(["b"]);
    expect(counted(said("a", "2023", "2024"), said("b", "2023", "2024"))).toEqual(["b"]);
    const rate = (id: string, start: string | null) => ({
      ...row({ timing: "per-year", period: "../.." }),
      id,
      start,
      end: null,
    });
    expect(counted(rate("old", "2020-01-01"), rate("new", "2022-01-01"), rate("open", null))).toEqual([
      "new",
    ]);
    const level = { measure: "stock", timing: "at" } as const;
    expect(counted(row({ ...level, period: "2022-06" }), row({ ...level, period: "2022" }))).toEqual([
      row({ ...level, period: "2022" }).id,
    ]);
  });

  it("R4 takes the earlier of two equally wide periods, and the rest as far as it fits", () => {
    const quarters = ["2022-01/2022-03", "2022-03/2022-05", "2022-05/2022-07"].map((period) =>
      row({ period }),
    );
    // 92 days from March and from May, 90 from January: the first of the widest counts, and what it doesn't touch.
    const { kept, leftOut, clash } = guard(quarters);
    expect(kept.map((r) => r.period)).toEqual(["2022-03/2022-05"]);
    expect(leftOut.map((x) => x.because)).toEqual([kept[0]?.id, kept[0]?.id]);
    expect(clash?.map((r) => r.period)).toEqual(["2022-03/2022-05", "2022-05/2022-07"]);
    expect(
      guard([row({ period: "2022-01" }), row({ period: "2022-02" }), row({ period: "2022-03" })]).kept,
    ).toHaveLength(3);
    expect(guard([row({ period: "2022-02" }), row({ period: "2022-01/2022-02" })])).not.toHaveProperty(
      "clash",
    );
    // Periods that share only their last day overlap.
    const day = { ...row({ period: "2022-01" }), id: "to-the-first", end: "2022-02-01" };
    expect(guard([day, row({ period: "2022-02" })]).clash).toBeDefined();
  });

  it("R4 calls a row that stands twice a duplicate, whatever its timing", () => {
    for (const one of [row(), row({ timing: "at", measure: "stock" })])
      expect(guard([one, one])).toEqual({
        kept: [one],
        leftOut: [{ id: one.id, reason: "duplicate", because: one.id }],
      });
  });

  it("R5 finds the nearest whole that is present, and is not caught in a circle", () => {
    const chain = ["a", "b", "c"].map((id, i) => ({
      ...row({ period: `${2020 + i}` }),
      id,
      ...(i > 0 ? { partOf: ["a", "b"][i - 1] as string } : {}),
    }));
    expect(guard(chain).leftOut).toEqual([
      { id: "b", reason: "part", because: "a" },
      { id: "c", reason: "part", because: "b" },
    ]);
    expect(guard([chain[0], chain[2]] as ObservationRecord[]).leftOut).toEqual([]);
    const circle = [
      { ...row(), id: "x", partOf: "y" },
      { ...row({ period: "2022" }), id: "y", partOf: "x" },
    ];
    expect(guard(circle).leftOut.map((l) => l.reason)).toEqual(["part", "part"]);
    expect(guard([{ ...row(), id: "self", partOf: "self" }]).kept).toHaveLength(1);
  });

  it("R6 compares only values of the same dimensions, or of fewer", () => {
    const lahore = (dimensions: Record<string, string>) =>
      row({ subject: { type: "place", id: "lahore" }, dimensions });
    const reason = (inside: ObservationRecord, outside: ObservationRecord) =>
      guard([inside, outside]).leftOut[0]?.reason;
    expect(reason(lahore({ technology: "2g" }), row())).toBe("contained");
    expect(reason(lahore({ technology: "2g" }), row({ dimensions: { technology: "2g" } }))).toBe("contained");
    expect(reason(lahore({ technology: "2g" }), row({ dimensions: { technology: "4g" } }))).toBeUndefined();
    expect(reason(lahore({}), row({ dimensions: { technology: "2g" } }))).toBeUndefined();
    // An organisation of the same name as a place is another subject.
    expect(reason(row({ subject: { type: "organisation", id: "lahore" } }), row())).toBeUndefined();
  });

  it("R7 drops a dimension only beside a total of its own dimensions at its own time", () => {
    const part = row({ dimensions: { brand: "tecno", technology: "2g" } });
    expect(guard([part, row({ dimensions: { technology: "2g" } })]).leftOut[0]).toMatchObject({
      reason: "dimension",
    });
    expect(guard([part, row({ dimensions: { technology: "4g" } })]).leftOut).toEqual([]);
    expect(guard([part, row({ period: "2022" })]).leftOut).toEqual([]);
    expect(
      guard([row({ dimensions: { a: "1", b: "2" } }), row({ dimensions: { b: "2", a: "1" } })]).leftOut,
    ).toHaveLength(1);
    expect(
      guard([row({ dimensions: { a: "1", b: "2" } }), row({ dimensions: { a: "12" } })]).leftOut,
    ).toEqual([]);
  });

  it("R8 keeps each end open once a row has it open, in any order", () => {
    const above = row({ value: null, low: 80, high: null });
    const below = row({ period: "2022", value: null, low: null, high: 5 });
    const single = row({ period: "2023", value: 1 });
    expect(addUp([above, single])).toMatchObject({ low: 81, high: null });
    expect(addUp([single, above])).toMatchObject({ low: 81, high: null });
    expect(addUp([below, single])).toMatchObject({ low: null, high: 6 });
    expect(addUp([above, below, single])).toMatchObject({ value: null, low: null, high: null });
    expect(addUp([])).toEqual({ value: null, low: null, high: null, approximate: false });
    expect(addUp([single])).toEqual({ value: 1, low: 1, high: 1, approximate: false });
  });

  it("has no total of nothing", () => {
    expect(thrown(() => total([])).code).toBe("OUT_OF_RANGE");
  });
});

describe("properties of the guard over generated rows", () => {
  const value = fc.integer({ min: 1, max: 1000 });
  const rows = fc
    .array(
      fc.record({
        place: fc.constantFrom("pakistan", "punjab", "lahore", "karachi", "china"),
        period: fc.constantFrom("2020", "2021", "2021-01", "2021-02", "2021-01/2021-03", "FY2020-21"),
        technology: fc.constantFrom(undefined, "2g", "smartphone"),
        value,
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((list) =>
      list.map(({ place, period, technology, value: v }) =>
        row({
          subject: { type: "place", id: place },
          period,
          value: v,
          dimensions: technology ? { technology } : {},
        }),
      ),
    )
    // One observation an id: the dataset's own rule.
    .map((list) => [...new Map(list.map((r) => [r.id, r])).values()]);
  const sum = (list: readonly ObservationRecord[]) => addUp(guard(list).kept).value ?? 0;
  const ids = (list: readonly ObservationRecord[]) =>
    guard(list)
      .kept.map((r) => r.id)
      .sort();

  it("never counts more than all rows hold, and leaves nothing unsaid", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { kept, leftOut } = guard(list);
        expect(sum(list)).toBeLessThanOrEqual(list.reduce((s, r) => s + (r.value ?? 0), 0));
        expect([...kept.map((r) => r.id), ...leftOut.map((x) => x.id)].sort()).toEqual(
          list.map((r) => r.id).sort(),
        );
      }),
    );
  });
  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (list, order) => {
        const shuffled = list
          .map((r) => [order.next().value, r] as const)
          .sort(([a], [b]) => a - b)
          .map(([, r]) => r);
        expect(ids(shuffled)).toEqual(ids(list));
      }),
    );
  });
  it("is not changed by a duplicate, a part, or a subject contained in one that counts", () => {
    fc.assert(
      fc.property(rows, value, (list, v) => {
        const [first] = guard(list).kept as [ObservationRecord];
        expect(sum([...list, first])).toBe(sum(list));
        const part = { ...first, id: "a-part", value: v, low: v, high: v, partOf: first.id };
        expect(sum([...list, part])).toBe(sum(list));
        const whole = list.find((r) => r.subject.id === "pakistan" && r.dimensions.technology === undefined);
        if (whole) {
          const inside = {
            ...whole,
            id: "inside",
            subject: { type: "place", id: "sialkot" } as const,
            value: v,
            low: v,
            high: v,
          };
          expect(sum([...list, inside])).toBe(sum(list));
        }
      }),
    );
  });
  it("keeps a class as it is, whatever rows of another status, metric or timing stand beside it", () => {
    fc.assert(
      fc.property(rows, value, (list, v) => {
        const actual = (all: readonly ObservationRecord[]) =>
          aggregate(all, { by: "metric", over: ["time", "subject"] })
            .filter((r) => r.status === "actual" && r.metric === "phones" && r.timing === "during")
            .map((r) => [r.value, r.observations]);
        const beside = [
          row({ status: "target", value: v }),
          row({ metric: "phones-imported", value: v }),
          row({ timing: "to-date", period: "2021-06-30", value: v }),
        ];
        expect(actual([...beside, ...list])).toEqual(actual(list));
        expect(thrown(() => total([...list, row({ status: "target", value: v })])).code).toBe("MIXED_STATUS");
      }),
    );
  });
  it("adds ranges to ranges that hold every sum of values in them", () => {
    const range = fc.tuple(value, value, fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 12 }), (ranges) => {
        const list = ranges.map(([a, b], i) =>
          row({ period: `${2000 + i}`, value: null, low: Math.min(a, b), high: Math.max(a, b) }),
        );
        const inside = ranges.reduce((sum, [a, b, t]) => sum + Math.min(a, b) + t * Math.abs(a - b), 0);
        const { low, high } = addUp(guard(list).kept);
        expect(inside).toBeGreaterThanOrEqual((low ?? 0) - 1e-9);
        expect(inside).toBeLessThanOrEqual((high ?? 0) + 1e-9);
      }),
    );
  });
  it("never changes its input", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const before = structuredClone(list);
        guard(list);
        aggregate(list, { by: "year", over: ["time", "subject"] });
        expect(list).toEqual(before);
      }),
    );
  });
});
