/** The ids of other records in a record, found by its schema: whatever is declared with `references` is a reference. */
import type * as z from "zod";
import type { Collection } from "./problems.js";

/** What an id can point into. */
export type Reference = Exclude<Collection, "redirects"> | "observations";

type Path = readonly (string | number)[];
type Visit = (into: Reference, id: string, path: Path) => void;
type Walk = (value: unknown, path: Path, visit: Visit) => void;

interface Def {
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

/** Walks by schema, made once: most branches of a schema hold no reference and are never entered. */
const walks = new WeakMap<z.ZodType, Walk | null>();

function walkOf(schema: z.ZodType): Walk | null {
  const known = walks.get(schema);
  if (known !== undefined) return known;
  const walk = makeWalk(schema);
  walks.set(schema, walk);
  return walk;
}

function makeWalk(schema: z.ZodType): Walk | null {
  const into = schema.meta()?.references as Reference | undefined;
  if (into) return (value, path, visit) => void (typeof value === "string" && visit(into, value, path));
  const { innerType, element, valueType, shape } = schema.def as Def;
  if (innerType) return walkOf(innerType);
  const inner = element ?? valueType;
  if (inner) {
    const walk = walkOf(inner);
    return (
      walk &&
      ((value, path, visit) => {
        if (Array.isArray(value)) value.forEach((item, i) => void walk(item, [...path, i], visit));
        else for (const [key, item] of Object.entries(value ?? {})) walk(item, [...path, key], visit);
      })
    );
  }
  const steps = Object.entries(shape ?? {}).flatMap(([key, field]): Walk[] => {
    // The collection of a subject is named by its `type`.
    const by = field.meta()?.referencesBy as string | undefined;
    if (by)
      return [
        (record, path, visit) =>
          visit(`${at(record, by)}s` as Reference, at(record, key) as string, [...path, key]),
      ];
    const walk = walkOf(field);
    return walk
      ? [
          (record, path, visit) => {
            const value = at(record, key);
            if (value !== undefined) walk(value, [...path, key], visit);
          },
        ]
      : [];
  });
  return steps.length === 0
    ? null
    : (record, path, visit) => {
        for (const step of steps) step(record, path, visit);
      };
}

const at = (record: unknown, key: string) => (record as Readonly<Record<string, unknown>>)[key];

/** Visits every id of another record in a record. */
export function eachReference(schema: z.ZodType, record: unknown, visit: Visit): void {
  walkOf(schema)?.(record, [], visit);
}
