/** Verdicts on promises: what was reached, when, and whether that keeps what was promised. */
import { liveClaims } from "./claims.js";
import { dateWindow, dayNumber, isoDay, periodWindow } from "./dates.js";
import { guard } from "./guard.js";
import { addUp, coverageOf, type Interval } from "./interval.js";
import { publishedOn, wasKnown } from "./knowledge.js";
import { cadenceOf } from "./series.js";
import type { ClaimRecord, EventRecord, ObservationRecord, Outcome } from "./types.js";
import type { Direction, PromiseCount, Verdict } from "./vocabulary.js";

/** A window of days. @group Types */
export interface DayWindow {
  readonly earliest: string;
  readonly latest: string;
}

/** What was reached, and the span that it was reached in. @group Types */
export type Reached = Interval & { readonly start: string | null; readonly end: string | null };

/** Days from the last day of a deadline to the fulfilment, as an interval; negative when early. @group Types */
export interface Delay {
  readonly min: number;
  readonly max: number;
}

const days = (from: string, to: string) => dayNumber(to) - dayNumber(from);
export const newest = (days: readonly string[]) =>
  days.reduce<string | null>((a, b) => (a === null || b > a ? b : a), null);
export const windowOf = ({ earliest, latest }: DayWindow): DayWindow => ({ earliest, latest });

/** What is needed to judge a promise, however it was made. */
export interface Judged {
  readonly verdict: Verdict;
  readonly reached?: Reached | null;
  readonly delay?: Delay | null;
  readonly doneOn?: DayWindow;
  readonly evidence: readonly (ObservationRecord | EventRecord)[];
  readonly claims?: readonly ClaimRecord[];
  readonly caveats?: readonly string[];
}

/** A verdict of time: what came about in a window, against the last day of the deadline. */
function inTime(
  happened: DayWindow,
  by: DayWindow | null,
): Pick<Judged, "verdict" | "delay" | "doneOn" | "caveats"> {
  const doneOn = windowOf(happened);
  if (by === null) return { verdict: "kept", doneOn, caveats: ["No last day was given."] };
  const delay = { min: days(by.latest, happened.earliest), max: days(by.latest, happened.latest) };
  if (delay.max <= 0) return { verdict: "kept", delay, doneOn };
  if (delay.min > 0) return { verdict: "late", delay, doneOn };
  return {
    verdict: "unknown",
    delay,
    doneOn,
    caveats: ["It came about, but no source says whether before or after the deadline."],
  };
}

/** The verdict that a source states, as far as it was known on a day. */
function stated(outcome: Outcome | undefined, by: DayWindow | null, day: string): Judged | undefined {
  if (!outcome) return undefined;
  const on = outcome.on === undefined ? undefined : dateWindow(outcome.on);
  const known = liveClaims(outcome.claims).filter((claim) => wasKnown(claim, day, on?.earliest ?? null));
  if (known.length === 0) return undefined;
  const timed = on && by && (outcome.verdict === "kept" || outcome.verdict === "late");
  return {
    verdict: outcome.verdict,
    ...(timed ? { delay: { min: days(by.latest, on.earliest), max: days(by.latest, on.latest) } } : {}),
    ...(on && (outcome.verdict === "kept" || outcome.verdict === "late") ? { doneOn: windowOf(on) } : {}),
    evidence: [],
    claims: known,
    caveats: outcome.note === undefined ? [] : [outcome.note],
  };
}

/** The verdict where nothing settles it: not due yet, or nothing comparable known. */
const unsettled = (by: DayWindow | null, day: string): Verdict =>
  by !== null && by.latest > day ? "open" : "unknown";

export function judgeEvent(event: EventRecord, by: DayWindow | null, day: string): Judged {
  const known = liveClaims(event.claims).filter((claim) => wasKnown(claim, day, event.date.earliest));
  const said = stated(event.outcome, by, day);
  if (said) return { ...said, evidence: [event] };
  if (known.length > 0 && event.status === "cancelled")
    return { verdict: "broken", evidence: [event], claims: known };
  const happened = event.status === "occurred" || event.status === "ongoing";
  if (happened && known.length > 0 && event.date.earliest <= day)
    return { ...inTime(event.date, by), evidence: [event], claims: known };
  return {
    verdict: unsettled(by, day),
    evidence: [],
    caveats: known.length > 0 && event.status === "postponed" ? ["A source says that it was put off."] : [],
  };
}

/** Something that was reached by a day, with the rows that say so. */
interface Mark {
  readonly reached: Reached;
  readonly rows: readonly ObservationRecord[];
}
/** A sum of periods with holes between them is only a lower bound. */
const markOf = (rows: readonly ObservationRecord[], complete = true): Mark => ({
  reached: {
    ...addUp(rows),
    ...(complete ? {} : { value: null, high: null }),
    start: rows.some((row) => row.start === null)
      ? null
      : rows.map((row) => row.start as string).reduce((a, b) => (a < b ? a : b)),
    end: newest(rows.map((row) => row.end ?? row.start ?? "")),
  },
  rows,
});

/** The sources say "about": a promise of about an amount is taken as kept, and not as missed, within this share of it. */
const ABOUT = 0.05;

/** What fulfils a promise, with the tolerance of an approximate one. */
function neededFor(promised: Interval, direction: Direction): number | null {
  const exact = direction === "at-most" ? (promised.high ?? promised.low) : (promised.low ?? promised.high);
  if (exact === null || !promised.approximate) return exact;
  return exact + (direction === "at-most" ? ABOUT : -ABOUT) * Math.abs(exact);
}

/** Whether what was reached certainly fulfils what was promised: by its weaker end. */
function fulfils(reached: Interval, promised: Interval, direction: Direction): boolean {
  const needed = neededFor(promised, direction);
  const weaker = direction === "at-most" ? reached.high : reached.low;
  if (needed === null || weaker === null) return false;
  return direction === "at-most" ? weaker <= needed : weaker >= needed;
}

/** Whether what was reached certainly falls short: by its stronger end. "More than 5,000" falls short of nothing. */
function fallsShort({ reached }: Mark, promised: Interval, direction: Direction): boolean {
  const needed = neededFor(promised, direction);
  const stronger = direction === "at-most" ? reached.low : reached.high;
  if (needed === null || stronger === null) return false;
  return direction === "at-most" ? stronger > needed : stronger < needed;
}

/**
 * What was reached and when, in order of the days up to which it is known, as the actual rows come. Running totals and sums
 * grow; years and levels stand for themselves.
 */
function marksOf(
  promise: ObservationRecord,
  counts: PromiseCount,
  actuals: readonly ObservationRecord[],
  madeOn: DayWindow | null,
  by: DayWindow | null,
): Mark[] {
  const made = madeOn?.earliest ?? "";
  if (promise.timing === "during") {
    // A goal for a period is compared with what that period brought.
    const inside = actuals.filter(
      (row) =>
        row.timing === "during" &&
        (row.start ?? "") >= (promise.start ?? "") &&
        (row.end ?? "9999") <= (promise.end ?? ""),
    );
    const { kept } = guard(inside);
    return kept.length > 0 ? [markOf(kept, coversAll(kept, promise))] : [];
  }
  if (counts === "level")
    return actuals
      .filter((row) => (row.timing === "at" || row.timing === "during") && (row.end ?? "") >= made)
      .map((row) => markOf([row]));
  if (counts === "yearly")
    return actuals.filter((row) => isWholeYear(row) && (row.end ?? "") >= made).map((row) => markOf([row]));
  const since = promise.since === undefined ? made : dateWindow(promise.since).earliest;
  // A running total counts from the beginning of its subject: that of a body or place from before the promise, unless a start is stated.
  const ownStart =
    promise.since !== undefined || promise.subject.type === "project" || promise.subject.type === "event";
  const totals = ownStart
    ? actuals.filter((row) => (row.timing === "to-date" || row.timing === "at") && (row.end ?? "") >= since)
    : [];
  if (totals.length > 0) return totals.map((row) => markOf([row]));
  const periods = actuals.filter((row) => row.timing === "during" && (row.start ?? "") >= since);
  const sum = (rows: readonly ObservationRecord[]) => {
    const end = newest(rows.map((row) => row.end as string)) as string;
    return markOf(rows, since !== "" && coverageOf(rows, [since, end])?.missing.length === 0);
  };
  const marks: Mark[] = [];
  const inDeadline = by ? guard(periods.filter((row) => (row.end as string) <= by.latest)).kept : [];
  if (inDeadline.length > 0) marks.push(sum(inDeadline));
  const soFar: ObservationRecord[] = [];
  let reached = 0;
  const needed = neededFor(promise, directionOf(promise)) ?? Number.POSITIVE_INFINITY;
  for (const row of guard(periods).kept) {
    soFar.push(row);
    reached += row.low ?? 0;
    if (by && (row.end as string) > by.latest && reached >= needed) break;
  }
  const last = soFar.at(-1);
  if (last && (!by || (last.end as string) > by.latest)) marks.push(sum(soFar));
  return marks;
}

/** The mark that reached most. */
function bestOf(marks: readonly Mark[]): Mark | undefined {
  const most = (mark: Mark) => mark.reached.low ?? mark.reached.high ?? 0;
  return marks.length === 0 ? undefined : marks.reduce((a, b) => (most(b) > most(a) ? b : a));
}
const isWholeYear = (row: ObservationRecord) => ["year", "fiscal-year"].includes(cadenceOf(row));

export function judgeQuantity(
  promise: ObservationRecord,
  by: DayWindow | null,
  madeOn: DayWindow | null,
  all: readonly ObservationRecord[],
  day: string,
): Judged {
  const everyYear = all.filter(isWholeYear).map((row) => markOf([row]));
  // Evidence was published after the promise was made.
  const actuals = all.filter((row) =>
    liveClaims(row.claims).some((claim) => {
      const published = publishedOn(claim);
      return published === undefined || madeOn === null || published.latest >= madeOn.earliest;
    }),
  );
  const said = stated(promise.outcome, by, day);
  const counts = countsOf(promise);
  if (counts === null)
    return (
      said ?? {
        verdict: unsettled(by, day),
        evidence: [],
        caveats: ["The promise does not say how its fulfilment is measured."],
      }
    );
  const marks = marksOf(promise, counts, actuals, madeOn, by);
  const direction = directionOf(promise);
  // What adds up over time stays below a limit only when all of it is known, up to the end.
  const limit = direction === "at-most" && (counts === "cumulative" || promise.timing === "during");
  const first = marks.findIndex(
    (mark) =>
      fulfils(mark.reached, promise, direction) &&
      (!limit || (by !== null && (mark.reached.end as string) >= by.latest)),
  );
  const last = marks.at(-1);
  if (said) return { ...said, ...(last ? { reached: last.reached } : {}), evidence: last?.rows ?? [] };
  if (first >= 0) {
    const mark = marks[first] as Mark;
    const end = limit && by ? by.latest : (mark.reached.end as string);
    const before =
      marks.slice(0, first).findLast((m) => fallsShort(m, promise, direction))?.reached.end ?? null;
    const [row] = mark.rows;
    // A year is complete on its last day; anything else was reached some day after it was last known to fall short.
    const from =
      counts === "yearly" || promise.timing === "during" || limit
        ? end
        : before !== null
          ? isoDay(dayNumber(before) + 1)
          : counts === "level" && !(by && end > by.latest)
            ? (row?.start ?? end)
            : // First heard of after the deadline: it may have been reached on any day since the promise.
              (madeOn?.earliest ?? (by && end > by.latest ? by.latest : end));
    return {
      ...inTime({ earliest: from < end ? from : end, latest: end }, by),
      reached: mark.reached,
      evidence: mark.rows,
    };
  }
  if (!last) {
    // A yearly goal is read beside the best year, though that was before it was set.
    const verdict = unsettled(by, day);
    const best = counts === "yearly" && verdict === "open" ? bestOf(everyYear) : undefined;
    return {
      verdict,
      ...(best ? { reached: best.reached } : {}),
      evidence: best?.rows ?? [],
      caveats: !best
        ? []
        : madeOn !== null && (best.reached.end ?? "") >= madeOn.earliest
          ? ["What was reached is that of the best year so far, not of the period promised."]
          : ["What was reached is known from before the promise only."],
    };
  }
  const best = (counts === "yearly" && bestOf(marks)) || last;
  if (by === null || by.latest > day) return { verdict: "open", reached: best.reached, evidence: best.rows };
  // Only what is known of the deadline or of a later time says that it was missed.
  const ofDeadline = marks.filter((mark) =>
    counts === "yearly" ? yearOfDeadline(mark, by) : (mark.reached.end ?? "") >= by.latest,
  );
  const missed = ofDeadline.find((mark) => fallsShort(mark, promise, direction));
  if (missed) return { verdict: "partly", reached: missed.reached, evidence: missed.rows };
  return {
    verdict: "unknown",
    reached: best.reached,
    evidence: best.rows,
    caveats: [
      ofDeadline.length > 0
        ? "What is reported of the deadline leaves open whether it was reached."
        : "What was reached is known from before the deadline only.",
    ],
  };
}

/** Whether a year is that of the deadline: it ends inside the deadline's window, or holds its last day. */
const yearOfDeadline = ({ reached: { start, end } }: Mark, by: DayWindow) =>
  end !== null &&
  ((end >= by.earliest && end <= by.latest) || (start !== null && start <= by.latest && end >= by.latest));

const coversAll = (rows: readonly ObservationRecord[], promise: ObservationRecord) => {
  const covers = coverageOf(rows, [promise.start as string, promise.end as string]);
  return covers !== null && covers.missing.length === 0;
};

/** How a promise says that it is measured; levels need not say it. */
export function countsOf(promise: ObservationRecord): PromiseCount | null {
  if (promise.counts) return promise.counts;
  if (promise.timing === "per-year") return "yearly";
  if (promise.timing === "during") return "cumulative";
  return promise.measure === "flow" ? null : "level";
}
/** Less is better where the promise says so, or where it gives an upper bound alone. */
export const directionOf = (promise: ObservationRecord): Direction =>
  promise.direction ?? (promise.low === null && promise.high !== null ? "at-most" : "at-least");

export function deadlineOf(promise: ObservationRecord): DayWindow | null {
  if (promise.timing === "by")
    return promise.period === "unknown" ? null : windowOf(periodWindow(promise.period));
  if (promise.timing === "per-year" || promise.end === null) return null;
  return {
    earliest: promise.timing === "at" ? (promise.start ?? promise.end) : promise.end,
    latest: promise.end,
  };
}
