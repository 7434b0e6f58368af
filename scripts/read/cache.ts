/**
 * Records that were read before, as they ship, by the hash of their text: parsing YAML takes most of the time of a check. The cache
 * lies in node_modules/.cache of the repository and holds nothing but what the same code made of the same text; elsewhere nothing is cached.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve("node_modules/.cache/cpec-it-data/records");
/** The code that turns a text into a record. */
const CODE = ["scripts/read", "src/schema", "src"].map((folder) => resolve(folder));
const LOCK = resolve("package-lock.json");
/** Above this size the cache starts anew: it then holds mostly texts of other branches. */
const MOST = 20_000;

/** The file of the cache. A change of the code leads to another file. */
let file: string | undefined;
/** Records of one file, with their ids. */
type Records = readonly (readonly [id: string, record: unknown])[];
let files: Map<string, Records> | undefined;
let fresh = 0;

function open(): Map<string, Records> {
  if (files) return files;
  files = new Map();
  if (!CODE.every((folder) => existsSync(folder))) return files;
  const digest = createHash("sha1").update(readFileSync(LOCK));
  for (const folder of CODE)
    for (const name of readdirSync(folder))
      if (name.endsWith(".ts")) digest.update(readFileSync(join(folder, name)));
  file = join(FOLDER, `${digest.digest("base64url")}.json`);
  try {
    files = new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Records>));
  } catch {
    // None yet.
  }
  return files;
}

/** What a file is remembered by. */
export const keyOf = (collection: string, id: string, bytes: Buffer) =>
  createHash("sha1").update(`${collection}/${id}\n`).update(bytes).digest("base64url");

export const remembered = (key: string): Records | undefined => open().get(key);

export function remember(key: string, records: Records) {
  open().set(key, records);
  fresh++;
}

/** Writes what was added. A cache that can't be written is skipped. */
export function keep() {
  if (file === undefined || fresh === 0 || !files) return;
  fresh = 0;
  try {
    mkdirSync(FOLDER, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(files.size > MOST ? {} : Object.fromEntries(files)));
    renameSync(draft, file);
    for (const name of readdirSync(FOLDER))
      if (join(FOLDER, name) !== file) rmSync(join(FOLDER, name), { force: true });
  } catch {
    // Read-only folders are slower, and no worse.
  }
}
