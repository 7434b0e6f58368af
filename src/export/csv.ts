import { csvFormatRow } from "d3-dsv";
import { cellText } from "./cell.js";
import { cellsOf, flatten, type Row, tableOf } from "./table.js";

/** Options of {@link toCSV}. @group Types */
export interface CsvOptions {
  /** The table whose columns to write; without it, the columns are the fields that occur in the rows. */
  readonly table?: string;
  /**
   * Puts an apostrophe before texts that a spreadsheet would run as a formula. Off by default, since it changes the text;
   * turn it on for files that people open in a spreadsheet.
   */
  readonly formulaSafe?: boolean;
}

/**
 * Writes rows as CSV (RFC 4180: header, comma, CRLF, quotes where needed). With `table` it writes the columns of that
 * table ({@link TABLES}): ids of a list are joined by `;`, other lists and objects are JSON text, and nothing stands for
 * `null`. Without it, it takes rows of any shape, such as the result of `aggregate` or `countEvents`.
 *
 * @param rows - records of the collection that the table is made of, or rows of any shape; inputs are not changed.
 * @throws CpecDataError `UNKNOWN_ID` for a table that does not exist, `INVALID_DATA` for a row that is not an object.
 * @example
 * ```ts
 * import { countEvents, events, units } from "cpec-it-data";
 * import { toCSV } from "cpec-it-data/export";
 * console.log(toCSV(units.filter((u) => u.id === "kilometre"), { table: "units" }).split("\r\n")[1]); // → kilometre,Kilometre,km,length,km
 * console.log(toCSV(countEvents(events, { by: "year" })).split("\r\n")[0]); // → group_year,key,count,events,sources,leftOut
 * ```
 * @group Formats
 */
export function toCSV(rows: Iterable<Row>, options: CsvOptions = {}): string {
  const { formulaSafe = false } = options;
  const lines: string[] = [];
  const put = (cells: readonly string[]) => lines.push(csvFormatRow(cells as string[]));
  if (options.table === undefined) {
    const { columns, cells } = flatten(rows);
    put(columns.map((name) => cellText(name, formulaSafe)));
    for (const row of cells) put(columns.map((name) => cellText(row.get(name), formulaSafe)));
  } else {
    const table = tableOf(options.table);
    put(table.columns.map((c) => c.name));
    for (const cells of cellsOf(table, rows))
      put(
        cells.map((cell, i) =>
          cellText(
            table.columns[i]?.type === "list" && Array.isArray(cell) ? cell.join(";") : cell,
            formulaSafe,
          ),
        ),
      );
  }
  return `${lines.join("\r\n")}\r\n`;
}
