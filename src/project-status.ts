import { liveClaims } from "./claims.js";
import { dataset } from "./data/dataset.js";
import { events } from "./data/events.js";
import { observations } from "./data/observations.js";
import { projects } from "./data/projects.js";
import { dateWindow } from "./dates.js";
import { CpecDataError } from "./errors.js";
import { getProject } from "./find.js";
import type { ProjectId } from "./generated/ids.js";
import { asDay, publishedOn, wasKnown } from "./knowledge.js";
import { show } from "./nearest.js";
import { checkOptions, suggestion, text } from "./options.js";
import type { ClaimRecord, EventRecord, ProjectRecord } from "./types.js";
import type { EventKind } from "./vocabulary.js";

/** How far a project has come, in order; `suspended`, `cancelled` and `ended` close it, `unknown` says that nothing is known. @group Types */
export type ProjectState =
  | "proposed"
  | "announced"
  | "agreed"
  | "under-way"
  | "delivered"
  | "operating"
  | "suspended"
  | "cancelled"
  | "ended"
  | "unknown";

/** Options of {@link projectStatus}. @group Types */
export interface ProjectStatusOptions {
  /** As known on this date (its last day); default `dataset.newestSource`. */
  readonly asOf?: string;
}

/** The status of a project, as far as it is known. @group Types */
export interface ProjectStatus {
  readonly project: string;
  /** ISO day as of which it holds. */
  readonly asOf: string;
  readonly state: ProjectState;
  /** The event on which it rests. */
  readonly event?: string;
  /** The observation on which it rests, when no event says as much. */
  readonly observation?: string;
  /** ISO day from which it held at the latest. */
  readonly since?: string;
  /** The newest day on which anything was published about the project; absent when no source is dated. */
  readonly newestWord?: string;
  /** The newest setback (a delay, dispute or failure) after that day, with no licence, completion, operation or launch since: the project may not have gone on. */
  readonly setback?: string;
  readonly sources: readonly string[];
}

const STAGES: readonly ProjectState[] = [
  "proposed",
  "announced",
  "agreed",
  "under-way",
  "delivered",
  "operating",
];

/** How far a thing that happened brings a project. */
const REACHED: Readonly<Record<EventKind, ProjectState>> = {
  meeting: "proposed",
  policy: "proposed",
  setback: "proposed",
  announcement: "announced",
  institution: "agreed",
  agreement: "agreed",
  licence: "agreed",
  investment: "under-way",
  construction: "under-way",
  milestone: "under-way",
  completion: "delivered",
  training: "operating",
  operation: "operating",
  launch: "operating",
};
/** What shows that a project went on after a setback. */
const OVERCOMES: readonly EventKind[] = ["licence", "completion", "operation", "launch"];
/** A satellite that was launched is not in operation yet: that is an event of its own. */
const reachedBy = (event: EventRecord): ProjectState =>
  event.kind === "launch" && event.sectors[0] === "satellites" ? "delivered" : REACHED[event.kind];

function stateOf(event: EventRecord, day: string): ProjectState | undefined {
  if (event.status === "cancelled" || event.outcome?.verdict === "broken") return "cancelled";
  if (event.status === "postponed") return "suspended";
  if (event.status === "unverified") return undefined;
  if (event.status === "planned" || event.date.earliest > day) {
    // Before it happened it was a promise, if a source of that time says so.
    return "announced";
  }
  const state = reachedBy(event);
  // A course that is over does not end the programme that it belongs to.
  const ends = event.kind !== "training" && event.endDate && event.endDate.latest <= day;
  return state === "operating" && ends ? "ended" : state;
}

/** The first day on which a plan was stated or published: it holds from then, not from the day that it names. */
const announcedOn = (event: EventRecord, known: readonly ClaimRecord[]) =>
  [
    ...known.flatMap((claim) => publishedOn(claim)?.latest ?? []),
    ...event.promised.flatMap((p) => (p.on === undefined ? [] : dateWindow(p.on).latest)),
  ].sort()[0];

/**
 * The status of a project, derived from its events and observations as they were known on a day: the furthest stage that
 * anything reached, unless it was put off or cancelled later. Plans never count as deeds. Parts of the project that are
 * projects of their own are not looked at.
 *
 * @param project - a project or its id.
 * @param options - `asOf`, a date (its last day counts); default `dataset.newestSource`.
 * @returns the state with the event or observation it rests on, and their sources.
 * @throws {@link CpecDataError} `UNKNOWN_ID` for an id that does not exist, `INVALID_DATE` for a date it can't read.
 * @see {@link promises}; {@link timeline}.
 * @example
 * ```ts
 * import { projectStatus } from "cpec-it-data";
 * console.log(projectStatus("xiaomi-lahore-plant", { asOf: "2021-11-05" }).state); // → announced
 * console.log(projectStatus("xiaomi-lahore-plant").state); // → operating
 * ```
 * @group Helpers
 */
export function projectStatus(
  project: ProjectId | (string & {}) | ProjectRecord,
  options: ProjectStatusOptions = {},
): ProjectStatus {
  checkOptions("projectStatus()", options, { asOf: text });
  const wanted: unknown = typeof project === "string" ? project : (project as ProjectRecord | undefined)?.id;
  const id = typeof wanted === "string" ? getProject(wanted)?.id : undefined;
  if (id === undefined)
    throw new CpecDataError("UNKNOWN_ID", `There is no project ${show(wanted)}.`, {
      ids: [String(wanted)],
      hint: `${suggestion(
        wanted,
        projects.map((p) => p.id),
      )}The ids are those of \`projects\`.`,
    });
  const day = asDay(options.asOf ?? dataset.newestSource);

  let newestWord: string | undefined;
  /** The newest day on which the project is known to have gone on. */
  let progress = "";
  const setbacks: { readonly id: string; readonly since: string; readonly sources: readonly string[] }[] = [];
  const hear = (claims: readonly ClaimRecord[]) => {
    for (const claim of claims) {
      const published = publishedOn(claim)?.earliest;
      if (published !== undefined && published <= day && published > (newestWord ?? ""))
        newestWord = published;
    }
  };
  let best: (ProjectStatus & { stage: number; since: string }) | undefined;
  let ended: typeof best;
  const offer = (
    state: ProjectState,
    since: string,
    rest: { event?: string; observation?: string; sources: string[] },
  ) => {
    const found = { project: id, asOf: day, state, since, stage: STAGES.indexOf(state), ...rest };
    if (found.stage < 0) {
      if (!ended || ended.since < since) ended = found;
    } else if (!best || found.stage > best.stage || (found.stage === best.stage && since < best.since))
      best = found;
  };
  for (const event of events) {
    if (event.project !== id) continue;
    const known = liveClaims(event.claims).filter((claim) => wasKnown(claim, day, event.date.earliest));
    hear(event.claims);
    if (known.length === 0) continue;
    const state = stateOf(event, day);
    const begun = event.status === "occurred" && event.date.earliest <= day;
    if (begun && event.kind === "setback")
      setbacks.push({ id: event.id, since: event.date.latest, sources: known.map((c) => c.source) });
    if (begun && OVERCOMES.includes(event.kind) && event.date.earliest > progress)
      progress = event.date.earliest;
    const since = state === "announced" && !begun ? (announcedOn(event, known) ?? day) : event.date.latest;
    if (state)
      offer(state, since < day ? since : day, { event: event.id, sources: known.map((c) => c.source) });
  }
  for (const row of observations) {
    if (row.subject.type !== "project" || row.subject.id !== id) continue;
    hear(row.claims);
    if (row.status !== "actual") continue;
    const known = liveClaims(row.claims).filter((claim) => wasKnown(claim, day, row.end ?? row.start));
    const begun = row.start ?? row.end;
    if (known.length > 0 && begun !== null && begun <= day && (row.low ?? row.high ?? 0) > 0)
      offer("under-way", row.end !== null && row.end < day ? row.end : day, {
        observation: row.id,
        sources: known.map((c) => c.source),
      });
  }
  const result = ended && (!best || ended.since >= best.since) ? ended : best;
  const word = newestWord === undefined ? {} : { newestWord };
  if (!result) return { project: id, asOf: day, state: "unknown", ...word, sources: [] };
  const { stage: _, sources, ...status } = result;
  const setback = setbacks
    .filter((s) => s.since > status.since && s.since >= progress && s.id !== status.event)
    .reduce<(typeof setbacks)[number] | undefined>(
      (a, b) => (a === undefined || b.since > a.since ? b : a),
      undefined,
    );
  return {
    ...status,
    ...word,
    ...(setback ? { setback: setback.id } : {}),
    sources: [...new Set([...sources, ...(setback?.sources ?? [])])],
  };
}
