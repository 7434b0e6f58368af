// Checks the whole dataset and prints every problem as file:line:column. `npm run check -- FILE...` prints those of some files or
// folders only, `--github` prints workflow commands, which GitHub shows beside the lines of a pull request.
import { parseArgs } from "node:util";
import { describe } from "../src/schema/problems.js";
import { DATA, inRepository, named } from "./authoring/files.js";
import { readDataset } from "./authoring/read.js";
import type { Located } from "./authoring/yaml.js";

const { values, positionals } = parseArgs({
  options: { github: { type: "boolean" } },
  allowPositionals: true,
});

/** Text of a workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. */
const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

function line({ problem, at }: Located): string {
  const file = inRepository(at.file);
  return values.github
    ? `::${problem.level} file=${property(file)},line=${at.line},col=${at.column}::${escaped(describe(problem))}`
    : `${file}:${at.line}:${at.column} ${problem.level}: ${describe(problem)}`;
}

const isNamed = named(positionals);
const { problems, records } = readDataset(DATA);
const shown = problems.filter(({ at }) => isNamed(at.file));
for (const located of shown) console.log(line(located));
const errors = shown.filter(({ problem }) => problem.level === "error").length;
const counts = [
  `${records.events.length} events`,
  `${records.organisations.length} organisations`,
  `${records.metrics.length} metrics`,
  `${records.metrics.flatMap((m) => m.observations).length} observations`,
  `${records.projects.length} projects`,
  `${records.sources.length} sources`,
].join(", ");
console.log(`${counts}: ${errors} error(s), ${shown.length - errors} warning(s)`);
process.exitCode = errors > 0 ? 1 : 0;
