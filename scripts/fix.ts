// Writes records in their canonical form, the whole dataset or the files and folders given: `npm run fix [-- FILE...]`. It puts keys in
// order, takes tracking parameters off addresses and mends spaces, quotes and line ends; it never changes a fact.
import { basename, dirname } from "node:path";
import { describe } from "../src/schema/problems.js";
import { canonical, mendText } from "./authoring/canonical.js";
import { DATA, dataFiles, inRepository, named, writeAtomically } from "./authoring/files.js";
import { RECORD_SCHEMAS } from "./authoring/schemas.js";
import { parseText, readText } from "./authoring/yaml.js";

const files = dataFiles(DATA).filter(named(process.argv.slice(2)));
let changed = 0;
for (const file of files) {
  const { text: source, problems: unread } = readText(file);
  const folder = basename(dirname(file)) as keyof typeof RECORD_SCHEMAS;
  const mended =
    source === undefined
      ? undefined
      : folder in RECORD_SCHEMAS
        ? canonical(folder, source)
        : mendText(source);
  if (source === undefined || mended === undefined) {
    const problems = source === undefined ? unread : parseText(file, source).problems;
    for (const { problem, at } of problems)
      console.log(`${inRepository(file)}:${at.line}:${at.column} left as it is: ${describe(problem)}`);
    process.exitCode = 1;
    continue;
  }
  if (mended.text === source) continue;
  writeAtomically(file, mended.text);
  changed++;
  console.log(`${inRepository(file)}: ${mended.changes.join("; ")}`);
}
console.log(`${changed} of ${files.length} file(s) changed`);
