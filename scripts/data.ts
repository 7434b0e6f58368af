// Builds everything that ships as data from the YAML records. Writes nothing if anything is wrong.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { command, Exit } from "./cli/command.js";
import { DATA, problemLine } from "./cli/files.js";
import { builtFiles } from "./derive/build.js";
import { readDataset } from "./read/dataset.js";

/** Writes what the build makes of the records; nothing if one is wrong. */
export function writeBuild({ records, problems }: ReturnType<typeof readDataset>) {
  const errors = problems.filter(({ problem }) => problem.level === "error");
  if (errors.length > 0)
    throw new Exit(1, ...errors.map(problemLine), `${errors.length} error(s); nothing was written.`);
  const { files, info } = builtFiles(records);
  rmSync("src/generated", { recursive: true, force: true });
  rmSync("schema", { recursive: true, force: true });
  for (const folder of ["src/generated", "schema/authoring"]) mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(file, text);
  return info.counts;
}

export const main = command(
  {
    name: "data",
    about:
      "Builds the data from the records below data/: JSON files, types of ids and schemas, then the other formats. Writes nothing if a record is wrong.",
    args: "",
    example: "npm run data",
  },
  () => {
    const read = readDataset(DATA);
    const counts = Object.entries(writeBuild(read)).map(([kind, n]) => `${n} ${kind}`);
    console.log(`${counts.join(", ")}; ${read.problems.length} warning(s)`);
  },
);
