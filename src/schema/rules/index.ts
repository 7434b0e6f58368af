/** The rules across records, each with its reason. They see the shipped form and report every problem. */
import type { DatasetRecords } from "../../types.js";
import type { Problem } from "../problems.js";
import * as arithmetic from "./arithmetic.js";
import * as evidence from "./evidence.js";
import * as records from "./records.js";
import * as references from "./references.js";
import { type CheckedRule, index, type Rule } from "./rule.js";
import * as texts from "./texts.js";
import * as times from "./times.js";
import * as values from "./values.js";

export type { Rule } from "./rule.js";

const isRule = (value: unknown): value is CheckedRule =>
  typeof value === "object" && value !== null && "check" in value;
const CHECKED: readonly CheckedRule[] = [
  references,
  times,
  values,
  arithmetic,
  records,
  evidence,
  texts,
].flatMap((room) => Object.values(room).filter(isRule));

/** The rules across records, each with its reason. @group Schemas */
export const RULES: readonly Rule[] = CHECKED;

/**
 * Runs every rule and returns every problem.
 *
 * @param today - ISO day; days after it can't have been read. Left out, no clock is asked.
 * @internal
 */
export function runRules(data: DatasetRecords, today?: string): Problem[] {
  const problems: Problem[] = [];
  const indexed = index(data, today);
  for (const rule of CHECKED)
    rule.check(indexed, (collection, id, path, { level = "error", nearest: near, ...problem }) => {
      problems.push({
        rule: rule.id,
        level,
        collection,
        id,
        path,
        ...problem,
        ...(near === undefined ? {} : { nearest: near }),
      });
    });
  return problems;
}
