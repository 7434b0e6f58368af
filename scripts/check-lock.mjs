// Fails when a lock file lacks an optional platform package that one of its entries names, which `npm ci` refuses, or an entry
// without the hash that proves what is installed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Whether a package can be resolved from a place in the tree, as Node does: upwards through node_modules. */
function resolves(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
    if (packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

const locks = [".", ...readdirSync("scripts").map((name) => join("scripts", name))]
  .map((folder) => join(folder, "package-lock.json"))
  .filter((file) => existsSync(file));
const problems = [];
for (const lock of locks) {
  const { packages } = JSON.parse(readFileSync(lock, "utf8"));
  for (const [at, { optionalDependencies = {}, integrity, link, inBundle }] of Object.entries(packages)) {
    for (const name of Object.keys(optionalDependencies))
      if (!resolves(packages, at, name))
        problems.push(`${lock}: ${at || "(root)"} needs ${name}, an optional package`);
    if (at !== "" && !integrity && !link && !inBundle) problems.push(`${lock}: ${at} has no hash`);
  }
  console.log(`${lock}: ${Object.keys(packages).length} entries`);
}
if (problems.length > 0) {
  console.error(`${problems.join("\n")}\n${problems.length} problem(s); lock again from scratch.`);
  process.exit(1);
}
