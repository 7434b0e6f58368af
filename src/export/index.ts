/**
 * Records and results in the formats of other tools: CSV, NDJSON, GeoJSON, JSON-LD, Parquet and the descriptor of a Data
 * Package. The package holds the whole dataset in these formats, made by the same functions.
 *
 * @module cpec-it-data/export
 */
export { type Croissant, toCroissant } from "./croissant.js";
export { type CsvOptions, toCSV } from "./csv.js";
export { type DataPackage, type PackageField, type PackageResource, toDataPackage } from "./datapackage.js";
export {
  type Feature,
  type FeatureCollection,
  type Geometry,
  type Located,
  type Position,
  toGeoJSON,
} from "./geojson.js";
export { type LinkedData, type LinkedNode, type LinkedRecords, toJSONLD } from "./jsonld.js";
export { toNDJSON } from "./ndjson.js";
export { toParquet } from "./parquet.js";
export { type Column, type ColumnType, type Row, TABLES, type Table } from "./table.js";
export { type TidyRow, toTidy } from "./tidy.js";
