import { type ClaimRule, settle } from "./claims.js";
import { ascending, getOrAdd } from "./collect.js";
import { events } from "./data/events.js";
import { observations } from "./data/observations.js";
import { publishedOn, sourceOf } from "./knowledge.js";
import { checkOptions } from "./options.js";
import { checkEvents, checkObservations } from "./rows.js";
import { statedContains } from "./schema/stated.js";
import type { ClaimRecord, EventRecord, ObservationRecord } from "./types.js";

export type { ClaimRule } from "./claims.js";

/** What some sources say. @group Types */
export interface ClaimPosition {
  readonly says: string | number;
  readonly sources: readonly string[];
  /** Why, in the notes of the claims. */
  readonly notes: readonly string[];
}

/** A record whose sources disagree. @group Types */
export interface Conflict {
  readonly type: "event" | "observation";
  readonly id: string;
  readonly field: "value" | "date" | "status";
  /** What the record holds. */
  readonly settled: string | number;
  /** The rule by which it was settled; the guide Method has them in order. */
  readonly rule: ClaimRule;
  /** What each side says, the settled one first. */
  readonly positions: readonly ClaimPosition[];
  /** Largest value over smallest, for values; `null` otherwise. */
  readonly spread: number | null;
}

/** Options of {@link conflicts}. @group Types */
export interface ConflictOptions {
  /** Default all events. */
  readonly events?: Iterable<EventRecord>;
  /** Default all observations. */
  readonly observations?: Iterable<ObservationRecord>;
}

function conflictOf(
  record: { readonly id: string; readonly claims: readonly ClaimRecord[] },
  type: Conflict["type"],
  field: Conflict["field"],
  held: string | number,
  says: (claim: ClaimRecord) => string | number | undefined,
): Conflict | undefined {
  const groups = new Map<string | number, ClaimRecord[]>();
  for (const claim of record.claims) {
    const said = says(claim) ?? held;
    getOrAdd(groups, said, () => []).push(claim);
  }
  if (groups.size < 2) return undefined;
  const values = [...groups.keys()].filter((v): v is number => typeof v === "number" && v > 0);
  return {
    type,
    id: record.id,
    field,
    settled: held,
    rule: settle(record.claims, (claim) => says(claim) ?? held, sourceOf)?.rule ?? "first",
    positions: [...groups]
      .sort(([a], [b]) => Number(b === held) - Number(a === held))
      .map(([said, claims]) => ({
        says: said,
        sources: [...new Set(claims.map((claim) => claim.source))],
        notes: claims.flatMap((claim) => claim.note ?? []),
      })),
    spread:
      field === "value" && values.length === groups.size ? Math.max(...values) / Math.min(...values) : null,
  };
}

/** An event without the claims that announced it before it was over: they contradict nothing that came of it. */
const withoutPlans = (event: EventRecord) => ({
  id: event.id,
  claims: event.claims.filter((claim) => {
    const published = publishedOn(claim);
    return !(claim.status === "planned" && published && published.latest <= event.date.latest);
  }),
});

/**
 * Events and observations whose sources disagree: on a value beyond the rounding of the printed figures, on a date, or on
 * a status. Nothing is hidden: the settled position stands first, with the rule that decided.
 *
 * @param options - `events` and `observations` to look at; default all.
 * @throws {@link CpecDataError} `UNKNOWN_OPTION`, `INVALID_ROW`, `CONFLICTING_ROWS`.
 * @returns conflicts over values first, the widest spread first, then dates and statuses by id.
 * @see {@link cite}; {@link promises}.
 * @example
 * ```ts
 * import { conflicts } from "cpec-it-data";
 * const found = conflicts().find((c) => c.id.startsWith("fibre-network-length") && c.field === "value");
 * console.log(found?.settled, found?.positions[1]?.says, found?.rule); // → 16000 1600 not-deprecated
 * ```
 * @group Helpers
 */
export function conflicts(options: ConflictOptions = {}): Conflict[] {
  const anything = () => {};
  checkOptions("conflicts()", options, { events: anything, observations: anything });
  const found: (Conflict | undefined)[] = [];
  for (const row of checkObservations("conflicts()", options.observations ?? observations).rows) {
    const held = row.value ?? row.low ?? row.high;
    if (held === null) continue;
    found.push(
      conflictOf(row, "observation", "value", held, (claim) =>
        claim.value !== undefined && !(claim.stated !== undefined && statedContains(claim.stated, held))
          ? claim.value
          : undefined,
      ),
      conflictOf(row, "observation", "status", row.status, (claim) => claim.status),
    );
  }
  for (const event of checkEvents("conflicts()", options.events ?? events).rows)
    found.push(
      conflictOf(event, "event", "date", event.date.edtf, (claim) => claim.date),
      conflictOf(withoutPlans(event), "event", "status", event.status, (claim) => claim.status),
    );
  return found
    .filter((conflict) => conflict !== undefined)
    .sort((a, b) => (b.spread ?? 0) - (a.spread ?? 0) || ascending(a.id, b.id));
}
