import { describe, expect, it } from "vitest";
import {
  aggregate,
  aggregateBySector,
  countEvents,
  type EventRecord,
  events,
  filterEvents,
  observations,
  total,
} from "../src/index.js";
import { event, row } from "./rows.js";

describe("aggregate", () => {
  const rows = [
    row({ value: 1, period: "2021", subject: { type: "place", id: "lahore" } }),
    row({ value: 2, period: "2022", subject: { type: "place", id: "lahore" } }),
    row({ value: 4, period: "2021", subject: { type: "place", id: "karachi" } }),
  ];
  it("keeps times and subjects apart unless they are named", () => {
    expect(aggregate(rows, { by: "metric" }).map((r) => r.value)).toEqual([4, 1, 2]);
    expect(aggregate(rows, { by: "metric", over: "subject" }).map((r) => [r.period, r.value])).toEqual([
      ["2021", 5],
      ["2022", 2],
    ]);
    expect(aggregate(rows, { by: "metric", over: "time" }).map((r) => [r.subject?.id, r.value])).toEqual([
      ["karachi", 4],
      ["lahore", 3],
    ]);
    expect(aggregate(rows, { by: "metric", over: ["time", "subject"] })).toMatchObject([
      {
        group: { metric: "phones" },
        value: 7,
        count: 3,
        period: null,
        subject: null,
        start: "2021-01-01",
        end: "2022-12-31",
      },
    ]);
  });
  it("never adds stocks over time, nor ratios over anything, even when asked", () => {
    const stocks = rows.map((r) => ({ ...r, measure: "stock", timing: "at" }) as const);
    expect(aggregate(stocks, { by: "metric", over: ["time", "subject"] }).map((r) => r.value)).toEqual([
      5, 2,
    ]);
    const ratios = rows.map((r) => ({ ...r, measure: "ratio", timing: "at" }) as const);
    expect(aggregate(ratios, { by: "metric", over: ["time", "subject"] }).map((r) => r.value)).toEqual([
      4, 1, 2,
    ]);
  });
  it("groups by several fields, by the group of a sector, and by a function", () => {
    expect(aggregate(rows, { by: ["sectorGroup", "year"], over: "subject" }).map((r) => r.group)).toEqual([
      { sectorGroup: "devices", year: 2021 },
      { sectorGroup: "devices", year: 2022 },
    ]);
    expect(aggregate(rows, { by: (r) => r.subject.id.length, over: "time" }).map((r) => r.group.key)).toEqual(
      [6, 7],
    );
    expect(
      aggregate([row({ status: "planned", timing: "by", period: "unknown" })], { by: "year" })[0]?.group.year,
    ).toBeNull();
  });
  it("reduces to the count, the latest, the least and the most", () => {
    const reduce = (reduce: "count" | "latest" | "min" | "max") =>
      aggregate(rows, { by: "metric", reduce, over: ["time", "subject"] })[0]?.value;
    expect([reduce("count"), reduce("latest"), reduce("min"), reduce("max")]).toEqual([3, 2, 1, 4]);
  });
  it("carries sources, but not those of deprecated claims, and the lowest confidence", () => {
    const [result] = aggregate(
      [
        row({ confidence: "high", claims: [{ source: "a" }, { source: "b", rank: "deprecated" }] }),
        row({ confidence: "low", period: "2022", claims: [{ source: "a" }, { source: "c" }] }),
      ],
      { by: "metric", over: "time" },
    );
    expect(result).toMatchObject({ sources: ["a", "c"], confidence: "low" });
  });
  it("answers for the half-year that a calendar and a fiscal year share, and for what both a year and the period asked for hold", () => {
    const quarter = row({ period: "2021-07/2021-09" });
    const covers = (options: Parameters<typeof aggregate>[1]) => aggregate([quarter], options)[0]?.covers;
    const over = "time" as const;
    expect(covers({ by: ["year", "fiscal-year"], over })).toEqual({
      days: 92,
      of: 184,
      missing: ["2021-10/2021-12"],
    });
    expect(covers({ by: "year", over, within: "2021-05/2022-12" })?.of).toBe(245);
    expect(covers({ by: "year", over, within: "2021-06/2021-10" })?.missing).toEqual(["2021-06", "2021-10"]);
    expect(covers({ by: "metric", within: "2021" })?.of).toBe(92);
  });
  it("gives a row without a value for a class that has none", () => {
    expect(aggregate([row({ value: null, low: null, high: null })], { by: "metric" })).toMatchObject([
      { value: null, count: 0, leftOut: [{ reason: "missing" }] },
    ]);
  });
  it("takes any iterable, and gives nothing for nothing", () => {
    expect(aggregate(new Set(rows).values(), { by: "metric", over: ["time", "subject"] })).toHaveLength(1);
    expect(aggregate([], { by: "sector" })).toEqual([]);
  });
});

describe("aggregateBySector", () => {
  it("leaves context out unless asked, and orders rows by sector", () => {
    const context = row({ scope: "context" });
    expect(aggregateBySector([context])).toEqual([]);
    expect(aggregateBySector([context], { scope: "context" })).toMatchObject([
      { sector: "device-manufacturing", value: 10 },
    ]);
    const fibre = row({ sector: "fibre-backbone", metric: "fibre" });
    expect(aggregateBySector([row(), fibre]).map((r) => r.sector)).toEqual([
      "fibre-backbone",
      "device-manufacturing",
    ]);
    expect(aggregateBySector([row(), fibre], { level: "sectorGroup" }).map((r) => r.sector)).toEqual([
      "networks",
      "devices",
    ]);
  });
  it("gives one row for each sector, metric, unit, status, timing, period and dimensions of the real data", () => {
    const rows = aggregateBySector(observations.filter((o) => o.measure !== "ratio"));
    const keys = rows.map((r) =>
      [r.sector, r.metric, r.unit, r.status, r.timing, r.start, r.end, JSON.stringify(r.dimensions)].join(
        "|",
      ),
    );
    const repeated = keys.filter((key, i) => keys.indexOf(key) !== i);
    // Only statements of one promise on several days share a key.
    for (const key of new Set(repeated)) expect(key).toMatch(/\|(planned|target|forecast|committed)\|/);
    expect(rows.every((r) => r.sources.length > 0 || r.count === 0)).toBe(true);
  });
});

describe("total", () => {
  it("gives the frame, the sources and the confidence of what it added", () => {
    expect(total([row({ period: "2021" }), row({ period: "2022", approximate: true })])).toMatchObject({
      metric: "phones",
      unit: "handset",
      status: "actual",
      timing: "during",
      period: null,
      start: "2021-01-01",
      end: "2022-12-31",
      value: 20,
      approximate: true,
      count: 2,
      sources: ["a-source"],
      confidence: "medium",
      leftOut: [],
    });
  });
});

describe("within", () => {
  it("takes a replaced statement where the one goes that replaced it", () => {
    const old = { ...row({ timing: "by", period: "2021" }), id: "old" };
    const renewed = { ...row({ timing: "by", period: "2022" }), id: "new", supersedes: "old" };
    const [in2021, in2022] = ["2021", "2022"].map((within) => () => total([old, renewed], { within }));
    expect(in2021).toThrow(expect.objectContaining({ code: "OUT_OF_RANGE" }));
    expect(in2022?.()).toMatchObject({
      observations: ["new"],
      leftOut: [{ id: "old", reason: "superseded" }],
    });
  });
  it("reports a period that it can't read, and one that holds no row", () => {
    const within = (period: unknown) => () => total([row()], { within: period as string });
    expect(within("FY22")).toThrow(
      expect.objectContaining({ code: "INVALID_DATE", hint: expect.stringContaining("FY2021-22") }),
    );
    expect(within("FY2020-21/FY2021-22")).toThrow('"2020-07/2022-06"');
    expect(within(2021)).toThrow('such as "2021"');
    expect(within("2020")).toThrow('No row lies wholly inside "2020".');
    expect(within("2020/2022")()).toMatchObject({
      value: 10,
      covers: { days: 365, of: 1096, missing: ["2020", "2022"] },
    });
  });
  it("of copies of a row outside leaves each out", () => {
    const rows = [row({ period: "2020" }), row({ period: "2020" }), row({ period: "2021" })];
    expect(total(rows, { within: "2021" }).leftOut.map((l) => l.reason)).toEqual(["outside", "outside"]);
  });
});

describe("countEvents", () => {
  const whole = event({ id: "whole" });
  const part = event({ id: "part", partOf: "whole", kind: "agreement" });
  const planned = event({ id: "planned", status: "planned" });
  const context = event({ id: "context", scope: "context" });
  const all = [whole, part, planned, context];
  it("counts what happened between Chinese and Pakistani parties, a whole without its parts, and says what it left out", () => {
    expect(countEvents(all, { by: "sector" })).toEqual([
      {
        group: { sector: "policy-governance" },
        key: "policy-governance",
        count: 1,
        events: ["whole"],
        sources: ["a-source"],
        leftOut: [{ id: "part", reason: "part", because: "whole" }],
      },
    ]);
    expect(countEvents(all, { by: "kind" }).map((r) => [r.key, r.count])).toEqual([
      ["agreement", 1],
      ["meeting", 1],
    ]);
  });
  it("counts the rest when asked", () => {
    const asked = countEvents(all, {
      by: "scope",
      scope: ["bilateral", "context"],
      status: ["occurred", "planned"],
    });
    expect(asked.map((r) => [r.key, r.count])).toEqual([
      ["bilateral", 2],
      ["context", 1],
    ]);
    expect(countEvents(all, { by: "status", status: "planned" })).toMatchObject([
      { key: "planned", count: 1 },
    ]);
  });
  it("counts by time in order, and windows over two times as their own", () => {
    const dated = [
      event({ id: "a", on: "2023-05" }),
      event({ id: "b", on: "2022-12/2023-01" }),
      event({ id: "c", on: "2021" }),
    ];
    expect(countEvents(dated, { by: "year" }).map((r) => r.key)).toEqual(["2021", "2022/2023", "2023"]);
    expect(countEvents(dated, { by: "quarter" }).map((r) => r.key)).toEqual([
      "2021-Q1/2021-Q4",
      "2022-Q4/2023-Q1",
      "2023-Q2",
    ]);
    expect(countEvents(dated, { by: "month" })).toHaveLength(3);
  });
  it("counts under each organisation and place, and under nothing where there is none", () => {
    const two = event({
      organisations: [
        { id: "zong", role: "host" },
        { id: "zong", role: "partner" },
        { id: "usf", role: "partner" },
      ],
      places: ["lahore"],
    });
    expect(countEvents([two], { by: "organisation", rollUp: false }).map((r) => [r.key, r.count])).toEqual([
      ["usf", 1],
      ["zong", 1],
    ]);
    expect(countEvents([two], { by: "organisation" }).map((r) => r.key)).toContain("china-mobile");
    expect(countEvents([two, whole], { by: "place", rollUp: false }).map((r) => r.key)).toEqual([
      "lahore",
      null,
    ]);
    expect(countEvents([two], { by: "place" }).map((r) => r.key)).toEqual(
      expect.arrayContaining(["pakistan", "punjab"]),
    );
    expect(countEvents([two], { by: (e) => e.title.length })[0]?.key).toBe(18);
  });
  it("counts a repeated event once", () => {
    expect(countEvents([whole, whole], { by: "sector" })[0]).toMatchObject({
      count: 1,
      leftOut: [{ reason: "duplicate" }],
    });
  });
  it("rejects a ring of parts", () => {
    const a = event({ id: "a", partOf: "b" });
    const b = event({ id: "b", partOf: "a" });
    expect(() => countEvents([a, b], { by: "sector" })).toThrow(
      expect.objectContaining({ code: "INVALID_ROW" }),
    );
  });
  it("counts by several fields, one row for each combination", () => {
    const rows = countEvents(events, { by: ["sector", "year"] });
    expect(rows.reduce((n, r) => n + r.count, 0)).toBeLessThanOrEqual(events.length);
    const [first] = rows;
    const alone = countEvents(
      events.filter((e) => e.sectors[0] === first?.group.sector),
      { by: "year" },
    ).find((r) => r.key === first?.group.year);
    expect(first?.events).toEqual(alone?.events);
  });
  it("rolls up like filterEvents", () => {
    const filter = { scope: ["cpec", "bilateral"], status: ["occurred", "ongoing"] } as const;
    for (const by of ["organisation", "place"] as const)
      for (const rollUp of [true, false])
        for (const r of countEvents(events, { by, rollUp }).slice(0, 12)) {
          if (r.key === null) continue;
          const found = filterEvents(events as readonly EventRecord[], {
            [by]: String(r.key),
            rollUp,
            ...filter,
          });
          expect(r.count + r.leftOut.length).toBe(found.length);
        }
  });
  it("counts by sector as many events as there are, less the parts", () => {
    const rows = countEvents(events, { by: "sector" });
    const counted = rows.flatMap((r) => [...r.events, ...r.leftOut.map((x) => x.id)]);
    const wanted = events.filter((e) => e.scope !== "context" && ["occurred", "ongoing"].includes(e.status));
    expect(counted.sort()).toEqual(wanted.map((e) => e.id).sort());
  });
});
