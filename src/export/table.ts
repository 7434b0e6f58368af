/** Tables: how records are laid flat. Their columns are derived from the schemas by the build. */

import { liveClaims } from "../claims.js";
import { dayNumber } from "../dates.js";
import { CpecDataError } from "../errors.js";
import tables from "../generated/tables.json" with { type: "json" };
import { dimensionKey } from "../keys.js";
import type { ObservationRecord } from "../types.js";

/**
 * How a column is written. `list` holds ids, `texts` texts, `records` objects, `map` texts by name; `json` anything else.
 * @group Types
 */
export type ColumnType =
  | "string"
  | "number"
  | "integer"
  | "boolean"
  | "date"
  | "list"
  | "texts"
  | "records"
  | "map"
  | "json";

/** A column of a table. @group Types */
export interface Column {
  readonly name: string;
  /** Where its value stands in the record. */
  readonly path: readonly string[];
  readonly type: ColumnType;
  readonly required: boolean;
  readonly description: string;
  /** The closed values that it can have. */
  readonly values?: readonly string[];
  /** The table whose id it holds. */
  readonly references?: string;
  /** The columns of the records that it holds. */
  readonly fields?: readonly Column[];
}

/** A table: one row for each record of a collection, or for each item of a list inside its records. @group Types */
export interface Table {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The collection whose records it is made of. */
  readonly of: string;
  /** The list inside each record whose items are its rows. */
  readonly list?: string;
  /** Its primary key. */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

/**
 * All tables of the exports, with their columns, keys and references.
 * @group Data
 */
export const TABLES: readonly Table[] = tables;

/** A record as the exports take it: one of the dataset, or of your own in the same shape. @group Types */
export type Row = object;
/** A value of a cell. */
export type Cell = unknown;

/** @internal */
export function tableOf(name: string): Table {
  const table = TABLES.find((t) => t.name === name);
  if (table) return table;
  throw new CpecDataError("UNKNOWN_ID", `There is no table "${String(name)}".`, {
    hint: `Expected one of ${TABLES.map((t) => t.name).join(", ")}.`,
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The value at a path, `null` where there is none. Own properties only. */
function at(row: unknown, path: readonly string[]): Cell {
  let value = row;
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return null;
    value = value[key];
  }
  return value ?? null;
}

const DERIVED: Readonly<Record<string, (row: ObservationRecord) => Cell>> = {
  dimension_key: dimensionKey,
  days: ({ start, end }) =>
    typeof start === "string" && typeof end === "string" ? dayNumber(end) - dayNumber(start) + 1 : null,
  retracted: ({ claims }) => claims.length > 0 && liveClaims(claims).length === 0,
};

/** The rows of a table as arrays of cells, in the order of its columns. @internal */
export function* cellsOf(table: Table, records: Iterable<Row>): Generator<Cell[]> {
  let n = 0;
  for (const record of records) {
    n += 1;
    if (!isObject(record))
      throw new CpecDataError("INVALID_DATA", `Row ${n} is ${record === null ? "null" : typeof record}.`, {
        hint: `Expected an object as in the collection ${table.of}.`,
      });
    if (table.list === undefined) {
      yield table.columns.map((c) => {
        if (c.path.length > 0) return at(record, c.path);
        const { claims } = record as unknown as ObservationRecord;
        if (!Array.isArray(claims) || !isObject(record.dimensions))
          throw new CpecDataError("INVALID_DATA", `Row ${n} has no claims or no dimensions.`, {
            ids: [String(record.id)],
            hint: "Expected an observation; check it with observationSchema of cpec-it-data/schema.",
          });
        return (DERIVED[c.name] as (row: ObservationRecord) => Cell)(record as unknown as ObservationRecord);
      });
      continue;
    }
    const owner = at(record, ["id"]);
    const list = at(record, table.list.split("."));
    const columns = table.columns.slice(2);
    if (Array.isArray(list))
      for (const [i, item] of list.entries())
        yield [owner, i + 1, ...columns.map((c) => (c.path.length > 0 ? at(item, c.path) : item))];
    else if (isObject(list)) for (const name of Object.keys(list).sort()) yield [owner, name, list[name]];
  }
}

/** Rows of any shape, laid flat: objects by path (`group_year`), columns in the order in which they occur. @internal */
export function flatten(rows: Iterable<Row>): { columns: string[]; cells: Map<string, Cell>[] } {
  const columns = new Set<string>();
  const cells: Map<string, Cell>[] = [];
  let n = 0;
  for (const row of rows) {
    n += 1;
    if (!isObject(row) || Array.isArray(row))
      throw new CpecDataError("INVALID_DATA", `Row ${n} is not an object.`, {
        hint: "Expected objects, such as records or the result of aggregate().",
      });
    const flat = new Map<string, Cell>();
    const lay = (value: Readonly<Record<string, unknown>>, at: string, above: readonly unknown[]) => {
      if (above.includes(value))
        throw new CpecDataError("INVALID_DATA", `Row ${n} holds itself at "${at}".`, {
          hint: "Expected objects of plain values.",
        });
      for (const [key, inner] of Object.entries(value)) {
        const name = at === "" ? key : `${at}_${key}`;
        if (isObject(inner) && !Array.isArray(inner) && Object.keys(inner).length > 0)
          lay(inner, name, [...above, value]);
        else {
          columns.add(name);
          flat.set(name, inner);
        }
      }
    };
    lay(row, "", []);
    cells.push(flat);
  }
  return { columns: [...columns], cells };
}
