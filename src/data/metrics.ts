import { deepFreeze } from "../freeze.js";
import rows from "../generated/metrics.json" with { type: "json" };
import type { Metric } from "../types.js";

/**
 * All metrics, by id, each with its observations. Immutable.
 * @group Data
 */
export const metrics: readonly Metric[] = /* @__PURE__ */ deepFreeze(rows);
