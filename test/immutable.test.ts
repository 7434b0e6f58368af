import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import * as library from "../src/index.js";

const frozen = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(frozen));

describe("the data is immutable to consumers", () => {
  const values = Object.keys(library).filter(
    (name) => typeof library[name as keyof typeof library] !== "function",
  ) as (keyof typeof library)[];
  it.each(values)("%s", (name) => {
    expect(frozen(library[name])).toBe(true);
  });
  it("and no helper changes it or hands out an array of its own twice", () => {
    const {
      aggregate,
      aggregateBySector,
      computeTrends,
      countEvents,
      events,
      filterEvents,
      filterObservations,
      observations,
      toSeries,
    } = library;
    const before = JSON.stringify([events, observations]);
    for (const call of [
      () => filterEvents(events, {}),
      () => filterObservations(observations, {}),
      () => aggregate(observations, { by: "sector", over: ["time", "subject"] }),
      () => aggregateBySector(observations),
      () => countEvents(events, { by: "year" }),
      () => toSeries(observations),
      () => computeTrends(observations),
    ]) {
      const first = call() as unknown[];
      const second = call();
      expect(isDeepStrictEqual(second, first)).toBe(true);
      expect(second).not.toBe(first);
    }
    expect(JSON.stringify([events, observations])).toBe(before);
  });
});
