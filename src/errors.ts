/** Codes of {@link CpecDataError}. @group Errors */
export type CpecDataErrorCode =
  | "UNKNOWN_ID"
  | "MIXED_METRIC"
  | "MIXED_STATUS"
  | "MIXED_TIMING"
  | "NOT_ADDITIVE"
  | "OVERLAP"
  | "OUT_OF_RANGE"
  | "INVALID_DATE"
  | "INVALID_DATA"
  | "INVALID_ROW"
  | "CONFLICTING_ROWS"
  | "UNKNOWN_OPTION"
  | "UNKNOWN_VALUE";

/**
 * The one error that this library throws. `code` says what went wrong, `ids` names the records concerned (two of them
 * where two things don't go together), and `hint` says what to do instead.
 *
 * @example
 * ```ts
 * import { CpecDataError, observations, total } from "cpec-it-data";
 * const plan = observations.filter((row) => row.metric === "investment-fibre-backbone");
 * try {
 *   total(plan);
 * } catch (error) {
 *   if (error instanceof CpecDataError) console.log(error.code); // → "MIXED_STATUS"
 * }
 * ```
 * @group Errors
 */
export class CpecDataError extends Error {
  override readonly name = "CpecDataError";
  readonly code: CpecDataErrorCode;
  readonly ids: readonly string[];
  readonly hint: string;

  constructor(code: CpecDataErrorCode, message: string, options: { ids?: readonly string[]; hint: string }) {
    super(`${message} ${options.hint}`);
    this.code = code;
    this.ids = options.ids ?? [];
    this.hint = options.hint;
  }
}
