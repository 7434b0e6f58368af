import { deepFreeze } from "../freeze.js";
import rows from "../generated/events.json" with { type: "json" };
import type { CpecEvent } from "../types.js";

/**
 * All events, by date, then by id. Immutable.
 * @group Data
 */
export const events: readonly CpecEvent[] = /* @__PURE__ */ deepFreeze(rows);
