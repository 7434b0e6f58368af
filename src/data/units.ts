import { deepFreeze } from "../freeze.js";
import rows from "../generated/units.json" with { type: "json" };
import type { Unit } from "../types.js";

/**
 * All units. Immutable.
 * @group Data
 */
export const units: readonly Unit[] = /* @__PURE__ */ deepFreeze(rows);
