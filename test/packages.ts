/** The installed packages, for a copy of the repository: each linked, with a cache of the copy's own that starts with what is known. */
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

export function linkPackages(home: string) {
  mkdirSync(join(home, "node_modules"));
  for (const name of readdirSync("node_modules"))
    if (!/^\.(?:cache|vite)/.test(name))
      symlinkSync(resolve("node_modules", name), join(home, "node_modules", name));
  const cache = "node_modules/.cache/cpec-it-data";
  if (existsSync(cache)) cpSync(cache, join(home, cache), { recursive: true });
}
