/** The keys that a schema has at a path, in their order: what the messages, the canonical form and the scaffolds derive from. */
import type * as z from "zod";
import type { Referenced } from "./schemas.js";

export interface Field {
  readonly key: string;
  readonly schema: z.ZodType;
  readonly optional: boolean;
  /** In some forms of a union only. */
  readonly inSome: boolean;
}

type Def = z.core.$ZodTypeDef & {
  innerType?: z.ZodType;
  in?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: readonly z.ZodType[];
  shape?: Readonly<Record<string, z.ZodType>>;
};
const defOf = (schema: z.ZodType) => schema.def as Def;

/** What a schema says of itself, to people and to editors. */
export interface Meta {
  readonly title?: string;
  readonly description?: string;
  /** The description without the meanings of its words. */
  readonly what?: string;
  readonly examples?: readonly unknown[];
  readonly references?: Referenced;
}

/** What is said of a schema, by itself or by what it wraps. */
export function metaOf(schema: z.ZodType): Meta {
  const { innerType, in: input } = defOf(schema);
  const meta = schema.meta();
  if (meta?.description !== undefined) return meta as Meta;
  const inner = innerType ?? input;
  return inner ? metaOf(inner) : {};
}

/** A schema and, for a union, its branches, without what only wraps them. */
export function branches(schema: z.ZodType): z.ZodType[] {
  const { type, innerType, in: input, options } = defOf(schema);
  if (type === "optional" && innerType) return branches(innerType);
  if (type === "pipe" && input) return branches(input);
  if (type === "union" && options) return options.flatMap(branches);
  return [schema];
}

/** The keys of a schema that is an object, or of all branches of a union. */
export const fieldsOf = (schema: z.ZodType): Field[] => {
  const shapes = branches(schema)
    .map((branch) => defOf(branch).shape)
    .filter((shape) => shape !== undefined);
  const fields = new Map<string, Field>();
  for (const shape of shapes)
    for (const [key, value] of Object.entries(shape))
      if (!fields.has(key))
        fields.set(key, {
          key,
          schema: value,
          optional: defOf(value).type === "optional",
          inSome: shapes.some((other) => !(key in other)),
        });
  return [...fields.values()];
};

/** The schema of the items of a list or of the values of a map with free keys. */
export const itemsOf = (schema: z.ZodType): z.ZodType | undefined =>
  branches(schema)
    .map((b) => defOf(b).element ?? defOf(b).valueType)
    .find((s) => s !== undefined);

/** The keys that are allowed at a path. */
export function fieldsAt(root: z.ZodType, path: readonly (string | number)[]): Field[] {
  const [key, ...rest] = path;
  if (key === undefined) return fieldsOf(root);
  const field = fieldsOf(root).find((f) => f.key === key);
  const next = field?.schema ?? itemsOf(root);
  return next ? fieldsAt(next, rest) : [];
}

/** Every key of a record, with the first place where it belongs: "to `claims`", or "to the record itself". */
export function keysAnywhere(root: z.ZodType): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (schema: z.ZodType, where: string) => {
    const fields = fieldsOf(schema);
    for (const { key } of fields) if (!found.has(key)) found.set(key, where);
    for (const { key, schema: inner } of fields) walk(itemsOf(inner) ?? inner, `to \`${key}\``);
  };
  walk(root, "to the record itself");
  return found;
}
