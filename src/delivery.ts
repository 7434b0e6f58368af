import { dataset } from "./data/dataset.js";
import { observations } from "./data/observations.js";
import { addUp, guard, type Interval, sourcesOf } from "./guard.js";
import { dimensionKey, subjectKey } from "./keys.js";
import { asDay, firstSaid, wasKnown } from "./knowledge.js";
import { cadenceOf } from "./series.js";
import type { ObservationRecord, Subject } from "./types.js";
import type { ObservationStatus } from "./vocabulary.js";

/** Options of {@link compareDelivery}. @group Types */
export interface DeliveryOptions<R extends ObservationRecord = ObservationRecord> {
  /** A date; what was published later, and what begins later, does not count. Default `dataset.dataAsOf`. */
  readonly asOf?: string;
  /** The rows among which promises and actual values are looked for; default all observations. */
  readonly rows?: Iterable<R>;
}

/** A promise beside what came of it. @group Types */
export interface Delivery {
  /** Id of the promise. */
  readonly promise: string;
  readonly metric: string;
  readonly unit: string;
  readonly subject: Subject;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly status: ObservationStatus;
  readonly promised: Interval;
  /** Deadline, ISO day; `null` when unknown or for a rate. */
  readonly deadline: string | null;
  /** What came to be, as far as reported; `null` when nothing comparable is. */
  readonly actual:
    | (Interval & {
        readonly observations: readonly string[];
        /** First and last day that the reports cover; a running total has no first. */
        readonly start: string | null;
        readonly end: string | null;
      })
    | null;
  /** Actual over promised, as an interval; an end is `null` when open. */
  readonly ratio: { readonly low: number | null; readonly high: number | null } | null;
  readonly delivery: "met" | "partly" | "no-actual";
  readonly due: "overdue" | "not-due" | "no-deadline";
  readonly caveats: readonly string[];
  readonly sources: readonly string[];
}

const PROMISES: readonly string[] = ["committed", "planned", "target"];

const interval = ({ value, low, high, approximate }: ObservationRecord): Interval => ({
  value,
  low,
  high,
  approximate,
});

/** What can be held against a promise: the newest running total or level, or the reported periods added up. */
function actualOf(
  promise: ObservationRecord,
  actuals: readonly ObservationRecord[],
): readonly ObservationRecord[] {
  if (promise.timing === "per-year") {
    // A rate is compared with the newest whole year.
    const whole = actuals.filter((row) => ["year", "fiscal-year"].includes(cadenceOf(row)));
    return whole.sort((a, b) => ((a.end ?? "") < (b.end ?? "") ? 1 : -1)).slice(0, 1);
  }
  if (promise.timing === "during") {
    // A target for a period is compared with what that period brought, whole or so far.
    const inside = actuals.filter(
      (row) =>
        row.timing === "during" &&
        promise.start !== null &&
        promise.end !== null &&
        (row.start ?? "") >= promise.start &&
        (row.end ?? "9999") <= promise.end,
    );
    return guard(inside).kept;
  }
  // A running total or level from before the promise tells nothing about it.
  const made = firstSaid(promise);
  const totals = actuals.filter(
    (row) => (row.timing === "to-date" || row.timing === "at") && (made === null || (row.end ?? "") >= made),
  );
  if (totals.length > 0) {
    const newest = totals.reduce((a, b) => ((b.end ?? "") > (a.end ?? "") ? b : a));
    return [newest];
  }
  const periods = actuals.filter((row) => row.timing === "during");
  if (promise.measure !== "flow")
    return periods.sort((a, b) => ((a.end ?? "") < (b.end ?? "") ? 1 : -1)).slice(0, 1);
  return guard(periods).kept;
}

/**
 * Each promise (committed, planned or target) beside the newest comparable actual: same metric, subject and dimensions.
 * Running totals and levels are taken as reported, unless they are older than the promise; where only periods are
 * reported they are added up, and a caveat says which time they cover. Forecasts are no promises. A promise that a later
 * one replaced by `asOf` is left out.
 *
 * @param options - `asOf` and `rows`.
 * @returns promises without an actual too, ordered by id.
 * @throws {@link CpecDataError} `INVALID_DATE` for a date it can't read.
 * @example
 * ```ts
 * import { compareDelivery, filterObservations, observations } from "cpec-it-data";
 * const rows = filterObservations(observations, { metric: "investment-fibre-backbone", project: "sunwalk-fibre-network" });
 * const plan = compareDelivery({ rows, asOf: "2023-03-31" }).find((row) => row.promised.value === 2_000_000_000);
 * console.log(plan?.delivery, plan?.due, plan?.ratio?.high); // → partly no-deadline 0.0025
 * ```
 * @group Helpers
 */
export function compareDelivery<R extends ObservationRecord>(options: DeliveryOptions<R> = {}): Delivery[] {
  const day = asDay(options.asOf ?? dataset.dataAsOf);
  const known: ObservationRecord[] = [];
  for (const row of options.rows ?? observations) {
    const said = row.asOf === undefined || row.asOf <= day;
    // A promise is known before its time, what came to be is not.
    const over = row.status === "actual" ? (row.end ?? row.start) : null;
    if (said && row.claims.some((claim) => claim.rank !== "deprecated" && wasKnown(claim, day, over)))
      known.push(row);
  }
  const replaced = new Set(known.map((row) => row.supersedes));
  const key = (row: ObservationRecord) => `${row.metric}|${row.unit}|${subjectKey(row)}|${dimensionKey(row)}`;
  const actuals = new Map<string, ObservationRecord[]>();
  for (const row of known) {
    const begun = row.start ?? row.end;
    if (row.status !== "actual" || row.timing === "per-year" || begun === null || begun > day) continue;
    if (row.low === null && row.high === null) continue;
    actuals.set(key(row), [...(actuals.get(key(row)) ?? []), row]);
  }

  const compared: Delivery[] = [];
  for (const promise of known) {
    if (!PROMISES.includes(promise.status) || replaced.has(promise.id)) continue;
    if (promise.low === null && promise.high === null) continue;
    const rows = actualOf(promise, actuals.get(key(promise)) ?? []);
    const reached = rows.length > 0 ? addUp(rows) : null;
    const over = (a: number | null, b: number | null) => (a === null || b === null || b === 0 ? null : a / b);
    const ratio = reached && { low: over(reached.low, promise.high), high: over(reached.high, promise.low) };
    const deadline = promise.timing === "per-year" ? null : promise.end;
    const caveats = [...new Set([...promise.caveats, ...rows.flatMap((row) => row.caveats)])];
    const periods = rows.filter((row) => row.timing === "during").map((row) => row.period);
    if (periods.length > 0 && periods.join() !== promise.period)
      caveats.push(`The actual covers ${periods.sort().join(", ")} only, as last reported.`);
    const lowest = ratio?.low ?? null;
    compared.push({
      promise: promise.id,
      metric: promise.metric,
      unit: promise.unit,
      subject: promise.subject,
      dimensions: promise.dimensions,
      status: promise.status,
      promised: interval(promise),
      deadline,
      actual: reached && {
        ...reached,
        observations: rows.map((row) => row.id),
        start: rows.reduce<string | null>(
          (a, r) => (r.start === null ? null : a === null || r.start < a ? r.start : a),
          rows[0]?.start ?? null,
        ),
        end: rows.reduce<string | null>((a, r) => (a === null || (r.end ?? "") > a ? r.end : a), null),
      },
      ratio,
      delivery: reached === null ? "no-actual" : lowest !== null && lowest >= 1 ? "met" : "partly",
      due: deadline === null ? "no-deadline" : deadline < day ? "overdue" : "not-due",
      caveats,
      sources: [...new Set([...sourcesOf([promise]), ...sourcesOf(rows)])],
    });
  }
  return compared.sort((a, b) => (a.promise < b.promise ? -1 : 1));
}
