/**
 * The one date parser. It reads a subset of EDTF (ISO 8601-2:2019): days, months, years, quarters (`2021-33` is the
 * first) and windows `a/b`, plus fiscal years of Pakistan (`FY2021-22`, July to June) where a period is expected.
 */
import { CpecDataError } from "./errors.js";
import type { DatePrecision } from "./vocabulary.js";

/** An inclusive window of days, ISO 8601. @group Dates */
export interface DateWindow {
  readonly earliest: string;
  readonly latest: string;
  readonly precision: DatePrecision;
}

const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2099;

const pad = (n: number) => String(n).padStart(2, "0");

/** Number of days in a month (1 to 12). */
const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

function fail(text: string, expected: string): never {
  throw new CpecDataError("INVALID_DATE", `"${text}" is not a date this dataset can read.`, {
    hint: `Expected ${expected}.`,
  });
}

const FORMS =
  'a day "2021-09-23", a month "2021-09", a year "2021", a quarter "2021-33" (33 to 36), or a window "2023-05/2023-08"';

function single(text: string, whole: string): DateWindow {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) fail(whole, FORMS);
  const year = Number(match[1]);
  if (year < FIRST_YEAR || year > LAST_YEAR) fail(whole, `a year from ${FIRST_YEAR} to ${LAST_YEAR}`);
  if (match[2] === undefined)
    return { earliest: `${year}-01-01`, latest: `${year}-12-31`, precision: "year" };
  const month = Number(match[2]);
  if (match[3] === undefined && month >= 33 && month <= 36) {
    const last = (month - 32) * 3;
    return {
      earliest: `${year}-${pad(last - 2)}-01`,
      latest: `${year}-${pad(last)}-${daysInMonth(year, last)}`,
      precision: "quarter",
    };
  }
  if (month < 1 || month > 12) fail(whole, "a month from 01 to 12, or a quarter from 33 to 36");
  const days = daysInMonth(year, month);
  if (match[3] === undefined)
    return { earliest: `${text}-01`, latest: `${text}-${pad(days)}`, precision: "month" };
  const day = Number(match[3]);
  if (day < 1 || day > days) fail(whole, `a day from 01 to ${days} in ${year}-${pad(month)}`);
  return { earliest: text, latest: text, precision: "day" };
}

/**
 * Reads an EDTF date into the window of days that it can be.
 *
 * @param edtf - a day, month, year, quarter or window.
 * @returns the inclusive window and its precision.
 * @throws {@link CpecDataError} `INVALID_DATE` with what was expected.
 * @see Library of Congress, Extended Date/Time Format (EDTF) Specification, levels 0 to 2.
 * @example
 * ```ts
 * import { dateWindow } from "cpec-it-data";
 * console.log(dateWindow("2021-33")); // → { earliest: "2021-01-01", latest: "2021-03-31", precision: "quarter" }
 * ```
 * @group Dates
 */
export function dateWindow(edtf: string): DateWindow {
  if (typeof edtf !== "string") fail(String(edtf), "a text");
  const parts = edtf.split("/");
  if (parts.length === 1) return single(edtf, edtf);
  if (parts.length !== 2) fail(edtf, FORMS);
  const from = single(parts[0] as string, edtf);
  const to = single(parts[1] as string, edtf);
  if (from.earliest > to.latest) fail(edtf, "a window whose first date is not after its last");
  return { earliest: from.earliest, latest: to.latest, precision: "range" };
}

/**
 * Reads a period: any EDTF date, or a fiscal year of Pakistan such as `FY2021-22` (1 July 2021 to 30 June 2022).
 *
 * @throws {@link CpecDataError} `INVALID_DATE` with what was expected.
 * @example
 * ```ts
 * import { periodWindow } from "cpec-it-data";
 * console.log(periodWindow("FY2021-22").earliest); // → "2021-07-01"
 * ```
 * @group Dates
 */
export function periodWindow(label: string): DateWindow {
  const fiscal = /^FY(\d{4})-(\d\d)$/.exec(label);
  if (!fiscal && /^FY/.test(label))
    fail(
      label,
      'a fiscal year "FY2021-22", which runs from July to June; two in a row are "2020-07/2022-06"',
    );
  if (!fiscal) return dateWindow(label);
  const year = Number(fiscal[1]);
  if (pad((year + 1) % 100) !== fiscal[2])
    fail(label, `"FY${year}-${pad((year + 1) % 100)}": a fiscal year runs from July to June`);
  return { earliest: `${year}-07-01`, latest: `${year + 1}-06-30`, precision: "range" };
}

const dayNumbers = /* @__PURE__ */ new Map<string, number>();
const MOST_DAYS = 50_000;

/** Days since 1970-01-01 of an ISO day; those met before are looked up. @internal */
export function dayNumber(isoDay: string): number {
  const known = dayNumbers.get(isoDay);
  if (known !== undefined) return known;
  const number =
    Date.UTC(Number(isoDay.slice(0, 4)), Number(isoDay.slice(5, 7)) - 1, Number(isoDay.slice(8, 10))) /
    DAY_MS;
  if (dayNumbers.size < MOST_DAYS) dayNumbers.set(isoDay, number);
  return number;
}

const isoDays = /* @__PURE__ */ new Map<number, string>();

/** The ISO day of a day number; those met before are looked up. @internal */
export function isoDay(number: number): string {
  const known = isoDays.get(number);
  if (known !== undefined) return known;
  if (!(Math.abs(number) <= 1e8)) fail(String(number), "a number of days that a calendar holds");
  const day = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (isoDays.size < MOST_DAYS) isoDays.set(number, day);
  return day;
}

/** A day as a fraction of its year: 2021-07-02 is about 2021.5. @internal */
export function decimalYear(isoDay: string): number {
  const year = Number(isoDay.slice(0, 4));
  const first = Date.UTC(year, 0, 1) / DAY_MS;
  const next = Date.UTC(year + 1, 0, 1) / DAY_MS;
  return year + (dayNumber(isoDay) - first) / (next - first);
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The weekday named in a text, as 0 (Sunday) to 6, if there is one. @internal */
export function weekdayNamed(text: string): number | undefined {
  const match = new RegExp(`\\b(${WEEKDAYS.join("|")})\\b`, "i").exec(text);
  return match ? WEEKDAYS.indexOf((match[1] as string).toLowerCase()) : undefined;
}

/** The English weekday of an ISO day. @internal */
export function weekdayOf(isoDay: string): string {
  const name = WEEKDAYS[(((dayNumber(isoDay) + 4) % 7) + 7) % 7] as string;
  return name[0]?.toUpperCase() + name.slice(1);
}

/** Whether a time lies wholly inside a window; one end that is open goes by the other, and a time without both lies nowhere. @internal */
export function liesIn(
  { start, end }: { readonly start: string | null; readonly end: string | null },
  { earliest, latest }: Pick<DateWindow, "earliest" | "latest">,
): boolean {
  const [from, to] = [start ?? end, end ?? start];
  return from !== null && to !== null && from >= earliest && to <= latest;
}

/** Whether two inclusive windows share a day; an open end reaches without limit. @internal */
export function overlaps(
  a: { start: string | null; end: string | null },
  b: { start: string | null; end: string | null },
): boolean {
  return (
    (a.start === null || b.end === null || a.start <= b.end) &&
    (b.start === null || a.end === null || b.start <= a.end)
  );
}
