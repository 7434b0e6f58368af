// Checks the package as users get it: publint, attw, and two packs with the same bytes. Build first.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-"));
const run = (command, args) => execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
const pack = (name) => {
  const into = join(folder, name);
  execFileSync("mkdir", ["-p", into]);
  const out = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", into],
    { encoding: "utf8" },
  );
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(out);
  const file = join(into, filename);
  return {
    file,
    size,
    unpackedSize,
    entryCount,
    hash: createHash("sha256").update(readFileSync(file)).digest("hex"),
  };
};

try {
  run("npx", ["--no-install", "publint", "--strict", "--pack", "false"]);
  const first = pack("one");
  execFileSync("npm", ["run", "--silent", "build"], { stdio: ["ignore", "ignore", "inherit"] });
  const second = pack("two");
  if (first.hash !== second.hash) {
    console.error(`Two builds gave two packages: ${first.hash} and ${second.hash}.`);
    process.exitCode = 1;
  }
  run("npx", ["--no-install", "attw", first.file]);
  console.log(
    `${first.entryCount} files, ${first.size} bytes packed, ${first.unpackedSize} unpacked, sha256 ${first.hash}; a second build is equal.`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
