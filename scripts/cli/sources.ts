/** A copy of the repository's sources, without anything that a build left. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";

/** Copies every file that git tracks or would track into a folder. */
export function copySources(to: string) {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const files = list.split("\0").filter((file) => file !== "");
  for (const folder of new Set(files.map((file) => dirname(file))))
    mkdirSync(join(to, folder), { recursive: true });
  for (const file of files) {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) continue;
    copyFileSync(file, join(to, file));
    // A command that was bundled from these files is fresh in the copy too.
    utimesSync(join(to, file), stat.atimeMs / 1000, stat.mtimeMs / 1000);
  }
}
