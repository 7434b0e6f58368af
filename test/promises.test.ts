import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dataset,
  dateWindow,
  delays,
  events,
  getEvent,
  getMetric,
  getObservation,
  getSource,
  type ObservationRecord,
  type PromiseOptions,
  promises,
  VERDICTS,
} from "../src/index.js";
import { RUNS } from "./cases.js";
import { event, row } from "./rows.js";

/** Sources of the dataset with a known day, so that claims are dated. */
const SAID = {
  march2022: "brecorder-2022-03-04",
  may2022: "brecorder-2022-05-22",
  july2022: "brecorder-2022-07-24",
} as const;
const said = (source: string) => [{ source }];
const sites = { metric: "sites", unit: "site", measure: "stock", counts: "level" } as const;
const one = (observations: readonly ObservationRecord[], asOf = "2026", options: PromiseOptions = {}) =>
  promises({ events: [], observations, asOf, ...options });
const first = (observations: readonly ObservationRecord[], asOf = "2026") => one(observations, asOf)[0];

describe("a promised quantity", () => {
  const promise = row({
    ...sites,
    status: "target",
    timing: "by",
    period: "2024",
    value: 100,
    claims: said(SAID.march2022),
  });
  const level = (period: string, value: number) =>
    row({ ...sites, timing: "at", period, value, claims: said("") });
  const known = (r: ObservationRecord) => ({ ...r, claims: [{ source: "undated-source" }] });

  it("is kept, late, partly, open or unknown, as the level at the deadline or later says", () => {
    const at = (...rows: ObservationRecord[]) => first([promise, ...rows.map(known)], "2026");
    expect(at(level("2023-06-30", 120))).toMatchObject({
      verdict: "kept",
      share: { low: 1.2 },
      delay: { min: -550, max: -550 },
    });
    expect(at(level("2024-12-31", 60), level("2025-03-01", 120))).toMatchObject({
      verdict: "late",
      delay: { min: 1, max: 60 },
    });
    expect(at(level("2024-12-31", 60))).toMatchObject({ verdict: "partly", share: { low: 0.6, high: 0.6 } });
    expect(at(level("2023-06-30", 60))).toMatchObject({ verdict: "unknown", reached: { value: 60 } });
    expect(at()).toMatchObject({ verdict: "unknown", share: null, evidence: [] });
    expect(first([promise], "2023")).toMatchObject({ verdict: "open" });
    // Reached some day between a level before and one after the deadline: nothing says whether in time.
    expect(at(level("2024-06-30", 60), level("2025-03-01", 120))).toMatchObject({ verdict: "unknown" });
    // First heard of after the deadline, with nothing before it: the same.
    expect(at(level("2025-03-01", 120))).toMatchObject({ verdict: "unknown", delay: { max: 60 } });
    // "More than 60" falls short of nothing.
    expect(at({ ...level("2025-01-31", 60), value: null, high: null })).toMatchObject({ verdict: "unknown" });
  });
  it("is measured by less where less is better", () => {
    const fewer = { ...promise, direction: "at-most" } as const;
    expect(first([fewer, known(level("2024-06-30", 80))])).toMatchObject({
      verdict: "kept",
      direction: "at-most",
    });
    const bound = { ...promise, value: null, low: null, high: 5 };
    expect(first([bound, known(level("2024-12-31", 15))])).toMatchObject({
      verdict: "partly",
      direction: "at-most",
    });
  });
  it("of no more than an amount over time is kept only when all of that time is known", () => {
    const limit = {
      metric: "losses",
      status: "target",
      value: 10,
      direction: "at-most",
      claims: said(SAID.march2022),
    } as const;
    const lost = (timing: "during" | "to-date", period: string, value: number) =>
      known(row({ metric: "losses", timing, period, value }));
    const year = { ...row({ ...limit, period: "2023" }), counts: "yearly" } as const;
    const by = {
      ...row({ ...limit, timing: "by", period: "2023" }),
      counts: "cumulative",
      since: "2022",
    } as const;
    for (const promise of [year, by]) {
      for (const period of ["2023-01/2023-03", "2023-10/2023-12", "2023-01/2023-11"])
        expect(first([promise, lost("during", period, 3)])?.verdict, period).toBe("unknown");
      expect(first([promise, lost("during", "2022", 4), lost("during", "2023", 3)])).toMatchObject({
        verdict: "kept",
        delay: { min: 0, max: 0 },
        doneOn: { earliest: "2023-12-31", latest: "2023-12-31" },
      });
    }
    expect(first([by, lost("to-date", "2023-11-30", 3)])?.verdict).toBe("unknown");
    expect(first([by, lost("to-date", "2023-12-31", 3)])?.verdict).toBe("kept");
    expect(first([by, lost("to-date", "2023-12-31", 30)])?.verdict).toBe("partly");
  });
  it("is not judged by what was known before it was made", () => {
    expect(first([promise, { ...level("2021-12-31", 200), claims: said(SAID.march2022) }])?.evidence).toEqual(
      [],
    );
  });
  it("of a yearly flow is never met by adding years, and says the best of them", () => {
    const exports = { metric: "exports", unit: "usd", counts: "yearly" } as const;
    const goal = row({
      ...exports,
      status: "target",
      timing: "by",
      period: "2030",
      value: 15,
      claims: said(SAID.march2022),
    });
    const years = [2022, 2023, 2024, 2025].map((y) =>
      known(row({ metric: "exports", unit: "usd", period: `${y}`, value: y - 2018 })),
    );
    expect(first([goal, ...years])).toMatchObject({
      verdict: "open",
      reached: { value: 7 },
      share: { low: 7 / 15 },
    });
    const due = { ...goal, period: "2024", end: "2024-12-31" };
    expect(first([due, ...years])).toMatchObject({
      verdict: "partly",
      reached: { value: 6, end: "2024-12-31" },
    });
    expect(first([{ ...due, value: 7, low: 7, high: 7 }, ...years])).toMatchObject({
      verdict: "late",
      delay: { min: 365, max: 365 },
    });
  });
  it("of a cumulative flow counts from its start, and a running total only where that has the same start", () => {
    const km = { metric: "length", unit: "kilometre" } as const;
    const of = (subject: ObservationRecord["subject"], extra: object = {}) =>
      row({
        ...km,
        subject,
        status: "planned",
        timing: "by",
        period: "2023",
        value: 100,
        counts: "cumulative",
        claims: said(SAID.march2022),
        ...extra,
      });
    const total = (subject: ObservationRecord["subject"]) =>
      known(row({ ...km, subject, timing: "to-date", period: "2023-12-31", value: 150 }));
    const project = { type: "project", id: "a-cable" } as const;
    expect(first([of(project), total(project)])).toMatchObject({
      verdict: "kept",
      delay: { min: -667, max: 0 },
      reached: { value: 150 },
    });
    const before = known(
      row({ ...km, subject: project, timing: "to-date", period: "2023-06-30", value: 90 }),
    );
    expect(first([of(project), before, total(project)])).toMatchObject({
      verdict: "kept",
      delay: { min: -183, max: 0 },
    });
    const firm = { type: "organisation", id: "a-firm" } as const;
    expect(first([of(firm), total(firm)])).toMatchObject({ verdict: "unknown", evidence: [] });
    expect(first([of(firm, { since: "2020" }), total(firm)])?.evidence).toHaveLength(1);
    // Periods that began before the promise do not count, and a sum with holes does not say that it was missed.
    const year = (y: number, value: number) => known(row({ ...km, subject: firm, period: `${y}`, value }));
    expect(first([of(firm), year(2021, 500), year(2023, 40)])).toMatchObject({
      verdict: "unknown",
      reached: { value: null, low: 40, high: null },
      sentence: expect.stringContaining("at least 40 km reported up to 31 December 2023 (at least 40 %)"),
    });
    expect(first([of(firm, { since: "2022-01-01" }), year(2022, 30), year(2023, 40)])).toMatchObject({
      verdict: "partly",
      share: { low: 0.7 },
    });
    expect(first([of(firm, { since: "2022-01-01" }), year(2022, 60), year(2023, 40)])).toMatchObject({
      verdict: "kept",
    });
  });
  it("for a period is compared with that period alone", () => {
    const goal = row({
      status: "target",
      period: "FY2024-25",
      value: 100,
      counts: "cumulative",
      claims: said(SAID.march2022),
    });
    expect(
      first([
        goal,
        known(row({ period: "FY2024-25", value: 90 })),
        known(row({ period: "FY2023-24", value: 500 })),
      ]),
    ).toMatchObject({ verdict: "partly", share: { low: 0.9 } });
    expect(first([goal, known(row({ period: "2024-07/2024-12", value: 40 }))])).toMatchObject({
      verdict: "unknown",
    });
  });
  it("is not a forecast, a price or a contract; only a source breaks it", () => {
    expect(one([row({ status: "forecast", timing: "by", period: "2025", counts: "level" })])).toEqual([]);
    expect(one([row({ status: "committed", period: "2014-05-05" })])).toEqual([]);
    const given = {
      ...promise,
      outcome: { verdict: "broken", on: "2023-05", claims: said("undated-source") },
    } as const;
    expect(first([given])).toMatchObject({ verdict: "broken" });
    expect(first([given], "2022")).toMatchObject({ verdict: "open" });
  });
  it("restated is a chain by the day each was said, of which the newest counts in the summary", () => {
    const older = { ...promise, id: "older", asOf: "2022-03", claims: said(SAID.march2022) };
    const newer = {
      ...promise,
      id: "newer",
      asOf: "2022-05",
      supersedes: "older",
      period: "2023",
      end: "2023-12-31",
      claims: said(SAID.may2022),
    };
    expect(one([older, newer]).map((p) => [p.id, p.restates, p.restatedBy])).toEqual([
      ["newer", "older", null],
      ["older", null, "newer"],
    ]);
    expect(one([older, newer], "2022-04").map((p) => [p.id, p.restatedBy])).toEqual([["older", null]]);
    expect(delays({ events: [], observations: [older, newer], asOf: "2026" })[0]).toMatchObject({
      promises: 1,
      ids: ["newer"],
    });
  });
});

describe("a promised event", () => {
  const plant = (given: object) =>
    event({
      id: "plant",
      promised: [{ by: "2022-01", on: "2021-11-01", claims: said("adam-securities-2021-11-01") }],
      claims: said(SAID.march2022),
      ...given,
    } as object);
  const judge = (given: object, asOf = "2026") =>
    promises({ events: [plant(given)], observations: [], asOf })[0];

  it("is kept until the last day of its deadline and late from the day after", () => {
    expect(
      judge({ date: { ...dateWindow("2022-01-31"), edtf: "2022-01-31", basis: "stated" } }),
    ).toMatchObject({ verdict: "kept", delay: { min: 0, max: 0 } });
    expect(
      judge({ date: { ...dateWindow("2022-03-04"), edtf: "2022-03-04", basis: "stated" } }),
    ).toMatchObject({
      verdict: "late",
      delay: { min: 32, max: 32 },
      sentence: "Promised by the end of January 2022; it happened on 4 March 2022, 32 days late.",
    });
    expect(judge({ date: { ...dateWindow("2022"), edtf: "2022", basis: "stated" } })).toMatchObject({
      verdict: "unknown",
      delay: { min: -30, max: 334 },
    });
  });
  it("is open, then unknown; cancelled it is broken; put off it says so", () => {
    const planned = {
      status: "planned",
      date: { ...dateWindow("2022-01"), edtf: "2022-01", basis: "stated" },
    };
    expect(judge(planned, "2021-12")).toMatchObject({ verdict: "open" });
    expect(judge(planned)).toMatchObject({ verdict: "unknown" });
    expect(judge(planned)?.sentence).not.toMatch(/overdue|broken|failed/);
    expect(judge({ ...planned, status: "cancelled" })).toMatchObject({ verdict: "broken" });
    expect(judge({ ...planned, status: "postponed" })?.caveats).toContain(
      "A source says that it was put off.",
    );
  });
});

describe("over generated promises", () => {
  const level = fc.record({
    day: fc.integer({ min: 0, max: 3000 }),
    value: fc.integer({ min: 0, max: 200 }),
  });
  const dayOf = (n: number) => new Date(Date.UTC(2019, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
  const actual = ({ day, value }: { day: number; value: number }, i: number) => ({
    ...row({ ...sites, timing: "at", period: dayOf(day), value, claims: [{ source: "undated-source" }] }),
    id: `level-${i}`,
  });
  const goal = (deadline: number) => ({
    ...row({
      ...sites,
      status: "target",
      timing: "by",
      period: dayOf(deadline),
      value: 100,
      asOf: "2019-01-01",
      claims: [{ source: "undated-source" }],
    }),
    id: "goal",
  });
  it("a kept promise stays kept when later evidence is added", () => {
    fc.assert(
      fc.property(
        fc.array(level, { maxLength: 8 }),
        fc.integer({ min: 1, max: 2500 }),
        level,
        (levels, deadline, more) => {
          const rows = levels.map(actual);
          const before = first([goal(deadline), ...rows], "2030");
          const latest = Math.max(deadline, ...levels.map((l) => l.day));
          const after = first(
            [goal(deadline), ...rows, actual({ ...more, day: latest + 1 + more.day }, 99)],
            "2050",
          );
          if (before?.verdict === "kept") expect(after?.verdict).toBe("kept");
        },
      ),
      RUNS,
    );
  });
  it("moving the deadline of a fulfilled promise only moves it between kept and late, or leaves it open which", () => {
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 2900 }),
        fc.integer({ min: 1, max: 2900 }),
        (levels, a, b) => {
          const rows = levels.map(actual);
          const [x, y] = [a, b].map((deadline) => first([goal(deadline), ...rows], "2050"));
          const fulfilled = levels.some((l) => l.value >= 100);
          for (const p of [x, y])
            expect(fulfilled ? ["kept", "late", "unknown"] : ["partly", "unknown"]).toContain(p?.verdict);
          if (a <= b && x?.verdict === "kept") expect(y?.verdict).toBe("kept");
        },
      ),
      RUNS,
    );
  });
  it("what comes to be known later changes nothing as of a day before", () => {
    fc.assert(
      fc.property(
        fc.array(level, { maxLength: 8 }),
        fc.integer({ min: 1, max: 2500 }),
        fc.integer({ min: 0, max: 3000 }),
        (levels, deadline, n) => {
          const rows = [goal(deadline), ...levels.map(actual)];
          const asOf = dayOf(n);
          const known = rows.filter((r) => r.id === "goal" || (r.end as string) <= asOf);
          expect(one(rows, asOf)).toEqual(one(known, asOf));
        },
      ),
      RUNS,
    );
  });
});

describe("the ledger of the real data", () => {
  const DAYS = ["2012", "2016", "2020", "2023", dataset.newestSource];
  const all = promises();
  it("knows 250 promises and more, a hundred of them events", () => {
    expect(all.length).toBeGreaterThanOrEqual(250);
    expect(all.filter((p) => p.type === "event").length).toBeGreaterThanOrEqual(100);
  });
  it("says late of the plant of Xiaomi, by 32 days", () => {
    expect(all.find((p) => p.id === "xiaomi-plant-opening")).toMatchObject({
      verdict: "late",
      delay: { min: 32, max: 32 },
    });
  });
  it("leaves the 15 billion dollars of IT exports by 2030 open, with the best year beside it", () => {
    const goal = all.find(
      (p) =>
        p.metric === "it-services-exports" &&
        p.by?.latest.startsWith("2030") &&
        p.promised?.low === 15_000_000_000,
    );
    expect(goal).toMatchObject({ verdict: "open", counts: "yearly" });
    expect(goal?.reached?.value).toBeGreaterThan(3.7e9);
    expect(goal?.reached?.value).toBeLessThan(5e9);
  });
  it("holds no contract, loan, price or attribute", () => {
    for (const p of all) {
      if (p.type === "event") continue;
      expect(getMetric(p.metric as string)?.promisable, p.id).toBe(true);
      expect(p.metric, p.id).not.toMatch(
        /^(?:contract-value|loans?|financing|project-cost|rover|satellite-(?:mass|design)|orbit|spectrum-(?:price|fees))/,
      );
    }
  });
  it("rests every settled verdict on a source, and calls unknown what it does not know", () => {
    for (const p of all) {
      for (const id of p.sources) expect(getSource(id), id).toBeDefined();
      if (["kept", "late", "partly", "broken"].includes(p.verdict))
        expect(p.sources.length, p.id).toBeGreaterThan(0);
      if (p.delay && p.verdict === "kept") expect(p.delay.max).toBeLessThanOrEqual(0);
      if (p.verdict === "late") expect(p.delay === null || p.delay.min > 0, p.id).toBe(true);
      if (p.verdict === "open") expect(p.by === null || p.by.latest > dataset.newestSource, p.id).toBe(true);
      expect(p.sentence).toMatch(/^[A-Z0-9¥].*\.$/s);
      expect(p.sentence).not.toMatch(/overdue|undefined|null|NaN/);
    }
  });
  it("knows more as time goes on, and never forgets a promise", () => {
    let before = new Set<string>();
    for (const asOf of DAYS) {
      const ids = new Set(promises({ asOf }).map((p) => p.id));
      const lost = [...before].filter((id) => !ids.has(id));
      expect(lost, asOf).toEqual([]);
      before = ids;
    }
    for (const [i, asOf] of DAYS.entries()) {
      const settled = promises({ asOf }).filter((p) => p.verdict === "kept" && p.type === "event");
      for (const later of DAYS.slice(i + 1)) {
        const now = new Map(promises({ asOf: later }).map((p) => [p.id, p.verdict]));
        for (const p of settled) expect(now.get(p.id), `${p.id} in ${later}`).toBe("kept");
      }
    }
  });
  it("filters by project, organisation, sector, metric, year made, year due and verdict, and refuses what does not exist", () => {
    const [some] = all.filter((p) => p.project && p.madeOn && p.by && p.organisations.length > 0);
    if (!some?.madeOn || !some.by) throw new Error("no promise has all fields");
    for (const filter of [
      { project: some.project },
      { organisation: some.organisations[0] },
      { sector: some.sector },
      { made: some.madeOn.earliest.slice(0, 4) },
      { by: some.by.latest.slice(0, 4) },
      { verdict: some.verdict },
    ] as PromiseOptions[]) {
      const found = promises(filter);
      expect(found.length).toBeLessThan(all.length);
      if (!("made" in filter)) expect(found.map((p) => p.id)).toContain(some.id);
    }
    expect(() => promises({ verdict: "overdue" as never })).toThrow(
      expect.objectContaining({ code: "UNKNOWN_VALUE" }),
    );
    expect(() => promises([] as never)).toThrow(expect.objectContaining({ code: "UNKNOWN_OPTION" }));
    expect(() => promises({ organisation: "huwaei" as never })).toThrow('Did you mean "huawei"?');
  });
  it("charges a promise to those who made it, as its sources say, and to nobody who only takes part", () => {
    for (const p of all) {
      const claims =
        p.type === "quantity"
          ? (getObservation(p.id)?.claims ?? [])
          : [
              ...(getEvent(p.id.replace(/#.*/, ""))?.promised.flatMap((s) => s.claims) ?? []),
              ...events
                .filter((e) => e.id === p.id.replace(/#.*/, "") || e.promises === p.id.replace(/#.*/, ""))
                .flatMap((e) => e.claims),
            ];
      const speakers = new Set(claims.map((claim) => claim.saidBy?.organisation));
      expect(p.promisedBy.filter((id) => !speakers.has(id))).toEqual([]);
    }
    // Two ministers promised the auction; Jazz only took part in it.
    const auction = promises({ organisation: "jazz", verdict: "late" });
    expect(auction.length).toBeGreaterThan(0);
    expect(promises({ promisedBy: "jazz", verdict: "late" }).length).toBeLessThan(auction.length);
    for (const { key, ids } of delays({ by: "promisedBy" }))
      for (const id of ids) {
        const by = all.find((p) => p.id === id)?.promisedBy ?? [];
        expect(key === null ? by.length === 0 : by.includes(key)).toBe(true);
      }
  });
  it("never gives a sum with holes as the amount reached, only as at least that much", () => {
    for (const p of all) {
      const rows = p.evidence.flatMap((id) => getObservation(id) ?? []);
      const { reached } = p;
      if (rows.length < 2 || !reached?.start || !reached.end || rows.some((r) => r.timing !== "during"))
        continue;
      const days = rows.reduce(
        (n, r) => n + (Date.parse(r.end ?? "") - Date.parse(r.start ?? "")) / 86_400_000 + 1,
        0,
      );
      const span = (Date.parse(reached.end) - Date.parse(reached.start)) / 86_400_000 + 1;
      if (days < span) expect([reached.value, reached.high, p.share?.high]).toEqual([null, null, null]);
    }
  });
  it("sums delays up by sector, body and year, each promise once in a sector", () => {
    const newest = all.filter((p) => p.restatedBy === null);
    const bySector = delays({ by: "sector" });
    expect(bySector.reduce((n, r) => n + r.promises, 0)).toBe(newest.length);
    for (const by of ["sector", "promisedBy", "year"] as const)
      for (const r of delays({ by })) {
        expect(VERDICTS.reduce((n, v) => n + r.verdicts[v], 0)).toBe(r.promises);
        if (r.medianDelay) expect(r.medianDelay.min).toBeLessThanOrEqual(r.medianDelay.max);
      }
    expect(() => delays({ by: "colour" as never })).toThrow(
      expect.objectContaining({ code: "UNKNOWN_VALUE" }),
    );
  });
  it("puts the deadline of a planned event where its date is", () => {
    const planned = promises({ verdict: "open" }).find((p) => p.type === "event");
    expect(planned?.by === null || (planned as NonNullable<typeof planned>).by !== undefined).toBe(true);
  });
});
