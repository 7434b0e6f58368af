/** The references in a file as its author wrote it: which scalar names which record. */
import { isMap, isScalar, isSeq, type Scalar } from "yaml";
import type * as z from "zod";
import type { Referenced } from "./schemas.js";
import { branches, fieldsOf, itemsOf, metaOf } from "./shape.js";

/** Visits every scalar that is the id of another record. */
export function eachReference(
  node: unknown,
  schema: z.ZodType | undefined,
  visit: (into: Referenced, scalar: Scalar) => void,
): void {
  if (schema === undefined) return;
  const into = metaOf(schema).references;
  if (isScalar(node)) {
    if (into) visit(into, node);
  } else if (isSeq(node)) for (const item of node.items) eachReference(item, itemsOf(schema), visit);
  else if (isMap(node)) {
    const fields = new Map(
      branches(schema)
        .flatMap(fieldsOf)
        .map((f) => [f.key, f.schema]),
    );
    for (const { key, value } of node.items)
      eachReference(value, fields.get(String(isScalar(key) ? key.value : key)) ?? itemsOf(schema), visit);
  }
}
