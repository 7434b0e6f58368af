/**
 * Chinese-Pakistani cooperation in information technology and telecoms under the China-Pakistan Economic Corridor: events,
 * organisations, metrics, projects and their sources, with helpers that never add unlike things.
 *
 * @module cpec-it-data
 */

// Sums, series and trends

export * from "./aggregate.js";
export * from "./count.js";
export { type Ratio, type RatioPoint, ratioOf } from "./ratio.js";
export { REDUCTIONS, type Reduction, type Result } from "./result.js";
export { type Cadence, type Series, type SeriesOptions, type SeriesPoint, toSeries } from "./series.js";
export type { LeastSquares, MannKendall, Point, SerialCorrection } from "./statistics.js";
export * from "./total.js";
export * from "./trend.js";

// Promises, disagreement, networks and citations

export * from "./cite.js";
export * from "./conflicts.js";
export * from "./delays.js";
export * from "./network.js";
export * from "./project-status.js";
export { type PromiseOptions, type PromiseRecord, promises } from "./promises.js";
export * from "./timeline.js";
export type { DayWindow, Delay, Reached } from "./verdicts.js";

// Data

export { dataset } from "./data/dataset.js";
export { events } from "./data/events.js";
export { metrics } from "./data/metrics.js";
export { observations } from "./data/observations.js";
export { organisations } from "./data/organisations.js";
export { places } from "./data/places.js";
export { projects } from "./data/projects.js";
export { redirects } from "./data/redirects.js";
export { sectors } from "./data/sectors.js";
export { sources } from "./data/sources.js";
export { units } from "./data/units.js";

// Look-ups and filters

export {
  type EventFilter,
  filterEvents,
  filterObservations,
  type ObservationFilter,
  type TimeFilter,
} from "./filter.js";
export * from "./find.js";

// Dates, errors, types and vocabularies

export { type DateWindow, dateWindow, periodWindow } from "./dates.js";
export * from "./errors.js";
export * from "./generated/ids.js";
export type { Clash, LeftOut, LeftOutReason } from "./guard.js";
export type { Covers, Interval } from "./interval.js";
export type * from "./types.js";
export * from "./vocabulary.js";
