import { deepFreeze } from "../freeze.js";
import rows from "../generated/projects.json" with { type: "json" };
import type { Project } from "../types.js";

/**
 * All projects, by id. Immutable.
 * @group Data
 */
export const projects: readonly Project[] = /* @__PURE__ */ deepFreeze(rows);
