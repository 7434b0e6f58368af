// Checks the package as users get it: publint, attw, and the same bytes from a second folder. Build first.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { copySources } from "./cli/sources.js";

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-"));
const run = (command: string, args: readonly string[]) =>
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
const pack = (cwd: string, name: string) => {
  const into = join(folder, name);
  mkdirSync(into);
  const out = execFileSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", into],
    { cwd, encoding: "utf8" },
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
  run(process.execPath, ["scripts/weights.mjs"]);
  const first = pack(".", "one");
  const elsewhere = join(folder, "elsewhere");
  copySources(elsewhere);
  symlinkSync(resolve("node_modules"), join(elsewhere, "node_modules"));
  execFileSync("npm", ["run", "--silent", "build"], {
    cwd: elsewhere,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const second = pack(elsewhere, "two");
  if (first.hash !== second.hash) {
    console.error(`Two folders gave two packages: ${first.hash} and ${second.hash}.`);
    process.exitCode = 1;
  }
  run("npx", ["--no-install", "attw", first.file]);
  const verdict = first.hash === second.hash ? "is equal" : "differs";
  console.log(
    `${first.entryCount} files, ${first.size} bytes packed, ${first.unpackedSize} unpacked, sha256 ${first.hash}; a build in another folder ${verdict}.`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
