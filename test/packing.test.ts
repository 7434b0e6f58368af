import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packed } from "../scripts/packing/pack.js";
import * as makers from "../src/data/unpack.js";
import { withObservations } from "../src/data/with-observations.js";
import { deepFreeze } from "../src/freeze.js";
import * as library from "../src/index.js";
import { CASES, RUNS } from "./cases.js";

/** Packs, writes as JSON text, and makes the records again. */
function thereAndBack(rows: readonly object[]): readonly object[] {
  const { leaves, body } = packed(rows);
  const tools = { ...makers, deepFreeze };
  // The build writes the code into a module; a test may evaluate it.
  const make = new Function(...Object.keys(tools), "d", body);
  return make(...Object.values(tools), JSON.parse(JSON.stringify(leaves)));
}
const frozen = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(frozen));

describe("records as code and leaves", () => {
  const { events, metrics, observations, organisations, projects, sources } = library;
  const heads = metrics.map(({ observations: _, ...head }) => head);
  it.each([
    ["events", events],
    ["observations", observations],
    ["organisations", organisations],
    ["projects", projects],
    ["sources", sources],
    ["metrics", heads],
  ] as const)("%s come back as they were, frozen", (_, rows) => {
    // A tenth of the rows is enough in an ordinary run: test/package.test.ts compares all of them with the JSON files.
    const some = (rows as readonly object[]).filter((_, i) => i % Math.ceil(1000 / CASES) === 0);
    const back = thereAndBack(some);
    expect(JSON.stringify(back)).toBe(JSON.stringify(some));
    expect(frozen(back)).toBe(true);
  });
  it("store no value twice that mostly equals another, and no end of a text that another field holds", () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      id: `an-example:${i % 3}:${2000 + i}${i === 9 ? "@2020" : ""}`,
      period: `${2000 + i}`,
      value: i * 1.5,
      low: i === 7 ? null : i * 1.5,
    }));
    expect(thereAndBack(rows)).toEqual(rows);
    const { leaves } = packed(rows);
    expect(leaves.filter((leaf) => Array.isArray(leaf) && leaf.includes(88.5))).toHaveLength(1);
    expect(leaves.filter((leaf) => String(leaf).includes("2059"))).toHaveLength(1);
    expect(leaves).toContainEqual([7]);
    expect(leaves).toContainEqual([10.5]);
  });
  it("share what is equal", () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ id: `r${i}`, by: [{ name: `n${i % 2}` }] }));
    const back = thereAndBack(rows) as typeof rows;
    expect(back[0]?.by).toBe(back[2]?.by);
    expect(back[0]?.by).not.toBe(back[1]?.by);
  });
  it("take any records of one kind", () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
    const record = fc.record(
      {
        a: scalar,
        b: fc.constantFrom("x", "y", "\u4e2d\u6587", "'`${"),
        c: fc.array(fc.record({ d: scalar, e: fc.string() }, { requiredKeys: ["d"] })),
        f: fc.dictionary(fc.constantFrom("p", "q", "r"), fc.string()),
        g: fc.oneof(fc.array(scalar), scalar),
      },
      { requiredKeys: ["b"] },
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), (rows) => {
        expect(thereAndBack(plain(rows))).toEqual(plain(rows));
      }),
      RUNS,
    );
  });
  it("give each metric its observations back", () => {
    expect(withObservations(heads, observations)).toEqual(metrics);
    expect(frozen(withObservations(heads, observations))).toBe(true);
  });
});
