import info from "../generated/dataset.json" with { type: "json" };
import { type Column, type ColumnType, TABLES, type Table, tableOf } from "./table.js";

/** A field of a table schema, as Data Package v2 has it. @group Types */
export interface PackageField {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly constraints?: {
    readonly required?: true;
    readonly enum?: readonly string[];
    readonly unique?: true;
  };
}

/** A table of the package. @group Types */
export interface PackageResource {
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly type: "table";
  readonly format: "csv";
  readonly mediatype: "text/csv";
  readonly encoding: "utf-8";
  readonly bytes?: number;
  readonly hash?: string;
  readonly schema: {
    readonly fields: readonly PackageField[];
    readonly missingValues: readonly [""];
    readonly primaryKey: readonly string[];
    readonly foreignKeys?: readonly {
      readonly fields: readonly string[];
      /** No `resource` for a key into the table itself. */
      readonly reference: { readonly resource?: string; readonly fields: readonly string[] };
    }[];
  };
}

/** A descriptor of Data Package v2. @group Types */
export interface DataPackage {
  readonly $schema: string;
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly licenses: readonly { readonly name: string; readonly path: string; readonly title: string }[];
  readonly contributors: readonly { readonly title: string; readonly roles: readonly string[] }[];
  readonly resources: readonly PackageResource[];
}

const TYPES: Readonly<Record<ColumnType, string>> = {
  string: "string",
  number: "number",
  integer: "integer",
  boolean: "boolean",
  date: "date",
  // The standard knows a type "list", but its official profile does not, so that checkers would refuse it.
  list: "string",
  texts: "array",
  records: "array",
  map: "object",
  json: "object",
};

function fieldOf(table: Table, { name, type, description, required, values }: Column): PackageField {
  const constraints = {
    ...(required ? ({ required: true } as const) : {}),
    ...(table.key.length === 1 && table.key[0] === name ? ({ unique: true } as const) : {}),
    ...(values ? { enum: values } : {}),
  };
  // An empty list is an empty cell.
  const has = Object.keys(constraints).length > 0 && type !== "list" && name !== "dimension_key";
  return {
    name,
    type: TYPES[type],
    description: type === "list" ? `${description} Ids joined by ";".` : description,
    ...(has ? { constraints } : {}),
  };
}

/**
 * The descriptor of the CSV files (Data Package v2): each table with its fields and their meaning, closed values, primary
 * key and foreign keys. The unit of an observation is the column `unit`, a key into the table `units`.
 *
 * @param options - `tables`: the tables to describe, all by default; keys into tables left out are left out too.
 * `files`: size and SHA-256 of files, by path, when they are known.
 * @throws CpecDataError `UNKNOWN_ID` for a table that does not exist.
 * @see Data Package v2, https://datapackage.org
 * @example
 * ```ts
 * import { toDataPackage } from "cpec-it-data/export";
 * const { resources } = toDataPackage({ tables: ["events", "event_sectors", "sectors"] });
 * console.log(resources[1]?.schema.foreignKeys?.length); // → 2
 * ```
 * @group Formats
 */
export function toDataPackage(
  options: {
    readonly tables?: readonly string[];
    readonly files?: Readonly<Record<string, { readonly bytes: number; readonly hash: string }>>;
  } = {},
): DataPackage {
  const tables = options.tables ? options.tables.map(tableOf) : TABLES;
  const present = new Set(tables.map((t) => t.name));
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: info.name,
    title: info.title,
    version: info.version,
    licenses: [
      {
        name: "CC-BY-4.0",
        path: "https://creativecommons.org/licenses/by/4.0/",
        title: "Creative Commons Attribution 4.0",
      },
    ],
    contributors: [{ title: "cpec-it-data contributors", roles: ["creator"] }],
    resources: tables.map((table): PackageResource => {
      const path = `${table.name}.csv`;
      const foreignKeys = table.columns.flatMap(({ name, type, references }) =>
        references !== undefined && type === "string" && present.has(references)
          ? [
              {
                fields: [name],
                reference: { ...(references === table.name ? {} : { resource: references }), fields: ["id"] },
              },
            ]
          : [],
      );
      const file = options.files && Object.hasOwn(options.files, path) ? options.files[path] : undefined;
      return {
        name: table.name,
        path,
        title: table.title,
        description: table.description,
        type: "table",
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        ...(file ? { bytes: file.bytes, hash: `sha256:${file.hash}` } : {}),
        schema: {
          fields: table.columns.map((column) => fieldOf(table, column)),
          missingValues: [""],
          primaryKey: table.key,
          ...(foreignKeys.length > 0 ? { foreignKeys } : {}),
        },
      };
    }),
  };
}
