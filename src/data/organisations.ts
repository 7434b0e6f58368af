import { deepFreeze } from "../freeze.js";
import rows from "../generated/organisations.json" with { type: "json" };
import type { Organisation } from "../types.js";

/**
 * All organisations, by id. Immutable.
 * @group Data
 */
export const organisations: readonly Organisation[] = /* @__PURE__ */ deepFreeze(rows);
