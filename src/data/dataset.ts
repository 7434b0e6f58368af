import { deepFreeze } from "../freeze.js";
import rows from "../generated/dataset.json" with { type: "json" };
import type { DatasetInfo } from "../types.js";

/**
 * What the dataset holds, its version, licence, citation, coverage and date. Immutable.
 * @group Data
 */
export const dataset: DatasetInfo = /* @__PURE__ */ deepFreeze(rows);
