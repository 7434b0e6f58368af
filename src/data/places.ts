import { deepFreeze } from "../freeze.js";
import rows from "../generated/places.json" with { type: "json" };
import type { Place } from "../types.js";

/**
 * All places, named as in ISO 3166. Immutable.
 * @group Data
 */
export const places: readonly Place[] = /* @__PURE__ */ deepFreeze(rows);
