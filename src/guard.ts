/**
 * The one guard of all sums (laws L1 to L5 of the guide Method). Helpers group rows so that only like things meet; inside a
 * group the guard decides once which rows count, from the widest down: a row counts if it meets no row that counts already.
 * Two rows meet when one of their subjects holds the other, the wider one's dimensions are some of the narrower one's, and
 * their times share a day. So whatever is left out because another row stands for it has a witness that counts.
 */

import { liveClaims } from "./claims.js";
import { ascending, getOrAdd } from "./collect.js";
import { areasOf, containersOf, DEFAULT_AREA, holdsDuring } from "./containment.js";
import { type DateWindow, liesIn } from "./dates.js";
import { CpecDataError } from "./errors.js";
import { byTime, endOf, extent, isStatement, lastUpTo, meets, spans, startOf } from "./extent.js";
import {
  byFewerDimensions,
  type Coarser,
  type Crossing,
  coarserThan,
  crossingWith,
  dimensionsIn,
  number,
  type Ranked,
  type Series,
  seriesKey,
} from "./guard-series.js";
import { dimensionKey } from "./keys.js";
import { Taken } from "./taken.js";
import type { ObservationRecord } from "./types.js";

/**
 * Why a row was left out. It has no value (`missing`), or all its claims are deprecated (`retracted`); it stood in the input
 * twice (`duplicate`); a later statement replaced it (`superseded`). Or a row that counts holds it: a wider period or later
 * running total of its series (`overlap`), the whole of which it is a part (`part`), a value of a subject that contains its
 * subject (`contained`), or the total of its dimension (`dimension`). Or it cannot be added although nothing stands for all of
 * it: it shares days with a row that counts (`clash`), its time lies in no single group (`straddles`), or not wholly inside the
 * period asked for (`outside`).
 * @group Types
 */
export type LeftOutReason =
  | "missing"
  | "retracted"
  | "duplicate"
  | "superseded"
  | "overlap"
  | "part"
  | "contained"
  | "dimension"
  | "clash"
  | "straddles"
  | "outside";

/** A row that a result leaves out, and why. @group Types */
export interface LeftOut {
  readonly id: string;
  readonly reason: LeftOutReason;
  /** The row that counts in its place; with `clash`, the one with which it shares days. */
  readonly because?: string;
}

/** A row that counts, and one left out that shares some of its days without lying in it. @group Types */
export type Clash = readonly [counted: string, leftOut: string];

/** What the guard lets through. */
export interface Guarded<R> {
  readonly kept: readonly R[];
  readonly leftOut: readonly LeftOut[];
  readonly clash: readonly Clash[];
}

/** What must be equal for two rows to be added at all: metric, unit, measure, status and timing. */
export const classKey = (row: ObservationRecord) =>
  JSON.stringify([row.metric, row.unit, row.measure, row.status, row.timing]);

/** The place where what a row counts lies. */
const areaOf = (row: ObservationRecord) =>
  row.subject.type === "place" ? row.subject.id : (row.area ?? DEFAULT_AREA);

const sameValue = (a: ObservationRecord, b: ObservationRecord) => a.low === b.low && a.high === b.high;

/** A row with its extent in time, in days. */
interface Sized<R> {
  readonly row: R;
  readonly days: number;
}
/** Order in which the rows of a series are taken: the widest first, of equally wide ones the newest statement. */
const widestFirst = (a: Sized<ObservationRecord>, b: Sized<ObservationRecord>) =>
  b.days - a.days || ascending(b.row.asOf ?? "", a.row.asOf ?? "") || byTime(a.row, b.row);

/** Links from a row to the one behind which it stands; the chains that they form end, each in one row. */
class Chains<R extends ObservationRecord> {
  readonly #next = new Map<R, R>();

  /** Where the chain of a row ends; shortens the way for the next time. */
  endOf(row: R): R {
    let end = row;
    for (let next = this.#next.get(end); next; next = this.#next.get(end)) end = next;
    for (let at = row; at !== end; ) {
      const next = this.#next.get(at) as R;
      this.#next.set(at, end);
      at = next;
    }
    return end;
  }

  /** Puts a row, which ends its own chain, behind another; `false` if that would close a ring. */
  put(row: R, behind: R): boolean {
    if (this.endOf(behind) === row) return false;
    this.#next.set(row, behind);
    return true;
  }
}

const refuseRing = (link: string, row: ObservationRecord, other: ObservationRecord): never => {
  throw new CpecDataError(
    "INVALID_ROW",
    `"${row.id}" and "${other.id}" stand behind each other, in a ring.`,
    {
      ids: [row.id, other.id],
      hint: `Take one of the links (\`${link}\`) out.`,
    },
  );
};

/** Rows that may enter a result. */
export interface Usable<R> {
  readonly rows: R[];
  /** For a statement that others replaced, the newest of them. */
  readonly replacedBy: ReadonlyMap<R, R>;
  /** Missing and retracted values. */
  readonly leftOut: LeftOut[];
}

/**
 * The rows that may enter any result, in the order of the input; those that may not, since their value is missing or
 * retracted; and the statements that a later one of their class replaced (law L5). @internal
 */
export function usable<R extends ObservationRecord>(all: Iterable<R>): Usable<R> {
  const rows: R[] = [];
  const leftOut: LeftOut[] = [];
  const newer: R[] = [];
  for (const row of all) {
    if (row.value === null && row.low === null && row.high === null)
      leftOut.push({ id: row.id, reason: "missing" });
    else if (row.claims.length > 0 && liveClaims(row.claims).length === 0)
      leftOut.push({ id: row.id, reason: "retracted" });
    else {
      rows.push(row);
      if (row.supersedes !== undefined) newer.push(row);
    }
  }
  const replacedBy = new Map<R, R>();
  if (newer.length > 0) {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const chains = new Chains<R>();
    const wasReplaced = new Set<R>();
    // Of several that replace one statement the last by id is taken, whatever the order of the input.
    for (const row of newer.sort((a, b) => ascending(b.id, a.id))) {
      const older = byId.get(row.supersedes as string);
      if (!older || wasReplaced.has(older) || classKey(older) !== classKey(row)) continue;
      if (!chains.put(older, row)) refuseRing("supersedes", row, older);
      wasReplaced.add(older);
    }
    for (const row of wasReplaced) replacedBy.set(row, chains.endOf(row));
  }
  return { rows, replacedBy, leftOut };
}

/** What a period asked for takes of some rows. */
interface Inside<R> {
  readonly rows: readonly R[];
  readonly outside: readonly LeftOut[];
}

/**
 * Takes the rows whose time lies wholly inside a period, and leaves out the others. A replaced statement goes where the one
 * that replaced it goes. @internal
 */
export function inside<R extends ObservationRecord>(
  all: readonly R[],
  span: DateWindow | undefined,
  replacedBy: ReadonlyMap<R, R>,
): Inside<R> {
  if (!span) return { rows: all, outside: [] };
  const rows: R[] = [];
  const outside: LeftOut[] = [];
  for (const row of all) {
    const { start, end } = replacedBy.get(row) ?? row;
    // A rate without an end goes on beyond the period.
    if (end !== null && liesIn({ start, end }, span)) rows.push(row);
    else outside.push({ id: row.id, reason: "outside" });
  }
  return { rows, outside };
}

type Verdict = Omit<LeftOut, "id">;

/** Why a row of a series gives way to another of it that counts and shares a day with it. */
function inSeries(row: ObservationRecord, other: ObservationRecord): Verdict {
  const because = other.id;
  const saidLater = other.asOf !== undefined && row.asOf !== undefined && other.asOf > row.asOf;
  const sameTime = startOf(row) === startOf(other) && endOf(row) === endOf(other);
  if (saidLater && (sameTime || isStatement(row))) return { reason: "superseded", because };
  if (sameValue(row, other) && spans(other, row)) return { reason: "overlap", because };
  return !sameTime && !isStatement(row) && spans(other, row)
    ? { reason: "overlap", because }
    : { reason: "clash", because };
}

/** Which rows of one series count, given those that coarser series have not taken already: the widest first. */
function settle<R extends ObservationRecord>(rows: R[], drop: (row: R, why: Verdict) => void): R[] {
  rows.sort(byTime);
  // Mostly the times follow one another, and all count.
  if (rows.every((row, i) => i === 0 || endOf(rows[i - 1] as R) < startOf(row))) return rows;
  const order = rows.map((row, place) => ({ row, place, days: extent(row) })).sort(widestFirst);
  const taken = new Taken(rows.length);
  const starts = rows.map(startOf);
  for (const { row, place } of order) {
    // Rows that begin before this one ends stand up to the last place with such a start.
    let last = place;
    let beyond = rows.length;
    while (last + 1 < beyond) {
      const middle = (last + beyond) >> 1;
      if ((starts[middle] as string) <= endOf(row)) last = middle;
      else beyond = middle;
    }
    const other = rows[taken.lastUpTo(last)];
    if (other && meets(other, row)) drop(row, inSeries(row, other));
    else taken.take(place);
  }
  return rows.filter((_, place) => taken.lastUpTo(place) === place);
}

/** Options of the guard. */
interface GuardOptions {
  /** Each row stands for now, whatever its date: a subject's latest value holds the latest of all that lies in it. */
  readonly ignoreTime?: boolean;
}

/**
 * Decides which rows of one class (equal metric, unit, measure, status and timing) count. O(n log n).
 *
 * @param rows - rows of one class, each once.
 * @throws {@link CpecDataError} `INVALID_ROW` where rows are parts of each other, in a ring.
 * @internal
 */
export function guard<R extends ObservationRecord>(
  rows: Iterable<R>,
  { ignoreTime = false }: GuardOptions = {},
): Guarded<R> {
  const all = [...rows];
  const { rows: present, replacedBy, leftOut } = usable(all);
  if (present.length <= 1 && replacedBy.size === 0 && present[0]?.partOf !== present[0]?.id)
    return { kept: present, leftOut, clash: [] };

  const series = new Map<string, Series<R>>();
  const bySubject = new Map<string, Series<R>[]>();
  const areas = new Map<string, readonly string[]>();
  let before: { readonly row: R; readonly own: Series<R> } | undefined;
  const seriesOf = (row: R): Series<R> => {
    // Rows of one series mostly follow one another.
    if (
      before &&
      before.row.subject.id === row.subject.id &&
      before.row.subject.type === row.subject.type &&
      before.row.area === row.area &&
      (before.row.dimensions === row.dimensions || dimensionKey(before.row) === dimensionKey(row))
    )
      return before.own;
    const subject = `${row.subject.type}/${row.subject.id}`;
    const area = areaOf(row);
    const own = getOrAdd(series, seriesKey(subject, area, dimensionKey(row)), () => {
      const made: Series<R> = {
        subject,
        area,
        areas: getOrAdd(areas, area, () => areasOf(area)),
        containers: containersOf(subject),
        dimensions: row.dimensions,
        rows: [],
        kept: [],
        place: 0,
      };
      getOrAdd(bySubject, subject, () => []).push(made);
      return made;
    });
    before = { row, own };
    return own;
  };
  const linked: R[] = [];
  for (const row of present) {
    seriesOf(row).rows.push(row);
    if (row.partOf !== undefined || replacedBy.has(row)) linked.push(row);
  }
  if (series.size > 1) number(series.values());
  const coarser = new Map<Series<R>, Coarser<R>[]>();
  for (const own of series.values())
    coarser.set(own, series.size === 1 ? [] : coarserThan(own, series, bySubject));

  // A series that holds another comes first: its subject has fewer containers, or it has fewer dimensions.
  const depth = (own: Series<R>) =>
    own.areas.length +
    (own.subject.startsWith("place/") ? 0 : 1 + new Set(own.containers.map((c) => c.subject)).size);
  const inOrder = [...series.values()]
    .map((own) => ({ own, depth: depth(own), size: dimensionsIn(own) }))
    .sort((a, b) => a.depth - b.depth || a.size - b.size);

  // Rows that stand behind another by what the records say: replaced ones behind the newer, parts behind their whole, and
  // what lies in such a row behind that. They neither count nor hold anything; what becomes of them follows from where the
  // chain ends.
  const behind = new Map<R, LeftOutReason>();
  const chains = new Chains<R>();
  if (linked.length > 0) {
    const byId = new Map(all.map((row) => [row.id, row]));
    const isPresent = new Set<R>(present);
    for (const row of linked) {
      const newer = replacedBy.get(row);
      const whole = newer ? undefined : wholeOf(row, byId, isPresent);
      const before = newer ?? whole;
      // A period that reaches beyond that of its whole is not a part of it, whatever the row says.
      if (!before || (whole && row.timing === "during" && !ignoreTime && !spans(whole, row))) continue;
      if (!chains.put(row, before)) refuseRing(newer ? "supersedes" : "partOf", row, before);
      behind.set(row, newer ? "superseded" : "part");
    }
    const partsOf = new Map<Series<R>, R[]>();
    // A replaced statement holds nothing any more; a part does, for its whole.
    for (const [part, reason] of behind)
      if (reason === "part") getOrAdd(partsOf, seriesOf(part), () => []).push(part);
    for (const list of partsOf.values()) list.sort(byTime);
    /** For each place in a list in order of time, the row up to it that ends last. */
    const reach = new Map(
      [...partsOf].map(([own, list]) => {
        let longest = list[0] as R;
        return [
          own,
          list.map((row) => {
            if (endOf(row) > endOf(longest)) longest = row;
            return longest;
          }),
        ] as const;
      }),
    );
    const ends = new Map([...behind.keys()].map((row) => [row, chains.endOf(row)]));
    // From the narrowest up: where rows would stand behind each other in a ring, the widest stays free.
    const rank = new Map(inOrder.map((s) => [s.own, s]));
    const narrowestFirst = present
      .filter((row) => !behind.has(row))
      .map((row) => ({ row, days: extent(row), ...(rank.get(seriesOf(row)) as Ranked<R>) }))
      .sort((a, b) => b.depth - a.depth || b.size - a.size || widestFirst(b, a));
    for (const { row, own } of narrowestFirst) {
      for (const { series: wider, container, sameSubject } of [
        { series: own, container: undefined, sameSubject: true },
        ...(coarser.get(own) as Coarser<R>[]),
      ]) {
        const list = partsOf.get(wider);
        if (!list || (container && !holdsDuring(container, row))) continue;
        let from = 0;
        let to = list.length;
        while (from < to) {
          const middle = (from + to) >> 1;
          if (startOf(list[middle] as R) <= startOf(row) || ignoreTime) from = middle + 1;
          else to = middle;
        }
        const wide = reach.get(wider)?.[from - 1];
        if (!wide || (!ignoreTime && !spans(wide, row))) continue;
        // In its own series only what reaches further stands before it.
        if (
          wider === own &&
          (isStatement(row) || (startOf(wide) === startOf(row) && endOf(wide) === endOf(row)))
        )
          continue;
        // What a record declares goes before what follows from subjects: a part never stands before its own whole.
        if (ends.get(wide) === row) continue;
        if (!chains.put(row, wide)) break;
        behind.set(row, wider === own ? "overlap" : reasonOf(own, wider, sameSubject));
        break;
      }
    }
  }

  const verdicts = new Map<R, Verdict>();
  const drop = (row: R, why: Verdict) => void verdicts.set(row, why);
  const finer = series.size === 1 ? new Map<string, Series<R>[]>() : byFewerDimensions(series.values());
  for (const { own } of inOrder) {
    const holders = coarser.get(own) as Coarser<R>[];
    const crossing = crossingWith(own, finer);
    const free: R[] = [];
    for (const row of own.rows) {
      if (behind.has(row)) continue;
      const why =
        (holders.length > 0 ? heldByCoarser(row, own, holders, ignoreTime) : undefined) ??
        (crossing.length > 0 ? crossed(row, crossing, ignoreTime) : undefined);
      if (why) drop(row, why);
      else free.push(row);
    }
    own.kept = settle(free, drop);
  }

  const kept: R[] = [];
  const clash: Clash[] = [];
  if (behind.size === 0 && verdicts.size === 0) return { kept: present, leftOut, clash };
  for (const row of present) {
    const link = behind.get(row);
    const why = verdicts.get(row);
    if (link) {
      const end = chains.endOf(row);
      const fate = verdicts.get(end);
      const reason = fate?.reason === "clash" ? "clash" : link;
      const because = fate?.because ?? end.id;
      leftOut.push({ id: row.id, reason, because });
      if (reason === "clash") clash.push([because, row.id]);
    } else if (why) {
      leftOut.push({ id: row.id, ...why });
      if (why.reason === "clash") clash.push([why.because as string, row.id]);
    } else kept.push(row);
  }
  return { kept, leftOut, clash };
}

/** Why a row gives way to one of a series that crosses its own. */
function crossed<R extends ObservationRecord>(
  row: R,
  crossing: readonly Crossing<R>[],
  ignoreTime: boolean,
): Verdict | undefined {
  for (const { series, container } of crossing) {
    if (series.kept.length === 0 || (container && !holdsDuring(container, row))) continue;
    const other = ignoreTime ? series.kept[0] : lastUpTo(series.kept, endOf(row));
    if (other && (ignoreTime || meets(other, row))) return { reason: "clash", because: other.id };
  }
  return undefined;
}

/** The nearest whole of a row that may enter the result; a missing or retracted one in between passes the link on. */
function wholeOf<R extends ObservationRecord>(
  row: R,
  byId: ReadonlyMap<string, R>,
  isPresent: ReadonlySet<R>,
): R | undefined {
  const seen = new Set([row]);
  let whole = byId.get(row.partOf ?? "");
  while (whole && !isPresent.has(whole)) {
    if (seen.has(whole)) return undefined;
    seen.add(whole);
    whole = byId.get(whole.partOf ?? "");
  }
  return whole;
}

const reasonOf = (
  own: { dimensions: object },
  wider: { dimensions: object },
  sameSubject: boolean,
): LeftOutReason =>
  sameSubject && Object.keys(wider.dimensions).length < Object.keys(own.dimensions).length
    ? "dimension"
    : "contained";

/** Why a row gives way to one of a coarser series that counts; a row that holds all of it decides before one that shares days. */
function heldByCoarser<R extends ObservationRecord>(
  row: R,
  own: Series<R>,
  holders: readonly Coarser<R>[],
  ignoreTime: boolean,
): Verdict | undefined {
  let clash: Verdict | undefined;
  for (const { series, container, sameSubject } of holders) {
    if (series.kept.length === 0 || (container && !holdsDuring(container, row))) continue;
    const other = ignoreTime ? series.kept[0] : lastUpTo(series.kept, endOf(row));
    if (!other || (!ignoreTime && !meets(other, row))) continue;
    if (ignoreTime || spans(other, row))
      return { reason: reasonOf(own, series, sameSubject), because: other.id };
    clash ??= { reason: "clash", because: other.id };
  }
  return clash;
}

/** Rows left out, with those that stood in the input again: a copy shares the fate of its row. @internal */
export function withRepeats(leftOut: readonly LeftOut[], repeats: readonly string[]): LeftOut[] {
  if (repeats.length === 0) return [...leftOut];
  const fate = new Map(leftOut.map((l) => [l.id, l]));
  return [
    ...leftOut,
    ...repeats.map((id): LeftOut => fate.get(id) ?? { id, reason: "duplicate", because: id }),
  ];
}
