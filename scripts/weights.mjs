// What the package weighs, beside its goals: `node scripts/weights.mjs`, after a build. What depends on time is printed with --time only.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
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
  // Each in a process of its own, in turn: what a program waits for between its first line and the records.
  const folder = mkdtempSync(join(tmpdir(), "cpec-it-data-weights-"));
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return pathToFileURL(join(folder, name)).href;
  };
  const dist = (name) => join(root, "dist", name);
  const code = readFileSync(dist("index.js"), "utf8").replaceAll(
    / from '\.\//g,
    ` from '${pathToFileURL(dist("/")).href}`,
  );
  const LEAVES = /JSON\.parse\(('(?:[^'\\]|\\.)*')\)/g;
  const leaves = [...code.matchAll(LEAVES)].map(([, text]) => text);
  const parse = `for (const f of ${JSON.stringify(all.map((name) => join(root, `data/${name}.json`)))})`;
  const freeze =
    "function freeze(v) { if (typeof v === 'object' && v !== null) { Object.freeze(v); for (const k in v) freeze(v[k]); } }";
  const programs = {
    "reading and parsing the JSON of all collections": `${parse} JSON.parse(readFileSync(f, "utf8"));`,
    "the same, deeply frozen": `${freeze} ${parse} freeze(JSON.parse(readFileSync(f, "utf8")));`,
    "cold import (ESM)": `await import(${JSON.stringify(pathToFileURL(dist("index.js")).href)});`,
    "cold import (CJS)": `createRequire(import.meta.url)(${JSON.stringify(dist("index.cjs"))});`,
    "of which the code without the large collections": `await import("${file(
      "code.mjs",
      code.replaceAll(
        /^var rows\d* = [\s\S]*?^\}\)\(.*$/gm,
        (rows) => `${rows.slice(0, rows.indexOf("="))}= [];`,
      ),
    )}");`,
    "of which the text of their leaves, as a module": `await import("${file("text.mjs", leaves.map((text, n) => `export const t${n} = ${text};`).join("\n"))}");`,
    "of which that text, parsed": `await import("${file("parsed.mjs", leaves.map((text, n) => `export const t${n} = JSON.parse(${text});`).join("\n"))}");`,
  };
  const rounds = Number(process.env.ROUNDS ?? 15);
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (const [n, work] of Object.values(programs).entries())
    file(
      `${n}.mjs`,
      `import { readFileSync } from "node:fs"; import { createRequire } from "node:module"; const start = performance.now(); ${work} console.log(performance.now() - start);`,
    );
  for (let round = 0; round <= rounds; round++)
    for (const [n, name] of Object.keys(programs).entries()) {
      const out = execFileSync(process.execPath, [join(folder, `${n}.mjs`)], { encoding: "utf8" });
      if (round > 0) times[name].push(Number(out));
    }
  rmSync(folder, { recursive: true });
  const median = (name) => times[name].sort((a, b) => a - b)[rounds >> 1];
  const [first, second] = Object.keys(programs);
  console.log("| time | median | beside parsing | beside parsing and freezing |\n|---|---:|---:|---:|");
  for (const name of Object.keys(programs)) {
    const beside = [first, second].map((other) => (median(name) / median(other)).toFixed(2));
    console.log(`| ${name} | ${median(name).toFixed(0)} ms | ${beside.join(" | ")} |`);
  }
  console.log();
}

console.log("| weight | is | goal | |\n|---|---:|---:|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
if (failed) process.exitCode = 1;
