import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import * as library from "../src/index.js";
import {
  COLLECTION_SCHEMAS,
  COLLECTIONS,
  checkDataset,
  jsonSchema,
  parseDataset,
  RULES,
} from "../src/schema/index.js";

const shipped = Object.fromEntries(COLLECTIONS.map((name) => [name, library[name]]));

describe("parseDataset", () => {
  it("rejects nonsense", () => {
    for (const nonsense of [null, 1, "x", [], undefined])
      expect(() => parseDataset(nonsense)).toThrow(library.CpecDataError);
    expect(() => parseDataset({ evnts: [] })).toThrow('unknown collection "evnts"');
  });
  it("accepts what ships, and gives it back as it is", () => {
    expect(parseDataset(shipped)).toEqual(shipped);
  });
  it("reports all places at fault at once, by record", () => {
    const [one, two] = library.events;
    const bad = {
      events: [
        { ...one, kind: "lunch" },
        { ...two, sectors: [] },
      ],
    };
    try {
      parseDataset(bad);
      expect.unreachable();
    } catch (error) {
      const { code, message } = error as library.CpecDataError;
      expect(code).toBe("INVALID_DATA");
      expect(message).toContain(`events ${one?.id} kind`);
      expect(message).toContain(`events ${two?.id} sectors`);
    }
  });
  it("refuses windows, ranges and single values whose ends don't fit", () => {
    const [o] = library.observations;
    for (const ends of [
      { start: "2022-01-01", end: "2021-01-01" },
      { value: null, low: 2, high: 1 },
      { value: 1, low: 1, high: 2 },
    ])
      expect(
        COLLECTION_SCHEMAS.metrics.safeParse([{ ...library.metrics[0], observations: [{ ...o, ...ends }] }])
          .success,
      ).toBe(false);
    const [e] = library.events;
    expect(
      COLLECTION_SCHEMAS.events.safeParse([{ ...e, date: { ...e?.date, earliest: "2099-01-01" } }]).success,
    ).toBe(false);
    expect(
      COLLECTION_SCHEMAS.sources.safeParse([{ ...library.sources[0], published: "yesterday" }]).success,
    ).toBe(false);
  });
});

describe("checkDataset", () => {
  it("finds no error in what ships", () => {
    expect(checkDataset(parseDataset(shipped)).filter((p) => p.level === "error")).toEqual([]);
  });
  it("finds what is wrong, with the record and a fix", () => {
    const [one] = library.events;
    const [problem] = checkDataset(
      parseDataset({
        ...shipped,
        events: [...library.events, { ...one, id: "another", places: ["lahoer"] }],
      }),
    );
    expect(problem?.message).toContain('events/another places.0: found "lahoer"');
    expect(problem?.nearest).toBe("lahore");
  });
  it("has a reason for each rule", () => {
    expect(RULES.length).toBeGreaterThan(15);
    for (const rule of RULES) expect(rule.why).toMatch(/^.{20,}\.$/);
    expect(new Set(RULES.map((r) => r.id)).size).toBe(RULES.length);
  });
});

describe("JSON Schemas", () => {
  it("describe what ships, as another validator sees it", () => {
    for (const name of COLLECTIONS) {
      const ajv = new Ajv({ strict: false, allErrors: true });
      addFormats.default(ajv);
      const validate = ajv.compile(jsonSchema(name));
      expect(
        validate(JSON.parse(JSON.stringify(shipped[name]))),
        JSON.stringify(validate.errors?.slice(0, 3)),
      ).toBe(true);
      expect(validate([{ id: "nonsense" }])).toBe(false);
    }
  });
  it("are the files of the package", () => {
    for (const name of COLLECTIONS)
      expect(JSON.parse(readFileSync(`schema/${name}.schema.json`, "utf8"))).toEqual(jsonSchema(name));
  });
  it("of the authoring form offer the ids that exist", () => {
    const schema = readFileSync("schema/authoring/event.schema.json", "utf8");
    for (const { id } of library.sectors) expect(schema).toContain(`"${id}"`);
  });
});
