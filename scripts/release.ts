// `check`: proves that the declared bump fits what changed in the data since the last release, and that the notes name every
// changed value. `freeze`: after `changeset version`, logs the release in changes.json, keeps its data for the next check, and cites its version.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataset, observations, sectors } from "../src/index.js";
import { COLLECTIONS } from "../src/schema/problems.js";
import type { DatasetRecords } from "../src/types.js";
import {
  asLine,
  type Bump,
  type Change,
  type Comparison,
  compare,
  larger,
  nameOf,
} from "./derive/compare.js";
import { dataBlocks, outdated } from "./derive/guide-tables.js";

/** A built dataset, from its JSON files. */
export const readBuilt = (folder: string): DatasetRecords =>
  Object.fromEntries(
    COLLECTIONS.map((name) => [name, JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"))]),
  ) as unknown as DatasetRecords;
export const FROZEN = "test/fixtures/release";

/** The bump that takes one version to another. */
export function bumpBetween(from: string, to: string): Bump {
  const [a, b] = [from, to].map((v) => v.split(".").map(Number)) as [number[], number[]];
  const at = [0, 1, 2].find((i) => a[i] !== b[i]);
  if (at === undefined) return "none";
  if ((b[at] as number) < (a[at] as number))
    throw new Error(`Version ${to} is not after ${from}, the last release.`);
  return (["major", "minor", "patch"] as const)[at] as Bump;
}

/** Files of the changesets that the next version takes in. */
const waiting = () => readdirSync(".changeset").filter((f) => f.endsWith(".md") && f !== "README.md");

/** What a release says of itself: the bump it declares, and its notes. */
export interface Declared {
  readonly bump: Bump;
  readonly notes: string;
}

/** From the changesets that wait, and, once they are worked in, from the version and its part of the changelog. */
function declared(before: string, version: string): Declared {
  const changesets = waiting().map((f) => readFileSync(join(".changeset", f), "utf8"));
  const bumps = changesets.flatMap((text) =>
    [...text.matchAll(/^"cpec-it-data": (patch|minor|major)$/gm)].map((m) => m[1] as Bump),
  );
  const changelog = existsSync("CHANGELOG.md") ? readFileSync("CHANGELOG.md", "utf8") : "";
  const part = changelog.split(/^## /m).find((text) => text.startsWith(`${version}\n`)) ?? "";
  return {
    bump: bumps.reduce(larger, bumpBetween(before, version)),
    notes: [...changesets, part].join("\n"),
  };
}

/** What is wrong with a release, each with the way to fix it; empty when all is well. */
export function problemsOf(found: Comparison, { bump, notes }: Declared): string[] {
  const problems: string[] = [];
  if (larger(bump, found.bump) !== bump) {
    const first =
      (found.bump === "major" ? found.removed[0]?.id : undefined) ??
      found.changed.find((c) => c.bump === found.bump)?.id ??
      found.added[0]?.id;
    problems.push(
      `The release is declared "${bump}", and its data calls for "${found.bump}" (for example "${first}"). Add a changeset with "cpec-it-data": ${found.bump}.`,
    );
  }
  // Spaces and line breaks are the writer's.
  const words = notes.replace(/\s+/g, " ");
  const named = (line: string) => {
    if (!words.includes(line.replace(/\s+/g, " ")))
      problems.push(`The notes don't mention this; \`npm run diff -- --changeset\` drafts it: ${line}`);
  };
  for (const change of found.changed) if (change.bump !== "patch") named(asLine(change));
  for (const gone of [...found.removed, ...found.moved]) named(nameOf(gone));
  return problems;
}

/** An entry of changes.json. */
export interface Release {
  readonly version: string;
  readonly bump: Bump;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly moved: Readonly<Record<string, readonly string[]>>;
  readonly changed: readonly Omit<Change, "bump">[];
}
const name = ({ collection, id }: { collection: string; id: string }) => `${collection}/${id}`;
/** A comparison as the log ships it. */
export const logEntry = (version: string, found: Comparison): Release => ({
  version,
  bump: found.bump,
  added: found.added.map(name),
  removed: found.removed.map(name),
  moved: Object.fromEntries([
    ...found.moved.map((m) => [name(m), m.to]),
    ...found.restated.map((m) => [name(m), [m.to]]),
  ]),
  changed: found.changed.map(({ bump: _, ...change }) => change),
});

const readLog = () => JSON.parse(readFileSync("changes.json", "utf8")) as Release[];

function main(command: string | undefined) {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const before = JSON.parse(readFileSync(join(FROZEN, "dataset.json"), "utf8")) as { version: string };
  const found = compare(readBuilt(FROZEN), readBuilt("data"));
  if (command === "check") {
    const release = declared(before.version, version);
    // Nobody holds ids of a version that was never released.
    const problems = readLog().length > 0 ? problemsOf(found, release) : [];
    const { added, removed, moved, changed } = found;
    console.log(
      `Since ${before.version}: ${added.length} added, ${removed.length} removed, ${moved.length} moved, ${changed.length} fields changed; calls for "${found.bump}", declared "${release.bump}".`,
    );
    // While changesets wait, the tables of the guides are those of the last release: `npm run version` writes them.
    if (waiting().length === 0)
      for (const file of outdated(dataBlocks(dataset, sectors, observations)))
        problems.push(
          `${file}: its tables are not those of the data. Run npx tsx scripts/tables.ts --release.`,
        );
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
  } else if (command === "freeze") {
    const log = readLog();
    if (log.some((entry) => entry.version === version))
      throw new Error(`${version} is in changes.json already.`);
    // In a first release everything is new: the dataset itself is the list.
    const entry =
      log.length > 0
        ? logEntry(version, found)
        : logEntry(version, { ...compare({}, {}), bump: bumpBetween(before.version, version) });
    writeFileSync("changes.json", `${JSON.stringify([entry, ...log], null, 1)}\n`);
    mkdirSync(FROZEN, { recursive: true });
    for (const file of [...COLLECTIONS, "dataset"])
      writeFileSync(
        join(FROZEN, `${file}.json`),
        `${JSON.stringify(JSON.parse(readFileSync(`data/${file}.json`, "utf8")))}\n`,
      );
    const citation = readFileSync("CITATION.cff", "utf8");
    writeFileSync("CITATION.cff", citation.replace(/^version: .+$/m, `version: ${version}`));
    console.log(`Version ${version} is logged in changes.json and kept in ${FROZEN}.`);
  } else {
    console.error("Usage: tsx scripts/release.ts check | freeze");
    process.exitCode = 1;
  }
}
if (process.argv[1]?.endsWith("release.ts")) main(process.argv[2]);
