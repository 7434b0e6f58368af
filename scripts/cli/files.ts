/** Which files a command is about, and how it writes them. */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { describe, nearest } from "../../src/schema/problems.js";
import { RECORD_SCHEMAS, TABLE_SCHEMAS } from "../read/schemas.js";
import type { Located } from "../read/yaml.js";
import { misuse } from "./command.js";

/** The folder of the dataset, from the root of the repository, where npm runs its scripts. */
export const DATA = "data";

/** A path as the repository has it, with slashes on every system. */
export const inRepository = (file: string) => relative(".", file).split(sep).join("/");

/** A problem on a line of its own: where it is, what was found and how to fix it. */
export const problemLine = ({ problem, at }: Located) =>
  `${inRepository(at.file)}:${at.line}:${at.column} ${problem.level}: ${describe(problem)}`;

/** Resolves a path from the folder where npm was called. */
export const asTyped = (path: string) => resolve(process.env.INIT_CWD ?? ".", path);

/** The files of records with an id, in whichever collections. */
const filesOfId = (id: string) =>
  Object.keys(RECORD_SCHEMAS)
    .map((folder) => resolve(DATA, folder, `${id}.yaml`))
    .filter((file) => existsSync(file));

/** The files and folders that somebody named by path or by id. Ends the command with code 2 if a name is missing or outside data/. */
function resolveNames(names: readonly string[]): string[] {
  const wrong: string[] = [];
  const found = names.flatMap((name) => {
    const path = asTyped(name);
    const inside = !relative(DATA, path).startsWith("..");
    if (existsSync(path) && inside) return [path];
    const files = filesOfId(name);
    if (files.length > 0) return files;
    const ids = dataFiles(DATA).map((file) => basename(file, ".yaml"));
    const near = nearest(basename(name, ".yaml"), ids);
    wrong.push(
      existsSync(path)
        ? `${inRepository(path)}: found a file outside of data/; expected a record. Move it to data/.`
        : `${name}: found no such file or id; expected a record below data/, or its id.${near ? ` Did you mean "${near}"?` : " Correct the name."}`,
    );
    return [];
  });
  if (wrong.length > 0) throw misuse(...wrong);
  return found;
}

/** A test of whether a file is one of those named, by path or id, or lies in a folder named; all files when none is named. */
export function named(names: readonly string[]): (file: string) => boolean {
  const given = resolveNames(names);
  return (file) =>
    given.length === 0 ||
    given.some((path) => resolve(file) === path || resolve(file).startsWith(path + sep));
}

/** All YAML files of the dataset. */
export function dataFiles(root: string): string[] {
  const records = Object.keys(RECORD_SCHEMAS).flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder)).map((name) => join(root, folder, name))
      : [],
  );
  const tables = Object.keys(TABLE_SCHEMAS).map((table) => join(root, `${table}.yaml`));
  return [...records, ...tables].filter((file) => file.endsWith(".yaml")).sort();
}

/** Writes a file atomically: a concurrent reader sees the old text or the new one. */
export function writeAtomically(file: string, text: string) {
  const draft = join(dirname(file), `.${basename(file)}.draft`);
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
