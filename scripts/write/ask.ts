/** Asks for a record at a terminal, field by field, as the schema has them. */

import type { Readable, Writable } from "node:stream";
import * as prompts from "@clack/prompts";
import type * as z from "zod";
import type { DatasetRecords } from "../../src/types.js";
import { explain } from "../read/explain.js";
import type { Referenced } from "../read/schemas.js";
import { branches, type Field, fieldsOf, itemsOf, metaOf } from "../read/shape.js";
import { valueFrom } from "./scaffold.js";

/** Where questions go; the tests bring their own. */
export interface Terminal {
  readonly input?: Readable;
  readonly output?: Writable;
}

export class Cancelled extends Error {}

const answered = <T>(answer: T): Exclude<T, symbol> => {
  if (prompts.isCancel(answer)) throw new Cancelled("cancelled");
  return answer as Exclude<T, symbol>;
};

/** Records that a reference can name, with their names. */
const choices = (data: DatasetRecords, collection: Referenced) =>
  collection === "observations"
    ? data.metrics.flatMap((m) => m.observations.map((o) => ({ value: o.id, label: o.id, hint: m.name })))
    : data[collection].map((r) => ({ value: r.id, label: r.id, hint: "name" in r ? r.name : r.title }));

/** Asks for the keys of one map: the required ones, then those chosen from the optional ones. */
export async function askFields(
  schema: z.ZodType,
  data: DatasetRecords,
  terminal: Terminal,
  typed: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const fields = fieldsOf(schema);
  const open = fields.filter((f) => typed[f.key] === undefined);
  const optional = open.filter((f) => f.optional);
  const wanted =
    optional.length === 0
      ? []
      : answered(
          await prompts.multiselect({
            message: "Which of these do you know too? (space chooses, enter goes on)",
            options: optional.map(({ key, schema: s }) => ({
              value: key,
              label: key,
              hint: metaOf(s).description ?? "",
            })),
            required: false,
            ...terminal,
          }),
        );
  const record: Record<string, unknown> = {};
  for (const field of fields) {
    const given = typed[field.key];
    if (given !== undefined) record[field.key] = valueFrom(field.schema, given);
    else if (!field.optional || wanted.includes(field.key))
      record[field.key] = await askValue(field, data, terminal);
  }
  return record;
}

async function askValue(field: Field, data: DatasetRecords, terminal: Terminal): Promise<unknown> {
  const { key, schema } = field;
  const [branch] = branches(schema);
  const all = branches(schema);
  const meta = metaOf(schema);
  const message = meta.description ? `${key}: ${meta.description}` : key;
  const item = itemsOf(schema);

  if (all.length === 1 && branch?.def.type === "enum") {
    const options = (branch as z.ZodEnum).options as string[];
    return answered(
      await prompts.select({ message, options: options.map((value) => ({ value })), ...terminal }),
    );
  }
  if (meta.references)
    return answered(
      await prompts.autocomplete({
        message,
        options: choices(data, meta.references),
        maxItems: 8,
        ...terminal,
      }),
    );
  if (branch?.def.type === "array" && item) {
    const references = metaOf(item).references;
    if (references)
      return answered(
        await prompts.autocompleteMultiselect({
          message,
          options: choices(data, references),
          maxItems: 8,
          required: true,
          ...terminal,
        }),
      );
    const items: unknown[] = [];
    do
      items.push(
        await askValue(
          { key: `${key}, item ${items.length + 1}`, schema: item, optional: false, inSome: false },
          data,
          terminal,
        ),
      );
    while (
      answered(await prompts.confirm({ message: `Another of ${key}?`, initialValue: false, ...terminal }))
    );
    return items;
  }
  if (all.length === 1 && branch?.def.type === "object") {
    prompts.log.step(message, terminal);
    return askFields(schema, data, terminal);
  }
  const typed = answered(
    await prompts.text({
      message,
      validate: (text) => wrong(schema, text ?? ""),
      ...terminal,
    }),
  );
  return valueFrom(schema, typed);
}

/** Why a typed text can't be the value of a field. */
function wrong(schema: z.ZodType, text: string): string | undefined {
  let value: unknown;
  try {
    value = valueFrom(schema, text);
  } catch {
    return "YAML in braces or brackets that are closed, please.";
  }
  const result = schema.safeParse(value);
  const issue = result.error?.issues[0];
  if (!issue) return undefined;
  const [problem] = explain(issue, value, schema);
  return problem ? `${problem.found} is not ${problem.expected}. ${problem.fix}` : issue.message;
}
