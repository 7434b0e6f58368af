import { describe, expect, it } from "vitest";
import { CpecDataError, events, filterEvents, filterObservations, observations } from "../src/index.js";
import { event, row } from "./rows.js";

describe("filterEvents", () => {
  const lahore = event({
    id: "in-lahore",
    places: ["lahore"],
    kind: "launch",
    sectors: ["device-manufacturing", "skills-research"],
  });
  const beijing = event({ id: "in-beijing", places: ["beijing"], scope: "cpec", on: "2022-06" });
  const vague = event({
    id: "vague",
    on: "2022-12/2023-02",
    status: "planned",
    project: "sunwalk-fibre-network",
  });
  const all = [lahore, beijing, vague];
  const ids = (filter: Parameters<typeof filterEvents>[1]) => filterEvents(all, filter).map((e) => e.id);

  it("lets everything through when nothing is asked", () => {
    expect(ids({})).toEqual(["in-lahore", "in-beijing", "vague"]);
  });
  it("finds what lies in a place", () => {
    expect(ids({ place: "pakistan" })).toEqual(["in-lahore"]);
    expect(ids({ place: ["punjab", "beijing"] })).toEqual(["in-lahore", "in-beijing"]);
  });
  it("finds any of an event's sectors, kinds, statuses, scopes and projects", () => {
    expect(ids({ sector: "skills-research" })).toEqual(["in-lahore"]);
    expect(ids({ kind: ["launch", "training"] })).toEqual(["in-lahore"]);
    expect(ids({ status: "planned" })).toEqual(["vague"]);
    expect(ids({ scope: "cpec" })).toEqual(["in-beijing"]);
    expect(ids({ project: "sunwalk-fibre-network" })).toEqual(["vague"]);
  });
  it("finds an organisation also through its subsidiaries", () => {
    const subsidiary = event({
      on: "2022-03-04",
      organisations: [{ id: "select-technologies", role: "manufacturer" }],
    });
    expect(filterEvents([subsidiary], { organisation: "air-link" })).toEqual([subsidiary]);
    expect(filterEvents([subsidiary], { organisation: "air-link", rollUp: false })).toEqual([]);
    expect(filterEvents([subsidiary], { organisation: "huawei" })).toEqual([]);
  });
  it("finds a subsidiary's events for its parent only during the time of its parenthood", () => {
    const telenor = (on: string) =>
      event({ on, organisations: [{ id: "telenor-pakistan", role: "signatory" }] });
    expect(filterEvents([telenor("2011-05-02")], { organisation: "ptcl" })).toEqual([]);
    expect(filterEvents([telenor("2026-02-02")], { organisation: "ptcl" })).toHaveLength(1);
  });
  it("distinguishes certain dates from possible ones", () => {
    expect(ids({ from: "2022", to: "2022" })).toEqual(["in-beijing"]);
    expect(ids({ from: "2022", to: "2022", dates: "possible" })).toEqual(["in-beijing", "vague"]);
    expect(ids({ from: "2021-09-24" })).toEqual(["in-beijing", "vague"]);
    expect(ids({ to: "2021-33" })).toEqual([]);
  });
  it("counts a day at either end of a span, and a span of one day", () => {
    const first = event({ id: "first", on: "2021-09-23" });
    for (const dates of ["certain", "possible"] as const) {
      const within = (from: string, to: string) => filterEvents([first], { from, to, dates }).length;
      expect([
        within("2021-09-23", "2021-09-23"),
        within("2021-09-24", "2021-10"),
        within("2021-08", "2021-09-22"),
      ]).toEqual([1, 0, 0]);
    }
  });
  it("says what was wrong and what would be right", () => {
    expect(() => filterEvents([], { sectr: 1, plce: 2 } as object)).toThrow(
      'filterEvents() has no option "sectr" or "plce". Did you mean "sector"? Did you mean "place"? Its options: sector, organisation, place,',
    );
    expect(() => filterEvents([], { from: "2023", to: "2022" })).toThrow(
      "The span from 2023 to 2022 is empty. Put the earlier date in `from`.",
    );
  });
  it("finds events of a project, and none for an event without one", () => {
    const without = event({ id: "without" });
    const { project: _, ...rest } = without;
    expect(filterEvents([rest as typeof without], { project: "peace-cable" })).toEqual([]);
  });
  it("refuses a misspelt filter, a span upside down and a date it can't read", () => {
    const code = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        return error instanceof CpecDataError ? error.code : error;
      }
    };
    expect(code(() => filterEvents(all, { sectr: "x" } as object))).toBe("UNKNOWN_OPTION");
    expect(code(() => filterEvents(all, { from: "2023", to: "2022" }))).toBe("OUT_OF_RANGE");
    expect(code(() => filterEvents(all, { from: "soon" }))).toBe("INVALID_DATE");
    expect(code(() => filterObservations([], { organization: "zong" } as object))).toBe("UNKNOWN_OPTION");
    expect(code(() => filterObservations([], { status: "acutal" } as object))).toBe("UNKNOWN_VALUE");
    expect(code(() => filterObservations([], { metric: "phone-assembled" }))).toBe("UNKNOWN_VALUE");
    expect(code(() => filterObservations([], { organisation: undefined } as object))).toBe("UNKNOWN_VALUE");
    expect(code(() => filterObservations([], { dimensions: { tech: "2g" } }))).toBe("UNKNOWN_VALUE");
    expect(code(() => filterObservations([], [] as object))).toBe("UNKNOWN_OPTION");
    expect(code(() => filterObservations(observations, undefined as never))).toBe("UNKNOWN_OPTION");
  });
  it("finds the story of Realme among the real events", () => {
    expect(filterEvents(events, { organisation: "realme", place: "lahore" }).map((e) => e.id)).toContain(
      "realme-production-start",
    );
  });
});

describe("filterObservations", () => {
  it("finds subjects inside an organisation, place or project", () => {
    const plant = row({ subject: { type: "project", id: "xiaomi-lahore-plant" } });
    expect(filterObservations([plant], { organisation: "air-link" })).toEqual([plant]);
    expect(filterObservations([plant], { place: "punjab" })).toEqual([plant]);
    expect(filterObservations([plant], { project: "xiaomi-lahore-plant", place: "sindh" })).toEqual([]);
  });
  it("asks for exactly the dimensions given", () => {
    const total = row();
    const part = row({ dimensions: { technology: "2g" } });
    expect(filterObservations([total, part], { dimensions: {} })).toEqual([total]);
    expect(filterObservations([total, part], { dimensions: { technology: "2g" } })).toEqual([part]);
    expect(filterObservations([total, part], {})).toHaveLength(2);
  });
  it("places running totals and deadlines by their end, and unknown deadlines nowhere", () => {
    const running = row({ timing: "to-date", period: "2023-03-14" });
    const unknown = row({ status: "planned", timing: "by", period: "unknown" });
    expect(filterObservations([running, unknown], { from: "2023", to: "2023" })).toEqual([running]);
    expect(filterObservations([running, unknown], { from: "2023", to: "2023", dates: "possible" })).toEqual([
      running,
      unknown,
    ]);
  });
  it("filters by metric, sector, measure, status, timing, scope and event", () => {
    const one = row({ event: "an-event" });
    const other = row({
      metric: "sites",
      measure: "stock",
      timing: "at",
      status: "target",
      sector: "mobile-networks",
      scope: "context",
      subject: { type: "event", id: "another" },
    });
    for (const filter of [
      { metric: "phones" },
      { sector: "device-manufacturing" },
      { measure: "flow" },
      { status: "actual" },
      { timing: "during" },
      { scope: "bilateral" },
      { event: "an-event" },
    ] as const)
      expect(filterObservations([one, other], filter)).toEqual([one]);
    expect(filterObservations([one, other], { event: "another" })).toEqual([other]);
  });
  it("places a rate by its start, and open ends anywhere they may reach", () => {
    const rate = { ...row({ timing: "per-year", period: "2022-01/.." }), start: "2022-01-01", end: null };
    expect(filterObservations([rate], { from: "2022", to: "2022" })).toHaveLength(1);
    expect(filterObservations([rate], { from: "2023" })).toEqual([]);
    expect(filterObservations([rate], { from: "2023", dates: "possible" })).toHaveLength(1);
    expect(filterObservations([rate], { to: "2021", dates: "possible" })).toEqual([]);
    const running = row({ timing: "to-date", period: "2023-03-14" });
    expect(filterObservations([running], { to: "2020", dates: "possible" })).toHaveLength(1);
    expect(filterObservations([running], { from: "2024", dates: "possible" })).toEqual([]);
  });
  it("finds the event that a row names, or is about, and no place of that name", () => {
    expect(filterObservations([row()], { event: "jwg-it-established" })).toEqual([]);
  });
  it("asks for all of several dimensions", () => {
    const one = row({ dimensions: { brand: "tecno", technology: "2g" } });
    expect(filterObservations([one], { dimensions: { brand: "tecno", technology: "4g" } })).toEqual([]);
    expect(filterObservations([one], { dimensions: { brand: "tecno" } })).toEqual([]);
    expect(filterObservations([one], { dimensions: { brand: "tecno", technology: "2g" } })).toEqual([one]);
  });
  it("leaves context in: only counts leave it out", () => {
    expect(
      filterObservations(observations, { metric: "phones-assembled" }).every((o) => o.scope === "context"),
    ).toBe(true);
  });
});
