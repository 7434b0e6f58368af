import { distance } from "fastest-levenshtein";

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

/** Something wrong in the data: where, what was found, what was expected, and how to mend it. @group Schemas */
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

/** The candidate nearest to a text, if one is near enough to be meant. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= least) continue;
    const d = distance(text, candidate);
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

/** Characters that a terminal would hide or obey. */
const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/gu;

/** A value as a reader would write it, with hidden characters spelt out, cut to a length that fits a line. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  let text: string;
  try {
    text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  } catch {
    // What holds itself, and big integers, are no JSON.
    text = typeof value;
  }
  const cut = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return cut.replace(UNSEEN, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

/** One problem as text: path, found, expected, nearest match and mend. */
export function describe(problem: Omit<Problem, "collection" | "id">): string {
  const at = problem.path.length > 0 ? `${problem.path.join(".")}: ` : "";
  const meant = problem.nearest === undefined ? "" : ` Did you mean "${problem.nearest}"?`;
  return `${at}found ${problem.found}; expected ${problem.expected}.${meant} ${problem.fix} [${problem.rule}]`;
}
