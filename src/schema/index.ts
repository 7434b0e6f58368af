/**
 * Schemas and checks for records in the shape of the dataset. Needs zod 4.3 or newer, which is an optional peer: the
 * root entry works without it.
 *
 * @module cpec-it-data/schema
 */
import * as z from "zod";
import { CpecDataError } from "../errors.js";
import type { DatasetRecords } from "../types.js";
import { COLLECTIONS, type Collection, describe, type Problem, show } from "./problems.js";
import { runRules } from "./rules/index.js";
import { COLLECTION_SCHEMAS } from "./shipped.js";

export type * from "../types.js";
export { COLLECTIONS, type Collection, type Problem } from "./problems.js";
export { RULES, type Rule } from "./rules/index.js";
export {
  COLLECTION_SCHEMAS,
  eventSchema,
  metricSchema,
  observationSchema,
  organisationSchema,
  projectSchema,
  sourceSchema,
} from "./shipped.js";

/**
 * Checks the shape of a whole dataset, for example one put together from the package's JSON files, and returns it typed.
 * Rules across records are {@link checkDataset}'s.
 *
 * @param input - an object with one array a collection; collections left out count as empty.
 * @throws CpecDataError `INVALID_DATA`, naming every place at fault.
 * @example
 * ```ts
 * import { parseDataset } from "cpec-it-data/schema";
 * import { sources } from "cpec-it-data";
 * console.log(parseDataset({ sources }).sources.length === sources.length); // → true
 * ```
 * @group Schemas
 */
export function parseDataset(input: unknown): DatasetRecords {
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new CpecDataError("INVALID_DATA", `Found ${show(input)}.`, {
      hint: `Expected an object with the collections ${COLLECTIONS.join(", ")}.`,
    });
  const given = input as Record<string, unknown>;
  const problems: string[] = Object.keys(given)
    .filter((key) => !(COLLECTIONS as readonly string[]).includes(key))
    .map((key) => `unknown collection "${key}"`);
  const parsed: Record<string, unknown> = {};
  for (const name of COLLECTIONS) {
    const result = COLLECTION_SCHEMAS[name].safeParse(given[name] ?? (name === "redirects" ? {} : []));
    if (result.success) parsed[name] = result.data;
    else
      for (const issue of result.error.issues) {
        const [i, ...rest] = issue.path;
        const row = (given[name] as Record<PropertyKey, { id?: unknown }> | undefined)?.[i as PropertyKey];
        problems.push(`${name} ${String(row?.id ?? i)} ${rest.map(String).join(".")}: ${issue.message}`);
      }
  }
  if (problems.length > 0)
    throw new CpecDataError(
      "INVALID_DATA",
      `${problems.length} place(s) at fault:\n${problems.join("\n")}\n`,
      {
        hint: "Correct the records, or compare them with schema/<collection>.schema.json.",
      },
    );
  return parsed as unknown as DatasetRecords;
}

/**
 * Checks the rules across records ({@link RULES}): every id resolves, no two observations with one key, parts not above
 * their wholes, weekdays, witnesses, printed figures and the rest.
 *
 * @param data - a dataset whose shape is right; see {@link parseDataset}.
 * @returns every problem, each with a `message`; an empty array when all is well. `warning`s are worth a look only.
 * @example
 * ```ts
 * import { checkDataset, parseDataset } from "cpec-it-data/schema";
 * const data = parseDataset({ units: [{ id: "km", name: "Kilometre", symbol: "km", kind: "length" }] });
 * console.log(checkDataset(data)); // → []
 * ```
 * @group Schemas
 */
export function checkDataset(data: DatasetRecords): (Problem & { readonly message: string })[] {
  return runRules(data).map((problem) => ({
    ...problem,
    message: `${problem.collection}/${problem.id} ${describe(problem)}`,
  }));
}

/**
 * The JSON Schema (draft 7) of a collection's JSON file, the same as `cpec-it-data/schema/<collection>.schema.json`.
 *
 * @example
 * ```ts
 * import { jsonSchema } from "cpec-it-data/schema";
 * console.log(jsonSchema("events").type); // → "array"
 * ```
 * @group Schemas
 */
export function jsonSchema(collection: Collection): Record<string, unknown> {
  return z.toJSONSchema(COLLECTION_SCHEMAS[collection], {
    target: "draft-7",
    unrepresentable: "any",
    // Validators in strict mode refuse keywords that the draft doesn't have.
    override: ({ jsonSchema }) => {
      for (const key of ["references", "referencesBy"]) delete (jsonSchema as Record<string, unknown>)[key];
    },
  });
}
