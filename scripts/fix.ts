// Writes records in their canonical form, all or those that are named. It changes how a record is written, never what it says.
import { basename, dirname } from "node:path";
import { describe } from "../src/schema/problems.js";
import { command, Exit } from "./cli/command.js";
import { DATA, dataFiles, inRepository, named, writeAtomically } from "./cli/files.js";
import { RECORD_SCHEMAS } from "./read/schemas.js";
import { parseText, readText } from "./read/yaml.js";
import { canonical, tidyText } from "./write/canonical.js";

/** What stays wrong after the text is tidied: what can't be read is left as it is, so that no word is lost. */
const unreadable = (file: string, text: string) => parseText(file, text).problems;

export const main = command(
  {
    name: "fix",
    about:
      "Puts keys in order and corrects spaces, quotes, line ends and tracking parameters. It never changes a fact, and leaves alone what it can't read.",
    args: "[FILE, FOLDER or ID ...]",
    example: "npm run fix -- phones-assembled",
  },
  ({ positionals }) => {
    const files = dataFiles(DATA).filter(named(positionals));
    let changed = 0;
    let left = 0;
    for (const file of files) {
      const { text: source, problems: unread } = readText(file);
      const folder = basename(dirname(file)) as keyof typeof RECORD_SCHEMAS;
      const tidied = source === undefined ? undefined : tidyText(source);
      const problems = tidied === undefined ? unread : unreadable(file, tidied.text);
      const fixed =
        source === undefined || problems.length > 0
          ? undefined
          : folder in RECORD_SCHEMAS
            ? canonical(folder, source)
            : tidied;
      if (source === undefined || fixed === undefined) {
        for (const { problem, at } of problems)
          console.log(`${inRepository(file)}:${at.line}:${at.column} left as it is: ${describe(problem)}`);
        left++;
        continue;
      }
      if (fixed.text === source) continue;
      writeAtomically(file, fixed.text);
      changed++;
      console.log(`${inRepository(file)}: ${fixed.changes.join("; ")}`);
    }
    console.log(`${changed} of ${files.length} file(s) changed`);
    if (left > 0) throw new Exit(1);
  },
);
