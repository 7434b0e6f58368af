import { describe, expect, it } from "vitest";
import { toCSV, toGeoJSON, toJSONLD, toNDJSON, toParquet } from "../src/export/index.js";
import * as library from "../src/index.js";

const { events, observations } = library;
/** A stream that can be read once. */
function* once<T>(rows: Iterable<T>): Generator<T> {
  yield* rows;
}

describe("helpers take any iterable, so that records can come from a stream", () => {
  const rows = observations.filter((o) => o.metric === "phones-assembled");
  const ofObservations: [string, (rows: Iterable<library.Observation>) => unknown][] = [
    [
      "total",
      (rows) =>
        library.total(
          library.filterObservations(rows, { timing: "during", dimensions: {}, from: "2021", to: "2021" }),
        ),
    ],
    ["aggregate", (rows) => library.aggregate(rows, { by: "year", over: "time" })],
    ["aggregateBySector", (rows) => library.aggregateBySector(rows, { scope: library.SCOPES })],
    ["filterObservations", (rows) => library.filterObservations(rows, { status: "actual" })],
    ["toSeries", library.toSeries],
    ["computeTrends", (rows) => library.computeTrends(rows)],
    ["promises", (rows) => library.promises({ observations: rows, events: [] })],
    ["conflicts", (rows) => library.conflicts({ observations: rows, events: [] })],
    ["toCSV", (rows) => toCSV(rows, { table: "observations" })],
    ["toNDJSON", toNDJSON],
    ["toParquet", (rows) => toParquet(rows, { table: "observations" })],
    ["toJSONLD", (rows) => toJSONLD({ observations: rows })],
  ];
  it.each(ofObservations)("%s of observations", (_, call) => {
    expect(call(once(rows))).toEqual(call(rows));
  });
  const ofEvents: [string, (rows: Iterable<library.CpecEvent>) => unknown][] = [
    ["countEvents", (rows) => library.countEvents(rows, { by: "organisation" })],
    ["filterEvents", (rows) => library.filterEvents(rows, { kind: "launch" })],
    ["timeline", library.timeline],
    ["network", library.network],
    ["conflicts", (rows) => library.conflicts({ events: rows, observations: [] })],
    ["toGeoJSON", (rows) => toGeoJSON(rows)],
  ];
  it.each(ofEvents)("%s of events", (_, call) => {
    expect(call(once(events))).toEqual(call(events));
  });
  it("are all helpers but those that take no rows", () => {
    const without =
      /^(?:CpecDataError|cite|computeTrend|dateWindow|delays|findOrganisations|get[A-Z]\w+|periodWindow|projectStatus|ratioOf)$/;
    const helpers = Object.keys(library).filter(
      (name) => typeof library[name as keyof typeof library] === "function" && !without.test(name),
    );
    const listed = [...ofObservations, ...ofEvents].map(([name]) => name);
    for (const name of helpers) expect(listed).toContain(name);
  });
});
