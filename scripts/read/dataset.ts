/** Reads, normalises and checks the dataset below a folder. */
import type { Problem } from "../../src/schema/problems.js";
import { runRules } from "../../src/schema/rules/index.js";
import type { DatasetRecords } from "../../src/types.js";
import { type Drafts, load } from "./load.js";
import { assemble } from "./normalise.js";
import type { Located } from "./yaml.js";

/** The records of a folder that was checked before. */
export const readRecords = (root: string, drafts?: Drafts): DatasetRecords =>
  assemble(load(root, drafts).made);

/** The records of a folder, and every problem with its place. Records that can't be read are missing from `records`. */
export function readDataset(
  root: string,
  drafts?: Drafts,
  today = new Date().toISOString().slice(0, 10),
): { records: DatasetRecords; problems: Located[] } {
  const { made, problems, broken, positionOf } = load(root, drafts);
  const records = assemble(made);
  // A record that failed its schema is missing here. Don't report what follows from that.
  const follows = (p: Problem) =>
    (p.rule === "id-resolves" && broken.has(/^"([^"]+)"/.exec(p.found)?.[1] ?? "")) ||
    (p.rule === "cited" && broken.size > 0);
  const crossed = runRules(records, today).filter((p) => !follows(p));
  const located = [...problems, ...crossed.map((problem) => ({ problem, at: positionOf(problem) }))];
  located.sort((a, b) =>
    a.at.file === b.at.file
      ? a.at.line - b.at.line || a.at.column - b.at.column
      : a.at.file < b.at.file
        ? -1
        : 1,
  );
  return { records, problems: located };
}
