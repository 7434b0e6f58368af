/**
 * What the views show and filter by: a few columns of the records, with names and times in words already. The build writes
 * each index as a file (`scripts/site/indices.ts`), and a view loads those it needs when a reader filters, sorts or turns pages.
 */
import type { EventStatus, ObservationStatus, Scope, Timing, Verdict } from "../../../src/vocabulary.js";

/** What the shared filters look at. */
export interface Filtered {
  readonly sectors: readonly string[];
  /** Bodies that the record names. */
  readonly own: readonly string[];
  /** Further ones, whose subsidiaries they were then. */
  readonly owners: readonly string[];
  readonly scope: Scope;
  readonly start: string | null;
  readonly end: string | null;
}

export interface EventRow extends Filtered {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly status: EventStatus;
  readonly places: readonly string[];
  readonly partOf: string | null;
}
/** What only a view needs that lists events; a row for each of them, in their order. */
export interface EventText {
  readonly title: string;
  /** The time in words, unless it is a known day. */
  readonly date: string | null;
  /** The last day on which it can have ended, where it lasted. */
  readonly until: string | null;
  readonly kind: string;
  readonly sources: number;
}
export type ListedEvent = EventRow & EventText;

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

/** A figure as its file has it: what follows from its id, its metric or the names of bodies is left out. */
export interface FigureLine extends Pick<Filtered, "own" | "owners" | "scope"> {
  readonly metric: string;
  /** The pieces of the id that follow: place or kind/id, dimensions, status, timing, period. */
  readonly who: string;
  readonly dimensions: readonly string[];
  readonly status: ObservationStatus;
  readonly timing: Timing;
  readonly said: string;
  /** Unless it is an organisation. */
  readonly about: string | null;
  /** The value, or a bound, to sort by. */
  readonly value: number | null;
  /** Unless it is the value with its unit. */
  readonly shown: string | null;
  readonly confidence: string;
  readonly sources: number;
}
export interface FigureRow extends FigureLine, Filtered {
  readonly id: string;
  /** The metric with the dimensions in words. */
  readonly name: string;
  /** The dimensions in words; empty for a whole. */
  readonly part: string;
  readonly about: string;
  /** Kind and id of what it is about: `organisation/zong`. */
  readonly subject: string;
  readonly time: string;
  readonly shown: string;
}

export interface MetricRow {
  readonly id: string;
  readonly name: string;
  readonly sector: string;
  readonly scope: Scope;
  readonly unit: string;
  readonly symbol: string;
  /** Of the unit: `currency`, `count`. */
  readonly unitKind: string;
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
  readonly own: readonly string[];
  readonly owners: readonly string[];
}

export interface Indices {
  readonly events: readonly EventRow[];
  readonly "event-texts": readonly EventText[];
  readonly organisations: readonly OrganisationRow[];
  readonly figures: readonly FigureLine[];
  /** Figures in one currency that count among the amounts of their sector: see `aggregateBySector`. */
  readonly amounts: readonly FigureLine[];
  readonly metrics: readonly MetricRow[];
  readonly promises: readonly PromiseRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly places: readonly PlaceRow[];
  readonly routes: readonly RouteRow[];
}
export type IndexName = keyof Indices;
