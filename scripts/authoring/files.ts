/** Which files a command is about, and how it writes them. */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { RECORD_SCHEMAS, TABLE_SCHEMAS } from "./schemas.js";

/** The folder of the dataset, from the root of the repository, where npm runs its scripts. */
export const DATA = "data";

/** A path as the repository has it, with slashes on every system. */
export const inRepository = (file: string) => relative(".", file).split(sep).join("/");

/** A path as it was typed: npm keeps the folder where it was called. */
export const asTyped = (path: string) => resolve(process.env.INIT_CWD ?? ".", path);

/**
 * A test of whether a file is one of those named on the command line, or lies in a folder named there; all files when none is named.
 * Names that are no data end the command.
 */
export function named(paths: readonly string[]): (file: string) => boolean {
  const given = paths.map(asTyped);
  const wrong = given.filter((path) => !existsSync(path) || relative(DATA, path).startsWith(".."));
  for (const path of wrong)
    console.error(
      existsSync(path)
        ? `${inRepository(path)}: found a file outside of data/; expected a record. Move it to data/.`
        : `${inRepository(path)}: found no such file; expected a record below data/. Correct the name.`,
    );
  if (wrong.length > 0) process.exit(2);
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

/** Writes a file whole or not at all: what reads it meanwhile sees the old text or the new. */
export function writeAtomically(file: string, text: string) {
  const draft = join(dirname(file), `.${basename(file)}.draft`);
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
