/** The one way in which a record is written: order of keys, quotes, layout. It changes how a record is written, never what it says. */
import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, type Pair, parseDocument, Scalar, visit, type YAMLMap } from "yaml";
import type * as z from "zod";
import { RECORD_SCHEMAS, TRACKING } from "../read/schemas.js";
import { branches, fieldsOf, itemsOf } from "../read/shape.js";

export interface Canonical {
  readonly text: string;
  /** What was changed, in words. */
  readonly changes: readonly string[];
}

/** First line of a record, by which editors find its schema. */
export const modeline = (collection: keyof typeof RECORD_SCHEMAS) =>
  `# yaml-language-server: $schema=../../schema/authoring/${collection.slice(0, -1)}.schema.json`;

/** Layout of records: one line per item, texts never folded, quotes only where YAML 1.1 or 1.2 would not read text. */
export const LAYOUT = { indent: 2, indentSeq: true, lineWidth: 0, singleQuote: false } as const;
export const READING = { compat: "yaml-1.1", strict: true, uniqueKeys: false } as const;

/** Removes what copying brings along: unusual spaces, several in a row, spaces at the ends. */
const tidy = (text: string) =>
  text
    .replace(/[^\S\n ]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();

/** Removes the parameters by which sites track readers, and nothing else. */
export function withoutTracking(address: string): string {
  const [, path = address, query, hash = ""] = /^([^?#]*)\?([^#]*)(#.*)?$/.exec(address) ?? [];
  if (query === undefined) return address;
  const kept = query.split("&").filter((part) => !TRACKING.test(part.split("=")[0] as string));
  return `${path}${kept.length > 0 ? `?${kept.join("&")}` : ""}${hash}`;
}

const keyOf = (pair: Pair) => String(isScalar(pair.key) ? pair.key.value : pair.key);

/** Sorts the keys of a map, and of everything in it, in the order of the schema; unknown keys come last. */
export function orderKeys(
  node: unknown,
  schema: z.ZodType | undefined,
  moved = new Set<string>(),
): Set<string> {
  if (schema === undefined) return moved;
  if (isSeq(node)) for (const item of node.items) orderKeys(item, itemsOf(schema), moved);
  if (!isMap(node)) return moved;
  const fields = fieldsOf(schema);
  const rank = new Map(fields.map((f, i) => [f.key, i]));
  if (fields.length > 0) {
    const before = node.items.map(keyOf);
    const [first] = node.items;
    node.items.sort((a, b) => (rank.get(keyOf(a)) ?? 99) - (rank.get(keyOf(b)) ?? 99));
    node.items.forEach((pair, i) => {
      if (keyOf(pair) !== before[i]) moved.add(keyOf(pair));
    });
    if (node.items[0] !== first) spaceFromFirst(node);
  }
  for (const pair of node.items)
    orderKeys(pair.value, fields.find((f) => f.key === keyOf(pair))?.schema ?? itemsOf(schema), moved);
  return moved;
}

/** Removes the empty line before the first key. */
function spaceFromFirst(map: YAMLMap) {
  const key = map.items[0]?.key;
  if (isScalar(key)) key.spaceBefore = false;
}

/** Corrects the text itself, before it is parsed. Tables get no more than this, as their layout is drawn by hand. */
export function tidyText(text: string): Canonical {
  const changes: string[] = [];
  const step = (what: string, to: (text: string) => string) => {
    const next = to(text);
    if (next !== text) changes.push(what);
    text = next;
  };
  step("byte-order mark removed", (t) => t.replace(/^\uFEFF/, ""));
  step("line ends", (t) => t.replace(/\r\n?/g, "\n"));
  step("letters composed (NFC)", (t) => t.normalize("NFC"));
  step("spaces at line ends", (t) => t.replace(/[ \t]+$/gm, ""));
  step("one line feed at the end", (t) => `${t.replace(/\n+$/, "")}\n`);
  return { text, changes };
}

/** Quotes bare years where the schema accepts text too (`during: 2021`), so that every date has one form. */
function labels(node: unknown, schema: z.ZodType | undefined): number {
  if (schema === undefined) return 0;
  if (isSeq(node)) return node.items.reduce<number>((n, item) => n + labels(item, itemsOf(schema)), 0);
  if (!isMap(node)) return 0;
  const fields = new Map(fieldsOf(schema).map((f) => [f.key, f.schema]));
  return node.items.reduce((n, pair) => {
    const field = fields.get(keyOf(pair)) ?? itemsOf(schema);
    const types = new Set(field ? branches(field).map((b) => b.def.type as string) : []);
    const { value } = pair;
    if (isScalar(value) && typeof value.value === "number" && types.has("string") && types.has("number")) {
      value.value = String(value.value);
      return n + 1;
    }
    return n + labels(value, field);
  }, 0);
}

/** The canonical form of a record's text. Undefined unless it is a map whose keys are unique, so that nothing can be lost. */
export function canonical(collection: keyof typeof RECORD_SCHEMAS, source: string): Canonical | undefined {
  const tidied = tidyText(source);
  const changes = [...tidied.changes];
  const head = modeline(collection);
  const body = tidied.text.replace(/^# yaml-language-server:.*\n/, "");
  if (!tidied.text.startsWith(`${head}\n`)) changes.push("first line for editors");

  const doc = parseDocument(body, { ...READING, uniqueKeys: true });
  if (doc.errors.length > 0 || !isMap(doc.contents)) return undefined;
  const years = labels(doc.contents, RECORD_SCHEMAS[collection]);
  if (years > 0) changes.push("quotes around years");
  visit(doc, {
    Pair: (_, pair) => {
      const value = pair.value;
      if (!isScalar(value) || typeof value.value !== "string") return;
      const text = tidy(value.value);
      if (text !== value.value) changes.push(`spaces in ${keyOf(pair)}`);
      const isUrl = /^(?:url|archivedUrl)$/.test(keyOf(pair));
      const plain = isUrl ? withoutTracking(text) : text;
      if (plain !== text) changes.push(`tracking parameters removed from ${keyOf(pair)}`);
      const address = isUrl ? plain.replace(/[^\x21-\x7e]+/g, encodeURIComponent) : plain;
      if (address !== plain) changes.push(`letters outside ASCII encoded in ${keyOf(pair)}`);
      value.value = address;
    },
    Scalar: (_, node) => {
      if (typeof node.value !== "string") return;
      node.value = tidy(node.value);
      node.type = Scalar.PLAIN;
    },
    Collection: (_, node) => {
      node.flow = node.items.length === 0;
    },
  });
  const wanted = doc.toJS() as unknown;
  const moved = orderKeys(doc.contents, RECORD_SCHEMAS[collection]);
  if (moved.size > 0) changes.push(`order of keys: ${[...moved].join(", ")}`);
  const text = `${head}\n${doc.toString(LAYOUT)}`;
  if (!isDeepStrictEqual(parseDocument(text).toJS(), wanted))
    throw new Error("the record would not say the same: nothing was changed");
  if (changes.length === 0 && text !== source) changes.push("quotes and layout");
  return { text, changes: text === source ? [] : changes };
}
