/** Writes records as columns for the bundle: what follows from other fields is left out, what occurs often stands once. */
import { gzipSync } from "node:zlib";
import type { Column, Rule } from "../../src/data/unpack.js";

type Rules = Readonly<Record<string, Rule>>;
/** The number of the literal for a shape that occurs so often, or -1. */
type Makers = (keys: readonly string[], times: number) => number;
type Item = Readonly<Record<string, unknown>>;

const FIRST = 40;
const BASE = 52;

/** Numbers as the decoder reads them. */
function numbers(values: readonly number[]): readonly [string, number] {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  let width = 1;
  while (BASE ** width <= most) width += 1;
  const text = values
    .map((value) => {
      let out = "";
      let n = value;
      for (let i = 0; i < width; i++) {
        out = String.fromCharCode(FIRST + (n % BASE)) + out;
        n = Math.floor(n / BASE);
      }
      return out;
    })
    .join("");
  return [text, width];
}

const json = (value: unknown) => JSON.stringify(value);
const weight = (column: unknown) => gzipSync(json(column), { level: 9 }).length;
const isObject = (value: unknown): value is Item =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The distinct values of a column, in order of first occurrence, and which one each row has. */
function distinct(values: readonly unknown[]) {
  const known = new Map<string, number>();
  const words: unknown[] = [];
  const which = values.map((value) => {
    const key = json(value);
    let n = known.get(key);
    if (n === undefined) {
      n = words.length;
      known.set(key, n);
      words.push(value);
    }
    return n;
  });
  return { words, which };
}

/** What differs from what a rule gives; `undefined` where that is most of it, so that the rule doesn't pay. */
function exceptions(values: readonly unknown[], given: readonly unknown[]) {
  const except: [number, unknown][] = [];
  values.forEach((value, row) => {
    if (json(value) !== json(given[row])) except.push([row, value]);
  });
  const scalar = except.every(([, value]) => typeof value !== "object" || value === null);
  return scalar && except.length * 4 <= values.length ? except : undefined;
}

/** What a rule gives for each row; nothing where it fits another kind of object. */
function given(rows: readonly Item[], rule: Rule): unknown[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const of = Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name])]));
  try {
    return rows.map((_, row) => rule(of, row));
  } catch {
    return [];
  }
}

/** More keys than records of one kind have: a map of names of its own. */
const MANY_KEYS = 40;

/** All keys, in an order in which they stand in every record; `undefined` where there is none, or for maps. */
function keysOf(rows: readonly Item[]): string[] | undefined {
  const before = new Map<string, Set<string>>();
  for (const row of rows) {
    const own = Object.keys(row);
    own.forEach((key, i) => {
      const set = before.get(key) ?? new Set();
      before.set(key, set);
      if (i > 0) set.add(own[i - 1] as string);
    });
  }
  if (before.size > MANY_KEYS) return undefined;
  const keys: string[] = [];
  while (keys.length < before.size) {
    const next = [...before].find(
      ([key, earlier]) => !keys.includes(key) && [...earlier].every((k) => keys.includes(k)),
    );
    if (!next) return undefined;
    keys.push(next[0]);
  }
  return keys;
}

function packObjects(rows: readonly Item[], keys: readonly string[], rules: Rules, maker: Makers): Column {
  const shapes = distinct(rows.map((row) => keys.map((k) => (Object.hasOwn(row, k) ? "1" : "0")).join("")));
  const everywhere = keys.filter((k) => rows.every((row) => Object.hasOwn(row, k)));
  const valuesOf = (key: string) => rows.filter((row) => Object.hasOwn(row, key)).map((row) => row[key]);

  const columns = new Map<string, Column>();
  for (const key of everywhere) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    const except = rule && exceptions(valuesOf(key), given(rows, rule));
    if (except) columns.set(key, ["rule", key, except]);
  }
  for (const key of keys) if (!columns.has(key)) columns.set(key, pack(valuesOf(key), rules, maker));
  return [
    "objects",
    keys,
    shapes.words.map((marks, n) => [
      marks as string,
      maker(
        keys.filter((_, k) => (marks as string)[k] === "1"),
        shapes.which.filter((w) => w === n).length,
      ),
    ]),
    shapes.words.length === 1 ? 0 : numbers(shapes.which),
    keys.map((k) => columns.get(k) as Column),
  ];
}

/** The values one by one. */
function inFull(values: readonly unknown[], rules: Rules, maker: Makers): Column {
  if (values.length > 0 && values.every(isObject)) {
    const keys = keysOf(values as Item[]);
    if (keys) return packObjects(values as Item[], keys, rules, maker);
  }
  if (values.length > 0 && values.every(Array.isArray)) {
    const items = values.flat();
    return ["lists", numbers(values.map((v) => v.length)), items.length, pack(items, rules, maker)];
  }
  return values.some((v) => typeof v === "object" && v !== null) ? ["json", values] : ["plain", values];
}

/** The lightest column of some values. */
function pack(values: readonly unknown[], rules: Rules, maker: Makers): Column {
  const full = inFull(values, rules, maker);
  const { words, which } = distinct(values);
  if (words.length * 1.5 > values.length) return full;
  const column: Column = ["words", words.length, inFull(words, rules, maker), numbers(which)];
  // Short text is read faster, and is worth a few bytes of gzip.
  return weight(column) <= weight(full) * 1.05 + 20 ? column : full;
}

/** Shapes of fewer rows than this are put together key by key. */
const OFTEN = 8;

/** A collection as the bundle ships it: its columns, and the code of a literal for each shape that occurs often. */
export function packed(
  rows: readonly object[],
  rules: Rules = {},
): { readonly columns: readonly [number, Column]; readonly makers: string } {
  const literals: string[] = [];
  const maker: Makers = (keys, times) => {
    if (times < OFTEN) return -1;
    const literal = `(c, i) => ({ ${keys.map((key, k) => `${/^[a-z_]\w*$/i.test(key) ? key : json(key)}: c[${k}][i]`).join(", ")} })`;
    const known = literals.indexOf(literal);
    return known < 0 ? literals.push(literal) - 1 : known;
  };
  const columns = [rows.length, pack(rows as Item[], rules, maker)] as const;
  return { columns, makers: `[${literals.join(", ")}]` };
}
