import { deepFreeze } from "../freeze.js";
import rows from "../generated/sources.json" with { type: "json" };
import type { Source } from "../types.js";

/**
 * All sources, by id. Immutable.
 * @group Data
 */
export const sources: readonly Source[] = /* @__PURE__ */ deepFreeze(rows);
