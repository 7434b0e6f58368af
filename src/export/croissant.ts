import info from "../generated/dataset.json" with { type: "json" };
import { KEYWORDS } from "./jsonld.js";
import { type Column, type ColumnType, TABLES, type Table, tableOf } from "./table.js";

/** A document of Croissant: a schema.org Dataset with its files and the fields in them. @group Types */
export interface Croissant {
  readonly "@context": Readonly<Record<string, unknown>>;
  readonly "@type": "sc:Dataset";
  readonly conformsTo: string;
  readonly name: string;
  readonly distribution: readonly Readonly<Record<string, unknown>>[];
  readonly recordSet: readonly Readonly<Record<string, unknown>>[];
  readonly [key: string]: unknown;
}

const cr = (...terms: readonly string[]) => Object.fromEntries(terms.map((term) => [term, `cr:${term}`]));
/**
 * The context that the specification prescribes, so that readers know it without the network, and two terms more that its
 * checker asks for (`equivalentProperty`, `samplingRate`).
 */
const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  sc: "https://schema.org/",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  dct: "http://purl.org/dc/terms/",
  conformsTo: "dct:conformsTo",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  examples: { "@id": "cr:examples", "@type": "@json" },
  ...cr(
    "citeAs",
    "column",
    "equivalentProperty",
    "extract",
    "field",
    "fileProperty",
    "fileObject",
    "fileSet",
  ),
  ...cr("format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet"),
  ...cr(
    "references",
    "regex",
    "repeated",
    "replace",
    "samplingRate",
    "separator",
    "source",
    "subField",
    "transform",
  ),
} as const;

/** The table that a column points into; a key into its own table is none for Croissant ("another RecordSet"). */
const targetOf = (table: Table, { type, references }: Column) =>
  type === "string" && references !== table.name ? references : undefined;
/** Tables that point into no other. The reference reader joins what is referenced, and can't join what is joined itself. */
const LEAVES = new Set(
  TABLES.filter((table) => table.columns.every((column) => targetOf(table, column) === undefined)).map(
    (table) => table.name,
  ),
);

const TYPES: Readonly<Partial<Record<ColumnType, string>>> = {
  number: "sc:Float",
  integer: "sc:Integer",
  boolean: "sc:Boolean",
  date: "sc:Date",
};

/**
 * Describes CSV files as Croissant 1.0, which data catalogues and machine-learning tools read: a Dataset of schema.org whose
 * record sets say what each column holds and whose ids it refers to. References into tables that refer to others themselves
 * are left out, since its reference reader can't load them; {@link toDataPackage} has all keys.
 *
 * @param options - `tables`: the tables to describe, all by default. `files`: size and SHA-256 of each file, by path; Croissant
 * wants the checksum of a file, so that tables without one are left out. `base`: the address before the names of files, and
 * that of the dataset.
 * @throws CpecDataError `UNKNOWN_ID` for a table that does not exist.
 * @see MLCommons, Croissant Format Specification 1.0, 2024.
 * @example
 * ```ts
 * import { toCroissant } from "cpec-it-data/export";
 * const file = { bytes: 1, hash: "0".repeat(64) };
 * const { recordSet } = toCroissant({ tables: ["units"], files: { "units.csv": file } });
 * console.log(recordSet.map((set) => set.name)); // → ["units"]
 * ```
 * @group Formats
 */
export function toCroissant(options: {
  readonly tables?: readonly string[];
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly hash: string }>>;
  readonly base?: string;
}): Croissant {
  const { base = "", files } = options;
  const chosen = options.tables ? options.tables.map(tableOf) : TABLES;
  const tables = chosen.filter(({ name }) => Object.hasOwn(files, `${name}.csv`));
  const present = new Set(tables.map((t) => t.name));
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    name: info.name,
    description: `${info.title}. Sources up to ${info.newestSource}.`,
    citeAs: info.citation,
    license: "https://creativecommons.org/licenses/by/4.0/",
    url: base === "" ? "https://www.npmjs.com/package/cpec-it-data" : base,
    version: info.version,
    datePublished: info.newestSource,
    creator: { "@type": "sc:Organization", name: "cpec-it-data contributors" },
    publisher: { "@type": "sc:Organization", name: "cpec-it-data contributors" },
    keywords: KEYWORDS,
    inLanguage: "en",
    distribution: tables.map(({ name }) => {
      const file = files[`${name}.csv`] as { readonly bytes: number; readonly hash: string };
      return {
        "@type": "cr:FileObject",
        "@id": `${name}.csv`,
        name: `${name}.csv`,
        contentUrl: `${base}${name}.csv`,
        contentSize: `${file.bytes} B`,
        encodingFormat: "text/csv",
        sha256: file.hash,
      };
    }),
    recordSet: tables.map((table) => ({
      "@type": "cr:RecordSet",
      "@id": table.name,
      name: table.name,
      description: table.description,
      key: table.key.map((name) => ({ "@id": `${table.name}/${name}` })),
      field: table.columns.map((column) => {
        const { name, type, description } = column;
        const target = targetOf(table, column);
        return {
          "@type": "cr:Field",
          "@id": `${table.name}/${name}`,
          name,
          description,
          dataType: TYPES[type] ?? "sc:Text",
          source: { fileObject: { "@id": `${table.name}.csv` }, extract: { column: name } },
          ...(target !== undefined && LEAVES.has(target) && present.has(target)
            ? { references: { field: { "@id": `${target}/id` } } }
            : {}),
        };
      }),
    })),
  };
}
