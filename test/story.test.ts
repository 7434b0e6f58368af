import { describe, expect, it } from "vitest";
import {
  aggregate,
  CpecDataError,
  cite,
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
  promises,
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
      asOf: dataset.newestSource,
    });
  });
  it("takes money spent as work under way, and plans as plans only", () => {
    expect(projectStatus("sunwalk-fibre-network", { asOf: "2023-04-30" }).state).toBe("under-way");
    expect(projectStatus("usf-gwadar-fibre", { asOf: "2022-05-31" }).state).toBe("announced");
  });
  it("follows training and operation, takes no launch of a satellite for operation, and names a later setback", () => {
    const now = (id: string) => projectStatus(id);
    expect(now("huawei-government-employee-training").state).toBe("operating");
    expect(now("sea-me-we-5-cable").state).toBe("operating");
    expect(now("paksat-mm1")).toMatchObject({ state: "operating", since: "2024-10-17" });
    expect(now("icube-q").state).toBe("delivered");
    expect(now("stza-z-park-cooperation").state).toBe("operating");
    expect(now("khunjerab-gwadar-karachi-fibre")).toMatchObject({
      state: "under-way",
      setback: "pak-china-fibre-phase-2-delay-warning",
    });
  });
  it("dates a plan from its announcement, and drops a setback that the project outlived", () => {
    expect(projectStatus("ema-cable")).toMatchObject({ state: "announced", since: "2023-04-06" });
    // The fault of January 2025 was repaired; before the repair it stood as the newest setback.
    expect(projectStatus("aae-1-cable", { asOf: "2025-01-05" }).setback).toBe("aae-1-fault-2025-01");
    expect(projectStatus("aae-1-cable").setback).toBeUndefined();
    for (const project of projects) {
      const { state, since, event, setback } = projectStatus(project);
      const announced = getEvent(event ?? "")?.status === "planned";
      if (state === "announced" && announced) expect(since).toBeDefined();
      const after = events.filter(
        (e) =>
          e.project === project.id &&
          e.status === "occurred" &&
          ["licence", "completion", "operation", "launch"].includes(e.kind) &&
          e.date.earliest > (getEvent(setback ?? "")?.date.latest ?? "9999"),
      );
      expect(after).toEqual([]);
    }
  });
  it("gives a status with its sources for every project, whatever the day", () => {
    for (const project of projects)
      for (const asOf of ["2010", "2022", dataset.newestSource]) {
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
      period: "2022",
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
  it("takes an announcement of what happened later for no disagreement", () => {
    const [launched] = [
      event({
        status: "occurred",
        claims: [{ source: "brecorder-2022-03-04" }, { source: "brecorder-2021-11-01", status: "planned" }],
        date: {
          edtf: "2022-03-04",
          earliest: "2022-03-04",
          latest: "2022-03-04",
          precision: "day",
          basis: "stated",
        },
      }),
    ];
    expect(conflicts({ events: [launched], observations: [] })).toEqual([]);
    const denied = {
      ...launched,
      date: { ...launched.date, edtf: "2021-01", earliest: "2021-01-01", latest: "2021-01-31" },
    };
    expect(conflicts({ events: [denied], observations: [] }).map((c) => c.field)).toEqual(["status"]);
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
    expect(nodes.map((n) => [n.id, n.name, n.count])).toEqual([
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
  it("cites results of aggregate, computeTrend, promises and projectStatus, each source once", () => {
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
      ...promises().slice(0, 20),
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
