/**
 * What the views show and filter by: a few columns of the records, with names and times in words already. The build writes
 * each index as a file (`scripts/site/indices.ts`), and a view loads those it needs when a reader filters, sorts or turns pages.
 */
import type { EventStatus, ObservationStatus, Scope, Verdict } from "../../../src/vocabulary.js";

/** What the shared filters look at. */
export interface Filtered {
  readonly sectors: readonly string[];
  /** Bodies that take part, and those whose subsidiaries they were then. */
  readonly bodies: readonly string[];
  readonly scope: Scope;
  readonly start: string | null;
  readonly end: string | null;
}

export interface EventRow extends Filtered {
  readonly id: string;
  readonly title: string;
  /** The time in words. */
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly exact: boolean;
  /** The last day on which it can have ended, where it lasted. */
  readonly until: string | null;
  readonly kind: string;
  readonly status: EventStatus;
  /** Bodies that the record names. */
  readonly own: readonly string[];
  readonly places: readonly string[];
  readonly partOf: string | null;
  readonly sources: number;
}

export interface OrganisationRow {
  readonly id: string;
  readonly name: string;
  readonly short: string | null;
  readonly kind: string;
  readonly country: string;
  readonly nation: string;
  readonly parent: string | null;
  readonly sector: string | null;
}

export interface FigureRow extends Filtered {
  readonly id: string;
  readonly metric: string;
  /** The dimensions in words; empty for a whole. */
  readonly part: string;
  readonly about: string;
  /** Kind and id of what it is about: `organisation/zong`. */
  readonly subject: string;
  readonly status: ObservationStatus;
  readonly time: string;
  readonly shown: string;
  /** The value, or a bound, to sort by. */
  readonly value: number | null;
  readonly confidence: string;
  readonly publishers: string;
  /** Whether it counts among the amounts of its sector: see `aggregateBySector`. */
  readonly counts: boolean;
}

export interface MetricRow {
  readonly id: string;
  readonly name: string;
  readonly sector: string;
  readonly scope: Scope;
  readonly unit: string;
  /** The currency, for amounts. */
  readonly currency: string | null;
}

export interface PromiseRow extends Filtered {
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly made: string;
  readonly due: string;
  readonly delay: readonly [min: number, max: number] | null;
  readonly newestWord: string | null;
  readonly own: readonly string[];
  readonly replaced: boolean;
  readonly publishers: string;
}

export interface ConflictRow extends Filtered {
  readonly id: string;
  readonly kind: "event" | "observation";
  readonly name: string;
  readonly field: "value" | "date" | "status";
  readonly held: string;
  readonly positions: readonly (readonly [
    says: string,
    publishers: string,
    ratio: number | null,
    held: boolean,
  ])[];
  readonly spread: number | null;
  readonly rule: string;
}

export interface PlaceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly inPakistan: boolean;
  /** It lies in none of the others, or has none in it. */
  readonly point: boolean;
}
export interface RouteRow {
  readonly id: string;
  readonly name: string;
  readonly route: readonly string[];
  readonly sectors: readonly string[];
  readonly bodies: readonly string[];
}

export interface Indices {
  readonly events: readonly EventRow[];
  readonly organisations: readonly OrganisationRow[];
  readonly figures: readonly FigureRow[];
  readonly metrics: readonly MetricRow[];
  readonly promises: readonly PromiseRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly places: readonly PlaceRow[];
  readonly routes: readonly RouteRow[];
}
export type IndexName = keyof Indices;
