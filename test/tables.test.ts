import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codeBlocks, dataBlocks, outdated, withBlocks } from "../scripts/derive/guide-tables.js";
import { dataset, events, observations, sectors, sources } from "../src/index.js";

describe("generated tables", () => {
  it("of the code are up to date (else: npx tsx scripts/tables.ts)", () => {
    expect(outdated(codeBlocks())).toEqual([]);
  });
  it("of the data have their place in the guides, and are written at a release", () => {
    for (const [file, blocks] of Object.entries(dataBlocks(dataset, sectors, observations))) {
      const text = withBlocks(readFileSync(file, "utf8"), blocks);
      for (const block of Object.values(blocks)) expect(text).toContain(block);
      expect(withBlocks(text, blocks)).toBe(text);
    }
  });
  it("say which keys belong to some forms only, and which a rule demands", () => {
    const dictionary = codeBlocks()["docs/dictionary.md"]?.dictionary ?? "";
    expect(dictionary).toMatch(/^\| `moreThan` \| number \| one form \|/m);
    expect(dictionary).toMatch(/^\| `stated` .*required where an observation has a value/m);
  });
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
  it("names the newest source and the last day of reading, and cites itself with its version", () => {
    expect(sources.some((s) => s.accessed === dataset.readOn)).toBe(true);
    expect(sources.some((s) => s.published === dataset.newestSource)).toBe(true);
    expect(dataset.citation).toContain(`Version ${dataset.version}, sources up to ${dataset.newestSource}.`);
  });
});
