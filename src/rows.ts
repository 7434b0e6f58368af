/**
 * The check at the door (law L8): rows of one's own (spread copies, CSV read as text, rows of an older release) are
 * validated in one cheap pass before any helper takes them, so that no wrong type turns into a wrong number.
 */
import { CpecDataError } from "./errors.js";
import { nearest, show } from "./nearest.js";
import type { EventRecord, ObservationRecord } from "./types.js";
import * as V from "./vocabulary.js";

/** Something wrong in a row: the field, what was found is read off the row, what is expected, and how to fix it. */
interface Fault {
  readonly field: string;
  readonly found: unknown;
  readonly expected: string;
  readonly fix?: string;
}
type Plain = Readonly<Record<string, unknown>>;
/** Gives the first fault of a row, or `undefined`. */
type Inspect = (row: Plain) => Fault | undefined;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isOptionalText = (value: unknown) => value === undefined || isText(value);
const isObject = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number | null =>
  value === null || (typeof value === "number" && Number.isFinite(value));

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days that were found to be days: rows share most of theirs. */
const seenDays = /* @__PURE__ */ new Set<unknown>();
const MOST_DAYS = 50_000;
const isDay = (value: unknown): value is string => {
  if (seenDays.has(value)) return true;
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const [month, day] = [Number(value.slice(5, 7)), Number(value.slice(8))];
  if (month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] as number)) return false;
  const year = Number(value.slice(0, 4));
  if (month === 2 && day > 28 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) return false;
  if (seenDays.size < MOST_DAYS) seenDays.add(value);
  return true;
};
const isDayOrNull = (value: unknown): value is string | null => value === null || isDay(value);

const SETS = {
  measure: /* @__PURE__ */ new Set<unknown>(V.MEASURES),
  scope: /* @__PURE__ */ new Set<unknown>(V.SCOPES),
  status: /* @__PURE__ */ new Set<unknown>(V.OBSERVATION_STATUSES),
  timing: /* @__PURE__ */ new Set<unknown>(V.TIMINGS),
  confidence: /* @__PURE__ */ new Set<unknown>(V.CONFIDENCES),
  subject: /* @__PURE__ */ new Set<unknown>(V.SUBJECT_TYPES),
  eventStatus: /* @__PURE__ */ new Set<unknown>(V.EVENT_STATUSES),
  kind: /* @__PURE__ */ new Set<unknown>(V.EVENT_KINDS),
} as const;
const among = (field: string, found: unknown, known: Iterable<unknown>): Fault => {
  const words = [...known] as string[];
  const close = typeof found === "string" ? nearest(found, words) : undefined;
  return {
    field,
    found,
    expected: `one of ${words.join(", ")}`,
    ...(close === undefined ? {} : { fix: `Did you mean "${close}"?` }),
  };
};

// Each field is read by its name, not in a loop over names: engines read those several times slower.
const text = (field: string, found: unknown): Fault | undefined =>
  isText(found) ? undefined : { field, found, expected: "a text" };
const optionalText = (field: string, found: unknown): Fault | undefined =>
  isOptionalText(found)
    ? undefined
    : { field, found, expected: "a text", fix: `Leave "${field}" out when there is none.` };
const word = (field: string, found: unknown, known: ReadonlySet<unknown>): Fault | undefined =>
  known.has(found) ? undefined : among(field, found, known);
const notNumber = (field: string, found: unknown): Fault => ({
  field,
  found,
  expected: "a finite number or null",
  fix: "Convert text with Number() first, and use null where there is no value.",
});

/** Claims as a list of objects that name their source. */
function inspectClaims(row: Plain): Fault | undefined {
  const { claims, caveats } = row;
  if (!Array.isArray(claims))
    return {
      field: "claims",
      found: claims,
      expected: "a list of claims",
      fix: "Read rows from the JSON files, or keep the list of the row you copied.",
    };
  for (const claim of claims)
    if (!isObject(claim) || !isText(claim.source))
      return { field: "claims", found: claim, expected: "a claim with the id of its source" };
  if (!Array.isArray(caveats) || !caveats.every((c) => typeof c === "string"))
    return { field: "caveats", found: caveats, expected: "a list of texts", fix: "Use [] for none." };
  return undefined;
}

/** The first fault of an observation. */
const inspectObservation: Inspect = (row) => {
  const wrongWord =
    text("id", row.id) ??
    text("metric", row.metric) ??
    text("unit", row.unit) ??
    text("sector", row.sector) ??
    text("period", row.period) ??
    word("measure", row.measure, SETS.measure) ??
    word("scope", row.scope, SETS.scope) ??
    word("status", row.status, SETS.status) ??
    word("timing", row.timing, SETS.timing) ??
    word("confidence", row.confidence, SETS.confidence);
  if (wrongWord) return wrongWord;
  const { subject, dimensions, start, end, value, low, high, timing } = row;
  if (!isObject(subject) || !SETS.subject.has(subject.type) || !isText(subject.id))
    return {
      field: "subject",
      found: subject,
      expected: 'a type and an id, such as { type: "place", id: "pakistan" }',
    };
  if (!isObject(dimensions))
    return { field: "dimensions", found: dimensions, expected: "an object, {} for the total" };
  for (const name in dimensions)
    if (!isText(dimensions[name]))
      return { field: `dimensions.${name}`, found: dimensions[name], expected: "a text" };
  if (!isDayOrNull(start)) return { field: "start", found: start, expected: "an ISO day or null" };
  if (!isDayOrNull(end)) return { field: "end", found: end, expected: "an ISO day or null" };
  if (start !== null && end !== null && start > end)
    return {
      field: "start",
      found: start,
      expected: `a day not after the end, ${end}`,
      fix: "Swap the two.",
    };
  if ((timing === "during" || timing === "at") && (start === null || end === null))
    return {
      field: start === null ? "start" : "end",
      found: null,
      expected: `a day, since the value holds "${timing}" a time`,
    };
  if (!isNumber(value)) return notNumber("value", value);
  if (!isNumber(low)) return notNumber("low", low);
  if (!isNumber(high)) return notNumber("high", high);
  if (value !== null && (low !== value || high !== value))
    return {
      field: "value",
      found: value,
      expected: `low and high equal to it; they are ${show(low)} and ${show(high)}`,
      fix: "A changed value changes all three: { ...row, value: v, low: v, high: v }.",
    };
  if (low !== null && high !== null && low > high)
    return { field: "low", found: low, expected: `a number not above high, ${high}`, fix: "Swap the two." };
  if (typeof row.approximate !== "boolean")
    return { field: "approximate", found: row.approximate, expected: "true or false" };
  return (
    optionalText("asOf", row.asOf) ??
    optionalText("event", row.event) ??
    optionalText("partOf", row.partOf) ??
    optionalText("supersedes", row.supersedes) ??
    optionalText("area", row.area) ??
    optionalText("since", row.since) ??
    inspectClaims(row)
  );
};

/** The first fault of an event. */
const inspectEvent: Inspect = (row) => {
  const wrongWord =
    text("id", row.id) ??
    text("title", row.title) ??
    text("summary", row.summary) ??
    word("kind", row.kind, SETS.kind) ??
    word("status", row.status, SETS.eventStatus) ??
    word("scope", row.scope, SETS.scope);
  if (wrongWord) return wrongWord;
  const { date, sectors, organisations, places } = row;
  if (!isObject(date) || !isDay(date.earliest) || !isDay(date.latest))
    return { field: "date", found: date, expected: "a window with the ISO days earliest and latest" };
  if (date.earliest > date.latest)
    return {
      field: "date.earliest",
      found: date.earliest,
      expected: `a day not after ${date.latest}`,
      fix: "Swap the two.",
    };
  if (!Array.isArray(sectors) || sectors.length === 0 || !sectors.every(isText))
    return { field: "sectors", found: sectors, expected: "a list of at least one sector" };
  if (!Array.isArray(places) || !places.every(isText))
    return { field: "places", found: places, expected: "a list of places, [] for none" };
  if (
    !Array.isArray(organisations) ||
    !organisations.every((o) => isObject(o) && isText(o.id) && isText(o.role))
  )
    return { field: "organisations", found: organisations, expected: "a list of { id, role }, [] for none" };
  return (
    optionalText("project", row.project) ??
    optionalText("partOf", row.partOf) ??
    optionalText("promises", row.promises) ??
    inspectClaims(row)
  );
};

/** Rows that passed: each once, in their order, and the ids of those that stood there again. */
export interface Checked<R> {
  readonly rows: readonly R[];
  readonly repeats: readonly string[];
}

/** Frozen rows that passed, and frozen lists of such rows, are not looked at again: nobody can have changed them. */
const passedObservations = /* @__PURE__ */ new WeakSet<object>();
const passedEvents = /* @__PURE__ */ new WeakSet<object>();
const REPORTED = 5;

/** That rows can be gone through at all. @internal */
export function checkList(helper: string, rows: unknown, what: string): void {
  if (typeof rows !== "object" || rows === null || !(Symbol.iterator in rows))
    throw new CpecDataError("INVALID_ROW", `${helper} got ${show(rows)} where it expects ${what}.`, {
      hint: `Pass an array of ${what}, such as the ${what} of this package.`,
    });
}

function checkRows<R extends { readonly id: string }>(
  helper: string,
  rows: Iterable<R>,
  what: string,
  inspect: Inspect,
  passed: WeakSet<object>,
): Checked<R> {
  checkList(helper, rows, what);
  if (passed.has(rows)) return { rows: rows as readonly R[], repeats: [] };
  const faults: { id: string; text: string }[] = [];
  let wrong = 0;
  const ids = new Set<string>();
  let byId: Map<string, R> | undefined;
  const unique: R[] = [];
  const repeats: string[] = [];
  const conflicting = new Set<string>();
  let index = -1;
  let frozen = Array.isArray(rows) && Object.isFrozen(rows);
  for (const row of rows) {
    index++;
    if (!passed.has(row)) {
      const fault: Fault | undefined = isObject(row)
        ? inspect(row)
        : { field: "row", found: row, expected: "an object" };
      if (fault) {
        if (++wrong <= REPORTED) {
          const id = isObject(row) && isText(row.id) ? row.id : "";
          const fix = fault.fix === undefined ? "" : ` ${fault.fix}`;
          faults.push({
            id,
            text: `row ${index}${id && ` ("${id}")`}, ${fault.field}: found ${show(fault.found)}; expected ${fault.expected}.${fix}`,
          });
        }
        continue;
      }
      if (Object.isFrozen(row)) passed.add(row);
      else frozen = false;
    }
    ids.add(row.id);
    if (ids.size > unique.length) {
      unique.push(row);
      byId?.set(row.id, row);
      continue;
    }
    byId ??= new Map(unique.map((known) => [known.id, known]));
    const before = byId.get(row.id) as R;
    if (before === row || sameContent(before, row)) repeats.push(row.id);
    else conflicting.add(row.id);
  }
  if (wrong > 0)
    throw new CpecDataError(
      "INVALID_ROW",
      `${helper}: ${wrong === 1 ? "one row is" : `${wrong} rows are`} not valid ${what}:\n${faults.map((f) => f.text).join("\n")}${wrong > REPORTED ? `\nand ${wrong - REPORTED} more.` : ""}\n`,
      {
        ids: faults.map((f) => f.id).filter((id) => id !== ""),
        hint: "Correct these rows; nothing was computed.",
      },
    );
  if (conflicting.size > 0)
    throw new CpecDataError(
      "CONFLICTING_ROWS",
      `${helper}: ${conflicting.size === 1 ? "one id stands" : `${conflicting.size} ids stand`} for rows of different content: ${[
        ...conflicting,
      ]
        .slice(0, REPORTED)
        .map((id) => `"${id}"`)
        .join(", ")}.`,
      {
        ids: [...conflicting],
        hint: "Keep one row for each id; rows of two releases must not be mixed.",
      },
    );
  if (frozen && repeats.length === 0) passed.add(rows);
  return { rows: unique, repeats };
}

/** A record as text that does not depend on the order of its keys. */
const canonical = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(canonical).join()}]`
    : isObject(value)
      ? `{${Object.keys(value)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
          .join()}}`
      : (JSON.stringify(value) ?? "undefined");
const sameContent = (a: object, b: object) => canonical(a) === canonical(b);

/**
 * Observations that passed the check, each once.
 * @throws {@link CpecDataError} `INVALID_ROW` (all faults at once, with index, id, field, what was found and expected) or
 * `CONFLICTING_ROWS`.
 * @internal
 */
export const checkObservations = <R extends ObservationRecord>(
  helper: string,
  rows: Iterable<R>,
): Checked<R> => checkRows(helper, rows, "observations", inspectObservation, passedObservations);

/** The same for events. @internal */
export const checkEvents = <E extends EventRecord>(helper: string, events: Iterable<E>): Checked<E> =>
  checkRows(helper, events, "events", inspectEvent, passedEvents);
