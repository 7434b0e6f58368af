// Each rule of the guard on real records: what it refuses or leaves out, and the same question asked rightly.
import { describe, expect, it } from "vitest";
import {
  aggregate,
  CpecDataError,
  filterObservations,
  type ObservationFilter,
  observations,
  total,
} from "../src/index.js";

const of = (filter: ObservationFilter) => filterObservations(observations, filter);
const code = (call: () => unknown) => {
  try {
    call();
    return "added";
  } catch (error) {
    return error instanceof CpecDataError ? error.code : error;
  }
};
const YEARS = { timing: "during", status: "actual", dimensions: {} } as const;
const SUNWALK = { project: "sunwalk-fibre-network" } as const;

describe("on real records", () => {
  it("R1: phones made and imported don't add; phones made do", () => {
    const both = of({ ...YEARS, metric: ["phones-assembled", "phones-imported"], from: "2021", to: "2021" });
    expect(code(() => total(both))).toBe("MIXED_METRIC");
    expect(total(both.filter((o) => o.metric === "phones-assembled")).value).toBe(24_660_000);
  });
  it("R2: Sunwalk's plan and spending don't add, and the error says why and what to do; the spending does", () => {
    const money = of({ metric: "investment-fibre-backbone", ...SUNWALK });
    expect(code(() => total(money))).toBe("MIXED_STATUS");
    expect(() => total(money)).toThrow(
      /Values of different statuses never add\. The rows have status: "\w+" \(\d+ rows?\) \| [\s\S]+ This call works on the same rows: total\(/,
    );
    expect(total(of({ metric: "investment-fibre-backbone", ...SUNWALK, status: "actual" })).value).toBe(
      5_000_000,
    );
  });
  it("R3: cable built in a year and cable promised by a day don't add, nor a year's phones and a running total", () => {
    const mixed = of({ metric: "phones-assembled", status: "actual", dimensions: {} });
    expect(new Set(mixed.map((o) => o.timing)).size).toBeGreaterThan(1);
    expect(code(() => total(mixed))).toBe("MIXED_TIMING");
    expect(code(() => total(of({ ...YEARS, metric: "phones-assembled", from: "2020", to: "2021" })))).toBe(
      "added",
    );
  });
  it("R4: of nested windows of 2022 the year counts; windows that only touch throw", () => {
    const year = of({ ...YEARS, metric: "phones-assembled", from: "2022", to: "2022" });
    const sum = total(year);
    expect([sum.value, sum.count]).toEqual([21_940_000, 1]);
    expect(sum.leftOut.every((x) => x.reason === "overlap")).toBe(true);
    const fiscal = of({ ...YEARS, metric: "phone-imports-value", from: "FY2020-21", to: "FY2020-21" });
    const calendar = fiscal.map((o) => ({
      ...o,
      id: `${o.id}-moved`,
      start: "2021-01-01",
      end: "2021-12-31",
    }));
    expect(code(() => total([...fiscal, ...calendar.slice(0, 1)]))).toBe("OVERLAP");
  });
  it("R5: Sunwalk's phase is left out beside its plan, and counts alone", () => {
    const plan = of({ metric: "fibre-network-length", ...SUNWALK, status: "planned" });
    expect(total(plan).leftOut.some((x) => x.reason === "part")).toBe(true);
    const [phase] = plan.filter((o) => o.value === 5_000);
    expect(total(phase ? [phase] : []).value).toBe(5_000);
  });
  it("R6: Zong's subscriptions lie in Pakistan's, and count alone", () => {
    const at = of({ metric: "mobile-subscribers", status: "actual", timing: "at", dimensions: {} });
    const zong = at.filter((o) => o.subject.id === "zong");
    const national = at.filter((o) => o.subject.id === "pakistan");
    const pair = zong.flatMap((z) =>
      national.filter((p) => p.start === z.start && p.end === z.end).map((p) => [z, p] as const),
    )[0];
    expect(pair).toBeDefined();
    const [z, p] = pair as NonNullable<typeof pair>;
    expect(total([z, p])).toMatchObject({
      value: p.value,
      leftOut: [{ id: z.id, reason: "contained", because: p.id }],
    });
    expect(total([z]).value).toBe(z.value);
  });
  it("R7: subscriptions of two years don't add, nor shares; exports of two years do", () => {
    const subscriptions = of({
      metric: "mobile-subscribers",
      place: "pakistan",
      status: "actual",
      timing: "at",
      dimensions: {},
    }).filter((o) => o.subject.type === "place");
    expect(code(() => total(subscriptions))).toMatch(/NOT_ADDITIVE|OVERLAP/);
    expect(total(subscriptions, { each: "latest" }).count).toBe(1);
    const shares = of({ metric: "smartphone-sales-share", status: "actual" });
    expect(new Set(shares.map((o) => o.subject.id)).size).toBeGreaterThan(1);
    expect(code(() => total(shares))).toMatch(/NOT_ADDITIVE|MIXED_TIMING/);
    const exports = of({
      ...YEARS,
      metric: "it-services-exports",
      from: "FY2017-18",
      to: "FY2018-19",
    }).filter((o) => o.period.startsWith("FY"));
    expect(total(exports).count).toBe(2);
  });
  it("R7: 2G phones and smartphones don't add to all phones", () => {
    const all = of({
      metric: "phones-assembled",
      timing: "during",
      status: "actual",
      from: "2023",
      to: "2023",
    });
    const sum = total(all);
    expect(sum.value).toBe(21_280_000);
    expect(sum.leftOut.some((x) => x.reason === "dimension")).toBe(true);
  });
  it("R8: 2.5 to 3 million stays a range, and more than 5,000 stays open", () => {
    expect(
      total(of({ metric: "phone-production-rate", project: "xiaomi-lahore-plant", status: "target" })),
    ).toMatchObject({ value: null, low: 2_500_000, high: 3_000_000, approximate: true });
    expect(
      total(of({ metric: "talents-trained-rate", organisation: "huawei", status: "forecast" }).slice(0, 1)),
    ).toMatchObject({ low: 5_000, high: null });
  });
  it("R9: aggregate leaves nothing unsaid: every row of the dataset counts or is left out with a reason", () => {
    const rows = aggregate(observations, { by: "sector", over: ["time", "subject"] });
    const said = rows.flatMap((r) => [...r.observations, ...r.leftOut.map((x) => x.id)]);
    expect(said.sort()).toEqual(observations.map((o) => o.id).sort());
    for (const { leftOut } of rows)
      for (const { reason, because } of leftOut)
        if (reason !== "missing" && reason !== "retracted") expect(because).toBeDefined();
  });
  it("R10: a figure all of whose claims are slips, and one without a value, never enter", () => {
    const [sound] = of({ ...YEARS, metric: "phones-assembled", from: "2021", to: "2021" }).filter(
      (o) => o.period === "2021",
    );
    const retracted = {
      ...sound,
      id: "retracted",
      period: "2019",
      start: "2019-01-01",
      end: "2019-12-31",
      claims: sound?.claims.map((c) => ({ ...c, rank: "deprecated" as const })) ?? [],
    };
    expect(total([sound, retracted] as never[])).toMatchObject({
      value: 24_660_000,
      leftOut: [{ id: "retracted", reason: "retracted" }],
    });
  });
});
