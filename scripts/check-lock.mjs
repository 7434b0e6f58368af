// Fails when package-lock.json lacks an optional platform package that one of its entries names: `npm ci` refuses such a lock.
import { readFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));

/** Whether a package can be resolved from a place in the tree, as Node does: upwards through node_modules. */
function resolves(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
    if (packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !resolves(at, name))
    .map((name) => `${at || "(root)"} needs ${name}`),
);
if (missing.length > 0) {
  console.error(
    `${missing.join("\n")}\npackage-lock.json lacks ${missing.length} optional package(s); lock again from scratch.`,
  );
  process.exit(1);
}
console.log(`package-lock.json is complete: ${Object.keys(packages).length} entries`);
