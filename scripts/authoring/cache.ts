/**
 * Records that were read before, by the hash of their text: parsing YAML takes most of the time of a check. The cache lies in
 * node_modules/.cache and holds nothing but what the same code made of the same text; without node_modules nothing is cached.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../..");
const FOLDER = join(ROOT, "node_modules/.cache/cpec-it-data");
/** The code that turns a text into a record. */
const CODE = [
  ...readdirSync(HERE).map((name) => join(HERE, name)),
  ...["src/dates.ts", "src/vocabulary.ts", "src/schema/meanings.ts", "package-lock.json"].map((name) =>
    join(ROOT, name),
  ),
];
/** Above this size the cache starts anew: it then holds mostly texts of other branches. */
const MOST = 20_000;

const hash = (...parts: readonly string[]) => {
  const digest = createHash("sha1");
  for (const part of parts) digest.update(part).update("\0");
  return digest.digest("base64url");
};

/** The file of the cache. A change of the code leads to another file. */
let file: string | undefined;
let records: Map<string, unknown> | undefined;
let fresh = 0;

function open(): Map<string, unknown> {
  if (records) return records;
  records = new Map();
  if (!existsSync(join(ROOT, "node_modules"))) return records;
  file = join(FOLDER, `${hash(...CODE.map((path) => readFileSync(path, "utf8")))}.json`);
  try {
    records = new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as object));
  } catch {
    // None yet.
  }
  return records;
}

export const remembered = (collection: string, text: string): unknown => open().get(hash(collection, text));

export function remember(collection: string, text: string, record: unknown) {
  open().set(hash(collection, text), record);
  fresh++;
}

/** Writes what was added. A cache that can't be written is skipped. */
export function keep() {
  if (file === undefined || fresh === 0 || !records) return;
  fresh = 0;
  try {
    mkdirSync(FOLDER, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(records.size > MOST ? {} : Object.fromEntries(records)));
    renameSync(draft, file);
    for (const name of readdirSync(FOLDER))
      if (join(FOLDER, name) !== file) rmSync(join(FOLDER, name), { force: true });
  } catch {
    // Read-only folders are slower, and no worse.
  }
}
