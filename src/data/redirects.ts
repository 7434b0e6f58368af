import { deepFreeze } from "../freeze.js";
import rows from "../generated/redirects.json" with { type: "json" };
import type { Redirect } from "../types.js";

/**
 * Retired ids and what became of them. Immutable.
 * @group Data
 */
export const redirects: Readonly<Record<string, Redirect>> = /* @__PURE__ */ deepFreeze(rows);
