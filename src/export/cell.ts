/** A value as text, for formats made of text. */
import { CpecDataError } from "../errors.js";

/** A value as JSON text. @internal */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch (error) {
    throw new CpecDataError(
      "INVALID_DATA",
      `A value can't be written as JSON: ${(error as Error).message.split("\n")[0]}.`,
      {
        hint: "Expected plain values: texts, numbers, booleans, null, lists and objects of these.",
      },
    );
  }
}

/** What spreadsheets read as the start of a formula, also in its full-width forms, also behind white space and what can't be seen. */
const FORMULA = /^[\s\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** A value as the text of a cell; `formulaSafe` puts an apostrophe before what a spreadsheet would run. @internal */
export function cellText(value: unknown, formulaSafe: boolean): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  const text = typeof value === "string" ? value : asJson(value);
  return formulaSafe && FORMULA.test(text) ? `'${text}` : text;
}
