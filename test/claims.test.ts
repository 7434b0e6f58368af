/** Sentences of the README, AGENTS.md and the guides that say always, never, every or only, each tested on the whole data or on made-up rows. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as library from "../src/index.js";
import { RUNS } from "./cases.js";

const {
  aggregate,
  aggregateBySector,
  CpecDataError,
  computeTrends,
  countEvents,
  events,
  filterEvents,
  filterObservations,
  metrics,
  observations,
  organisations,
  promises,
  timeline,
  toSeries,
  total,
} = library;
type Row = (typeof observations)[number];

/** What a call throws. */
function errorOf(call: () => unknown): library.CpecDataError | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof CpecDataError) return error;
    throw error;
  }
}
/** Some rows of the dataset, mostly of few metrics, so that all kinds of refusals come about. */
const byMetric = metrics.map((m) => m.observations).filter((rows) => rows.length > 1);
const someRows = fc
  .tuple(
    fc.constantFrom(...byMetric),
    fc.constantFrom(...byMetric),
    fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
  )
  .map(([one, two, picks]) =>
    picks
      .map((n) => (n % 5 === 0 ? two : one))
      .map((rows, i) => rows[(picks[i] as number) % rows.length] as Row),
  );

describe("a refusal", () => {
  it("of any selection of rows comes with a call that works on the same rows", () => {
    let refused = 0;
    fc.assert(
      fc.property(someRows, fc.constantFrom(undefined, "2021", "FY2021-22", "2015/2024"), (rows, within) => {
        const options = within === undefined ? {} : { within };
        const error = errorOf(() => total(rows, options));
        if (!error || error.code === "OUT_OF_RANGE") return;
        refused += 1;
        const call = /^This call works on the same rows: ([\s\S]+)$/.exec(error.hint ?? "")?.[1];
        expect(call, error.message).toBeDefined();
        const names = ["rows", "total", "aggregate", "filterObservations"];
        const answer = new Function(...names, `return ${call}`)(rows, total, aggregate, filterObservations);
        for (const result of [answer].flat()) expect(result.count, call).toBeGreaterThan(0);
      }),
      RUNS,
    );
    expect(refused).toBeGreaterThan(RUNS.numRuns / 4);
  });
});

describe("a sum", () => {
  it("is that of the rows that it names, with their sources and caveats, and of one kind alone", () => {
    const byId = new Map(observations.map((o) => [o.id, o]));
    const results = [
      ...aggregate(observations, { by: ["sector", "year"], over: ["time", "subject"] }),
      ...aggregate(observations, { by: "fiscal-year", over: "time" }),
      ...aggregateBySector(observations, { scope: ["cpec", "bilateral", "context"] }),
    ];
    for (const r of results) {
      const rows = r.observations.map((id) => byId.get(id) as Row);
      for (const field of ["metric", "unit", "measure", "status", "timing"] as const)
        for (const row of rows) expect(row[field]).toBe(r[field]);
      const end = (name: "low" | "high") =>
        rows.length === 0 || rows.some((row) => row[name] === null)
          ? null
          : rows.reduce((sum, row) => sum + (row[name] as number), 0);
      for (const name of ["low", "high"] as const)
        if (end(name) === null) expect(r[name]).toBeNull();
        else expect(r[name]).toBeCloseTo(end(name) as number, 3);
      expect(r.value).toBe(rows.length > 0 && rows.every((row) => row.value !== null) ? r.low : null);
      const claims = rows.flatMap((row) => row.claims).filter((claim) => claim.rank !== "deprecated");
      expect(new Set(r.sources)).toEqual(new Set(claims.map((claim) => claim.source)));
      for (const caveat of rows.flatMap((row) => row.caveats)) expect(r.caveats).toContain(caveat);
    }
  });
  it("is refused wherever aggregate lists rows that share days", () => {
    let clashes = 0;
    for (const r of aggregate(observations, { by: "metric", over: ["time", "subject"] })) {
      if (r.clash.length === 0 || r.timing !== "during") continue;
      clashes += 1;
      const ids = new Set([...r.observations, ...r.leftOut.map((l) => l.id)]);
      expect(errorOf(() => total(observations.filter((o) => ids.has(o.id))))?.code).toBe("OVERLAP");
    }
    expect(clashes).toBeGreaterThan(2);
  });
});

describe("a record", () => {
  it("of an event or a figure names a source of the dataset, and of a figure what was printed", () => {
    const sources = new Set<string>(library.sources.map((s) => s.id));
    for (const record of [...events, ...observations]) {
      expect(record.claims.length, record.id).toBeGreaterThan(0);
      for (const claim of record.claims) expect(sources.has(claim.source), record.id).toBe(true);
    }
    for (const o of observations) for (const claim of o.claims) expect(claim.stated, o.id).toBeTruthy();
  });
  it("without a single value is a range or a bound, and no other has ends of its own", () => {
    for (const { id, value, low, high } of observations)
      if (value === null) {
        expect(low !== null || high !== null, id).toBe(true);
        expect(low, id).not.toBe(high);
      } else expect([low, high], id).toEqual([value, value]);
  });
  it("that is unverified, planned or of no Chinese party is counted only when asked", () => {
    const counted = new Set(countEvents(events, { by: "kind" }).flatMap((r) => r.events));
    for (const event of events)
      if (!["occurred", "ongoing"].includes(event.status) || event.scope === "context")
        expect(counted.has(event.id), event.id).toBe(false);
    expect(events.some((event) => event.status === "unverified")).toBe(true);
    const all = countEvents(events, { by: "status", status: library.EVENT_STATUSES, scope: library.SCOPES });
    expect(all.flatMap((r) => [...r.events, ...r.leftOut.map((l) => l.id)]).sort()).toEqual(
      events.map((e) => e.id).sort(),
    );
  });
});

describe("an id", () => {
  it("with a slip is refused by every filter, with the one that was meant", () => {
    const slip = (id: string) => `${id.slice(0, -1)}${id.endsWith("x") ? "y" : "x"}`;
    const collections = {
      sector: library.sectors,
      organisation: organisations,
      place: library.places,
      project: library.projects,
      metric: metrics,
      unit: library.units,
      event: events,
    };
    for (const [key, records] of Object.entries(collections)) {
      const ids = new Set<string>(records.map((r) => r.id));
      for (const { id } of records.slice(0, 60)) {
        const wrong = slip(id);
        if (ids.has(wrong) || id.length < 6) continue;
        for (const call of [
          () => filterObservations(observations, { [key]: wrong }),
          ...(["metric", "unit", "event"].includes(key)
            ? []
            : [() => filterEvents(events, { [key]: wrong })]),
        ]) {
          const error = errorOf(call);
          expect([error?.code, error?.ids], `${key}: ${wrong}`).toEqual(["UNKNOWN_VALUE", [wrong]]);
          expect(error?.hint, `${key}: ${wrong}`).toMatch(/Did you mean "/);
        }
      }
    }
  });
  it("of a body finds its own figures among all in which it takes part", () => {
    for (const { id } of organisations) {
      const involved = new Set(filterObservations(observations, { involving: id }));
      for (const row of filterObservations(observations, { organisation: id }))
        expect(involved.has(row), id).toBe(true);
    }
    // An auction does not belong to one bidder.
    for (const row of filterObservations(observations, { organisation: "zong" }))
      expect(row.subject.type, row.id).not.toBe("event");
  });
});

describe("a promise", () => {
  const ledger = promises();
  it("of which nothing was heard is never called late, overdue or broken", () => {
    for (const p of ledger.filter((q) => q.verdict === "unknown"))
      expect(p.sentence).not.toMatch(/\b(over)?due\b|\bbroke|\bfail|\d+ days? late/);
  });
  it("is broken only where a source says so", () => {
    for (const p of promises({ asOf: "2099" }).filter((q) => q.verdict === "broken"))
      expect(p.sources.length).toBeGreaterThan(0);
    for (const p of ledger.filter((q) => ["kept", "late", "partly", "broken"].includes(q.verdict)))
      expect(p.sources.length, p.id).toBeGreaterThan(0);
  });
});

describe("a trend", () => {
  it("rests on single dated values of its series alone, and interpolates none", () => {
    const series = new Map(toSeries(observations).map((s) => [s.key, s]));
    for (const trend of computeTrends(observations)) {
      const own = series.get(trend.series.key);
      const values = new Map(
        own?.points.filter((p) => p.value !== null && p.x !== null).map((p) => [p.observation, p]),
      );
      expect(trend.points.map((p) => [p.x, p.y])).toEqual(
        trend.observations.map((id) => [values.get(id)?.x, values.get(id)?.value]),
      );
    }
  });
});

describe("the package", () => {
  it("asks for no clock, no chance and no network", () => {
    const program = `
      const never = (what) => () => { throw new Error(what + " was used"); };
      Date.now = never("the clock");
      Math.random = never("chance");
      globalThis.fetch = never("the network");
      const Real = Date;
      globalThis.Date = new Proxy(Real, {
        construct: (target, args) => args.length === 0 ? never("the clock")() : new target(...args),
        apply: never("the clock"),
      });
      const library = await import("${new URL("../dist/index.js", import.meta.url)}");
      const { TABLES, toCSV, toJSONLD, toParquet, toTidy } = await import("${new URL("../dist/export.js", import.meta.url)}");
      const { observations, events } = library;
      library.aggregate(observations, { by: "year", over: ["time", "subject"] });
      library.computeTrends(observations);
      library.promises(); library.delays({ by: "sector" }); library.conflicts(); library.network(events);
      library.timeline(events); library.countEvents(events, { by: "place" });
      for (const { id } of library.projects) library.projectStatus(id);
      library.cite(library.dataset, { style: "bibtex" });
      toTidy(observations); toJSONLD(library); toParquet(observations, { table: "observations" });
      toCSV(events, { table: "events" });
      console.log(TABLES.length > 0);
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["true\n", ""]);
  });
});

describe("the time of a helper", () => {
  /** Rows that count how often a field of them is read. */
  function readsOf<R extends object>(rows: readonly R[], call: (rows: R[]) => unknown): number {
    let reads = 0;
    const get = (of: R, name: string | symbol) => {
      reads += 1;
      return Reflect.get(of, name);
    };
    call(rows.map((row) => new Proxy(row, { get })));
    return reads;
  }
  const month = (n: number) => `${2000 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`;
  const [plain] = filterObservations(observations, {
    metric: "phones-assembled",
    timing: "during",
    dimensions: {},
  });
  const row = (n: number, given: object): library.ObservationRecord => ({
    ...(plain as Row),
    id: `r${n}`,
    ...given,
  });
  const shapes: Record<string, (n: number) => library.ObservationRecord> = {
    "nested windows of one series": (n) =>
      row(n, { start: "2000-01-01", end: library.periodWindow(month(n % 1190)).latest }),
    "one series in order": (n) => row(n, { start: day(n), end: day(n) }),
    "windows that overlap": (n) => row(n, { start: day(n), end: day(n + 3) }),
    "many subjects": (n) => row(n, { subject: { type: "organisation", id: `o${n}` } }),
    "many cuts": (n) => row(n, { dimensions: { brand: `b${n}` } }),
    "a chain of wordings": (n) =>
      row(n, { timing: "by", start: null, end: day(n), ...(n > 0 && { supersedes: `r${n - 1}` }) }),
    "a chain of parts": (n) => row(n, { ...(n > 0 && { partOf: `r${n - 1}` }) }),
  };
  const day = (n: number) => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);
  const helpers: Record<string, (rows: library.ObservationRecord[]) => unknown> = {
    total: (rows) => errorOf(() => total(rows, { within: "2000/2099" })),
    aggregate: (rows) => aggregate(rows, { by: "year", over: ["time", "subject"] }),
    aggregateBySector: (rows) => aggregateBySector(rows, { scope: library.SCOPES }),
    toSeries,
    filterObservations: (rows) => filterObservations(rows, { from: "2001", place: "pakistan" }),
    conflicts: (rows) => library.conflicts({ observations: rows, events: [] }),
  };
  it.each(Object.keys(helpers))(
    "%s reads its rows in proportion to their number, whatever their shape",
    (name) => {
      for (const [shape, make] of Object.entries(shapes)) {
        const reads = (n: number) =>
          readsOf(
            Array.from({ length: n }, (_, i) => make(i)),
            helpers[name] as (rows: library.ObservationRecord[]) => unknown,
          );
        const [few, many] = [reads(250), reads(1000)];
        // Four times the rows: n log n reads up to five times as much, n² sixteen times.
        expect(many / few, shape).toBeLessThan(6);
      }
    },
  );
  it("timeline and countEvents too", () => {
    const [one] = events;
    const make = (n: number) =>
      Array.from({ length: n }, (_, i) => ({
        ...(one as (typeof events)[number]),
        id: `e${i}`,
        ...(i > 0 && { partOf: `e${i - 1}` }),
      }));
    for (const call of [
      timeline,
      (list: library.EventRecord[]) => countEvents(list, { by: "year", scope: library.SCOPES }),
    ])
      expect(readsOf(make(2000), call as never) / readsOf(make(500), call as never)).toBeLessThan(6);
  });
});

describe("the numbers of the guides", () => {
  it("the plain sum of phones of 2021 is more than five times too high", () => {
    const year = observations.filter(
      (o) => o.metric === "phones-assembled" && (o.start ?? "") >= "2021" && (o.end ?? "") < "2022",
    );
    const sum = year.reduce((n, o) => n + (o.value ?? 0), 0);
    expect(sum / 24_660_000).toBeGreaterThan(5);
    expect(readFileSync("docs/recipes.md", "utf8")).toContain("more than five times too high");
  });
});
