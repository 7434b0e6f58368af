import { ascending, getOrAdd } from "./collect.js";
import { periodWindow } from "./dates.js";
import { CpecDataError, type CpecDataErrorCode } from "./errors.js";
import dimensionFacts from "./generated/dimensions.json" with { type: "json" };
import { guard, inside, type LeftOut, usable, withRepeats } from "./guard.js";
import { dimensionKey, subjectKey } from "./keys.js";
import { checkOptions, oneOf, text } from "./options.js";
import { newestFirst, type Result, resultOf } from "./result.js";
import { checkObservations } from "./rows.js";
import type { ObservationRecord } from "./types.js";

/** The result of {@link total}. @group Types */
export interface Total extends Result {}

/** Options of {@link total}. @group Types */
export interface TotalOptions {
  /**
   * `"latest"`: of each subject and set of dimensions only the newest value counts, whatever its date. For levels, running
   * totals and rates that were not all reported for one day.
   */
  readonly each?: "latest";
  /**
   * The period for which the answer is to stand: `"FY2021-22"`, `"2021"`, `"2020/2022"`. Only what lies wholly inside it
   * counts, the rest is left out as `outside`, and `covers` says how many of its days are known. Without it a sum speaks only
   * for the days from its first value to its last.
   */
  readonly within?: string;
}

/** Whether the values of a dimension exclude one another; a metric of one's own declares nothing, so that they may not. */
const isExclusive = (metric: string, dimension: string) =>
  dimensionFacts[metric]?.[dimension]?.exclusive ?? false;

/** A row cut along other dimensions than another: neither has all the dimensions of the other. */
function crossCut(rows: readonly ObservationRecord[]): ObservationRecord | undefined {
  const cuts = new Map<string, ObservationRecord>();
  for (const row of rows) getOrAdd(cuts, JSON.stringify(Object.keys(row.dimensions).sort()), () => row);
  const byNumber = [...cuts.values()].sort(
    (a, b) => Object.keys(a.dimensions).length - Object.keys(b.dimensions).length || ascending(a.id, b.id),
  );
  return byNumber.find((row, i) => {
    const before = byNumber[i - 1];
    return before !== undefined && !Object.keys(before.dimensions).every((name) => name in row.dimensions);
  });
}

/** A row whose dimensions differ from another's only where values may overlap. */
function overlappingValue(rows: readonly ObservationRecord[]): ObservationRecord | undefined {
  const seen = new Map<string, string>();
  for (const row of rows) {
    if (Object.keys(row.dimensions).length === 0) continue;
    const apart = Object.entries(row.dimensions).filter(([name]) => isExclusive(row.metric, name));
    const key = dimensionKey({ dimensions: Object.fromEntries(apart) });
    const whole = dimensionKey(row);
    if (getOrAdd(seen, key, () => whole) !== whole) return row;
  }
  return undefined;
}

/** A refusal, before its way out is known. */
class Refusal {
  constructor(
    readonly code: CpecDataErrorCode,
    readonly ids: readonly string[],
    readonly why: string,
    /** How to narrow the rows, the most promising first. */
    readonly ways: readonly Narrowing[],
  ) {}
}

/** A filter of observations, as it is written in a call. */
type Narrowing = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const counted = <T>(items: readonly T[]) => {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
};
const rowsOf = (n: number) => `${n} row${n === 1 ? "" : "s"}`;

/** The values of a field with their counts: `timing: "during" (14 rows) | "to-date" (1 row)`. */
const present = (name: string, counts: readonly (readonly [string, number])[]) =>
  `${name}: ${counts
    .slice(0, 8)
    .map(([value, n]) => `${value} (${rowsOf(n)})`)
    .join(" | ")}${counts.length > 8 ? ` | and ${counts.length - 8} more` : ""}`;

/** Whether the whole of a row is there; what stands in a ring has none. */
function isPartIn(row: ObservationRecord, byId: ReadonlyMap<string, ObservationRecord>): boolean {
  const seen = new Set<string>();
  for (let at: ObservationRecord | undefined = row; at; at = byId.get(at.partOf ?? "")) {
    if (seen.has(at.id)) return false;
    seen.add(at.id);
  }
  return seen.size > 1;
}

/** Adds rows, or says why not. */
function tryTotal(
  given: readonly ObservationRecord[],
  repeats: readonly string[],
  options: TotalOptions,
): Result | Refusal {
  const span = options.within === undefined ? undefined : periodWindow(options.within);
  const { rows: all, outside } = inside(given, span, span ? usable(given).replacedBy : new Map());
  const [first] = all;
  if (!first) return new Refusal("OUT_OF_RANGE", [], `No row lies wholly inside "${options.within}".`, []);
  const mixed = (
    code: CpecDataErrorCode,
    field: "metric" | "unit" | "measure" | "status" | "timing",
    preferred?: string,
  ) => {
    const other = all.find((row) => row[field] !== first[field]);
    if (!other) return undefined;
    const counts = counted(all.map((row) => row[field] as string));
    const order = [...counts].sort((a, b) => Number(b[0] === preferred) - Number(a[0] === preferred));
    return new Refusal(
      code,
      [first.id, other.id],
      `Values of different ${{ metric: "metrics", unit: "units", measure: "measures", status: "statuses", timing: "timings" }[field]} never add. The rows have ${present(
        field,
        counts.map(([v, n]) => [`"${v}"`, n]),
      )}.`,
      order.map(([value]) => ({ [field]: value })),
    );
  };
  const refusal =
    mixed("MIXED_METRIC", "metric") ??
    mixed("MIXED_METRIC", "unit") ??
    mixed("MIXED_METRIC", "measure") ??
    mixed("MIXED_STATUS", "status", "actual") ??
    mixed("MIXED_TIMING", "timing", "during");
  if (refusal) return refusal;

  let rows: readonly ObservationRecord[] = all;
  const older: LeftOut[] = [];
  if (options.each === "latest") {
    const { rows: valid, replacedBy } = usable(all);
    const newest = new Map<string, ObservationRecord[]>();
    const out = new Map<ObservationRecord, LeftOut>();
    const byId = new Map(valid.map((row) => [row.id, row]));
    // A part never stands for its whole, though it was said later.
    for (const row of valid)
      if (isPartIn(row, byId)) out.set(row, { id: row.id, reason: "part", because: row.partOf as string });
      else if (!replacedBy.has(row))
        getOrAdd(newest, `${subjectKey(row)}|${row.area ?? ""}|${dimensionKey(row)}`, () => []).push(row);
    for (const list of newest.values()) {
      const [latest, ...rest] = [...list].sort(newestFirst) as [ObservationRecord, ...ObservationRecord[]];
      for (const row of rest) out.set(row, { id: row.id, reason: "superseded", because: latest.id });
    }
    rows = all.filter((row) => !out.has(row));
    older.push(...out.values());
  }
  const { kept, leftOut: judged, clash } = guard(rows, { ignoreTime: options.each === "latest" });
  const fate = new Map(judged.map((l) => [l.id, l]));
  // What gave way to a value that gives way itself, gives way to the one that counts.
  const gone = new Map(older.map((l) => [l.id, l]));
  const counting = (id: string): string => {
    const next = (gone.get(id) ?? fate.get(id))?.because;
    return next === undefined || next === id ? id : counting(next);
  };
  const leftOut = [...judged, ...older.map((l) => ({ ...l, because: counting(l.because as string) }))];

  const [pair] = clash;
  if (pair) {
    const inWindow = kept.find((row) => row.id === pair[0]);
    return new Refusal(
      "OVERLAP",
      pair,
      `"${pair[0]}" and "${pair[1]}" share some days, and neither holds the other: adding both would count these days twice.`,
      inWindow?.start && inWindow.end && inWindow.timing === "during"
        ? [{ from: inWindow.start, to: inWindow.end }]
        : [{ each: "latest" }],
    );
  }
  const [one] = kept;
  if (one && kept.length > 1) {
    const not = (why: string, other: ObservationRecord, ways: readonly Narrowing[]) =>
      new Refusal("NOT_ADDITIVE", [one.id, other.id], why, ways);
    if (one.measure === "ratio")
      return not(
        `Ratios (shares, rates, prices) never add, and ${rowsOf(kept.length)} count.`,
        kept[1] as ObservationRecord,
        [{ reduce: "latest" }],
      );
    const cut = crossCut(kept);
    const overlapping = cut ? undefined : overlappingValue(kept);
    const other = cut ?? overlapping;
    if (other) {
      const cuts = counted(kept.map((row) => dimensionKey(row)));
      const texts = new Map(kept.map((row) => [dimensionKey(row), row.dimensions]));
      return not(
        cut
          ? "Values cut along different dimensions never add, since they count the same things twice."
          : `Values of the dimension ${Object.keys(other.dimensions)
              .map((n) => `"${n}"`)
              .join(", ")} overlap by definition, so they never add.`,
        other,
        [...cuts]
          .sort(([a], [b]) => Number(b === "") - Number(a === ""))
          .map(([key]) => ({ dimensions: texts.get(key) as Readonly<Record<string, string>> })),
      );
    }
    const elsewhen = kept.find((row) => row.start !== one.start || row.end !== one.end);
    if (elsewhen && options.each !== "latest") {
      if (one.measure === "stock" || one.timing === "at")
        return not("Levels of different times never add.", elsewhen, [{ each: "latest" }]);
      if (one.timing === "per-year")
        return not("Rates of different times never add.", elsewhen, [{ each: "latest" }]);
      if (one.timing === "to-date" || one.timing === "by")
        return not(
          one.timing === "by"
            ? "Promises for different deadlines never add."
            : "Running totals up to different days never add.",
          elsewhen,
          [{ each: "latest" }],
        );
    }
  }
  return resultOf(
    "sum",
    kept,
    all,
    withRepeats([...outside, ...leftOut], repeats),
    clash,
    span && [span.earliest, span.latest],
  );
}

const literal = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? Object.keys(value).length === 0
      ? "{}"
      : `{ ${Object.entries(value)
          .map(([k, v]) => `${/^[a-z]\w*$/i.test(k) ? k : JSON.stringify(k)}: ${literal(v)}`)
          .join(", ")} }`
    : JSON.stringify(value);

/** Whether a row fits a narrowing, as the filter of the same name judges. */
const fits = (row: ObservationRecord, [name, wanted]: readonly [string, Narrowing[string]]) => {
  if (name === "dimensions")
    return dimensionKey(row) === dimensionKey({ dimensions: wanted as Readonly<Record<string, string>> });
  if (name === "from") return (row.start ?? row.end ?? "") >= (wanted as string);
  if (name === "to") return (row.end ?? row.start ?? "9999") <= (wanted as string);
  return String(row[name as keyof ObservationRecord]) === wanted;
};

/** A call that works on the same rows: narrowed step by step along the ways of each refusal. */
function wayOut(
  rows: readonly ObservationRecord[],
  refusal: Refusal,
  options: TotalOptions,
): string | undefined {
  let narrowed: Record<string, Narrowing[string]> = {};
  let left = rows;
  let at: Result | Refusal = refusal;
  let wanted = options;
  const filtered = () =>
    Object.keys(narrowed).length > 0 ? `filterObservations(rows, ${literal(narrowed)})` : "rows";
  for (let step = 0; step < 12 && at instanceof Refusal; step++) {
    const [way] = at.ways;
    if (!way) return undefined;
    if (way.reduce) {
      const { within } = options;
      if (within !== undefined) narrowed = { ...narrowed, from: within, to: within };
      return `aggregate(${filtered()}, { by: "subject", reduce: "latest", over: "time" })`;
    }
    if (way.each) {
      if (wanted.each) return undefined;
      wanted = { each: "latest", ...options };
    } else {
      narrowed = { ...narrowed, ...way };
      left = left.filter((row) => Object.entries(way).every((entry) => fits(row, entry)));
    }
    if (left.length === 0) return undefined;
    at = tryTotal(left, [], wanted);
  }
  if (at instanceof Refusal) return undefined;
  return `total(${filtered()}${Object.keys(wanted).length > 0 ? `, ${literal(wanted)}` : ""})`;
}

/**
 * Adds rows to one interval, or throws. Everything that may be added is: flows over time and subjects, levels over subjects
 * at one time, ratios over nothing. What another row already holds (repeats, parts, contained subjects, dimensions beside
 * their total, nested periods) is left out and listed in `leftOut`, each with the row that counts in its place. The result
 * says which days it covers and what is missing: of the period `within`, or else from the first value to the last. O(n log n).
 *
 * @param rows - observations of one metric, one status and one timing; of every scope; not changed.
 * @param options - `within` is the period for which the answer stands; `each: "latest"` adds the newest value of each subject.
 * @returns the total with the ids and sources it rests on; `value` is `null` when an end is open or a row is a range.
 * @throws {@link CpecDataError} `MIXED_METRIC`, `MIXED_STATUS`, `MIXED_TIMING`, `NOT_ADDITIVE` or `OVERLAP` (periods that
 * overlap without one holding the other), naming two ids and a call that works on the same rows; `OUT_OF_RANGE` for no rows, or none within the period;
 * `INVALID_ROW`, `CONFLICTING_ROWS`, `INVALID_DATE` and `UNKNOWN_OPTION` for what it cannot take.
 * @see {@link aggregate} for groups; {@link toSeries} where a total is refused; {@link cite}.
 * @example
 * ```ts
 * import { filterObservations, observations, total } from "cpec-it-data";
 * const made = filterObservations(observations, { metric: "phones-assembled", timing: "during", dimensions: {} });
 * console.log(total(made, { within: "2020/2021" }).value); // → 37710000
 * console.log(total(made, { within: "FY2021-22" }).covers); // → { days: 211, of: 365, missing: ["2021-07/2021-10", "2021-12"] }
 * ```
 * @group Helpers
 */
export function total(rows: Iterable<ObservationRecord>, options: TotalOptions = {}): Total {
  checkOptions("total()", options, { each: oneOf(["latest"]), within: text });
  const { rows: all, repeats } = checkObservations("total()", rows);
  if (all.length === 0)
    throw new CpecDataError("OUT_OF_RANGE", "There are no rows to add.", {
      hint: "Check the filter: an empty selection has no total.",
    });
  const result = tryTotal(all, repeats, options);
  if (!(result instanceof Refusal)) return result;
  const call = wayOut(all, result, options);
  throw new CpecDataError(result.code, result.why, {
    ids: result.ids,
    hint:
      call === undefined
        ? "Filter the rows further, or use toSeries(rows), which shows what each period has."
        : `This call works on the same rows: ${call}`,
  });
}
