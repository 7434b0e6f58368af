/** Law L2 for every helper that takes records, on the whole dataset: order, repetition and kind of list change nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  aggregate,
  aggregateBySector,
  computeTrends,
  conflicts,
  countEvents,
  delays,
  type EventRecord,
  events,
  filterObservations,
  type LeftOut,
  network,
  type ObservationRecord,
  observations,
  promises,
  timeline,
  toSeries,
} from "../src/index.js";

const rows = observations.filter((o) => o.status !== "actual" || o.timing === "during");

const HELPERS: Record<
  string,
  (events: Iterable<EventRecord>, observations: Iterable<ObservationRecord>) => unknown
> = {
  aggregate: (_, given) => aggregate(given, { by: ["metric", "fiscal-year"] }),
  aggregateBySector: (_, given) => aggregateBySector(given),
  computeTrends: (_, given) => computeTrends(filterObservations(given, { sector: "device-manufacturing" })),
  conflicts: (happened, figures) => conflicts({ events: happened, observations: figures }),
  countEvents: (given) => countEvents(given, { by: ["sector", "organisation"] }),
  delays: (happened, figures) => delays({ events: happened, observations: figures, by: "promisedBy" }),
  network: (given) => network(given),
  promises: (happened, figures) => promises({ events: happened, observations: figures }),
  timeline: (given) => timeline(given),
  toSeries: (_, given) => toSeries(given),
};

function* each<T>(list: readonly T[]) {
  yield* list;
}

/** In the order that a seed gives, so that a failure prints a number and not the dataset. */
const mixed = <T>(list: readonly T[], seed: number) =>
  list
    .map((item, i) => [Math.sin(seed + i), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/** A repeat is listed as left out once more; everything else is as it was. */
const withoutRepeats = (result: unknown): unknown =>
  JSON.parse(JSON.stringify(result), (key, value) =>
    key === "leftOut"
      ? [...new Map((value as LeftOut[]).map((l) => [`${l.id} ${l.reason}`, l])).values()].filter(
          (l) => l.reason !== "duplicate",
        )
      : value,
  );

describe.each(Object.entries(HELPERS))("%s", (_, helper) => {
  const expected = helper(events, rows);
  it("gives the same for any order of the records, from a list or a generator", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(helper(each(mixed(events, seed)), each(mixed(rows, seed)))).toEqual(expected);
      }),
      { numRuns: 2, seed: 20_261_124 },
    );
  });
  it("gives the same when some records come twice", () => {
    const again = <T>(list: readonly T[]) => [...list, ...list.filter((_, i) => i % 7 === 0)];
    expect(withoutRepeats(helper(again(events), again(rows)))).toEqual(withoutRepeats(expected));
  });
});
