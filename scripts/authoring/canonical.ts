/** The one way in which a record is written: order of keys, quotes, layout. It changes how a record is written, never what it says. */
import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, type Pair, parseDocument, Scalar, visit, type YAMLMap } from "yaml";
import type * as z from "zod";
import { RECORD_SCHEMAS, TRACKING } from "./schemas.js";
import { fieldsOf, itemsOf } from "./shape.js";

export interface Canonical {
  readonly text: string;
  /** What was changed, in words. */
  readonly changes: readonly string[];
}

/** First line of a record, by which editors find its schema. */
export const modeline = (collection: keyof typeof RECORD_SCHEMAS) =>
  `# yaml-language-server: $schema=../../schema/authoring/${collection.slice(0, -1)}.schema.json`;

/** Layout of records: a line an item, texts never folded, quotes only where a reader of YAML 1.1 or 1.2 would see no text. */
export const LAYOUT = { indent: 2, indentSeq: true, lineWidth: 0, singleQuote: false } as const;
export const READING = { compat: "yaml-1.1", strict: true, uniqueKeys: false } as const;

/** A text without what copying brings along: unusual spaces, several in a row, spaces at the ends. */
const tidy = (text: string) =>
  text
    .replace(/[^\S\n ]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();

/** An address without the parameters by which sites follow readers; everything else stays as it is. */
export function withoutTracking(address: string): string {
  const [, path = address, query, hash = ""] = /^([^?#]*)\?([^#]*)(#.*)?$/.exec(address) ?? [];
  if (query === undefined) return address;
  const kept = query.split("&").filter((part) => !TRACKING.test(part.split("=")[0] as string));
  return `${path}${kept.length > 0 ? `?${kept.join("&")}` : ""}${hash}`;
}

const keyOf = (pair: Pair) => String(isScalar(pair.key) ? pair.key.value : pair.key);

/** Puts the keys of a map and of everything in it into the order of the schema; keys that it doesn't know stay behind the others. */
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

/** An empty line stands between keys, never before the first. */
function spaceFromFirst(map: YAMLMap) {
  const key = map.items[0]?.key;
  if (isScalar(key)) key.spaceBefore = false;
}

/** Mends of the text itself, before it is parsed; they are all that tables get, whose layout is drawn by hand. */
export function mendText(text: string): Canonical {
  const changes: string[] = [];
  const mend = (what: string, to: (text: string) => string) => {
    const next = to(text);
    if (next !== text) changes.push(what);
    text = next;
  };
  mend("byte-order mark taken off", (t) => t.replace(/^\uFEFF/, ""));
  mend("line ends", (t) => t.replace(/\r\n?/g, "\n"));
  mend("letters composed (NFC)", (t) => t.normalize("NFC"));
  mend("spaces at line ends", (t) => t.replace(/[ \t]+$/gm, ""));
  mend("one line feed at the end", (t) => `${t.replace(/\n+$/, "")}\n`);
  return { text, changes };
}

/** The canonical form of a record's text. Undefined when it is no YAML: there is nothing to put in order then. */
export function canonical(collection: keyof typeof RECORD_SCHEMAS, source: string): Canonical | undefined {
  const mended = mendText(source);
  const changes = [...mended.changes];
  const head = modeline(collection);
  const body = mended.text.replace(/^# yaml-language-server:.*\n/, "");
  if (!mended.text.startsWith(`${head}\n`)) changes.push("first line for editors");

  const doc = parseDocument(body, READING);
  if (doc.errors.length > 0 || !isMap(doc.contents)) return undefined;
  visit(doc, {
    Pair: (_, pair) => {
      const value = pair.value;
      if (!isScalar(value) || typeof value.value !== "string") return;
      const text = tidy(value.value);
      if (text !== value.value) changes.push(`spaces in ${keyOf(pair)}`);
      const address = /^(?:url|archivedUrl)$/.test(keyOf(pair)) ? withoutTracking(text) : text;
      if (address !== text) changes.push(`tracking parameters off ${keyOf(pair)}`);
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
