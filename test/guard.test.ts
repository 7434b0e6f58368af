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
