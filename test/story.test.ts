import { describe, expect, it } from "vitest";
import {
  aggregate,
  CpecDataError,
  cite,
  compareDelivery,
  computeTrend,
  conflicts,
  dataset,
  events,
  filterEvents,
  filterObservations,
  getEvent,
  getSource,
  network,
  observations,
  projectStatus,
  projects,
  timeline,
  toSeries,
  total,
} from "../src/index.js";
import { event, row } from "./rows.js";

describe("timeline", () => {
  it("orders events by their windows and says whether the order is certain", () => {
    const a = event({ id: "a", on: "2021-09-23" });
    const b = event({ id: "b", on: "2021" });
    const c = event({ id: "c", on: "2022-01" });
    expect(timeline([c, a, b]).map((e) => [e.event.id, e.afterPrevious])).toEqual([
      ["b", null],
      ["a", "possible"],
      ["c", "certain"],
    ]);
    expect(timeline([])).toEqual([]);
  });
});

describe("projectStatus", () => {
  it("follows the Xiaomi plant from its announcement to its opening", () => {
    const at = (asOf: string) => projectStatus("xiaomi-lahore-plant", { asOf }).state;
    expect(at("2021-10-31")).toBe("unknown");
    expect(at("2022-01-31")).not.toBe("operating");
    expect(at("2022-03-04")).toBe("operating");
    expect(projectStatus("xiaomi-lahore-plant")).toMatchObject({
      event: "xiaomi-plant-opening",
      since: "2022-03-04",
      asOf: dataset.dataAsOf,
    });
  });
  it("takes money spent as work under way, and plans as plans only", () => {
    expect(projectStatus("sunwalk-fibre-network", { asOf: "2023-04-30" }).state).toBe("under-way");
    expect(projectStatus("usf-gwadar-fibre", { asOf: "2022-05-31" }).state).toBe("announced");
  });
  it("gives a status with its sources for every project, whatever the day", () => {
    for (const project of projects)
      for (const asOf of ["2010", "2022", dataset.dataAsOf]) {
        const status = projectStatus(project, { asOf });
        if (status.state === "unknown") expect(status.sources).toEqual([]);
        else {
          expect(status.event ?? status.observation).toBeDefined();
          for (const id of status.sources) expect(getSource(id)).toBeDefined();
        }
      }
  });
  it("refuses an unknown project and a date it can't read", () => {
    expect(() => projectStatus("no-such-project")).toThrow(CpecDataError);
    expect(() => projectStatus("xiaomi-lahore-plant", { asOf: "tomorrow" })).toThrow("Expected a day");
  });
});

describe("compareDelivery", () => {
  it("finds 0.25 % of Sunwalk's money and 0.302 % of its cable, of 2022 only, as known in March 2023", () => {
    const rows = filterObservations(observations, { project: "sunwalk-fibre-network" });
    const compared = compareDelivery({ rows, asOf: "2023-03-31" });
    const money = compared.find(
      (d) => d.metric === "investment-fibre-backbone" && d.promised.value === 2_000_000_000,
    );
    expect(money).toMatchObject({
      delivery: "partly",
      due: "no-deadline",
      ratio: { low: 0.0025, high: 0.0025 },
    });
    const cable = compared.find((d) => d.promised.value === 100_000);
    expect(cable?.ratio?.high).toBeCloseTo(0.00302, 10);
    expect(cable?.caveats).toContain("The actual covers 2022 only, as last reported.");
  });
  it("tells met from partly and no actual, and overdue from not due and no deadline", () => {
    const sites = { metric: "sites", unit: "site", measure: "stock", status: "target" } as const;
    const promise = row({ ...sites, timing: "by", period: "2024", value: 100 });
    const actual = row({ ...sites, status: "actual", timing: "at", period: "2023-06", value: 120 });
    const one = (rows: Parameters<typeof compareDelivery>[0] & object) => compareDelivery(rows)[0];
    expect(one({ rows: [promise, actual], asOf: "2025" })).toMatchObject({
      delivery: "met",
      due: "overdue",
      ratio: { low: 1.2, high: 1.2 },
    });
    expect(one({ rows: [promise, { ...actual, value: 50, low: 50, high: 50 }], asOf: "2023" })).toMatchObject(
      { delivery: "partly", due: "not-due" },
    );
    expect(one({ rows: [promise], asOf: "2025" })).toMatchObject({
      delivery: "no-actual",
      due: "overdue",
      actual: null,
      ratio: null,
    });
    // What begins after the day asked for is not known yet.
    expect(one({ rows: [promise, actual], asOf: "2022" })).toMatchObject({ delivery: "no-actual" });
  });
  it("holds no level or running total from before the promise against it", () => {
    const said = (source: string) => [{ source, note: null }] as never;
    const sites = { metric: "sites", unit: "site", measure: "stock" } as const;
    const promise = row({ ...sites, status: "target", timing: "by", period: "2024", value: 100 });
    const made = { ...promise, claims: said("brecorder-2022-03-04") };
    const older = row({ ...sites, timing: "at", period: "2021-12", value: 50 });
    const newer = row({ ...sites, timing: "at", period: "2022-06", value: 60 });
    expect(compareDelivery({ rows: [made, older], asOf: "2025" })[0]).toMatchObject({
      delivery: "no-actual",
    });
    expect(compareDelivery({ rows: [made, older, newer], asOf: "2025" })[0]).toMatchObject({
      actual: { value: 60 },
    });
  });
  it("knows a figure of an undated page only once its period is over", () => {
    const undated = [{ source: "sunwalk-post" }] as never;
    const promise = row({ status: "planned", timing: "by", period: "unknown", value: 100 });
    const year = { ...row({ period: "2022", value: 40 }), claims: undated };
    const on = (asOf: string) => compareDelivery({ rows: [promise, year], asOf })[0]?.delivery;
    expect([on("2022-06-30"), on("2022-12-31")]).toEqual(["no-actual", "partly"]);
  });
  it("compares ranges end to end, and rates with whole years", () => {
    const rate = {
      ...row({ status: "target", timing: "per-year", period: "2022-01/..", value: null, low: 2, high: 3 }),
      start: "2022-01-01",
    };
    const made = row({ period: "2023", value: 6 });
    const part = row({ period: "2024-01/2024-03", value: 1 });
    expect(compareDelivery({ rows: [rate, made, part], asOf: "2025" })[0]).toMatchObject({
      delivery: "met",
      due: "no-deadline",
      ratio: { low: 2, high: 3 },
      actual: { value: 6 },
    });
  });
  it("compares a target for a period with that period, whole or so far", () => {
    const target = row({ status: "target", period: "FY2024-25", value: 100 });
    const year = row({ period: "FY2024-25", value: 90 });
    const half = row({ period: "2024-07/2024-12", value: 40 });
    const other = row({ period: "FY2023-24", value: 500 });
    expect(compareDelivery({ rows: [target, year, half, other], asOf: "2026" })[0]).toMatchObject({
      ratio: { low: 0.9, high: 0.9 },
      delivery: "partly",
      due: "overdue",
      caveats: [],
    });
    expect(compareDelivery({ rows: [target, half, other], asOf: "2025-01" })[0]).toMatchObject({
      ratio: { high: 0.4 },
      due: "not-due",
      caveats: ["The actual covers 2024-07/2024-12 only, as last reported."],
    });
  });
  it("never takes a forecast for a promise, a replaced promise for a live one, or another subject's deed for an answer", () => {
    const forecast = row({ status: "forecast", timing: "by", period: "2025" });
    const first = { ...row({ status: "planned", timing: "by", period: "unknown" }), id: "first" };
    const second = { ...first, id: "second", asOf: "2023-05-19", supersedes: "first" };
    const elsewhere = row({ subject: { type: "place", id: "lahore" } });
    expect(
      compareDelivery({ rows: [forecast, first, second, elsewhere], asOf: "2024" }).map((d) => [
        d.promise,
        d.delivery,
      ]),
    ).toEqual([["second", "no-actual"]]);
    expect(compareDelivery({ rows: [first, second], asOf: "2022" }).map((d) => d.promise)).toEqual(["first"]);
  });
  it("holds for every promise of the dataset: a ratio needs an actual, and its sources exist", () => {
    for (const d of compareDelivery()) {
      expect(d.ratio === null).toBe(d.actual === null);
      if (d.delivery === "met") expect(d.ratio?.low).toBeGreaterThanOrEqual(1);
      for (const id of d.sources) expect(getSource(id), id).toBeDefined();
    }
  });
});

describe("conflicts", () => {
  it("keeps the tenfold slip on Sunwalk's cable beside the figure, with the rule that settled it", () => {
    const slip = conflicts().find((c) => c.field === "value" && c.positions.some((p) => p.says === 1_600));
    expect(slip).toMatchObject({ type: "observation", settled: 16_000, rule: "not-deprecated", spread: 10 });
    expect(slip?.positions[0]?.says).toBe(16_000);
  });
  it("passes over rounding, and finds values, dates and statuses that differ", () => {
    const rounded = row({
      value: 24_660_000,
      claims: [
        { source: "a", stated: "24.66 million" },
        { source: "b", stated: "24.7 million", value: 24_700_000 },
      ],
    });
    const differs = row({
      value: 10,
      claims: [{ source: "a" }, { source: "b", value: 20, note: "another basket" }],
    });
    const dated = event({
      claims: [{ source: "a" }, { source: "b", date: "2021-09-24", status: "planned" }],
    });
    const found = conflicts({ observations: [rounded, differs], events: [dated] });
    expect(found.map((c) => [c.field, c.spread])).toEqual([
      ["value", 2],
      ["date", null],
      ["status", null],
    ]);
    expect(found[0]?.positions[1]).toMatchObject({ says: 20, sources: ["b"], notes: ["another basket"] });
  });
  it("names, for the whole dataset, what the record holds and at least two positions", () => {
    for (const c of conflicts()) {
      expect(c.positions.length).toBeGreaterThan(1);
      expect(c.positions[0]?.says).toBe(c.settled);
    }
  });
});

describe("network", () => {
  it("links organisations by the events they share", () => {
    const two = event({
      id: "one",
      organisations: [
        { id: "zong", role: "host" },
        { id: "huawei", role: "supplier" },
      ],
    });
    const again = event({
      id: "two",
      organisations: [
        { id: "huawei", role: "supplier" },
        { id: "zong", role: "host" },
        { id: "huawei", role: "trainer" },
      ],
    });
    const alone = event({ id: "three", organisations: [{ id: "a-body-of-ones-own", role: "host" }] });
    const { nodes, links } = network([two, again, alone]);
    expect(links).toEqual([{ source: "huawei", target: "zong", weight: 2, events: ["one", "two"] }]);
    expect(nodes.map((n) => [n.id, n.name, n.events])).toEqual([
      ["huawei", "Huawei", 2],
      ["zong", "Zong", 2],
      ["a-body-of-ones-own", "a-body-of-ones-own", 1],
    ]);
  });
  it("of all events has only links between its nodes", () => {
    const { nodes, links } = network(events);
    const ids = new Set(nodes.map((n) => n.id));
    expect(links.every((l) => ids.has(l.source) && ids.has(l.target) && l.source < l.target)).toBe(true);
  });
});

describe("cite", () => {
  it("gives each source of a record once, deprecated claims left out", () => {
    const text = cite(getEvent("xiaomi-plant-opening"));
    expect(text.split("\n").filter((line) => line.includes("Business Recorder (2022-03-04)"))).toHaveLength(
      1,
    );
    expect(text).toMatch(/^.+ \((?:\d{4}(?:-\d\d){0,2}|undated)\)\. ".+"\./);
  });
  it("cites results of total, sources and the dataset", () => {
    const rows = filterObservations(observations, {
      metric: "phones-assembled",
      timing: "during",
      dimensions: {},
      from: "2021",
      to: "2021",
    });
    const result = total(rows);
    expect(cite(result).split("\n")).toHaveLength(result.sources.length);
    expect(cite(dataset)).toContain(`Version ${dataset.version}.`);
    expect(cite(getSource("brecorder-2022-03-04"))).toContain("https://www.brecorder.com/news/40158672");
  });
  it("cites results of aggregate, computeTrend, compareDelivery and projectStatus, each source once", () => {
    const rows = filterObservations(observations, {
      metric: "phones-assembled",
      timing: "during",
      dimensions: {},
      status: "actual",
    });
    const yearly = toSeries(rows).find((s) => s.cadence === "year");
    const results = [
      ...aggregate(rows, { by: "metric", over: "time" }),
      ...(yearly ? [computeTrend(yearly)] : []),
      ...compareDelivery().slice(0, 20),
      projectStatus("xiaomi-lahore-plant"),
    ];
    expect(results.length).toBeGreaterThan(20);
    for (const result of results) {
      expect(new Set(result.sources).size).toBe(result.sources.length);
      expect(cite(result, { style: "csl-json" }).map((item) => item.id)).toEqual(result.sources);
    }
  });
  it("gives CSL-JSON with dates in parts", () => {
    const [item] = cite(getSource("brecorder-2022-03-04"), { style: "csl-json" });
    expect(item).toMatchObject({
      id: "brecorder-2022-03-04",
      type: "article-newspaper",
      issued: { "date-parts": [[2022, 3, 4]] },
    });
  });
  it("gives BibTeX in which no text can become a command or end its field", () => {
    const source = {
      ...getSource("brecorder-2022-03-04"),
      title: "100 % {of} \\input{x} & $5_m #1 ~^",
      url: "https://example.org/a%zz{b}\\c",
    };
    const bib = cite(source, { style: "bibtex" });
    expect(bib).toContain(
      "title = {{100 \\% \\{of\\} \\textbackslash{}input\\{x\\} \\& \\$5\\_m \\#1 \\textasciitilde{}\\textasciicircum{}}}",
    );
    expect(bib).toContain("url = {https://example.org/a%25zz%7Bb%7D%5Cc}");
  });
  it("cites every source of the dataset in every style", () => {
    for (const e of filterEvents(events, {})) {
      expect(cite(e).split("\n").length).toBe(
        new Set(e.claims.filter((c) => c.rank !== "deprecated").map((c) => c.source)).size,
      );
      expect(cite(e, { style: "csl-json" }).every((item) => item.title !== "")).toBe(true);
    }
  });
  it("refuses a source that does not exist", () => {
    expect(() => cite({ sources: ["no-such-source"] })).toThrow(CpecDataError);
  });
});
