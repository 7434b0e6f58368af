/** Who promised what, and what came of it: one ledger of promised quantities and promised events. */
import { liveClaims } from "./claims.js";
import { ascending, getOrAdd } from "./collect.js";
import { heldBy } from "./containment.js";
import { dataset } from "./data/dataset.js";
import { events as allEvents } from "./data/events.js";
import { metrics } from "./data/metrics.js";
import { observations as allObservations } from "./data/observations.js";
import { type DateWindow, dateWindow, periodWindow } from "./dates.js";
import { getMetric, getProject } from "./find.js";
import type { MetricId, OrganisationId, ProjectId, SectorId } from "./generated/ids.js";
import links from "./generated/links.json" with { type: "json" };
import { usable } from "./guard.js";
import { type Interval, sourcesOf } from "./interval.js";
import { dimensionKey, subjectKey } from "./keys.js";
import { asDay, publishedOn, wasKnown } from "./knowledge.js";
import { type Collection, wantedIds } from "./known-ids.js";
import { type Check, checkOptions, oneOf, oneOrMore, text } from "./options.js";
import { sentenceOf } from "./promise-words.js";
import { checkEvents, checkObservations } from "./rows.js";
import type { ClaimRecord, EventRecord, ObservationRecord, Subject } from "./types.js";
import {
  countsOf,
  type DayWindow,
  type Delay,
  deadlineOf,
  directionOf,
  type Judged,
  judgeEvent,
  judgeQuantity,
  newest,
  type Reached,
  windowOf,
} from "./verdicts.js";
import { type Direction, type OneOrMore, type PromiseCount, VERDICTS, type Verdict } from "./vocabulary.js";

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
  /** Bodies that take part in what was promised, whoever promised it. */
  readonly organisations: readonly string[];
  /** Bodies that made the promise, or for which somebody made it, as its sources say; empty where none says. */
  readonly promisedBy: readonly string[];
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
  readonly reached: Reached | null;
  /** Reached over promised; an end is `null` when open. */
  readonly share: { readonly low: number | null; readonly high: number | null } | null;
  /** When it came about, as a window; `null` when it did not, or no source says when. */
  readonly doneOn: DayWindow | null;
  /** Days from the last day of the deadline to the fulfilment; negative when early, `null` when not settled. */
  readonly delay: Delay | null;
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
  /** Takes part in what was promised, itself or through a body that was its subsidiary then; it need not have promised it. */
  readonly organisation?: OneOrMore<OrganisationId>;
  /** Made the promise, itself or through a body that was its subsidiary then. */
  readonly promisedBy?: OneOrMore<OrganisationId>;
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
/** The first publication of claims, as a window; `null` when none is dated. */
function firstPublished(claims: readonly ClaimRecord[]): DayWindow | null {
  const windows = liveClaims(claims).flatMap((claim) => publishedOn(claim) ?? []);
  return windows.reduce<DateWindow | null>((a, b) => (a === null || b.earliest < a.earliest ? b : a), null);
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
    return newest(keys.flatMap((key) => (key === undefined ? [] : (this.#days.get(key) ?? []))));
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
    words.add(keys, liveClaims(event.claims));
    for (const p of event.promised) {
      words.add(keys, liveClaims(p.claims));
      if (p.on !== undefined) words.hear(keys, dateWindow(p.on).earliest);
    }
    if (event.outcome) words.add(keys, liveClaims(event.outcome.claims));
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
    .sort((a, b) => ascending(a.id, b.id));
}

/** Whether a source says that it happened: what was taken back later was not promised by that. */
const hasBegun = (event: EventRecord) =>
  event.claims.some((claim) => claim.status === "occurred" || claim.status === "ongoing");

function* eventPromises(events: readonly EventRecord[], day: string, words: Words): Generator<Draft> {
  const announcedBy = new Map<string, EventRecord[]>();
  for (const event of [...events].sort((a, b) => ascending(a.id, b.id)))
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
      statements.sort((a, b) => ascending(a.madeOn?.earliest ?? "", b.madeOn?.earliest ?? "")).splice(1);
    }
    // The chain goes by the day on which each was said, never by its deadline.
    const known = statements
      .filter(
        (s) =>
          liveClaims(s.claims).some((claim) => wasKnown(claim, day, s.madeOn?.earliest ?? null)) &&
          (s.madeOn === null || s.madeOn.earliest <= day),
      )
      .map((s, n) => ({ ...s, n }))
      .sort((a, b) => ascending(a.madeOn?.earliest ?? "", b.madeOn?.earliest ?? "") || a.n - b.n);
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
        promisedBy: speakersOf(s.claims),
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
  const claims = [...(judged.claims ?? []), ...judged.evidence.flatMap((e) => liveClaims(e.claims))];
  return {
    verdict: judged.verdict,
    reached: judged.reached ?? null,
    doneOn: judged.doneOn ?? null,
    delay: judged.delay ?? null,
    knownOn: newest(claims.flatMap((claim) => publishedOn(claim)?.earliest ?? [])),
    evidence: judged.evidence.map((e) => e.id),
    sources: sourcesOf([{ claims: promiseClaims }, { claims }]),
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
      liveClaims(row.claims).some((claim) => wasKnown(claim, day, possible))
    );
  };
  const known = observations.filter(isKnown);
  const key = (row: ObservationRecord) =>
    `${row.metric}|${row.unit}|${subjectKey(row)}|${row.area ?? ""}|${dimensionKey(row)}`;
  const actuals = new Map<string, ObservationRecord[]>();
  const { rows: valid, replacedBy } = usable(
    known.filter((row) => row.status === "actual" && row.timing !== "per-year"),
  );
  const lastDay = (row: ObservationRecord) => row.end ?? row.start ?? "";
  for (const row of [...valid].sort((a, b) => ascending(lastDay(a), lastDay(b)) || ascending(a.id, b.id)))
    if (!replacedBy.has(row)) getOrAdd(actuals, key(row), () => []).push(row);
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
      promisedBy: speakersOf(row.claims),
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

/** The bodies that live claims name as their speakers. */
const speakersOf = (claims: readonly ClaimRecord[]) => [
  ...new Set(liveClaims(claims).flatMap((claim) => claim.saidBy?.organisation ?? [])),
];

function organisationsOf(row: ObservationRecord, project: string | undefined): string[] {
  const { type, id } = row.subject;
  const own =
    type === "organisation"
      ? [id]
      : type === "event" && Object.hasOwn(links.events, id)
        ? (links.events[id]?.parties ?? [])
        : [];
  const ofProject = project === undefined ? [] : (getProject(project)?.organisations.map((o) => o.id) ?? []);
  return [
    ...new Set([...own, ...ofProject, ...(own.length + ofProject.length > 0 ? [] : speakersOf(row.claims))]),
  ];
}

/** The checks of the options of {@link promises}. @internal */
export function checks(): Record<keyof PromiseOptions, Check> {
  const ids = oneOrMore(text);
  const anything = () => {};
  return {
    asOf: text,
    project: ids,
    organisation: ids,
    promisedBy: ids,
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
 * @see {@link delays}; {@link projectStatus}.
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
    name: "project" | "organisation" | "promisedBy" | "sector" | "metric",
    own: (row: ObservationRecord) => string,
    collection: Collection,
  ) => wantedIds(helper, name, options[name], collection, () => rows.map(own));
  const project = wanted("project", (row) => row.subject.id, "projects");
  const organisation = wanted("organisation", (row) => row.subject.id, "organisations");
  const promisedBy = wanted("promisedBy", (row) => row.subject.id, "organisations");
  const sector = wanted("sector", (row) => row.sector, "sectors");
  const metric = wanted("metric", (row) => row.metric, "metrics");
  const made = options.made === undefined ? undefined : periodWindow(options.made);
  const due = options.by === undefined ? undefined : periodWindow(options.by);
  const verdicts = options.verdict === undefined ? undefined : new Set<string>([options.verdict].flat());
  return ledger(events, rows, asDay(options.asOf ?? dataset.newestSource)).filter((p) => {
    const then = { start: p.madeOn?.earliest ?? null, end: p.madeOn?.latest ?? null };
    const among = (bodies: readonly string[], ids: ReadonlySet<string>) =>
      bodies.some((id) =>
        heldBy(`organisation/${id}`, then).some((s) => ids.has(s.slice("organisation/".length))),
      );
    return (
      (!project ||
        (p.project !== null &&
          heldBy(`project/${p.project}`, then).some((s) => project.has(s.slice("project/".length))))) &&
      (!organisation || among(p.organisations, organisation)) &&
      (!promisedBy || among(p.promisedBy, promisedBy)) &&
      (!sector || sector.has(p.sector)) &&
      (!metric || (p.metric !== null && metric.has(p.metric))) &&
      (!made ||
        (p.madeOn !== null && p.madeOn.earliest >= made.earliest && p.madeOn.latest <= made.latest)) &&
      (!due || (p.by !== null && p.by.latest >= due.earliest && p.by.latest <= due.latest)) &&
      (!verdicts || verdicts.has(p.verdict))
    );
  });
}
