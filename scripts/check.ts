// Checks the whole dataset and prints every problem as file:line:column. `npm run check [-- FILE...]` prints those of some files only.
import { relative, resolve } from "node:path";
import { describe } from "../src/schema/problems.js";
import { readDataset } from "./authoring/read.js";

const only = process.argv.slice(2).map((file) => resolve(file));
const { problems, records } = readDataset("data");
const shown = problems.filter(({ at }) => only.length === 0 || only.includes(resolve(at.file)));
for (const { problem, at } of shown)
  console.log(`${relative(".", at.file)}:${at.line}:${at.column} ${problem.level}: ${describe(problem)}`);
const errors = shown.filter(({ problem }) => problem.level === "error").length;
const size = records
  ? `${records.events.length} events, ${records.organisations.length} organisations, ${records.metrics.length} metrics, ${records.metrics.flatMap((m) => m.observations).length} observations, ${records.projects.length} projects, ${records.sources.length} sources: `
  : "";
console.log(`${size}${errors} error(s), ${shown.length - errors} warning(s)`);
process.exitCode = errors > 0 ? 1 : 0;
