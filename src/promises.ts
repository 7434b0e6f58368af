/** Who promised what, and what came of it: one ledger of promised quantities and promised events. */
import { heldBy } from "./containment.js";
import { dataset } from "./data/dataset.js";
import { events as allEvents } from "./data/events.js";
import { metrics } from "./data/metrics.js";
import { observations as allObservations } from "./data/observations.js";
import { type DateWindow, dateWindow, dayNumber, isoDay, periodWindow } from "./dates.js";
import { getMetric, getProject } from "./find.js";
import type { MetricId, OrganisationId, ProjectId, SectorId } from "./generated/ids.js";
import links from "./generated/links.json" with { type: "json" };
import { getOrAdd, guard, usable } from "./guard.js";
import { addUp, coverageOf, type Interval } from "./interval.js";
import { dimensionKey, subjectKey } from "./keys.js";
import { asDay, publishedOn, wasKnown } from "./knowledge.js";
import { wantedIds } from "./known-ids.js";
import { type Check, checkOptions, oneOf, oneOrMore, text } from "./options.js";
import { sentenceOf } from "./promise-words.js";
import { checkEvents, checkObservations } from "./rows.js";
import { cadenceOf } from "./series.js";
import type { ClaimRecord, EventRecord, ObservationRecord, Outcome, Subject } from "./types.js";
import { type Direction, type OneOrMore, type PromiseCount, VERDICTS, type Verdict } from "./vocabulary.js";

/** A window of days. @group Types */
export interface DayWindow {
  readonly earliest: string;
  readonly latest: string;
}

/** A promise and what came of it. @group Types */
export interface PromiseRecord {
  /** Id of the observation or event; a restated deadline of an event adds its number: `an-event#2`. */
  readonly id: string;
  /** Whether a quantity or an event was promised. */
  readonly type: "quantity" | "event";
  /** What was promised: the name of the metric, or the title of the event. */
  readonly title: string;
  readonly metric: string | null;
  readonly unit: string | null;
  readonly sector: string;
  /** What the promise is about. */
  readonly subject: Subject;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly project: string | null;
  /** Bodies that take part in what was promised. */
  readonly organisations: readonly string[];
  /** The promised quantity; `null` for an event. */
  readonly promised: Interval | null;
  /** When it was made; `null` where no source is dated. */
  readonly madeOn: DayWindow | null;
  /** The deadline; `null` when none was given. It is met on its last day. */
  readonly by: DayWindow | null;
  /** How fulfilment is measured. */
  readonly counts: PromiseCount | "event" | null;
  readonly direction: Direction;
  /** The later wording that replaced this one. */
  readonly restatedBy: string | null;
  /** The earlier wording that this one replaced. */
  readonly restates: string | null;
  readonly verdict: Verdict;
  /** What was reached, as far as reported: a sum, a year or a level, as `counts` says. */
  readonly reached: (Interval & { readonly start: string | null; readonly end: string | null }) | null;
  /** Reached over promised; an end is `null` when open. */
  readonly share: { readonly low: number | null; readonly high: number | null } | null;
  /** When it came about, as a window; `null` when it did not, or no source says when. */
  readonly doneOn: DayWindow | null;
  /** Days from the last day of the deadline to the fulfilment; negative when early, `null` when not settled. */
  readonly delay: { readonly min: number; readonly max: number } | null;
  /** Newest day on which evidence was published; `null` without evidence. */
  readonly knownOn: string | null;
  /** Newest day on which anything was published about the subject or project; `null` when no source is dated. */
  readonly newestWord: string | null;
  /** Ids of the observations and events on which the verdict rests. */
  readonly evidence: readonly string[];
  readonly sources: readonly string[];
  readonly caveats: readonly string[];
  /** The verdict in a sentence that a reader can print. */
  readonly sentence: string;
}

/** Options of {@link promises}; whatever is left out does not restrict. @group Types */
export interface PromiseOptions {
  /** As known on this date (its last day); default `dataset.newestSource`. */
  readonly asOf?: string;
  readonly project?: OneOrMore<ProjectId>;
  /** Takes part in what was promised, itself or through a body that was its subsidiary then. */
  readonly organisation?: OneOrMore<OrganisationId>;
  readonly sector?: OneOrMore<SectorId>;
  readonly metric?: OneOrMore<MetricId>;
  /** Made inside this period (EDTF or fiscal year). */
  readonly made?: string;
  /** Due inside this period: the last day of the deadline lies in it. */
  readonly by?: string;
  readonly verdict?: OneOrMore<Verdict>;
  /** The events among which to look; default all. */
  readonly events?: Iterable<EventRecord>;
  /** The observations among which to look for promises and evidence; default all. */
  readonly observations?: Iterable<ObservationRecord>;
}

const PROMISING: readonly string[] = ["planned", "target", "committed"];
let promisable: ReadonlyMap<string, boolean> | undefined;
/** Whether a quantity can be promised: the metric says so; a metric of one's own, by saying how fulfilment is measured. */
function isPromise(row: ObservationRecord): boolean {
  if (!PROMISING.includes(row.status)) return false;
  promisable ??= new Map(metrics.map((m) => [m.id, m.promisable === true]));
  return promisable.get(row.metric) ?? row.counts !== undefined;
}

const live = (claims: readonly ClaimRecord[]) => claims.filter((claim) => claim.rank !== "deprecated");
const sourcesIn = (claims: readonly ClaimRecord[]) => [...new Set(live(claims).map((claim) => claim.source))];
const days = (from: string, to: string) => dayNumber(to) - dayNumber(from);
const max = (list: readonly string[]) =>
  list.reduce<string | null>((a, b) => (a === null || b > a ? b : a), null);

/** The first publication of claims, as a window; `null` when none is dated. */
function firstPublished(claims: readonly ClaimRecord[]): DayWindow | null {
  const windows = live(claims).flatMap((claim) => publishedOn(claim) ?? []);
  return windows.reduce<DateWindow | null>((a, b) => (a === null || b.earliest < a.earliest ? b : a), null);
}
const windowOf = ({ earliest, latest }: DayWindow): DayWindow => ({ earliest, latest });

/** What is needed to judge a promise, however it was made. */
interface Judged {
  readonly verdict: Verdict;
  readonly reached?: PromiseRecord["reached"];
  readonly delay?: PromiseRecord["delay"];
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
  if (by === null) return { verdict: "kept", doneOn, caveats: ["No deadline was given."] };
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
  const known = live(outcome.claims).filter((claim) => wasKnown(claim, day, on?.earliest ?? null));
  if (known.length === 0) return undefined;
  const timed = on && by && (outcome.verdict === "kept" || outcome.verdict === "late");
  return {
    verdict: outcome.verdict,
    ...(timed ? { delay: { min: days(by.latest, on.earliest), max: days(by.latest, on.latest) } } : {}),
    evidence: [],
    claims: known,
    caveats: outcome.note === undefined ? [] : [outcome.note],
  };
}

/** The verdict where nothing settles it: not due yet, or nothing comparable known. */
const unsettled = (by: DayWindow | null, day: string): Verdict =>
  by !== null && by.latest > day ? "open" : "unknown";

function judgeEvent(event: EventRecord, by: DayWindow | null, day: string): Judged {
  const known = live(event.claims).filter((claim) => wasKnown(claim, day, event.date.earliest));
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

type Reached = NonNullable<PromiseRecord["reached"]>;
/** Something that was reached by a day, with the rows that say so. */
interface Mark {
  readonly reached: Reached;
  readonly rows: readonly ObservationRecord[];
  /** Whether nothing is left out before that day; a sum of reported periods with holes is only a lower bound. */
  readonly complete: boolean;
}
const markOf = (rows: readonly ObservationRecord[], complete = true): Mark => ({
  reached: {
    ...addUp(rows),
    start: rows.some((row) => row.start === null)
      ? null
      : rows.map((row) => row.start as string).reduce((a, b) => (a < b ? a : b)),
    end: max(rows.map((row) => row.end ?? row.start ?? "")),
  },
  rows,
  complete,
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
function fallsShort({ reached, complete }: Mark, promised: Interval, direction: Direction): boolean {
  const needed = neededFor(promised, direction);
  const stronger = direction === "at-most" ? reached.low : reached.high;
  if (needed === null || stronger === null) return false;
  return direction === "at-most" ? stronger > needed : complete && stronger < needed;
}

/**
 * What was reached and when, in order of the days up to which it is known. Running totals and sums grow; years and levels
 * stand for themselves.
 */
function marksOf(
  promise: ObservationRecord,
  counts: PromiseCount,
  actuals: readonly ObservationRecord[],
  madeOn: DayWindow | null,
  by: DayWindow | null,
): Mark[] {
  const made = madeOn?.earliest ?? "";
  const inOrder = (marks: Mark[]) =>
    marks.sort((a, b) => ((a.reached.end ?? "") < (b.reached.end ?? "") ? -1 : 1));
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
    return inOrder(
      actuals
        .filter((row) => (row.timing === "at" || row.timing === "during") && (row.end ?? "") >= made)
        .map((row) => markOf([row])),
    );
  if (counts === "yearly")
    return inOrder(
      actuals.filter((row) => isWholeYear(row) && (row.end ?? "") >= made).map((row) => markOf([row])),
    );
  const since = promise.since === undefined ? made : dateWindow(promise.since).earliest;
  // A running total counts from the beginning of its subject: that of a body or place from before the promise, unless a start is stated.
  const ownStart =
    promise.since !== undefined || promise.subject.type === "project" || promise.subject.type === "event";
  const totals = ownStart
    ? actuals.filter((row) => (row.timing === "to-date" || row.timing === "at") && (row.end ?? "") >= since)
    : [];
  if (totals.length > 0) return inOrder(totals.map((row) => markOf([row])));
  const periods = actuals.filter((row) => row.timing === "during" && (row.start ?? "") >= since);
  const sum = (rows: readonly ObservationRecord[]) => {
    const end = max(rows.map((row) => row.end as string)) as string;
    return markOf(rows, since !== "" && coverageOf(rows, [since, end])?.missing.length === 0);
  };
  const marks: Mark[] = [];
  const inDeadline = by ? guard(periods.filter((row) => (row.end as string) <= by.latest)).kept : [];
  if (inDeadline.length > 0) marks.push(sum(inDeadline));
  const soFar: ObservationRecord[] = [];
  let reached = 0;
  const needed = neededFor(promise, directionOf(promise)) ?? Number.POSITIVE_INFINITY;
  for (const row of [...guard(periods).kept].sort((a, b) =>
    (a.end as string) < (b.end as string) ? -1 : 1,
  )) {
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

function judgeQuantity(
  promise: ObservationRecord,
  by: DayWindow | null,
  madeOn: DayWindow | null,
  all: readonly ObservationRecord[],
  day: string,
): Judged {
  const everyYear = all.filter(isWholeYear).map((row) => markOf([row]));
  // Evidence was published after the promise was made.
  const actuals = all.filter((row) =>
    live(row.claims).some((claim) => {
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
      (!limit || (mark.complete && by !== null && (mark.reached.end as string) >= by.latest)),
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
    const before = counts === "yearly" && verdict === "open" ? bestOf(everyYear) : undefined;
    return {
      verdict,
      ...(before ? { reached: before.reached } : {}),
      evidence: before?.rows ?? [],
      caveats: before ? ["What was reached is known from before the promise only."] : [],
    };
  }
  const best = (counts === "yearly" && bestOf(marks)) || last;
  if (by === null || by.latest > day) return { verdict: "open", reached: best.reached, evidence: best.rows };
  // Only what is known of the deadline or of a later time says that it was missed.
  const ofDeadline = marks.filter((mark) =>
    counts === "yearly"
      ? yearOfDeadline(mark, by)
      : (mark.reached.end ?? "") >= by.latest && (promise.timing !== "during" || mark.complete),
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
function countsOf(promise: ObservationRecord): PromiseCount | null {
  if (promise.counts) return promise.counts;
  if (promise.timing === "per-year") return "yearly";
  if (promise.timing === "during") return "cumulative";
  return promise.measure === "flow" ? null : "level";
}
/** Less is better where the promise says so, or where it gives an upper bound alone. */
const directionOf = (promise: ObservationRecord): Direction =>
  promise.direction ?? (promise.low === null && promise.high !== null ? "at-most" : "at-least");

function deadlineOf(promise: ObservationRecord): DayWindow | null {
  if (promise.timing === "by")
    return promise.period === "unknown" ? null : windowOf(periodWindow(promise.period));
  if (promise.timing === "per-year" || promise.end === null) return null;
  return {
    earliest: promise.timing === "at" ? (promise.start ?? promise.end) : promise.end,
    latest: promise.end,
  };
}

/** What was published about subjects and projects, for the newest word. */
class Words {
  readonly #days = new Map<string, string>();
  constructor(
    private readonly day: string,
    private readonly projectOf: (subject: Subject) => string | undefined,
  ) {}
  add(keys: readonly (string | undefined)[], claims: readonly ClaimRecord[]): void {
    for (const claim of claims) {
      const published = publishedOn(claim)?.earliest;
      if (published !== undefined) this.hear(keys, published);
    }
  }
  hear(keys: readonly (string | undefined)[], day: string): void {
    if (day > this.day) return;
    for (const key of keys)
      if (key !== undefined && day > (this.#days.get(key) ?? "")) this.#days.set(key, day);
  }
  addRow(row: ObservationRecord): void {
    const project = this.projectOf(row.subject);
    const keys = [`${row.metric}|${subjectKey(row)}`, project && `project/${project}`];
    this.add(keys, row.claims);
    if (row.asOf !== undefined) this.hear(keys, dateWindow(row.asOf).earliest);
  }
  newest(keys: readonly (string | undefined)[]): string | null {
    return max(keys.flatMap((key) => (key === undefined ? [] : (this.#days.get(key) ?? []))));
  }
}

const projectOfSubject = (subject: Subject): string | undefined =>
  subject.type === "project"
    ? subject.id
    : subject.type === "event" && Object.hasOwn(links.events, subject.id)
      ? links.events[subject.id]?.project
      : undefined;

type Draft = Omit<PromiseRecord, "restatedBy" | "sentence">;

function ledger(
  events: readonly EventRecord[],
  observations: readonly ObservationRecord[],
  day: string,
): PromiseRecord[] {
  const words = new Words(day, projectOfSubject);
  for (const event of events) {
    const keys = [`event/${event.id}`, event.project && `project/${event.project}`];
    words.add(keys, live(event.claims));
    for (const p of event.promised) {
      words.add(keys, live(p.claims));
      if (p.on !== undefined) words.hear(keys, dateWindow(p.on).earliest);
    }
    if (event.outcome) words.add(keys, live(event.outcome.claims));
  }
  for (const row of observations) words.addRow(row);

  const drafts = [...eventPromises(events, day, words), ...quantityPromises(observations, day, words)];
  const restatedBy = new Map(
    drafts.flatMap((d) => (d.restates === null ? [] : [[d.restates, d.id] as const])),
  );
  return drafts
    .map((draft): PromiseRecord => {
      const entry = { ...draft, restatedBy: restatedBy.get(draft.id) ?? null };
      return { ...entry, sentence: sentenceOf(entry) };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether a source says that it happened: what was taken back later was not promised by that. */
const hasBegun = (event: EventRecord) =>
  event.claims.some((claim) => claim.status === "occurred" || claim.status === "ongoing");

function* eventPromises(events: readonly EventRecord[], day: string, words: Words): Generator<Draft> {
  const announcedBy = new Map<string, EventRecord[]>();
  for (const event of events)
    if (event.promises !== undefined) getOrAdd(announcedBy, event.promises, () => []).push(event);
  for (const event of events) {
    const announcements = announcedBy.get(event.id) ?? [];
    let statements = event.promised.map((p) => ({
      by: p.by === "unknown" ? null : windowOf(periodWindow(p.by)),
      madeOn: p.on === undefined ? firstPublished(p.claims) : windowOf(dateWindow(p.on)),
      claims: p.claims,
    }));
    if (statements.length === 0) {
      const expected = event.status === "planned" ? windowOf(event.date) : null;
      if (announcements.length > 0)
        statements = announcements.map((a) => ({ by: expected, madeOn: windowOf(a.date), claims: a.claims }));
      else if (event.status === "planned" || (event.status === "cancelled" && !hasBegun(event)))
        statements = [{ by: expected, madeOn: firstPublished(event.claims), claims: event.claims }];
      statements.sort((a, b) => ((a.madeOn?.earliest ?? "") < (b.madeOn?.earliest ?? "") ? -1 : 1)).splice(1);
    }
    // The chain goes by the day on which each was said, never by its deadline.
    const known = statements
      .filter(
        (s) =>
          live(s.claims).some((claim) => wasKnown(claim, day, s.madeOn?.earliest ?? null)) &&
          (s.madeOn === null || s.madeOn.earliest <= day),
      )
      .map((s, n) => ({ ...s, n }))
      .sort((a, b) =>
        (a.madeOn?.earliest ?? "") < (b.madeOn?.earliest ?? "")
          ? -1
          : (a.madeOn?.earliest ?? "") > (b.madeOn?.earliest ?? "")
            ? 1
            : a.n - b.n,
      );
    for (const [i, s] of known.entries()) {
      const judged = judgeEvent(event, s.by, day);
      const idOf = (n: number) => (n === 0 ? event.id : `${event.id}#${n + 1}`);
      yield {
        id: idOf(i),
        type: "event",
        title: event.title,
        metric: null,
        unit: null,
        sector: event.sectors[0] as string,
        subject: { type: "event", id: event.id },
        dimensions: {},
        project: event.project ?? null,
        organisations: [
          ...new Set(
            [...event.organisations, ...announcements.flatMap((a) => a.organisations)].map((o) => o.id),
          ),
        ],
        promised: null,
        madeOn: s.madeOn,
        by: s.by,
        counts: "event",
        direction: "at-least",
        restates: i === 0 ? null : idOf(i - 1),
        ...settled(judged, s.claims, [...event.caveats]),
        share: null,
        newestWord: words.newest([`event/${event.id}`, event.project && `project/${event.project}`]),
      };
    }
  }
}

/** The fields of a verdict that all promises share. */
function settled(judged: Judged, promiseClaims: readonly ClaimRecord[], caveats: readonly string[]) {
  const claims = [...(judged.claims ?? []), ...judged.evidence.flatMap((e) => live(e.claims))];
  return {
    verdict: judged.verdict,
    reached: judged.reached ?? null,
    doneOn: judged.doneOn ?? null,
    delay: judged.delay ?? null,
    knownOn: max(claims.flatMap((claim) => publishedOn(claim)?.earliest ?? [])),
    evidence: judged.evidence.map((e) => e.id),
    sources: [...new Set([...sourcesIn(promiseClaims), ...sourcesIn(claims)])],
    caveats: [
      ...new Set([...caveats, ...judged.evidence.flatMap((e) => e.caveats), ...(judged.caveats ?? [])]),
    ],
  };
}

function* quantityPromises(
  observations: readonly ObservationRecord[],
  day: string,
  words: Words,
): Generator<Draft> {
  // A statement is known from the day on which it was made, what came to be from the day on which it is over.
  const isKnown = (row: ObservationRecord) => {
    const possible =
      row.status === "actual"
        ? (row.end ?? row.start)
        : row.asOf === undefined
          ? null
          : dateWindow(row.asOf).earliest;
    return (
      (possible === null || possible <= day) &&
      live(row.claims).some((claim) => wasKnown(claim, day, possible))
    );
  };
  const known = observations.filter(isKnown);
  const key = (row: ObservationRecord) =>
    `${row.metric}|${row.unit}|${subjectKey(row)}|${row.area ?? ""}|${dimensionKey(row)}`;
  const actuals = new Map<string, ObservationRecord[]>();
  const { rows: valid, replacedBy } = usable(
    known.filter((row) => row.status === "actual" && row.timing !== "per-year"),
  );
  for (const row of valid) if (!replacedBy.has(row)) getOrAdd(actuals, key(row), () => []).push(row);
  const knownIds = new Set(known.map((row) => row.id));
  for (const row of known) {
    if (!isPromise(row) || (row.low === null && row.high === null)) continue;
    const madeOn = row.asOf === undefined ? firstPublished(row.claims) : windowOf(dateWindow(row.asOf));
    if (madeOn && madeOn.earliest > day) continue;
    const by = deadlineOf(row);
    const judged = judgeQuantity(row, by, madeOn, actuals.get(key(row)) ?? [], day);
    const reached = judged.reached;
    const over = (a: number | null, b: number | null) => (a === null || b === null || b === 0 ? null : a / b);
    const project = projectOfSubject(row.subject);
    const { value, low, high, approximate } = row;
    yield {
      id: row.id,
      type: "quantity",
      title: getMetric(row.metric)?.name ?? row.metric,
      metric: row.metric,
      unit: row.unit,
      sector: row.sector,
      subject: row.subject,
      dimensions: row.dimensions,
      project: project ?? null,
      organisations: organisationsOf(row, project),
      promised: { value, low, high, approximate },
      madeOn,
      by,
      counts: countsOf(row),
      direction: directionOf(row),
      restates: row.supersedes !== undefined && knownIds.has(row.supersedes) ? row.supersedes : null,
      ...settled(judged, row.claims, row.caveats),
      share: reached ? { low: over(reached.low, high), high: over(reached.high, low) } : null,
      newestWord: words.newest([`${row.metric}|${subjectKey(row)}`, project && `project/${project}`]),
    };
  }
}

function organisationsOf(row: ObservationRecord, project: string | undefined): string[] {
  const { type, id } = row.subject;
  const said = live(row.claims).flatMap((claim) => claim.saidBy?.organisation ?? []);
  const own =
    type === "organisation"
      ? [id]
      : type === "event" && Object.hasOwn(links.events, id)
        ? (links.events[id]?.parties ?? [])
        : [];
  const ofProject = project === undefined ? [] : (getProject(project)?.organisations.map((o) => o.id) ?? []);
  return [...new Set([...own, ...ofProject, ...(own.length + ofProject.length > 0 ? [] : said)])];
}

/** The checks of the options of {@link promises}. */
function checks(): Record<keyof PromiseOptions, Check> {
  const ids = oneOrMore(text);
  const anything = () => {};
  return {
    asOf: text,
    project: ids,
    organisation: ids,
    sector: ids,
    metric: ids,
    made: text,
    by: text,
    verdict: oneOrMore(oneOf(VERDICTS)),
    events: anything,
    observations: anything,
  };
}

/**
 * The ledger of promises: everything that somebody said would be done, as a quantity (planned, targeted or committed) or as an
 * event, each with the verdict that the sources bear, as known on a day. Prices, costs, masses, design lives and the values of
 * contracts and loans are not promises, and neither are forecasts. `unknown` means that nothing comparable was published since,
 * not that the promise was broken: only a source makes a promise `broken`. O(n log n) in the records.
 *
 * Evidence is comparable: the same quantity, subject and dimensions, published after the promise was made. A `yearly` goal is
 * compared with whole years and never with their sum; a `cumulative` one with what was done from its start, and with a running
 * total only if that has the same start; a `level` with levels.
 *
 * @param options - filters, and `asOf`.
 * @returns entries in order of their ids.
 * @throws {@link CpecDataError} `UNKNOWN_OPTION`, `UNKNOWN_VALUE`, `INVALID_DATE`.
 * @example
 * ```ts
 * import { promises } from "cpec-it-data";
 * const [plant] = promises({ project: "xiaomi-lahore-plant" }).filter((p) => p.id === "xiaomi-plant-opening");
 * console.log(plant?.verdict, plant?.delay); // → late { min: 32, max: 32 }
 * ```
 * @group Helpers
 */
export function promises(options: PromiseOptions = {}): PromiseRecord[] {
  const helper = "promises()";
  checkOptions(helper, options, checks());
  const events = checkEvents(helper, options.events ?? allEvents).rows;
  const rows = checkObservations(helper, options.observations ?? allObservations).rows;
  const wanted = (
    name: "project" | "organisation" | "sector" | "metric",
    own: (row: ObservationRecord) => string,
  ) => wantedIds(helper, name, options[name], `${name}s`, () => rows.map(own));
  const project = wanted("project", (row) => row.subject.id);
  const organisation = wanted("organisation", (row) => row.subject.id);
  const sector = wanted("sector", (row) => row.sector);
  const metric = wanted("metric", (row) => row.metric);
  const made = options.made === undefined ? undefined : periodWindow(options.made);
  const due = options.by === undefined ? undefined : periodWindow(options.by);
  const verdicts = options.verdict === undefined ? undefined : new Set<string>([options.verdict].flat());
  return ledger(events, rows, asDay(options.asOf ?? dataset.newestSource)).filter((p) => {
    const then = { start: p.madeOn?.earliest ?? null, end: p.madeOn?.latest ?? null };
    return (
      (!project ||
        (p.project !== null &&
          heldBy(`project/${p.project}`, then).some((s) => project.has(s.slice("project/".length))))) &&
      (!organisation ||
        p.organisations.some((id) =>
          heldBy(`organisation/${id}`, then).some((s) => organisation.has(s.slice("organisation/".length))),
        )) &&
      (!sector || sector.has(p.sector)) &&
      (!metric || (p.metric !== null && metric.has(p.metric))) &&
      (!made ||
        (p.madeOn !== null && p.madeOn.earliest >= made.earliest && p.madeOn.latest <= made.latest)) &&
      (!due || (p.by !== null && p.by.latest >= due.earliest && p.by.latest <= due.latest)) &&
      (!verdicts || verdicts.has(p.verdict))
    );
  });
}

/** Options of {@link delays}. @group Types */
export interface DelayOptions extends Omit<PromiseOptions, "by"> {
  /** What to summarise by; default `sector`. A promise counts under each organisation that takes part in it, and under the year in which it was made. */
  readonly by?: "sector" | "organisation" | "year";
}

/** Promises of one group, summed up. @group Types */
export interface DelayRow {
  readonly key: string | null;
  /** Promises, each chain of restatements once, by its newest wording. */
  readonly promises: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Promises of which the delay is known: kept or late, with a deadline. */
  readonly timed: number;
  /** Median delay in days as an interval: the medians of the least and of the largest delays; `null` when none is known. */
  readonly medianDelay: { readonly min: number; readonly max: number } | null;
  readonly ids: readonly string[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/**
 * Promises by sector, organisation or year made: how many, with which verdicts, and the median delay of those whose day is
 * known. A promise that was restated counts once, by its newest wording; early fulfilment counts as a negative delay. O(n log n).
 *
 * @param options - `by`, and the filters of {@link promises}.
 * @returns rows by number of promises.
 * @throws {@link CpecDataError} as {@link promises}.
 * @example
 * ```ts
 * import { delays } from "cpec-it-data";
 * const [first] = delays({ by: "sector" });
 * console.log((first?.promises ?? 0) > 0, first?.promises === first?.ids.length); // → true true
 * ```
 * @group Helpers
 */
export function delays(options: DelayOptions = {}): DelayRow[] {
  checkOptions("delays()", options, { ...checks(), by: oneOf(["sector", "organisation", "year"]) });
  const { by = "sector", ...filter } = options;
  const keysOf = (p: PromiseRecord): readonly (string | null)[] => {
    if (by === "sector") return [p.sector];
    if (by === "year") return [p.madeOn?.earliest.slice(0, 4) ?? null];
    return p.organisations.length > 0 ? p.organisations : [null];
  };
  const groups = new Map<string | null, PromiseRecord[]>();
  for (const p of promises(filter))
    if (p.restatedBy === null) for (const key of keysOf(p)) getOrAdd(groups, key, () => []).push(p);
  return [...groups]
    .map(([key, list]): DelayRow => {
      const timed = list.flatMap((p) =>
        p.delay && (p.verdict === "kept" || p.verdict === "late") ? [p.delay] : [],
      );
      const count = (verdict: Verdict) => list.filter((p) => p.verdict === verdict).length;
      return {
        key,
        promises: list.length,
        verdicts: Object.fromEntries(VERDICTS.map((v) => [v, count(v)])) as Record<Verdict, number>,
        timed: timed.length,
        medianDelay:
          timed.length > 0
            ? { min: median(timed.map((d) => d.min)), max: median(timed.map((d) => d.max)) }
            : null,
        ids: list.map((p) => p.id),
      };
    })
    .sort((a, b) => b.promises - a.promises || ((a.key ?? "\uffff") < (b.key ?? "\uffff") ? -1 : 1));
}
