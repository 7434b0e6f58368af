import { CpecDataError } from "../errors.js";
import { asJson } from "./cell.js";
import type { Row } from "./table.js";

/**
 * Writes rows as NDJSON: one JSON object a line, in the shape in which they were given.
 *
 * @param rows - records or results of any shape.
 * @throws CpecDataError `INVALID_DATA` for a row that JSON can't hold.
 * @example
 * ```ts
 * import { units } from "cpec-it-data";
 * import { toNDJSON } from "cpec-it-data/export";
 * console.log(toNDJSON(units).split("\n").length === units.length + 1); // → true
 * ```
 * @group Formats
 */
export function toNDJSON(rows: Iterable<Row>): string {
  let text = "";
  let n = 0;
  for (const row of rows) {
    n += 1;
    if (typeof row !== "object" || row === null)
      throw new CpecDataError("INVALID_DATA", `Row ${n} is ${row === null ? "null" : typeof row}.`, {
        hint: "Expected objects, such as records or results.",
      });
    text += `${asJson(row)}\n`;
  }
  return text;
}
