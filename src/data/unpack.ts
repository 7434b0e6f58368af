/**
 * Turns the columns in which the build ships the large collections back into plain records, deeply frozen. What can be worked
 * out from other fields isn't stored, and what occurs often is stored once. `scripts/packing/pack.ts` writes the columns.
 */

import { deepFreeze } from "../freeze.js";

/** Whole numbers as text, `width` characters each, in base 52 from "(" on: no character needs an escape. */
type Numbers = readonly [text: string, width: number];

/** Rows for which a rule gives another value than the records hold, with that value. */
type Exceptions = readonly (readonly [row: number, value: unknown])[];

/** One value for each row. @internal */
export type Column =
  | readonly [kind: "plain", values: readonly unknown[]]
  /** Values that hold others, as they are. */
  | readonly [kind: "json", values: readonly unknown[]]
  /** Distinct values, and which of them each row has. */
  | readonly [kind: "words", size: number, words: Column, which: Numbers]
  /** Lists: how long each is, and their items. */
  | readonly [kind: "lists", lengths: Numbers, size: number, items: Column]
  /** Objects: names of keys; the shapes, each with a mark for every key and its maker, if it has one; the shape of each row; and a column for each key. */
  | readonly [
      kind: "objects",
      keys: readonly string[],
      shapes: readonly (readonly [marks: string, maker: number])[],
      which: Numbers | 0,
      columns: readonly Column[],
    ]
  /** What a rule works out from other keys. */
  | readonly [kind: "rule", name: string, except: Exceptions];

/** The values of each key, row by row. */
type Columns = Readonly<Record<string, readonly unknown[]>>;
/** Works a value out of what other keys hold in a row. @internal */
export type Rule = (of: Columns, row: number) => unknown;
/** Makes the object of a row as a literal, which engines do much faster than they add keys. @internal */
export type Maker = (columns: readonly (readonly unknown[])[], row: number) => object;

const FIRST = 40;
const BASE = 52;

/** Whole numbers, or what stands in a list at those places. */
function numbers([text, width]: Numbers, words?: readonly unknown[]): unknown[] {
  const size = text.length / width;
  const found: unknown[] = new Array(size);
  if (width === 1)
    for (let i = 0; i < size; i++) {
      const n = text.charCodeAt(i) - FIRST;
      found[i] = words ? words[n] : n;
    }
  else
    for (let i = 0, at = 0; i < size; i++) {
      let n = 0;
      for (const end = at + width; at < end; at++) n = n * BASE + text.charCodeAt(at) - FIRST;
      found[i] = words ? words[n] : n;
    }
  return found;
}

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);

function lists(lengths: Numbers, items: readonly unknown[]): unknown[] {
  const found = numbers(lengths);
  for (let i = 0, at = 0; i < found.length; i++) {
    const length = found[i] as number;
    found[i] = length === 0 ? NONE : Object.freeze(items.slice(at, at + length));
    at += length;
  }
  return found;
}

/** Puts the object of a rare shape together key by key. */
const byKey =
  (keys: readonly string[]): Maker =>
  (columns, row) => {
    const object: Record<string, unknown> = {};
    for (let k = 0; k < keys.length; k++) object[keys[k] as string] = columns[k]?.[row];
    return object;
  };

/** Reads the columns of one collection. */
function reader(rules: Readonly<Record<string, Rule>>, makers: readonly Maker[]) {
  function objects(
    [, keys, shapes, which, columns]: Extract<Column, readonly ["objects", ...unknown[]]>,
    rows: number,
  ): unknown[] {
    const shapeOf = which === 0 ? undefined : (numbers(which) as number[]);
    const counts: number[] = shapes.map(() => 0);
    if (shapeOf) for (const shape of shapeOf) counts[shape] = (counts[shape] as number) + 1;
    const of: Record<string, unknown[]> = {};
    keys.forEach((key, k) => {
      const column = columns[k] as Column;
      if (column[0] === "rule") return;
      const has = shapes.map(([marks]) => marks[k] === "1");
      if (!shapeOf || !has.includes(false)) {
        of[key] = read(column, rows);
        return;
      }
      const values = read(
        column,
        counts.reduce((sum, count, shape) => (has[shape] ? sum + count : sum), 0),
      );
      const spread: unknown[] = new Array(rows);
      for (let row = 0, at = 0; row < rows; row++)
        if (has[shapeOf[row] as number]) spread[row] = values[at++];
      of[key] = spread;
    });
    keys.forEach((key, k) => {
      const column = columns[k] as Column;
      if (column[0] !== "rule") return;
      const rule = rules[column[1]] as Rule;
      const found: unknown[] = new Array(rows);
      for (let row = 0; row < rows; row++) found[row] = rule(of, row);
      for (const [row, value] of column[2]) found[row] = value;
      of[key] = found;
    });
    const own = shapes.map(([marks]) => keys.filter((_, k) => marks[k] === "1"));
    const values = own.map((names) => names.map((name) => of[name] as unknown[]));
    const makes = shapes.map(([, maker], shape) => makers[maker] ?? byKey(own[shape] as string[]));
    const made: unknown[] = new Array(rows);
    for (let row = 0; row < rows; row++) {
      const shape = shapeOf ? (shapeOf[row] as number) : 0;
      made[row] = Object.freeze((makes[shape] as Maker)(values[shape] as unknown[][], row));
    }
    return made;
  }

  function read(column: Column, rows: number): unknown[] {
    switch (column[0]) {
      case "words":
        return numbers(column[3], read(column[2], column[1]));
      case "lists":
        return lists(column[1], read(column[3], column[2]));
      case "objects":
        return objects(column, rows);
      case "json":
        return (column[1] as unknown[]).map(deepFreeze);
      default:
        return column[1] as unknown[];
    }
  }
  return read;
}

/**
 * The records of a collection.
 *
 * @param rules - how to work out what isn't stored.
 * @param makers - a literal for each shape that occurs often.
 * @internal
 */
export function unpack<R>(
  [rows, column]: readonly [rows: number, column: Column],
  rules: Readonly<Record<string, Rule>> = {},
  makers: readonly Maker[] = [],
): readonly R[] {
  return Object.freeze(reader(rules, makers)(column, rows)) as readonly R[];
}
