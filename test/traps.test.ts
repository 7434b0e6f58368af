// Sentences of the seed that invite a wrong number, and what the shipped data makes of them.
import { describe, expect, it } from "vitest";
import { weekdayOf } from "../src/dates.js";
import {
  CpecDataError,
  type CpecDataErrorCode,
  conflicts,
  countEvents,
  events,
  findOrganisations,
  getEvent,
  getMetric,
  getOrganisation,
  getProject,
  getSource,
  metrics,
  type Observation,
  observations,
  organisations,
  periodWindow,
  promises,
  sources,
  total,
  units,
} from "../src/index.js";

const SUNWALK = "project/sunwalk-fibre-network";
const byId = new Map(observations.map((o) => [o.id, o]));
const obs = (id: string): Observation => {
  const found = byId.get(id);
  if (!found) throw new Error(`no observation ${id}`);
  return found;
};
const claim = (record: { claims: readonly { source: string }[] }, source: string) =>
  record.claims.find((c) => c.source === source) as Observation["claims"][number] | undefined;
const refusal = (...ids: string[]): CpecDataErrorCode | undefined => {
  try {
    total(ids.map(obs));
  } catch (error) {
    if (error instanceof CpecDataError) return error.code;
    throw error;
  }
};
const PLAN = `investment-fibre-backbone:${SUNWALK}:planned:by:unknown@2023-03-14`;
const SPENT = `investment-fibre-backbone:${SUNWALK}:actual:to-date:2023-03-14`;
const CABLE = `fibre-network-length:${SUNWALK}:planned:by:unknown`;
const LAID = `fibre-network-length:${SUNWALK}:actual:during:2022`;
const made = (period: string) => `phones-assembled:pakistan:actual:during:${period}`;
const imported = (period: string) => `phones-imported:pakistan:actual:during:${period}`;

describe("Sunwalk", () => {
  it("1: two billion planned and about five million spent are two statuses", () => {
    expect(obs(PLAN)).toMatchObject({
      status: "planned",
      timing: "by",
      value: 2_000_000_000,
      approximate: false,
    });
    expect(obs(SPENT)).toMatchObject({
      status: "actual",
      timing: "to-date",
      value: 5_000_000,
      approximate: true,
    });
    expect(refusal(PLAN, SPENT)).toBe("MIXED_STATUS");
  });
  it("2: phases are parts of the whole, and 302 km were built in 2022 only", () => {
    const phases = [`${CABLE}@2023-03-14`, `${CABLE}@2023-05-19`];
    expect(phases.map((id) => [obs(id).value, obs(id).partOf])).toEqual([
      [5_000, CABLE],
      [16_000, CABLE],
    ]);
    const sum = total([CABLE, ...phases].map(obs));
    expect(sum).toMatchObject({ value: 100_000, observations: [CABLE] });
    expect(sum.leftOut.map((x) => x.reason)).toEqual(["part", "part"]);
    expect(obs(LAID)).toMatchObject({ value: 302, status: "actual", timing: "during", period: "2022" });
    // The cable of 2022 was laid before the promise of March 2023 was made: it says nothing about it.
    const [promise] = promises({ project: "sunwalk-fibre-network" }).filter((p) => p.id === CABLE);
    expect(promise).toMatchObject({ verdict: "unknown", evidence: [] });
  });
  it("3: 'an area of 100,000km' is a length", () => {
    expect(getMetric("fibre-network-length").unit).toBe("kilometre");
    expect(obs(CABLE).caveats.join()).toContain("it is a length of cable");
    expect(claim(obs(CABLE), "brecorder-2023-03-14-reprint")?.stated).toBe("100,000km");
    expect(
      observations.filter((o) => o.sector === "fibre-backbone" && o.unit === "square-kilometre"),
    ).toEqual([]);
  });
  it("4: 5,000 km are planned, though some papers have them being laid", () => {
    const phase = obs(`${CABLE}@2023-03-14`);
    expect(phase.status).toBe("planned");
    expect(claim(phase, "brecorder-2023-03-14-reprint")?.status).toBe("actual");
    expect(conflicts().find((c) => c.id === phase.id && c.field === "status")).toMatchObject({
      settled: "planned",
      rule: "preferred",
    });
  });
  it("5: a promise restated keeps its history, and slips stay visible as slips", () => {
    const chain = [PLAN];
    for (let next = obs(PLAN).supersedes; next !== undefined; next = obs(next).supersedes) chain.push(next);
    expect(chain).toHaveLength(3);
    expect(chain.map((id) => obs(id).value)).toEqual([2e9, 2e9, 2e9]);
    expect(total(chain.map(obs))).toMatchObject({ value: 2e9, count: 1, observations: [PLAN] });
    expect(obs(chain[1] as string).end).toBe("2032-09-30");
    const slip = obs(`${CABLE}@2023-05-19`).claims.find((c) => c.value === 1_600);
    expect(slip?.rank).toBe("deprecated");
    expect(
      getEvent("sunwalk-tip-licence").claims.some((c) => c.date === "2002" && c.rank === "deprecated"),
    ).toBe(true);
  });
  it("6: dollars never add to kilometres, and no unit cost is stored", () => {
    expect(refusal(SPENT, LAID)).toBe("MIXED_METRIC");
    expect(units.filter((u) => u.name.includes(" per kilometre"))).toEqual([]);
  });
  it("36: the figure is an integer in base units, whatever the print", () => {
    expect(Number.isInteger(obs(PLAN).value)).toBe(true);
    expect(new Set(obs(PLAN).claims.map((c) => c.stated)).size).toBeGreaterThan(1);
  });
});

describe("phones", () => {
  const RATE = "phone-production-rate:project/xiaomi-lahore-plant:target:per-year:2022-01/..";
  it("7: 2.5 to 3 million a year is an approximate target rate, not output", () => {
    expect(obs(RATE)).toMatchObject({
      value: null,
      low: 2_500_000,
      high: 3_000_000,
      approximate: true,
      status: "target",
      timing: "per-year",
      start: "2022-01-01",
      end: null,
    });
    expect(refusal(RATE, made("2021"))).toBe("MIXED_METRIC");
  });
  it("8: 450 million dollars are forecast revenue, not an investment", () => {
    const revenue = obs("company-revenue-added:organisation/air-link:forecast:per-year:../..@2021-11-01");
    expect(revenue).toMatchObject({ value: 450_000_000, approximate: true, status: "forecast" });
    expect(observations.filter((o) => o.metric.startsWith("investment-") && o.value === 450_000_000)).toEqual(
      [],
    );
    // The partner's statement is plausible as sales: 150 to 180 dollars a phone.
    const { low, high } = obs(RATE);
    expect([
      (revenue.value as number) / (high as number),
      (revenue.value as number) / (low as number),
    ]).toEqual([150, 180]);
  });
  it("9: made and imported are two metrics, of years of their own, and context", () => {
    expect(
      [made("2020"), made("2021"), imported("2020"), imported("2021")].map((id) => [
        obs(id).value,
        obs(id).scope,
      ]),
    ).toEqual([
      [13_050_000, "context"],
      [24_660_000, "context"],
      [24_510_000, "context"],
      [10_260_000, "context"],
    ]);
    expect(refusal(made("2021"), imported("2021"))).toBe("MIXED_METRIC");
  });
  it("10: nested windows of 2022 count once", () => {
    const windows = [
      "2022-01/2022-04",
      "2022-01/2022-05",
      "2022-01/2022-06",
      "2022-04",
      "2022-05",
      "2022-06",
    ].map(made);
    expect(windows.map((id) => obs(id).value)).toEqual([
      9_720_000, 12_410_000, 14_080_000, 2_560_000, 2_690_000, 1_670_000,
    ]);
    const sum = total(windows.map(obs));
    expect(sum.value).toBe(14_080_000);
    expect(sum.leftOut.map((x) => [x.reason, x.because])).toEqual(
      Array(5).fill(["overlap", made("2022-01/2022-06")]),
    );
  });
  it("11: growth is computed, never stored", () => {
    const growth = (obs(made("2021")).value as number) / (obs(made("2020")).value as number) - 1;
    expect(growth).toBeCloseTo(0.8897, 4);
    expect(metrics.filter((m) => /growth/.test(m.id)).map((m) => m.id)).toEqual([]);
  });
  it("12: a fiscal year runs from July to June, and is never a bare year", () => {
    const fiscal = observations.filter((o) => o.period.startsWith("FY"));
    expect(fiscal.length).toBeGreaterThan(0);
    for (const o of fiscal.filter((x) => x.timing === "during")) {
      expect(o.start?.endsWith("-07-01") && o.end?.endsWith("-06-30")).toBe(true);
      expect(periodWindow(o.period)).toMatchObject({ earliest: o.start, latest: o.end });
    }
  });
  it("13: a milestone without a number has no observation", () => {
    expect(getEvent("local-phone-output-passed-imports")).toMatchObject({
      kind: "milestone",
      date: { edtf: "2021-33", earliest: "2021-01-01", latest: "2021-03-31" },
    });
    expect(observations.filter((o) => o.event === "local-phone-output-passed-imports")).toEqual([]);
  });
});

describe("Huawei", () => {
  const at = (metric: string) => obs(`${metric}:organisation/huawei:actual:at:2023-06-14`);
  it("14: 3,200 may be all staff or local staff, and nothing is derived from 91 %", () => {
    expect(at("workforce")).toMatchObject({ value: 3_200, measure: "stock" });
    expect(at("workforce").caveats.join()).toContain("all staff in Pakistan, or Pakistani staff only");
    expect(
      observations.filter((o) => o.metric === "workforce" && [3_516, 3_517, 2_912].includes(o.value ?? 0)),
    ).toEqual([]);
  });
  it("15: 'as high as 91%' is approximate, not a bound", () => {
    expect(at("localisation-rate")).toMatchObject({ value: 91, low: 91, high: 91, approximate: true });
    expect(at("localisation-rate").claims[0]?.stated).toBe("as high as 91%");
  });
  it("16: 'more than 80%' by nobody named is a bound of low confidence that never adds", () => {
    expect(at("population-using-services")).toMatchObject({
      value: null,
      low: 80,
      high: null,
      measure: "ratio",
      confidence: "low",
    });
    expect(at("population-using-services").claims[0]?.saidBy?.channel).toBe("unattributed");
  });
  it("17: 'more than 5,000 every year', forecast, is a bound on a rate", () => {
    expect(obs("talents-trained-rate:organisation/huawei:forecast:per-year:../..")).toMatchObject({
      value: null,
      low: 5_000,
      high: null,
      status: "forecast",
    });
  });
  it("18: 'more than 10 operators' is a bound", () => {
    expect(at("operators-served")).toMatchObject({ value: null, low: 10, high: null, measure: "stock" });
  });
});

describe("the tenth joint committee", () => {
  const onDay = (metric: string) => obs(`${metric}:event/jcc-10:actual:during:2021-09-23`);
  it("19: 25.4 billion dollars are a running total of all sectors", () => {
    const o = obs("cpec-direct-investment:pakistan:actual:to-date:2021-09-23");
    expect(o).toMatchObject({
      value: 25_400_000_000,
      sector: "cross-sector",
      timing: "to-date",
      scope: "cpec",
    });
    expect(o.caveats.length).toBeGreaterThan(0);
  });
  it("20: five documents and three agreements may overlap, and never make eight", () => {
    expect([onDay("cooperation-documents").value, onDay("enterprise-agreements").value]).toEqual([5, 3]);
    expect(onDay("enterprise-agreements").caveats.join()).toContain("overlap");
    expect(refusal(onDay("cooperation-documents").id, onDay("enterprise-agreements").id)).toBe(
      "MIXED_METRIC",
    );
  });
  it("21: about 200 attended", () => {
    expect(onDay("attendance")).toMatchObject({ value: 200, approximate: true });
  });
  it("29: one committee under two names, and people are not entities", () => {
    for (const name of ["Joint Coordination Committee", "Joint Cooperation Committee"])
      expect(findOrganisations(name).map((o) => o.id)).toEqual(["jcc-cpec"]);
    const names = organisations.flatMap((o) => [o.name, ...o.names.map((n) => n.name)]).join("|");
    expect(names).not.toMatch(/Miftah|Muftah|Afnanullah|Tony L/);
  });
});

describe("events", () => {
  it("22: a seminar reported twice is one event with 19 people", () => {
    expect(events.filter((e) => claim(e, "seed-2022-08-16")).map((e) => e.id)).toEqual(["geomatics-seminar"]);
    const seminar = getEvent("geomatics-seminar");
    expect(new Set(seminar.claims.map((c) => getSource(c.source).origin)).size).toBe(1);
    expect(observations.filter((o) => o.subject.id === "geomatics-seminar").map((o) => o.value)).toEqual([
      19,
    ]);
    expect(getOrganisation("society-of-engineers").names).toContainEqual({
      name: "Society of Engineering",
      use: "misspelling",
    });
  });
  it("23: the date of a report is not the date of an event", () => {
    expect(getEvent("geomatics-seminar")).toMatchObject({
      date: { earliest: "2022-07-27", latest: "2022-08-15", basis: "inferred" },
      endDate: { earliest: "2022-08-15", latest: "2022-09-03" },
      duration: "P20D",
    });
  });
  it.each([
    ["jcc-10", "2021-09-23", "Thursday"],
    ["xiaomi-air-link-partnership", "2021-11-01", "Monday"],
    ["it-advisory-council-first-meeting", "2022-07-14", "Thursday"],
    ["mobile-manufacturing-summit-2023", "2023-01-24", "Tuesday"],
    ["sunwalk-minister-meeting-2023", "2023-03-14", "Tuesday"],
    ["it-minister-chinese-ambassador-2023", "2023-09-27", "Wednesday"],
  ] as const)("24: %s was on %s, a %s", (id, day, weekday) => {
    const { date } = getEvent(id);
    expect(date).toMatchObject({ edtf: day, basis: "resolved" });
    expect(date.text).toContain(weekday);
    expect(weekdayOf(day)).toBe(weekday);
  });
  it("25: the undated story of Gwadar is dated by its original", () => {
    expect(getSource("seed-gwadar-fibre")).toMatchObject({
      published: null,
      origin: getSource("tribune-2022-05-03").origin,
    });
    expect(getEvent("usf-gwadar-fibre-start").date).toMatchObject({
      earliest: "2022-06-24",
      latest: "2022-06-30",
    });
    expect(getEvent("usf-gwadar-fibre-completion").date).toMatchObject({
      earliest: "2023-01-01",
      latest: "2023-12-31",
    });
    expect(getEvent("usf-gwadar-fibre-completion").promised[0]?.by).toBe("2023-06-24/2023-12-30");
  });
  it("26: vague dates stay windows", () => {
    const [promised] = getEvent("xiaomi-plant-opening").promised;
    expect(promised).toMatchObject({ by: "2022-01", on: "2021-11-01" });
    expect(promised?.claims.map((c) => c.source)).toContain("seed-2021-11-02");
  });
  it("27: what was announced is planned until a later source says that it happened", () => {
    for (const id of ["ai-conference-2023", "huawei-cloud-carnival-2023", "fsi-cloud-launch"] as const) {
      expect(getEvent(id).status).toBe("planned");
      expect(
        countEvents(events, { by: "year", scope: ["cpec", "bilateral", "context"] }).flatMap((r) => r.events),
      ).not.toContain(id);
    }
  });
  it("28: three corridors are one announcement and three projects", () => {
    expect(getEvent("three-corridors-agreed")).toMatchObject({
      kind: "announcement",
      promises: "digital-corridor-launch",
    });
    for (const name of ["digital", "green", "health"])
      expect(getProject(`china-pakistan-${name}-corridor`)?.scope).toBe("cpec");
  });
  it("34: background is an event of its own date, or none", () => {
    expect(getEvent("huawei-entry-pakistan").date).toMatchObject({ edtf: "1998", precision: "year" });
    expect(events.filter((e) => /70th anniversary/.test(e.title))).toEqual([]);
  });
});

describe("sources and parties", () => {
  it("30: a subsidiary is not counted beside its parent", () => {
    expect(getOrganisation("select-technologies")).toMatchObject({
      parent: "air-link",
      parents: [{ share: 100 }],
    });
    const parent = {
      ...obs("company-revenue-added:organisation/air-link:forecast:per-year:../..@2021-11-01"),
    };
    const child = {
      ...parent,
      id: "child",
      subject: { type: "organisation", id: "select-technologies" } as const,
    };
    expect(total([parent, child]).leftOut).toMatchObject([{ id: "child", reason: "contained" }]);
  });
  it("31: a statement to the exchange weighs more than anonymous officials", () => {
    expect(
      obs("phone-production-rate:project/xiaomi-lahore-plant:target:per-year:2022-01/..").confidence,
    ).toBe("high");
    expect(
      obs("fibre-network-length:project/usf-gwadar-fibre:planned:by:2023-06-24/2023-12-30").confidence,
    ).toBe("low");
  });
  it("32: items without a Chinese party are context, and left out of counts", () => {
    const context = ["usf-gwadar-fibre-start", "it-advisory-council-first-meeting"] as const;
    for (const id of context) expect(getEvent(id).scope).toBe("context");
    const counted = countEvents(events, { by: "sector" }).flatMap((r) => r.events);
    expect(counted.filter((id) => (context as readonly string[]).includes(id))).toEqual([]);
  });
  it("33: the thread is a pointer, its reprints carry an origin, and forums never stand alone", () => {
    const weak = new Set(sources.filter((s) => s.kind === "forum").map((s) => s.id));
    for (const r of [...events, ...observations])
      expect(
        r.claims.some((c) => !weak.has(c.source)),
        `${r.id} rests on a forum alone`,
      ).toBe(true);
  });
  it("35: money stands in the currency stated", () => {
    const money = observations.filter((o) =>
      /^(investment|project-cost|financing|contract-value|acquisition-price)-/.test(o.metric),
    );
    for (const o of money) {
      const suffix = /-(pkr|cny|eur)$/.exec(o.metric)?.[1] ?? "usd";
      expect([o.id, o.unit]).toEqual([o.id, suffix]);
    }
  });
});
