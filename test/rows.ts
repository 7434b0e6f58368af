import type { ClaimRecord, EventRecord, ObservationRecord } from "../src/index.js";
import { dateWindow, periodWindow } from "../src/index.js";

/** A small observation for tests: phones made in Pakistan in 2021, with whatever is given instead. */
export function row(given: Partial<ObservationRecord> = {}): ObservationRecord {
  const timing = given.timing ?? "during";
  const period = given.period ?? "2021";
  const window =
    timing === "during" || timing === "at"
      ? { start: periodWindow(period).earliest, end: periodWindow(period).latest }
      : timing === "per-year"
        ? { start: null, end: null }
        : { start: null, end: period === "unknown" ? null : periodWindow(period).latest };
  const value = given.value === undefined ? 10 : given.value;
  const base = {
    metric: "phones",
    unit: "handset",
    measure: "flow",
    sector: "device-manufacturing",
    scope: "bilateral",
    subject: { type: "place", id: "pakistan" },
    dimensions: {},
    status: "actual",
    ...window,
    low: value,
    high: value,
    approximate: false,
    caveats: [],
    claims: [{ source: "a-source" }],
    confidence: "medium",
    ...given,
    timing,
    period,
    value,
  } satisfies Omit<ObservationRecord, "id">;
  const dimensions = Object.entries(base.dimensions).map(([k, v]) => `:${k}=${v}`);
  return {
    id: `${base.metric}:${base.subject.id}${dimensions.join("")}:${base.status}:${timing}:${period}`,
    ...base,
  };
}

/** A small event for tests: a meeting of Chinese and Pakistani parties on a day, with whatever is given instead. */
export function event(given: Partial<EventRecord> & { on?: string } = {}): EventRecord {
  const { on = "2021-09-23", ...rest } = given;
  return {
    id: "a-meeting",
    title: "A meeting was held",
    summary: "A meeting was held.",
    kind: "meeting",
    status: "occurred",
    date: { edtf: on, ...dateWindow(on), basis: "stated" },
    sectors: ["policy-governance"],
    organisations: [],
    places: [],
    scope: "bilateral",
    promised: [],
    caveats: [],
    claims: [{ source: "a-source" } satisfies ClaimRecord],
    ...rest,
  };
}
