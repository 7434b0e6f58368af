/** The data dictionary, drawn from the schemas: every key that a record can have, and every word that it can hold. */
import type * as z from "zod";
import { MEANINGS } from "../../src/schema/meanings.js";
import { RECORD_SCHEMAS, TABLE_SCHEMAS } from "../read/schemas.js";
import { branches, type Field, fieldsOf, itemsOf, metaOf } from "../read/shape.js";

const isEnum = (schema: z.ZodType): schema is z.ZodEnum => schema.def.type === "enum";
const optionsOf = (schema: z.ZodType) =>
  branches(schema)
    .filter(isEnum)
    .flatMap((b) => b.options as string[]);

/** The kind of value, in words. */
function typeOf(schema: z.ZodType): string {
  const { references } = metaOf(schema);
  if (references) return `id of one of the ${references}`;
  const item = itemsOf(schema);
  const types = new Set(branches(schema).map((b) => b.def.type as string));
  if (types.has("array") && item)
    return `list of ${fieldsOf(item).length > 0 ? "maps" : `${typeOf(item)}s`.replace(/^id of one of the (.+)s$/, "ids of $1")}`;
  if (types.has("record")) return "map with free keys";
  const words = {
    enum: "word",
    string: "text",
    number: "number",
    int: "number",
    boolean: "true or false",
    literal: "true",
    object: "map",
  } as Record<string, string>;
  const named = [...types].flatMap((t) => words[t] ?? []);
  // Dates and periods may be written as a bare year, which YAML reads as a number.
  return [...new Set(types.has("string") ? named.filter((n) => n !== "number") : named)].join(" or ");
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** What a key is for. The meanings of words have tables of their own. */
function descriptionOf(schema: z.ZodType): string {
  const { description = "", what = description, examples = [] } = metaOf(schema);
  const words = optionsOf(schema);
  return [
    what,
    words.length > 0 ? `One of ${words.map((w) => `\`${w}\``).join(", ")}.` : "",
    examples.length > 0 ? `Examples: ${examples.map((e) => `\`${e}\``).join(", ")}.` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** Whether a key must be there: in some forms only, where several exclude one another. */
const needed = ({ optional, inSome }: Field) => (optional ? "" : inSome ? "one form" : "yes");
const row = (field: Field) =>
  `| \`${field.key}\` | ${typeOf(field.schema)} | ${needed(field)} | ${cell(descriptionOf(field.schema))} |`;

const HEAD = "| key | value | required | meaning |\n|---|---|---|---|";

/** A table of keys, followed by one for each map inside that hasn't been shown yet. */
function tables(schema: z.ZodType, name: string, shown: Set<string>): string[] {
  const fields = fieldsOf(schema);
  const inner = fields.flatMap(({ key, schema: field }) => {
    const content = itemsOf(field) ?? field;
    const keys = fieldsOf(content).map((f) => f.key);
    if (keys.length === 0 || shown.has(keys.join())) return [];
    shown.add(keys.join());
    return [{ title: `${name ? `${name}.` : ""}\`${key}\``, content }];
  });
  return [
    [HEAD, ...fields.map(row)].join("\n"),
    ...inner.flatMap(({ title, content }) => [`#### ${title}`, ...tables(content, title, shown)]),
  ];
}

/** Names of the vocabularies, as headings: `eventKind` is "Event kind". */
const heading = (key: string) => {
  const words = key.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
};

/** The whole dictionary as Markdown. */
export function dictionary(): string {
  const shown = new Set<string>();
  const section = (folder: string, schema: z.ZodType, where: string) => {
    const { title = folder, description = "" } = metaOf(schema);
    return [`### ${title}`, `${description} ${where}`, ...tables(schema, "", shown)];
  };
  return [
    "## Records",
    ...Object.entries(RECORD_SCHEMAS).flatMap(([folder, schema]) =>
      section(folder, schema, `One file each: \`data/${folder}/<id>.yaml\`.`),
    ),
    "## Tables",
    ...Object.entries(TABLE_SCHEMAS).flatMap(([table, schema]) =>
      section(table, schema, `All in one file, by id: \`data/${table}.yaml\`.`),
    ),
    "## Words",
    ...Object.entries(MEANINGS).flatMap(([key, meanings]) => [
      `### ${heading(key)}`,
      [
        "| word | meaning |\n|---|---|",
        ...Object.entries(meanings).map(([word, text]) => `| \`${word}\` | ${cell(text)} |`),
      ].join("\n"),
    ]),
  ].join("\n\n");
}
