import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blocks, withBlocks } from "../scripts/holdings.js";
import { dataset, events, observations, sectors, sources } from "../src/index.js";

describe("generated tables", () => {
  it.each(Object.entries(blocks(dataset, sectors, observations)))(
    "%s is up to date (else: npm run tables)",
    (file, generated) => {
      const text = readFileSync(file, "utf8");
      expect(withBlocks(text, generated)).toBe(text);
    },
  );
  it("refuse a file without their marks", () => {
    expect(() => withBlocks("# A guide", { years: "" })).toThrow('the block "years"');
  });
});

describe("dataset", () => {
  it("counts what the collections hold", () => {
    expect(dataset.counts).toMatchObject({
      events: events.length,
      observations: observations.length,
      sources: sources.length,
    });
    const { bySector, eventsByYear, sources: support } = dataset.coverage;
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(Object.values(bySector).map((s) => s.events))).toBe(events.length);
    expect(sum(Object.values(bySector).map((s) => s.observations))).toBe(observations.length);
    expect(sum(Object.values(eventsByYear))).toBe(events.length);
    expect(sum(Object.values(support.byKind))).toBe(sources.length);
  });
  it("is as of a day on which a source was read, and cites itself with its version", () => {
    expect(sources.some((s) => s.accessed === dataset.dataAsOf)).toBe(true);
    expect(dataset.citation).toContain(`Version ${dataset.version}, data as of ${dataset.dataAsOf}.`);
  });
});
