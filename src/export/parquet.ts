import { parquetWriteBuffer } from "hyparquet-writer/src/write.js";
import { CpecDataError } from "../errors.js";
import { asJson } from "./cell.js";
import { type Cell, type Column, cellsOf, type Row, type Table, tableOf } from "./table.js";

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]["schema"]>[number];
type Repetition = "OPTIONAL" | "REQUIRED";

const text = (name: string, repetition_type: Repetition): SchemaElement => ({
  name,
  type: "BYTE_ARRAY",
  converted_type: "UTF8",
  repetition_type,
});
const listOf = (
  name: string,
  repetition_type: Repetition,
  element: readonly SchemaElement[],
): SchemaElement[] => [
  { name, repetition_type, converted_type: "LIST", num_children: 1 },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  ...element,
];

/** The elements of a column in the schema of the file, in preorder. */
function elementsOf({ name, type, required, fields = [] }: Column): SchemaElement[] {
  const repetition_type = required ? "REQUIRED" : "OPTIONAL";
  switch (type) {
    case "number":
      return [{ name, type: "DOUBLE", repetition_type }];
    case "integer":
      return [{ name, type: "INT32", repetition_type }];
    case "boolean":
      return [{ name, type: "BOOLEAN", repetition_type }];
    case "date":
      return [{ name, type: "INT32", converted_type: "DATE", repetition_type }];
    case "list":
    case "texts":
      return listOf(name, repetition_type, [text("element", "REQUIRED")]);
    case "records":
      return listOf(name, repetition_type, [
        { name: "element", repetition_type: "REQUIRED", num_children: fields.length },
        ...fields.flatMap((field) => elementsOf(plain(field))),
      ]);
    case "map":
      return [
        { name, repetition_type, converted_type: "MAP", num_children: 1 },
        { name: "key_value", repetition_type: "REPEATED", num_children: 2 },
        text("key", "REQUIRED"),
        text("value", "REQUIRED"),
      ];
    default:
      return [text(name, repetition_type)];
  }
}

/** Lists inside a list are JSON text: few readers go deeper. */
const plain = (field: Column): Column =>
  ["list", "texts", "records", "map"].includes(field.type) ? { ...field, type: "json" } : field;

const KINDS = {
  number: "number",
  integer: "number",
  boolean: "boolean",
  string: "string",
  date: "string",
} as const;

/** A cell as the writer takes it. */
function stored(column: Column, cell: Cell): unknown {
  const { type, name, fields = [] } = column;
  const wrong = (expected: string): never => {
    throw new CpecDataError("INVALID_DATA", `Column "${name}" holds ${show(cell)}.`, {
      hint: `Expected ${expected}.`,
    });
  };
  if (cell === null || cell === undefined)
    return column.required ? wrong(`a value: ${column.description}`) : undefined;
  if (type === "json") return asJson(cell);
  if (type === "map")
    return typeof cell === "object" && Object.values(cell).every((v) => typeof v === "string")
      ? Object.keys(cell)
          .sort()
          .map((key) => ({ key, value: (cell as Record<string, string>)[key] }))
      : wrong("an object of texts");
  if (type === "list" || type === "texts")
    return Array.isArray(cell) && cell.every((v) => typeof v === "string") ? cell : wrong("a list of texts");
  if (type === "records") {
    if (!Array.isArray(cell)) return wrong("a list of objects");
    return cell.map((item) =>
      Object.fromEntries(
        fields.map((field) => [field.name, stored(plain(field), field.path.reduce<unknown>(step, item))]),
      ),
    );
  }
  if (typeof cell !== KINDS[type]) wrong(`a ${KINDS[type]}`);
  if (type !== "date") return cell;
  const day = Date.parse(`${cell}T00:00:00Z`) / 86_400_000;
  return Number.isInteger(day) ? day : wrong("an ISO day such as 2021-09-23");
}
const step = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
const show = (value: unknown) => {
  try {
    return String(JSON.stringify(value)).slice(0, 80);
  } catch {
    return typeof value;
  }
};

/**
 * Writes records as a Parquet file with typed columns: days as DATE, numbers as DOUBLE, lists as LIST, claims as a LIST of
 * structs, dimensions as MAP. Compressed with Snappy; equal rows give equal bytes.
 *
 * @param rows - records of the collection that the table is made of; inputs are not changed.
 * @param options - `table`: the table whose columns to write, see {@link TABLES}.
 * @throws CpecDataError `UNKNOWN_ID` for a table that does not exist, `INVALID_DATA` for a value of another type.
 * @example
 * ```ts
 * import { observations } from "cpec-it-data";
 * import { toParquet } from "cpec-it-data/export";
 * const file = toParquet(observations, { table: "observations" });
 * console.log(new TextDecoder().decode(file.subarray(0, 4))); // → PAR1
 * ```
 * @group Formats
 */
export function toParquet(rows: Iterable<Row>, options: { readonly table: string }): Uint8Array {
  const table: Table = tableOf(options?.table);
  const data = table.columns.map((): unknown[] => []);
  for (const cells of cellsOf(table, rows))
    table.columns.forEach((column, i) => void data[i]?.push(stored(column, cells[i])));
  const root: SchemaElement = { name: "root", num_children: table.columns.length };
  return new Uint8Array(
    parquetWriteBuffer({
      schema: [root, ...table.columns.flatMap(elementsOf)],
      columnData: table.columns.map(({ name }, i) => ({ name, data: data[i] as unknown[] })),
      createdBy: "cpec-it-data",
    }),
  );
}
