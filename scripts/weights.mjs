// What the package weighs, beside its goals: `npm run weights`, after a build. What depends on time is printed with --time only.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const gzip = (text) => gzipSync(text, { level: 9 }).length;
const json = (name) => JSON.stringify(JSON.parse(readFileSync(join(root, `data/${name}.json`), "utf8")));
const rows = [];
let failed = false;
const megabytes = (n) => `${(n / 1e6).toFixed(2)} MB`;
/** A figure beside its goal, a ceiling. Megabytes grow with the data and are only marked; ratios don't, and must hold. */
function put(what, value, goal, show = (n) => n.toFixed(2)) {
  const held = goal === undefined || value <= goal;
  failed ||= !held && show !== megabytes;
  rows.push([what, show(value), goal === undefined ? "" : `at most ${show(goal)}`, held ? "" : "MISSED"]);
}

const [pack] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  }),
);
put("packed", pack.size, 2_200_000, megabytes);
put("unpacked", pack.unpackedSize, 13_000_000, megabytes);
put("files", pack.entryCount, undefined, String);
const all = ["events", "metrics", "organisations", "places", "projects", "sectors", "sources", "units"];
const jsonBytes = all.reduce((sum, name) => sum + gzip(json(name)), 0);
put("packed, in gzips of the JSON of all collections", pack.size / jsonBytes, 4);
const unpacked = all.reduce((sum, name) => sum + Buffer.byteLength(json(name)), 0);
put("unpacked, in bytes of the same JSON", pack.unpackedSize / unpacked, 3.2);

const GOALS = {
  events: 0.9,
  observations: 0.75,
  organisations: 0.95,
  metrics: 0.75,
  sources: 0.95,
  projects: 1.1,
};
for (const [name, goal] of Object.entries(GOALS)) {
  const out = await build({
    stdin: {
      contents: `import { ${name} } from "./dist/index.js"; globalThis.kept = ${name};`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  put(`bundle of ${name}, in gzips of its JSON`, gzip(out.outputFiles[0].contents) / gzip(json(name)), goal);
}

if (process.argv.includes("--time")) {
  const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-weights-"));
  const files = all.map((name) => join(root, `data/${name}.json`));
  const programs = {
    bare: "",
    parse: `import { readFileSync } from "node:fs"; for (const f of ${JSON.stringify(files)}) JSON.parse(readFileSync(f, "utf8"));`,
    esm: `import ${JSON.stringify(join(root, "dist/index.js"))};`,
    cjs: `import { createRequire } from "node:module"; createRequire(import.meta.url)(${JSON.stringify(join(root, "dist/index.cjs"))});`,
  };
  const rounds = Number(process.env.ROUNDS ?? 15);
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, code] of Object.entries(programs)) {
      const start = performance.now();
      spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: folder });
      if (round > 0) times[name].push(performance.now() - start);
    }
  rmSync(folder, { recursive: true });
  const median = (name) => times[name].sort((a, b) => a - b)[rounds >> 1];
  const parse = median("parse") - median("bare");
  rows.push(["reading and parsing the JSON of all collections", `${parse.toFixed(0)} ms`, "", ""]);
  for (const name of ["esm", "cjs"])
    rows.push([
      `cold import (${name.toUpperCase()}), beside that`,
      ((median(name) - median("bare")) / parse).toFixed(2),
      "",
      "",
    ]);
}

console.log("| weight | is | goal | |\n|---|---:|---:|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
if (failed) process.exitCode = 1;
