export { nearest, show } from "../nearest.js";

/** Names of the collections. @group Schemas */
export const COLLECTIONS = [
  "events",
  "organisations",
  "metrics",
  "projects",
  "sources",
  "sectors",
  "places",
  "units",
  "redirects",
] as const;
/** Name of a collection. @group Schemas */
export type Collection = (typeof COLLECTIONS)[number];

/** Something wrong in the data: where, what was found, what was expected, and how to fix it. @group Schemas */
export interface Problem {
  /** Id of the rule that found it; `shape` for the schema itself. */
  readonly rule: string;
  /** Errors stop a build; warnings are worth a look. */
  readonly level: "error" | "warning";
  readonly collection: Collection;
  /** Id of the record. */
  readonly id: string;
  /** Path inside the record. */
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly expected: string;
  /** The nearest allowed value, when one is close. */
  readonly nearest?: string;
  readonly fix: string;
}

/** One problem as text: path, found, expected, nearest match and fix. */
export function describe(problem: Omit<Problem, "collection" | "id">): string {
  const at = problem.path.length > 0 ? `${problem.path.join(".")}: ` : "";
  const meant = problem.nearest === undefined ? "" : ` Did you mean "${problem.nearest}"?`;
  return `${at}found ${problem.found}; expected ${problem.expected}.${meant} ${problem.fix} [${problem.rule}]`;
}
