import { CpecDataError } from "../errors.js";
import type { Row } from "./table.js";

/**
 * Writes rows as NDJSON: one JSON object a line, in the shape in which they were given.
 *
 * @param rows - records or results of any shape.
 * @throws CpecDataError `INVALID_DATA` for a row that JSON can't hold.
 * @example
 * ```ts
 * import { units } from "cpec-it-data";
 * import { toNdjson } from "cpec-it-data/export";
 * console.log(toNdjson(units).split("\n").length === units.length + 1); // → true
 * ```
 * @group Formats
 */
export function toNdjson(rows: Iterable<Row>): string {
  let text = "";
  let n = 0;
  for (const row of rows) {
    n += 1;
    text += `${asJson(row, n)}\n`;
  }
  return text;
}

function asJson(row: unknown, n: number): string {
  let why = `is ${row === null ? "null" : typeof row}`;
  if (typeof row === "object" && row !== null)
    try {
      return JSON.stringify(row);
    } catch (error) {
      why = `can't be written as JSON (${(error as Error).message.split("\n")[0]})`;
    }
  throw new CpecDataError("INVALID_DATA", `Row ${n} ${why}.`, { hint: "Expected objects of plain values." });
}
