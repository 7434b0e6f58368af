/**
 * Writes records as a module for the bundle: leaves as JSON text, and code that makes the records of them. What occurs often
 * stands once, and what mostly equals another field isn't stored. Engines run such code faster than a reader of any columns:
 * each kind of object has a literal of its own.
 */
import { gzipSync } from "node:zlib";

type Item = Readonly<Record<string, unknown>>;
/** Rows that a guess gets wrong, and the values that they have. */
type Exceptions = readonly [rows: readonly number[], values: readonly unknown[]];

/** How the values of one field, or the items of lists, are stored. */
type Column =
  | readonly [kind: "plain", values: readonly unknown[]]
  /** Values that hold others, as they are. */
  | readonly [kind: "json", values: readonly unknown[]]
  /** Distinct values, and which of them each row has. */
  | readonly [kind: "words", words: Column, which: readonly number[]]
  /** The values of another field. */
  | readonly [kind: "like", other: string, except: Exceptions]
  /** Texts between the values of other fields. */
  | readonly [
      kind: "between",
      before: string | null,
      middle: Column,
      after: string | null,
      except: Exceptions,
    ]
  /** One value for each word of another field. */
  | readonly [kind: "by", other: string, values: Column, except: Exceptions]
  /** Lists: how long each is, and their items. */
  | readonly [kind: "lists", lengths: readonly number[], items: Column]
  /** Objects: the keys of each shape, the shape of each row, and a column for each key. */
  | readonly [
      kind: "objects",
      shapes: readonly (readonly string[])[],
      which: readonly number[],
      columns: ReadonlyMap<string, Column>,
    ];

const json = (value: unknown) =>
  JSON.stringify(value, (_, inner) => (inner instanceof Map ? [...inner] : inner));
const weight = (column: Column) => gzipSync(json(column), { level: 9 }).length;
const isObject = (value: unknown): value is Item =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isScalar = (value: unknown) => typeof value !== "object" || value === null;
/** Only what holds other values needs to be written out to be compared, which most values of a column don't. */
const isEqual = (a: unknown, b: unknown) => a === b || (!isScalar(a) && !isScalar(b) && json(a) === json(b));

/** The distinct values of a column, in order of first occurrence, and which one each row has. */
function distinct<T>(values: readonly T[]): {
  readonly words: readonly T[];
  readonly which: readonly number[];
} {
  const known = new Map<string, number>();
  const words: T[] = [];
  const which = values.map((value) => {
    const key = json(value);
    let n = known.get(key);
    if (n === undefined) {
      n = words.push(value) - 1;
      known.set(key, n);
    }
    return n;
  });
  return { words, which };
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

/** What a guess gets wrong; `undefined` where that is much, or holds other values. */
function exceptions(values: readonly unknown[], guess: (row: number) => unknown): Exceptions | undefined {
  const rows = values.flatMap((value, row) => (isEqual(value, guess(row)) ? [] : [row]));
  const wrong = rows.map((row) => values[row]);
  return wrong.length * 2 <= values.length && wrong.every(isScalar) ? [rows, wrong] : undefined;
}

/** Columns that give the values of a field by those of others, which stand in all rows too. */
function byOthers(
  values: readonly unknown[],
  others: readonly (readonly [key: string, column: Column, values: readonly unknown[]])[],
): Column[] {
  const found: Column[] = [];
  for (const [other, column, of] of others) {
    const same = exceptions(values, (row) => of[row]);
    if (same) found.push(["like", other, same]);
    if (column[0] !== "words") continue;
    const which = column[2];
    const each: unknown[] = [];
    which.forEach((n, row) => {
      if (each[n] === undefined) each[n] = values[row];
    });
    const except = exceptions(values, (row) => each[which[row] as number]);
    if (except) found.push(["by", other, pack(each), except]);
  }
  if (!values.every((value) => typeof value === "string")) return found;
  const mostly = (test: (value: string, part: string) => boolean) => [
    undefined,
    ...others.filter(([, , of]) => {
      const hits = of.filter((part, row) => typeof part === "string" && test(values[row] as string, part));
      return hits.length * 2 > values.length;
    }),
  ];
  for (const first of mostly((value, part) => value.startsWith(part)))
    for (const last of mostly((value, part) => value.endsWith(part))) {
      if (!first && !last) continue;
      // As the module adds them: where a field holds no text, that gives no value of a row, and the row is an exception.
      const ends = (row: number) =>
        [first, last].map((field) => (field ? String(field[2][row]) : "")) as [string, string];
      const middles = values.map((value, row) => {
        const [before, after] = ends(row);
        return value.length >= before.length + after.length &&
          value.startsWith(before) &&
          value.endsWith(after)
          ? value.slice(before.length, value.length - after.length)
          : "";
      });
      const except = exceptions(values, (row) => ends(row).join(middles[row]));
      if (except) found.push(["between", first?.[0] ?? null, pack(middles), last?.[0] ?? null, except]);
    }
  return found;
}

function packObjects(rows: readonly Item[], keys: readonly string[]): Column {
  const shapes = distinct(rows.map((row) => keys.filter((key) => Object.hasOwn(row, key))));
  const everywhere = keys.filter((key) => shapes.words.every((shape) => shape.includes(key)));
  const valuesOf = (key: string) => rows.filter((row) => Object.hasOwn(row, key)).map((row) => row[key]);
  const columns = new Map(keys.map((key) => [key, pack(valuesOf(key))]));
  // A field by which others are given keeps its column, and one that is given by another gives none.
  const giving = new Set<unknown>();
  const given = new Set<string>();
  for (const key of everywhere) {
    if (giving.has(key)) continue;
    const others = everywhere
      .filter((other) => other !== key && !given.has(other))
      .map((other) => [other, columns.get(other) as Column, valuesOf(other)] as const);
    const own = columns.get(key) as Column;
    const column = lightest([own, ...byOthers(valuesOf(key), others)]);
    if (column === own) continue;
    columns.set(key, column);
    given.add(key);
    giving.add(column[1]);
    if (column[0] === "between") giving.add(column[3]);
  }
  return ["objects", shapes.words, shapes.which, columns];
}

const lightest = (columns: readonly Column[]) => columns.reduce((a, b) => (weight(b) < weight(a) ? b : a));

/** With fewer rows than this for each of their shapes, objects are better kept as they are. */
const ROWS_A_SHAPE = 4;

/** The values one by one. */
function inFull(values: readonly unknown[]): Column {
  if (values.length > 0 && values.every(isObject)) {
    const shapes = new Set(values.map((value) => json(Object.keys(value)))).size;
    const keys = shapes * ROWS_A_SHAPE <= values.length ? keysOf(values) : undefined;
    if (keys) return packObjects(values, keys);
  }
  if (values.length > 0 && values.every(Array.isArray))
    return ["lists", values.map((list) => list.length), pack(values.flat())];
  return [values.every(isScalar) ? "plain" : "json", values];
}

/** The lightest column of some values. */
function pack(values: readonly unknown[]): Column {
  const full = inFull(values);
  const { words, which } = distinct(values);
  if (words.length * 1.5 > values.length) return full;
  const column: Column = ["words", inFull(words), which];
  // Shared values are fewer to make, and are worth a few bytes.
  return weight(column) <= weight(full) * (words.length * 5 < values.length ? 1.3 : 1.05) + 20
    ? column
    : full;
}

/** How a value is read: code for the value in row `i`, and the name of a list with as many rows as the column. */
interface Cell {
  readonly value: string;
  readonly rows: string;
}

/** Leaves of one kind stand together, so that gzip finds in one what it has seen in another: days, ids, prose, numbers. */
const KINDS = [/^\["?\d[^ ]*"/, /^\["[^ A-Z"]+"/, /"/];
const kindOf = (leaf: unknown) => {
  const kind = KINDS.findIndex((text) => text.test(json(leaf)));
  return kind < 0 ? KINDS.length : kind;
};

const nameOf = (key: string) => (/^[a-z_]\w*$/i.test(key) ? key : json(key));

/**
 * What a module needs to make records: the leaves, and the body of a function that makes the records of them (`d`). Makers of
 * all shapes stand in one function: engines compile it once, and don't optimise one of its size while it runs once.
 */
export function packed(rows: readonly object[]): {
  readonly leaves: readonly unknown[];
  readonly body: string;
} {
  const leaves: unknown[] = [];
  const lines: string[] = [];
  let count = 0;
  const define = (code: string, keyword = "const") => {
    const name = `v${count++}`;
    lines.push(`${keyword} ${name} = ${code};`);
    return name;
  };
  const leaf = (value: unknown) => define(`d[${leaves.push(value) - 1}]`);

  function cellOf(column: Column): Cell {
    if (column[0] !== "words") {
      const list = listOf(column);
      return { value: `${list}[i]`, rows: list };
    }
    const words = listOf(column[1]);
    const which = leaf(column[2]);
    return { value: `${words}[${which}[i]]`, rows: which };
  }

  function objects([, shapes, which, columns]: Extract<Column, readonly ["objects", ...unknown[]]>): string {
    const cells = new Map<string, Cell>();
    const read = (key: string): Cell => {
      const column = columns.get(key) as Column;
      const patch = (rows: string, value: string, except: Exceptions): Cell => {
        const list = define(
          `patched(${rows}.map((_, i) => ${value}), ${leaf(except[0])}, ${leaf(except[1])})`,
        );
        return { value: `${list}[i]`, rows: list };
      };
      if (column[0] === "like") {
        const { value, rows } = cell(column[1]);
        return patch(rows, value, column[2]);
      }
      if (column[0] === "between") {
        const middle = cellOf(column[2]);
        const parts = [column[1] && cell(column[1]).value, middle.value, column[3] && cell(column[3]).value];
        return patch(middle.rows, parts.filter(Boolean).join(" + "), column[4]);
      }
      if (column[0] === "by") {
        const { rows } = cell(column[1]);
        const value = `${listOf(column[2])}[${rows}[i]]`;
        return column[3][0].length === 0 ? { value, rows } : patch(rows, value, column[3]);
      }
      const dense = cellOf(column);
      if (shapes.every((shape) => shape.includes(key))) return dense;
      // The column of a field that some rows lack has values for the others only.
      const next = define("0", "let");
      return { value: dense.value.replace("[i]", `[${next}++]`), rows: "" };
    };
    const cell = (key: string): Cell => {
      const known = cells.get(key) ?? read(key);
      cells.set(key, known);
      return known;
    };
    const literals = shapes.map(
      (shape) => `Object.freeze({ ${shape.map((key) => `${nameOf(key)}: ${cell(key).value}`).join(", ")} })`,
    );
    return shapes.length === 1
      ? `${[...cells.values()][0]?.rows}.map((_, i) => ${literals[0]})`
      : `${leaf(which)}.map((shape, i) => { switch (shape) { ${literals.map((literal, n) => `case ${n}: return ${literal};`).join("\n")} } })`;
  }

  /** The name of a list of all values. */
  function listOf(column: Column): string {
    switch (column[0]) {
      case "plain":
        return leaf(column[1]);
      case "json":
        return define(`${leaf(column[1])}.map(deepFreeze)`);
      case "words": {
        const { value, rows } = cellOf(column);
        return define(`${rows}.map((_, i) => ${value})`);
      }
      case "lists":
        return define(`lists(${listOf(column[2])}, ${leaf(column[1])})`);
      case "objects":
        return define(objects(column));
      default:
        throw new Error("This column stands beside others only.");
    }
  }
  const all = listOf(pack(rows));
  const order = leaves.map((_, n) => n).sort((a, b) => kindOf(leaves[a]) - kindOf(leaves[b]));
  const body = `${lines.join("\n")}\nreturn Object.freeze(${all});`;
  return {
    leaves: order.map((n) => leaves[n]),
    body: body.replace(/\bd\[(\d+)\]/g, (_, n) => `d[${order.indexOf(Number(n))}]`),
  };
}
