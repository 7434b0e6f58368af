/** New records: turns answers into a file that passes the check, or into the problems that prevent it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Document, isMap, isSeq, LineCounter, parse, parseDocument } from "yaml";
import type * as z from "zod";
import { describe, type Problem } from "../../src/schema/problems.js";
import { readDataset } from "../read/dataset.js";
import { slug } from "../read/explain.js";
import { RECORD_SCHEMAS } from "../read/schemas.js";
import { branches, fieldsOf, itemsOf, metaOf } from "../read/shape.js";
import { type Located, readText } from "../read/yaml.js";
import { canonical, LAYOUT, orderKeys, READING } from "./canonical.js";

/** What `npm run new` can make: a record, or an observation of an existing metric. */
export const KINDS = {
  event: "events",
  organisation: "organisations",
  metric: "metrics",
  observation: "metrics",
  project: "projects",
  source: "sources",
} as const;
export type Kind = keyof typeof KINDS;

/** The schema of what is asked for. */
export const schemaOf = (kind: Kind): z.ZodType =>
  kind === "observation"
    ? (itemsOf(RECORD_SCHEMAS.metrics.shape.observations) as z.ZodType)
    : RECORD_SCHEMAS[KINDS[kind]];

const typesOf = (schema: z.ZodType) => branches(schema).map((b) => b.def.type as string);

/**
 * A value from what was typed for a field. Lists may be typed with commas, the items of a list of maps as their required keys
 * with colons (`a-maker:manufacturer`), and everything as YAML in braces or brackets.
 */
export function valueFrom(schema: z.ZodType, typed: string): unknown {
  if (/^[[{]/.test(typed)) return parse(typed, { strict: true, maxAliasCount: 0 });
  const types = typesOf(schema);
  const item = itemsOf(schema);
  if (types.includes("array") && item) return typed.split(",").map((part) => valueFrom(item, part.trim()));
  if (types.includes("string") || types.includes("enum")) return typed;
  if (types.includes("number") && /^-?\d+(?:\.\d+)?$/.test(typed)) return Number(typed);
  if (typed === "true") return true;
  const required = fieldsOf(schema).filter((f) => !f.optional);
  if (types.every((t) => t === "object") && types.length === 1 && required.length > 0) {
    const parts = typed.split(":");
    return Object.fromEntries(
      parts.map((part, i) => [
        required[i]?.key ?? `${i + 1}`,
        valueFrom((required[i] ?? required[0])?.schema as z.ZodType, part),
      ]),
    );
  }
  return typed;
}

/** A record from what was typed for each of its keys, in the order of the schema. */
export function recordFrom(
  schema: z.ZodType,
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(schema).flatMap(({ key, schema: field }) =>
      typed[key] === undefined ? [] : [[key, valueFrom(field, typed[key])]],
    ),
  );
}

/** How a field is typed on the command line. */
export function typedForm(schema: z.ZodType): string {
  if (metaOf(schema).references) return "ID";
  const item = itemsOf(schema);
  if (typesOf(schema).includes("array") && item) return `${typedForm(item)},...`;
  const [branch] = branches(schema);
  if (branch?.def.type === "enum") return (branch as z.ZodEnum).options.join("|");
  const required = fieldsOf(schema).filter((f) => !f.optional);
  if (branch?.def.type === "object" && branches(schema).length === 1)
    return required.length > 0 && required.every((f) => fieldsOf(f.schema).length === 0)
      ? required.map((f) => f.key.toUpperCase()).join(":")
      : "{ KEY: VALUE, ... }";
  return (
    { string: "TEXT", number: "NUMBER", record: "{ KEY: VALUE, ... }", literal: "true" }[
      branch?.def.type as string
    ] ?? "VALUE"
  );
}

/** The id that follows from a record's name. */
export function proposedId(kind: Kind, record: Readonly<Record<string, unknown>>): string {
  const words =
    kind === "source" ? [record.publisher, record.published ?? record.title] : [record.name ?? record.title];
  return slug(words.filter((w) => w !== undefined).join(" "))
    .slice(0, 64)
    .replace(/-$/, "");
}

/** The text of a new file. */
export function fileText(collection: keyof typeof RECORD_SCHEMAS, record: unknown): string {
  const text = new Document(record, READING).toString(LAYOUT);
  return canonical(collection, text)?.text ?? text;
}

/**
 * The text of a metric's file with further observations behind the last one. Existing lines are not touched, so that the
 * diff shows only the new ones. Undefined when the file can't be read or holds no observations.
 */
export function withObservations(
  file: string,
  observations: readonly unknown[],
): { text: string; already: number } | undefined {
  const read = readText(file);
  if (read.text === undefined) return undefined;
  const lines = new LineCounter();
  const doc = parseDocument(read.text, { ...READING, lineCounter: lines });
  const list = isMap(doc.contents) ? doc.get("observations", true) : undefined;
  const [first] = isSeq(list) ? list.items : [];
  if (!isSeq(list) || list.flow || !isMap(first) || !list.range || !first.range) return undefined;
  // The dash stands two columns before the first key of an item.
  const indent = " ".repeat(lines.linePos(first.range[0]).col - 3);
  const items = new Document(observations, READING);
  orderKeys(items.contents, RECORD_SCHEMAS.metrics.shape.observations);
  const added = items.toString(LAYOUT).replace(/^(?=.)/gm, indent);
  const end = list.range[1];
  const head = read.text.slice(0, end);
  const text = `${head}${head.endsWith("\n") ? "" : "\n"}${added}${read.text.slice(end)}`;
  return { text, already: list.items.length };
}

export interface Checked {
  /** Problems that the draft brings: errors in its file, and errors elsewhere that weren't there before. */
  readonly errors: readonly Located[];
  readonly warnings: readonly Located[];
}

/** Checks the whole dataset with a draft in it. */
export function checkDraft(root: string, file: string, text: string): Checked {
  const after = readDataset(root, new Map([[file, text]])).problems.filter(
    // That nothing cites the record yet is what everybody knows of a new one.
    ({ problem, at }) => problem.level === "error" || (at.file === file && problem.rule !== "cited"),
  );
  // Report only problems that the draft introduces. A new file cannot have had any.
  const isNew = !existsSync(file) && after.every((p) => p.at.file === file);
  const name = ({ problem, at }: Located) => `${at.file} ${describe(problem)}`;
  const before = new Set(after.length > 0 && !isNew ? readDataset(root).problems.map(name) : []);
  const found = after.filter((p) => !before.has(name(p)));
  const of = (level: Problem["level"]) => found.filter((p) => p.problem.level === level);
  return { errors: of("error"), warnings: of("warning") };
}

export const fileOf = (root: string, kind: Kind, id: string) => join(root, KINDS[kind], `${id}.yaml`);

/** Whether an id is taken. */
export const isTaken = (root: string, kind: Kind, id: string) => existsSync(fileOf(root, kind, id));
