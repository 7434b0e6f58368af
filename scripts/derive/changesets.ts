/** Reads and drafts changesets: which bump each declares, and which changes of the data they name. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, parseDocument } from "yaml";
import { slug } from "../read/explain.js";
import { type Bump, larger } from "./compare.js";

const FOLDER = ".changeset";
const DRAFTED = /^- (?:New|Moved|Removed|Changed|Corrected) `/;

export interface Changeset {
  readonly file: string;
  readonly text: string;
  readonly bump: Bump;
  readonly body: string;
  /** Why it would stop the next release. */
  readonly problem?: string;
}

const BUMPS: readonly unknown[] = ["patch", "minor", "major"];

/** Reads one changeset as `changeset version` does, and says what is wrong with it. */
export function readChangeset(file: string, text: string, packageName: string): Changeset {
  const [, front, body = ""] = /^---\r?\n([\s\S]*?)\r?\n?---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(text) ?? [];
  const wrong = (problem: string): Changeset => ({
    file,
    text,
    bump: "none",
    body,
    problem: `${file}:1:1 ${problem}`,
  });
  if (front === undefined)
    return wrong(
      `found no front matter; expected a first line ---, then "${packageName}": minor, then ---. Add it.`,
    );
  const doc = parseDocument(front);
  const declared =
    doc.errors.length === 0 && isMap(doc.contents) ? (doc.toJS() as Record<string, unknown>) : undefined;
  const [name, ...others] = Object.keys(declared ?? {});
  if (!declared || name !== packageName || others.length > 0 || !BUMPS.includes(declared[name]))
    return wrong(
      `found ${JSON.stringify(front)}; expected "${packageName}": and one of patch, minor, major. Correct the front matter.`,
    );
  if (body.trim() === "")
    return wrong("found no words; expected what changed and why. Add them below the front matter.");
  return { file, text, bump: declared[name] as Bump, body };
}

/** All pending changesets, by name. */
export const changesets = (packageName: string): Changeset[] =>
  (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .sort()
    .map((name) => readChangeset(`${FOLDER}/${name}`, readFileSync(join(FOLDER, name), "utf8"), packageName));

export const largest = (all: readonly Changeset[]): Bump => all.map((c) => c.bump).reduce(larger, "none");

/** The text of a changeset. */
export const changesetText = (packageName: string, bump: Bump, lines: readonly string[]) =>
  `---\n"${packageName}": ${bump}\n---\n\nData:\n\n${lines.join("\n")}\n`;

/**
 * Drafts a changeset, or updates the draft that exists. Words added to a drafted line are kept, as are lines of one's own; drafted
 * lines that no longer hold are dropped, and lines that another changeset has are left out.
 */
export function draft(
  packageName: string,
  bump: Bump,
  lines: readonly string[],
  fresh: readonly Changeset[],
): { file: string; text: string } | undefined {
  const isDraft = (c: Changeset) =>
    c.body.split("\n").some((line) => DRAFTED.test(line)) && /\/data-[^/]*$/.test(c.file);
  const own = fresh.find(isDraft);
  const elsewhere = fresh
    .filter((c) => c !== own)
    .map((c) => c.body)
    .join("\n");
  // What a line says, without the verb before it.
  const fact = (line: string) => line.replace(DRAFTED, "`");
  const wanted = lines.filter((line) => !elsewhere.includes(fact(line)));
  const before = own?.body.split("\n") ?? [];
  const kept = wanted.map((line) => before.find((old) => old.startsWith(line)) ?? line);
  const words = before.filter((line) => line.trim() !== "" && line !== "Data:" && !DRAFTED.test(line));
  if (wanted.length === 0) return undefined;
  const first = /`([^`]+)`/.exec(wanted[0] as string)?.[1] ?? "data";
  const file = own?.file ?? freeName(`data-${slug(first).slice(0, 60)}`);
  return {
    file,
    text: changesetText(packageName, bump, [...kept, ...(words.length > 0 ? ["", ...words] : [])]),
  };
}

/** A name for a changeset that no other has. */
export function freeName(stem: string): string {
  const ends = ["", ...Array.from({ length: 99 }, (_, i) => `-${i + 2}`)];
  const free = ends.find((end) => !existsSync(join(FOLDER, `${stem}${end}.md`))) ?? "";
  return `${FOLDER}/${stem}${free}.md`;
}
