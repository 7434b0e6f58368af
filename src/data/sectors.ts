import { deepFreeze } from "../freeze.js";
import rows from "../generated/sectors.json" with { type: "json" };
import type { Sector } from "../types.js";

/**
 * All sectors, in two levels. Immutable.
 * @group Data
 */
export const sectors: readonly Sector[] = /* @__PURE__ */ deepFreeze(rows);
