/** Every public function that takes strings or rows, on made-up inputs: a result or a typed error, inputs unchanged. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  TABLES,
  toCSV,
  toDataPackage,
  toGeoJSON,
  toJSONLD,
  toNDJSON,
  toParquet,
} from "../src/export/index.js";
import { deepFreeze } from "../src/freeze.js";
import * as library from "../src/index.js";
import { checkDataset, jsonSchema, parseDataset } from "../src/schema/index.js";
import { RUNS } from "./cases.js";

const {
  CpecDataError,
  aggregate,
  aggregateBySector,
  cite,
  promises,
  computeTrend,
  computeTrends,
  conflicts,
  countEvents,
  filterEvents,
  filterObservations,
  network,
  timeline,
  toSeries,
  total,
} = library;

/** A result, or the typed error; anything else is a crash. */
function survives(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof CpecDataError)) throw error;
    expect(error.message.length).toBeGreaterThan(0);
    expect(error.hint).not.toBe("");
  }
}

// Texts as they come, and texts that are nearly what is expected or mean something to somebody.
const strange = fc.constantFrom(
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "2021-02-30",
  "2021/2020",
  "FY2021-23",
  "2021-13",
  "0000",
  "'; DROP TABLE events; --",
  "=1+1",
  "<script>alert(1)</script>",
  'a;b|c/d\\e"f\n\r\t\u0000',
  "\ud800",
  "٢٠٢١",
  "a".repeat(5000),
  "2021-".repeat(500),
);
const text = fc.oneof(strange, fc.string({ maxLength: 40 }), fc.string({ unit: "binary", maxLength: 20 }));
const date = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 2000, max: 2030 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom("2021-09-23", "2021-09", "2021-33", "2021/2022", "FY2021-22") },
  { weight: 1, arbitrary: text },
);
const day = fc.oneof(
  fc
    .date({ min: new Date("1990-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10)),
  text,
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 2 ** 53, 5e-324),
);
const dictionary = fc.dictionary(text, text, { maxKeys: 3 });
const id = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "c",
    "d",
    "pakistan",
    "zong",
    "phones-assembled",
    "device-manufacturing",
    "handset",
  ),
  text,
);
const optional = { requiredKeys: [] as [] };
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) => fc.record(fields, optional);

const claim = fc
  .tuple(
    fc.record({ source: id }),
    some({
      locator: text,
      stated: text,
      value: number,
      date,
      rank: fc.constantFrom(...library.CLAIM_RANKS),
      note: text,
      saidBy: some({ name: text, role: text, organisation: id }),
    }),
  )
  .map(([a, b]) => ({ ...a, ...b }));
const claims = fc.array(claim, { maxLength: 3 });
const observation = fc
  .tuple(
    fc.record({
      id,
      metric: id,
      unit: id,
      measure: fc.constantFrom(...library.MEASURES),
      sector: id,
      scope: fc.constantFrom(...library.SCOPES),
      subject: fc.record({ type: fc.constantFrom(...library.SUBJECT_TYPES), id }),
      dimensions: dictionary,
      status: fc.constantFrom(...library.OBSERVATION_STATUSES),
      timing: fc.constantFrom(...library.TIMINGS),
      period: date,
      start: fc.option(day),
      end: fc.option(day),
      value: fc.option(number),
      low: fc.option(number),
      high: fc.option(number),
      approximate: fc.boolean(),
      caveats: fc.array(text, { maxLength: 2 }),
      claims,
      confidence: fc.constantFrom(...library.CONFIDENCES),
    }),
    some({ asOf: date, event: id, partOf: id, supersedes: id }),
  )
  .map(([a, b]) => ({ ...a, ...b }) as library.ObservationRecord);
const event = fc
  .tuple(
    fc.record({
      id,
      title: text,
      summary: text,
      kind: fc.constantFrom(...library.EVENT_KINDS),
      status: fc.constantFrom(...library.EVENT_STATUSES),
      date: fc.record({
        edtf: date,
        earliest: day,
        latest: day,
        precision: fc.constantFrom(...library.DATE_PRECISIONS),
        basis: fc.constantFrom(...library.DATE_BASES),
      }),
      sectors: fc.array(id, { minLength: 1, maxLength: 2 }),
      organisations: fc.array(fc.record({ id, role: fc.constantFrom(...library.ORGANISATION_ROLES) }), {
        maxLength: 3,
      }),
      places: fc.array(id, { maxLength: 2 }),
      scope: fc.constantFrom(...library.SCOPES),
      promised: fc.constant([]),
      caveats: fc.array(text, { maxLength: 1 }),
      claims,
    }),
    some({ duration: text, project: id, partOf: id, promises: id }),
  )
  .map(([a, b]) => ({ ...a, ...b }) as library.EventRecord);
const rows = fc.array(observation, { maxLength: 8 });
const events = fc.array(event, { maxLength: 6 });

describe("functions of a text", () => {
  const functions: Readonly<Record<string, (text: string) => unknown>> = {
    dateWindow: library.dateWindow,
    periodWindow: library.periodWindow,
    findOrganisations: library.findOrganisations,
    getEvent: library.getEvent,
    getOrganisation: library.getOrganisation,
    getMetric: library.getMetric,
    getProject: library.getProject,
    getSource: library.getSource,
    getSector: library.getSector,
    getPlace: library.getPlace,
    getUnit: library.getUnit,
    projectStatus: (text) => library.projectStatus(text),
    "projectStatus as of": (text) => library.projectStatus("peace-cable", { asOf: text }),
    "promises as of": (text) => promises({ observations: [], events: [], asOf: text }),
    "toCSV into a table": (text) => toCSV([], { table: text }),
    "toParquet into a table": (text) => toParquet([], { table: text }),
    "toDataPackage of a table": (text) => toDataPackage({ tables: [text] }),
    "toJSONLD with a base": (base) => toJSONLD({ units: [] } as never, { base }),
    "filterEvents by sector": (sector) =>
      filterEvents(library.events as readonly library.EventRecord[], { sector }),
    "filterEvents from": (from) => filterEvents(library.events, { from }),
    "filterObservations by place": (place) =>
      filterObservations(library.observations.slice(0, 50) as library.ObservationRecord[], { place }),
    "filterObservations by a dimension": (name) =>
      filterObservations(library.observations.slice(0, 50), { dimensions: { [name]: name } }),
  };
  it.each(Object.entries(functions))("%s", (_, call) => {
    fc.assert(
      fc.property(fc.oneof(text, date), (input) => survives(() => call(input))),
      RUNS,
    );
  });
});

/** Calls on input that nobody may change: frozen to the last leaf, so that a change throws. */
const untouched = <T>(arbitrary: fc.Arbitrary<T>, call: (input: T) => unknown) =>
  fc.assert(
    fc.property(arbitrary, (input) => {
      survives(() => call(deepFreeze(input)));
    }),
    RUNS,
  );

describe("functions of observations", () => {
  const functions: Readonly<Record<string, (rows: library.ObservationRecord[]) => unknown>> = {
    total,
    aggregateBySector,
    aggregate: (rows) => aggregate(rows, { by: ["sector", "year", "subject"], over: ["time", "subject"] }),
    "aggregate by a function": (rows) => aggregate(rows, { by: (row) => row.period, reduce: "latest" }),
    toSeries,
    computeTrends: (rows) => computeTrends(rows),
    promises: (rows) => promises({ observations: rows, events: [] }),
    conflicts: (rows) => conflicts({ observations: rows, events: [] }),
    filterObservations: (rows) => filterObservations(rows, { from: "2020", dates: "possible" }),
    cite: (rows) => rows.map((row) => cite(row as never)),
    toCSV: (rows) => [
      toCSV(rows),
      toCSV(rows, { table: "observations", formulaSafe: true }),
      toCSV(rows, { table: "observation_claims" }),
    ],
    toNDJSON,
    toParquet: (rows) => toParquet(rows, { table: "observations" }),
    toJSONLD: (rows) => toJSONLD({ observations: rows }),
  };
  it.each(Object.entries(functions))("%s", (_, call) => untouched(rows, call));
});

describe("functions of events", () => {
  const functions: Readonly<Record<string, (events: library.EventRecord[]) => unknown>> = {
    countEvents: (events) =>
      (["sector", "quarter", "organisation", "place"] as const).map((by) => countEvents(events, { by })),
    timeline,
    network,
    conflicts: (events) => conflicts({ events, observations: [] }),
    filterEvents: (events) => filterEvents(events, { organisation: "zong", to: "2030" }),
    cite: (events) => events.map((event) => cite(event as never, { style: "bibtex" })),
    toCSV: (events) =>
      TABLES.filter((t) => t.of === "events").map((t) => toCSV(events, { table: t.name, formulaSafe: true })),
    toParquet: (events) => toParquet(events, { table: "events" }),
    toGeoJSON: (events) => toGeoJSON(events, { coordinates: { pakistan: [70, 30] } }),
    toJSONLD: (events) => toJSONLD({ events }),
  };
  it.each(Object.entries(functions))("%s", (_, call) => untouched(events, call));
});

describe("functions of anything", () => {
  const anything = fc.anything({ maxDepth: 3, withNullPrototype: true, withBigInt: true, withDate: true });
  it("computeTrend of points", () =>
    untouched(fc.array(fc.record({ x: number, y: number }), { maxLength: 12 }), (points) =>
      computeTrend(points),
    ));
  it("parseDataset and checkDataset", () => {
    const collections = fc.record(
      { events: anything, metrics: anything, units: anything, redirects: anything },
      optional,
    );
    untouched(fc.oneof(anything, collections), (input) => checkDataset(parseDataset(input)));
    untouched(fc.record({ events, metrics: fc.constant([]) }, optional), (input) =>
      checkDataset(parseDataset(input)),
    );
  });
  it("jsonSchema", () =>
    untouched(fc.constantFrom("events", "metrics", "redirects"), (name) => jsonSchema(name as "events")));
  it.each<[string, (rows: object[]) => unknown]>([
    ["toCSV", (rows) => toCSV(rows, { formulaSafe: true })],
    ["toCSV into a table", (rows) => TABLES.map((t) => toCSV(rows, { table: t.name }))],
    ["toNDJSON", (rows) => toNDJSON(rows)],
    ["toParquet", (rows) => toParquet(rows, { table: "events" })],
    ["toGeoJSON", (rows) => toGeoJSON(rows as never)],
    ["toJSONLD", (rows) => toJSONLD({ events: rows as never, organisations: rows as never })],
  ])("%s", (_, call) => untouched(fc.array(anything as fc.Arbitrary<object>, { maxLength: 4 }), call));
});
