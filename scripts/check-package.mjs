// Checks the package as users get it: publint, attw, and the same bytes from a second folder. Build first.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-"));
const run = (command, args) => execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
const pack = (cwd, name) => {
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

/** The sources in another folder, without anything that a build left. */
function copyOfSources() {
  const copy = join(folder, "elsewhere");
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of list.split("\0").filter((f) => f !== "" && existsSync(f))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  return copy;
}

try {
  run("npx", ["--no-install", "publint", "--strict", "--pack", "false"]);
  run(process.execPath, ["scripts/weights.mjs"]);
  const first = pack(".", "one");
  const elsewhere = copyOfSources();
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
