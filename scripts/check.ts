// Checks the whole dataset and prints every problem as file:line:column.
import { describe } from "../src/schema/problems.js";
import { command, Exit } from "./cli/command.js";
import { DATA, inRepository, named, problemLine } from "./cli/files.js";
import { readDataset } from "./read/dataset.js";
import type { Located } from "./read/yaml.js";

/** Text of a workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. */
const escaped = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

const forGitHub = ({ problem, at }: Located) =>
  `::${problem.level} file=${property(inRepository(at.file))},line=${at.line},col=${at.column}::${escaped(describe(problem))}`;

export const main = command(
  {
    name: "check",
    about:
      "Checks the dataset and prints every problem with its place and its fix; of some records alone where they are named.",
    args: "[FILE, FOLDER or ID ...]",
    example: "npm run check -- phones-assembled",
    flags: {
      github: {
        boolean: true,
        about: "Prints workflow commands, which GitHub shows beside the lines of a pull request.",
      },
    },
    more: ["Exit code: 0 without errors, 1 with errors, 2 for a call that can't be understood."],
  },
  ({ positionals, has }) => {
    const isNamed = named(positionals);
    const { problems, records } = readDataset(DATA);
    const shown = problems.filter(({ at }) => isNamed(at.file));
    for (const located of shown) console.log(has("github") ? forGitHub(located) : problemLine(located));
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
    if (errors > 0) throw new Exit(1);
  },
);
