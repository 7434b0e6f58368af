import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { RECORD_SCHEMAS, TABLE_SCHEMAS } from "../scripts/read/schemas.js";
import { modeline } from "../scripts/write/canonical.js";
import { organisations, sectors, sources } from "../src/index.js";

const json = (file: string) => JSON.parse(readFileSync(file, "utf8"));
type Schema = Readonly<Record<string, unknown>>;

/** Every schema of a property in a JSON Schema, with its path. */
function* properties(schema: unknown, path = ""): Generator<[path: string, schema: Schema]> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties")
      for (const [name, inner] of Object.entries(value as Schema)) yield [`${path}.${name}`, inner as Schema];
    yield* properties(value, key === "properties" ? path : `${path}.${key}`);
  }
}

describe("an editor", () => {
  let bound: Readonly<Record<string, string>> = {};
  beforeAll(() => {
    bound = json(".vscode/settings.json")["yaml.schemas"];
  });
  it("binds a schema to every kind of record and table", () => {
    expect(Object.entries(bound)).toEqual([
      ...Object.keys(RECORD_SCHEMAS).map((c) => [
        `./schema/authoring/${c.slice(0, -1)}.schema.json`,
        `data/${c}/*.yaml`,
      ]),
      ...Object.keys(TABLE_SCHEMAS).map((t) => [`./schema/authoring/${t}.schema.json`, `data/${t}.yaml`]),
    ]);
  });
  it.each(Object.keys(RECORD_SCHEMAS) as (keyof typeof RECORD_SCHEMAS)[])(
    "finds the schema of %s by the first line of a record, and accepts the records",
    (collection) => {
      const file = /\$schema=(.+)$/.exec(modeline(collection))?.[1] as string;
      const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
      formats.default(ajv);
      const validate = ajv.compile(json(join("data", collection, file)));
      for (const name of readdirSync(join("data", collection)).slice(0, 60)) {
        const record = parse(readFileSync(join("data", collection, name), "utf8"));
        expect(validate(record), `${name}: ${ajv.errorsText(validate.errors)}`).toBe(true);
      }
    },
  );
  it("explains every key", () => {
    for (const file of Object.keys(bound))
      for (const [path, schema] of properties(json(file)))
        expect(schema.description ?? schema.enum, `${file} ${path}`).toBeDefined();
  });
  it("completes the ids of sectors, organisations and sources", () => {
    const { properties: of } = json("schema/authoring/event.schema.json");
    expect(of.sectors.items.enum).toEqual(sectors.map((s) => s.id));
    expect(of.organisations.items.properties.id.enum).toEqual(organisations.map((o) => o.id));
    expect(of.claims.items.properties.source.enum).toEqual(sources.map((s) => s.id));
    expect(of.claims.items.properties.saidBy.properties.organisation.enum).toEqual(
      organisations.map((o) => o.id),
    );
  });
});
