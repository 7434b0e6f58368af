import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packed } from "../scripts/packing/pack.js";
import { dateRules, observationRules } from "../src/data/rules.js";
import { type Maker, type Rule, unpack } from "../src/data/unpack.js";
import { withObservations } from "../src/data/with-observations.js";
import * as library from "../src/index.js";
import { RUNS } from "./cases.js";

/** Packs, writes as JSON text, and unpacks again. */
function thereAndBack(
  rows: readonly object[],
  rules: Readonly<Record<string, Rule>> = {},
): readonly object[] {
  const { columns, makers } = packed(rows, rules);
  // The build writes the literals into a module; a test may evaluate them.
  const make = new Function(`return ${makers}`)() as Maker[];
  return unpack(JSON.parse(JSON.stringify(columns)), rules, make);
}
const frozen = (value: unknown): boolean =>
  typeof value !== "object" ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(frozen));

describe("records as columns", () => {
  const { events, metrics, observations, organisations, projects, sources } = library;
  const heads = metrics.map(({ observations: _, ...head }) => head);
  it.each([
    ["events", events, dateRules],
    ["observations", observations, observationRules],
    ["organisations", organisations, {}],
    ["projects", projects, {}],
    ["sources", sources, {}],
    ["metrics", heads, {}],
  ] as const)("%s come back as they were, frozen", (_, rows, rules) => {
    const back = thereAndBack(rows, rules);
    expect(JSON.stringify(back)).toBe(JSON.stringify(rows));
    expect(frozen(back)).toBe(true);
  });
  it("store no id, no ends and no days of an observation, since these follow from the rest", () => {
    const { columns } = packed(observations, observationRules);
    const [kind, keys, , , parts] = columns[1] as never as [string, string[], unknown, unknown, unknown[][]];
    expect(kind).toBe("objects");
    for (const key of ["id", "start", "end", "low", "high"])
      expect(parts[keys.indexOf(key)]?.[0], key).toBe("rule");
  });
  it("keep what a rule gets wrong", () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ value: i, low: i === 7 ? null : i }));
    expect(thereAndBack(rows, observationRules)).toEqual(rows);
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
