import type { Observation } from "../types.js";
import { metrics } from "./metrics.js";

/**
 * The observations of all metrics, flat, in the order of {@link metrics}. Immutable.
 * @group Data
 */
export const observations: readonly Observation[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ metrics.flatMap((metric) => metric.observations),
);
